package org.markwatch.extract;

import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.markwatch.crawl.Capture;

/**
 * Extracts links from XML documents that list pages: feeds (RSS 2.0, RSS 1.0, Atom RFC 4287) and sitemaps. Titles,
 * summaries and enclosures are ignored, because the pages themselves are fetched.
 */
final class LinkList {
    private LinkList() {}

    static boolean isLinkList(Capture capture) {
        return switch (capture.contentType()) {
            case "application/rss+xml", "application/atom+xml", "application/xml" -> true;
            default -> false;
        };
    }

    static void addLinks(Capture capture, PageReferences references) {
        Document list = Parser.xmlParser().setMaxDepth(512).parseInput(capture.text(), "");
        for (Element element : list.getAllElements()) {
            Element parent = element.parent();
            String in = parent == null ? "" : parent.tagName().toLowerCase(Locale.ROOT);
            switch (element.tagName().toLowerCase(Locale.ROOT)) {
                case "link" -> {
                    if (in.equals("item")) {
                        references.addLink(element.wholeText().strip(), "feed", "");
                    } else if (in.equals("entry") && isAlternate(element)) {
                        references.addLink(element.attr("href"), "feed", "");
                    }
                }
                case "loc" -> {
                    if (in.equals("url") || in.equals("sitemap")) {
                        references.addLink(element.wholeText().strip(), "sitemap", "");
                    }
                }
                default -> {
                    // Enclosures and elements of other namespaces are ignored: media:content, image:loc,
                    // video:content_loc.
                }
            }
        }
    }

    /** Whether a link refers to the page of the entry. Without {@code rel} it does (RFC 4287 section 4.2.7.2). */
    private static boolean isAlternate(Element link) {
        String relation = link.attr("rel");
        return relation.isEmpty() || relation.equalsIgnoreCase("alternate");
    }
}
