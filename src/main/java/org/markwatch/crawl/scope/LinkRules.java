package org.markwatch.crawl.scope;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Link;
import org.markwatch.url.HttpUrl;

/** Decides which links are not followed: out of scope, beyond a limit of the site, or part of a crawler trap. */
final class LinkRules {
    /** Limit of the links of one page that are followed. */
    static final int MAX_LINKS = 2000;
    /** Limit of their total length in characters: one {@code base} element can make every link of a page very long. */
    static final int MAX_LINK_CHARS = 256 << 10;
    /** Limit of the links of one page to files other than pages that are stored as refused; the others are counted. */
    static final int MAX_NON_PAGES = 50;

    private static final int MAX_SEGMENTS = 24;
    private static final int MAX_REPETITIONS = 3;

    private LinkRules() {}

    /**
     * Returns why a link is not followed, as counted in {@code run_count}; null if it is followed.
     *
     * @param page    URL of the page with the link
     * @param url     canonical URL of the link
     * @param depth   depth of the link
     * @param namedByRobots whether the link is a sitemap on another host that robots.txt names; it is followed even out
     *                      of scope
     */
    static @Nullable String skipReason(HttpUrl page, HttpUrl url, int depth, Site site, boolean namedByRobots) {
        if (!namedByRobots && !site.isInScope(url)) {
            return "scope";
        }
        if (depth > site.seed().maxDepth()) {
            return "depth";
        }
        if (url.length() > Link.MAX_URL_LENGTH) {
            return "length";
        }
        return repeats(url) ? "repetition" : site.traps().skipReason(page, url);
    }

    /**
     * Whether a URL repeats segments or parameters, as relative links can: /shop/cart/shop/cart/shop/cart,
     * ?page=1&page=2&page=3&page=4.
     */
    private static boolean repeats(HttpUrl url) {
        String query = url.query();
        return repeats(url.path().split("/", -1))
                || query != null
                        && query.indexOf('&') >= 0
                        && repeats(query.replaceAll("=[^&]*", "").split("&", -1));
    }

    private static boolean repeats(String[] segments) {
        if (segments.length > MAX_SEGMENTS) {
            return true;
        }
        Map<String, Integer> seen = new HashMap<>();
        for (String segment : segments) {
            if (!segment.isEmpty() && seen.merge(segment, 1, Integer::sum) > MAX_REPETITIONS) {
                return true;
            }
        }
        return false;
    }
}
