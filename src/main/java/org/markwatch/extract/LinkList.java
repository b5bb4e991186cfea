package org.markwatch.extract;

import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.markwatch.crawl.Capture;

/**
 * XML that only lists pages: feeds (RSS 2.0, RSS 1.0, RFC 4287) and sitemaps. Their links are followed; what they say of the pages,
 * and what they enclose, is left to the pages themselves.
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
                default -> {} // enclosures, and elements of other namespaces: media:content, image:loc,
                // video:content_loc
            }
        }
    }

    /** RFC 4287 section 4.2.7.2: a link without a relation is an alternate, which is the page itself. */
    private static boolean isAlternate(Element link) {
        String relation = link.attr("rel");
        return relation.isEmpty() || relation.equalsIgnoreCase("alternate");
    }
}
