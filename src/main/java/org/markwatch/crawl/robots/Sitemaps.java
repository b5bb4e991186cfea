package org.markwatch.crawl.robots;

import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.content.Charsets;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.url.HttpUrl;

/**
 * The sitemaps that robots.txt names for a seed (sitemaps.org protocol 0.9): index files, XML and plain text.
 *
 * <p>Extensions for images and videos, in namespaces of their own, are skipped. A sitemap on another host is added to
 * the frontier like a page if robots.txt itself names it. Files and URLs are limited in number. Not thread-safe.
 */
public final class Sitemaps {
    /** Limit of sitemap files requested for one seed. */
    static final int MAX_FILES = RobotRules.MAX_SITEMAPS;
    /** Limit of the URLs of pages, and of sitemap files, that are kept. */
    static final int MAX_URLS = 5_000;

    private static final XMLInputFactory XML = factory();
    /** Characters outside of production 2 of XML 1.0, without surrogates. */
    private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\uFFFE\uFFFF]");

    private final Set<HttpUrl> known = new HashSet<>();
    private final Deque<HttpUrl> waiting = new ArrayDeque<>();
    private final Set<HttpUrl> pages = new HashSet<>();
    private final List<Link> links = new ArrayList<>();
    private final Set<HttpUrl> namedByRobots = new HashSet<>();
    private int requested;

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // no entities, so no entity expansion and no requests
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /**
     * Returns the next sitemap file to request from a host, or null.
     *
     * @param host  scheme, host and port
     * @param rules its robots.txt
     */
    @Nullable
    public HttpUrl next(String host, RobotRules rules) {
        rules.sitemaps().forEach(this::add);
        while (requested < MAX_FILES && !waiting.isEmpty()) {
            HttpUrl file = waiting.removeFirst();
            boolean here = file.origin().equals(host);
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

    /**
     * What a file says.
     *
     * @param files further sitemap files, at most {@value #MAX_URLS}
     * @param pages pages, at most {@value #MAX_URLS}
     */
    public record Listed(List<HttpUrl> files, List<HttpUrl> pages) {
        private Listed() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /** Returns that of a file that redirects. */
        public static Listed redirect(HttpUrl target) {
            return new Listed(List.of(target), List.of());
        }
    }

    /** Adds what a file says. */
    public void add(Listed file) {
        file.files().forEach(this::add);
        file.pages().forEach(this::addLink);
    }

    /** Parses a file, up to the first error. Control characters, which XML does not allow, are no error. */
    public static Listed parse(byte[] content) {
        Listed listed = new Listed();
        Charset charset = Charsets.detect(content, content.length, null, true);
        int mark = Charsets.byteOrderMarkLength(content, content.length);
        String text = CONTROLS.matcher(new String(content, mark, content.length - mark, charset))
                .replaceAll("")
                .strip();
        if (!text.startsWith("<")) {
            text.lines()
                    .limit(MAX_URLS)
                    .flatMap(line -> HttpUrl.parse(line).stream())
                    .forEach(listed.pages::add);
            return listed;
        }
        try {
            parseXml(XML.createXMLStreamReader(new StringReader(text)), listed);
        } catch (XMLStreamException e) {
            return listed; // truncated or malformed: the URLs before the error count
        }
        return listed;
    }

    private static void parseXml(XMLStreamReader xml, Listed listed) throws XMLStreamException {
        String namespace = null;
        boolean index = false;
        while (xml.hasNext() && listed.pages.size() < MAX_URLS && listed.files.size() < MAX_URLS) {
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
                HttpUrl.parse(xml.getElementText()).ifPresent((index ? listed.files : listed.pages)::add);
            }
        }
    }

    private void add(HttpUrl file) {
        if (known.size() == MAX_URLS || !known.add(file)) {
            return;
        }
        if (MediaTypes.mayBeSitemap(file)) {
            waiting.addLast(file);
        } else {
            addLink(file); // never requested (rule T1); stored as refused like other links to such files
        }
    }

    private void addLink(HttpUrl url) {
        if (pages.size() < MAX_URLS && pages.add(url)) {
            links.add(new Link(url, "sitemap"));
        }
    }

    /**
     * Returns the sitemap files on other hosts that robots.txt of the host names (sitemaps.org, 'Sitemaps &amp; Cross
     * Submits'). These files are in scope whatever their host; the URLs in them are not.
     */
    public Set<HttpUrl> namedByRobots() {
        return Set.copyOf(namedByRobots);
    }

    /**
     * Returns the listed pages, and the files that are not requested because of their extension, as links with rel
     * {@code sitemap}, highest priority first.
     */
    public List<Link> links() {
        return links.stream()
                .sorted(Comparator.comparingInt(link -> -LinkPriority.of(link.url())))
                .toList();
    }
}
