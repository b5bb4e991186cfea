package org.markwatch.crawl;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which links are not worth following wherever they lead: traps, and what lies beyond a site's limits. */
final class LinkRules {
    /** Links of one page that are taken in. */
    static final int MAX_LINKS = 2000;
    /** Links to media of one page that are written down as refused; the others are counted. */
    static final int MAX_MEDIA = 50;

    private static final int MAX_SEGMENTS = 24;
    private static final int MAX_REPETITIONS = 3;

    private LinkRules() {}

    /** Why a link is not followed, as in {@code run_count}, or null if it is. */
    static @Nullable String skip(URI url, int depth, Site site) {
        if (!site.contains(url)) {
            return "scope";
        }
        if (depth > site.seed().maxDepth()) {
            return "depth";
        }
        if (url.toString().length() > CanonicalUrl.MAX_LENGTH) {
            return "length";
        }
        return repeats(url.getRawPath()) ? "repetition" : null;
    }

    /** Paths that grow by their own links: /shop/cart/shop/cart/shop/cart. */
    private static boolean repeats(String path) {
        String[] segments = path.split("/", -1);
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
