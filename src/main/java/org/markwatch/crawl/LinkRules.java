package org.markwatch.crawl;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which links are not worth following wherever they lead: traps, and what lies beyond a site's limits. */
final class LinkRules {
    /** Links of one page that are taken in. */
    static final int MAX_LINKS = 2000;
    /** Characters of them together: a page may make each of its links as long as it likes by one base element. */
    static final int MAX_LINK_CHARS = 256 << 10;
    /** Links to media of one page that are written down as refused; the others are counted. */
    static final int MAX_MEDIA = 50;

    private static final int MAX_SEGMENTS = 24;
    private static final int MAX_REPETITIONS = 3;

    private LinkRules() {}

    /**
     * Why a link is not followed, as in {@code run_count}, or null if it is.
     *
     * @param vouched whether a link out of scope is followed all the same
     */
    static @Nullable String skipReason(URI page, URI url, int depth, Site site, boolean vouched) {
        if (!vouched && !site.isInScope(url)) {
            return "scope";
        }
        if (depth > site.seed().maxDepth()) {
            return "depth";
        }
        if (url.toString().length() > CanonicalUrl.MAX_LENGTH) {
            return "length";
        }
        return repeats(url) ? "repetition" : site.traps().skipReason(page, url);
    }

    /** Addresses that grow by their own links: /shop/cart/shop/cart/shop/cart, ?page=1&page=2&page=3&page=4. */
    private static boolean repeats(URI url) {
        String query = url.getRawQuery();
        return repeats(url.getRawPath().split("/", -1))
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
