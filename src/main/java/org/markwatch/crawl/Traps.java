package org.markwatch.crawl;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Outlinks.DiscoveredUrl;

/**
 * Where a site repeats itself without end: calendars, lists sorted and filtered in every way, archives of nothing.
 *
 * <p>Pages are alike if they say the same but for numbers, order and their own address ({@link PageAnalysis#nearDuplicateHash}); addresses are
 * alike if they lie in the same folder, numbers apart, with the same names of parameters. Once so many alike pages came in a row
 * from alike addresses, links from there to more of them are not followed; what is known already is still visited. Bounded,
 * and safe for use by many threads. Kept in memory: a run that is resumed learns it again.
 */
final class Traps {
    /** Alike pages in a row after which their links to alike addresses are left alone. */
    static final int MAX_DUPLICATES_IN_A_ROW = 20;

    /** Combinations of parameters of one path that are followed. */
    static final int MAX_COMBINATIONS = 20;

    private static final int MAX_SHAPES = 2_000;
    private static final int MAX_LIKENESSES = 500;

    // by hashes: what a site is made of may be as long as URLs are
    private final Map<UUID, Shape> shapes = new HashMap<>();
    private final Map<UUID, Set<UUID>> combinations = new HashMap<>();
    private volatile boolean anyClosed;

    /** What alike addresses have said so far. */
    private static final class Shape {
        private final Set<Long> likenesses = new HashSet<>();
        private int inARow;
        private boolean closed;
    }

    /** Takes note of what a page said. */
    synchronized void record(URI url, long likeness) {
        UUID key = DiscoveredUrl.hashOf(shape(url));
        Shape shape = shapes.get(key);
        if (shape == null) {
            if (shapes.size() == MAX_SHAPES) {
                return;
            }
            shape = new Shape();
            shapes.put(key, shape);
        }
        boolean fresh = shape.likenesses.size() < MAX_LIKENESSES
                ? shape.likenesses.add(likeness)
                : !shape.likenesses.contains(likeness);
        shape.inARow = fresh ? 0 : shape.inARow + 1;
        if (shape.inARow >= MAX_DUPLICATES_IN_A_ROW) {
            shape.closed = true;
            anyClosed = true;
        }
    }

    /** Whether addresses like this one have said the same too often. */
    private boolean isClosed(URI url) {
        if (!anyClosed) {
            return false;
        }
        synchronized (this) {
            Shape shape = shapes.get(DiscoveredUrl.hashOf(shape(url)));
            return shape != null && shape.closed;
        }
    }

    /** Why a link is not to be followed, as in {@code run_count}, or null if it may be. */
    @Nullable
    String skipReason(URI page, URI url) {
        if (isClosed(url) && isClosed(page)) {
            return "duplicates";
        }
        String query = url.getRawQuery();
        return query != null && exceedsCombinations(url.getRawPath(), query) ? "query-explosion" : null;
    }

    /** Filters that can be switched on and off make two to the power of their number of addresses for one page. */
    private synchronized boolean exceedsCombinations(String path, String query) {
        UUID key = DiscoveredUrl.hashOf(path);
        Set<UUID> known = combinations.get(key);
        if (known == null) {
            if (combinations.size() == MAX_SHAPES) {
                return false;
            }
            known = new HashSet<>();
            combinations.put(key, known);
        }
        UUID names =
                DiscoveredUrl.hashOf(String.join("&", names(query))); // in any other order they make another address
        return !known.contains(names) && (known.size() == MAX_COMBINATIONS || !known.add(names));
    }

    /** The folder with its numbers left out, and the names of the parameters. */
    static String shape(URI url) {
        String path = url.getRawPath();
        int folder = path.lastIndexOf('/') + 1;
        StringBuilder shape = new StringBuilder(folder + 16);
        for (int i = 0; i < folder; i++) {
            char c = path.charAt(i);
            if (c < '0' || c > '9') {
                shape.append(c);
            }
        }
        String query = url.getRawQuery();
        if (query != null) {
            // with parameters the last segment names the program, without them the page
            shape.append(path, folder, path.length()).append('?').append(String.join("&", sorted(names(query))));
        }
        return shape.toString();
    }

    private static String[] sorted(String[] names) {
        Arrays.sort(names);
        return names;
    }

    private static String[] names(String query) {
        String[] parameters = query.split("&", -1);
        for (int i = 0; i < parameters.length; i++) {
            int equals = parameters[i].indexOf('=');
            if (equals >= 0) {
                parameters[i] = parameters[i].substring(0, equals);
            }
        }
        return parameters;
    }
}
