package org.markwatch.crawl;

import java.io.StringReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The sitemaps that robots.txt names for a seed (sitemaps.org protocol 0.9): index files, XML and plain text.
 *
 * <p>Extensions for images and videos, in namespaces of their own, are skipped. A sitemap on another host is added to
 * the frontier like a page if robots.txt itself names it. Files and URLs are limited in number. Not thread-safe.
 */
final class Sitemaps {
    /** Limit of sitemap files requested for one seed. */
    static final int MAX_FILES = 10;
    /** Limit of the URLs of pages, and of sitemap files, that are kept. */
    static final int MAX_URLS = 5_000;

    private static final XMLInputFactory XML = factory();

    private final Set<URI> known = new HashSet<>();
    private final Deque<URI> waiting = new ArrayDeque<>();
    private final Set<URI> pages = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<URI> namedByRobots = new HashSet<>();
    private int requested;

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // no entities, so no entity expansion and no requests
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Returns the next sitemap file to request from the host, or null. */
    @Nullable
    URI next(HostQueue host, RobotRules rules) {
        rules.sitemaps().forEach(this::add);
        while (requested < MAX_FILES && !waiting.isEmpty()) {
            URI file = waiting.removeFirst();
            boolean here = CanonicalUrl.hostKey(file).equals(host.key());
            if (here && rules.allows(file)) {
                requested++;
                return file;
            }
            if (!here && rules.sitemaps().contains(file)) {
                requested++; // gets a visit of its own, under the robots.txt and politeness of its host
                namedByRobots.add(file);
            }
        }
        return null;
    }

    /** Adds the target of a redirect. */
    void addRedirect(URI target) {
        add(target);
    }

    /** Parses a file, up to the first error. */
    void parse(byte[] content) {
        Charset charset = Charsets.detect(content, content.length, null, true);
        int mark = Charsets.byteOrderMarkLength(content, content.length);
        String text = new String(content, mark, content.length - mark, charset).strip();
        if (!text.startsWith("<")) {
            text.lines().limit(MAX_URLS).forEach(this::addPage);
            return;
        }
        try {
            parseXml(XML.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            return; // truncated or malformed: the URLs before the error count
        }
    }

    private void parseXml(XMLStreamReader xml) throws XMLStreamException {
        String namespace = null;
        boolean index = false;
        while (xml.hasNext() && pages.size() < MAX_URLS) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            String name = xml.getLocalName();
            String space = String.valueOf(xml.getNamespaceURI());
            if (namespace == null) {
                namespace = space;
                index = name.equals("sitemapindex");
            } else if (name.equals("loc")
                    && space.equals(namespace)) { // image:loc and the like are in other namespaces
                String url = xml.getElementText();
                if (index) {
                    CanonicalUrl.of(url).ifPresent(this::add);
                } else {
                    addPage(url);
                }
            }
        }
    }

    private void add(URI file) {
        if (known.size() == MAX_URLS || !known.add(file)) {
            return;
        }
        if (MediaTypes.mayBeSitemap(file)) {
            waiting.addLast(file);
        } else {
            addLink(file); // never requested (rule T1); stored as refused like other links to such files
        }
    }

    private void addPage(String written) {
        CanonicalUrl.of(written).ifPresent(this::addLink);
    }

    private void addLink(URI url) {
        if (pages.size() < MAX_URLS && pages.add(url)) {
            links.add(new Link(url, "sitemap"));
        }
    }

    /**
     * Returns the sitemap files on other hosts that robots.txt of the host names (sitemaps.org, 'Sitemaps &amp; Cross
     * Submits'). These files are in scope whatever their host; the URLs in them are not.
     */
    Set<URI> namedByRobots() {
        return Set.copyOf(namedByRobots);
    }

    /**
     * Returns the listed pages, and the files that are not requested because of their extension, as links with rel
     * {@code sitemap}, highest priority first.
     */
    List<Link> links() {
        return links.stream()
                .sorted(Comparator.comparingInt(link -> -LinkPriority.of(link.url())))
                .toList();
    }
}
