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
 * The sitemaps that robots.txt names for a seed (sitemaps.org protocol 0.9): index files, XML and plain text. What they say
 * about pictures and films, in namespaces of their own, is passed over. Those of other hosts are visited as pages are, if
 * robots.txt itself names them. Bounded in files and URLs. For one thread at a time.
 */
final class Sitemaps {
    /** Files asked for on behalf of one seed. */
    static final int MAX_FILES = 10;
    /** URLs kept of them. */
    static final int MAX_URLS = 5_000;

    private static final XMLInputFactory XML = factory();

    private final Set<URI> known = new HashSet<>();
    private final Deque<URI> waiting = new ArrayDeque<>();
    private final Set<URI> pages = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<URI> crossSubmitted = new HashSet<>();
    private int requested;

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // no entities of any kind, so no bombs and no requests
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** The next file to ask the host for, or null. */
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
                requested++; // a visit of its own, in its host's turn and under its rules
                crossSubmitted.add(file);
            }
        }
        return null;
    }

    /** Takes in where a file has moved to. */
    void addRedirect(URI file) {
        add(file);
    }

    /** Takes in a file, as far as it can be read. */
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
            return; // cut off or broken: what stood before the fault counts
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
            } else if (name.equals("loc") && space.equals(namespace)) { // image:loc and the like stand in others
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
        if (known.size() < MAX_URLS && known.add(file)) {
            waiting.addLast(file);
        }
    }

    private void addPage(String written) {
        URI url = CanonicalUrl.of(written).orElse(null);
        if (url != null && pages.size() < MAX_URLS && pages.add(url)) {
            links.add(new Link(url, "sitemap"));
        }
    }

    /**
     * Files on other hosts, for which the site's own robots.txt vouches (sitemaps.org, 'Sitemaps and cross submits'): followed
     * out of scope, while what they list is not.
     */
    Set<URI> crossSubmitted() {
        return Set.copyOf(crossSubmitted);
    }

    /** The pages found, those first that are to be visited first. */
    List<Link> links() {
        return links.stream()
                .sorted(Comparator.comparingInt(link -> -LinkPriority.of(link.url())))
                .toList();
    }
}
