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
 * Detects crawler traps of one site: endless calendars, lists in every sorting and filter, empty archives.
 *
 * <p>Pages are near-duplicates if they have the same {@link PageAnalysis#nearDuplicateHash}. URLs have the same shape
 * if they have the same folder without digits and the same parameter names. After {@value #MAX_DUPLICATES_IN_A_ROW}
 * near-duplicates in a row from URLs of one shape, the shape is closed: links from such a page to such URLs are not
 * followed. URLs in the frontier are still visited. Memory is bounded. The state is not stored, so a resumed run starts
 * without it. Thread-safe.
 */
final class Traps {
    /** Near-duplicates in a row after which a shape is closed. */
    static final int MAX_DUPLICATES_IN_A_ROW = 20;

    /** Limit of the parameter combinations of one path that are followed. */
    static final int MAX_COMBINATIONS = 20;

    private static final int MAX_SHAPES = 2_000;
    private static final int MAX_HASHES = 500;

    // keyed by hashes, since shapes may be as long as URLs
    private final Map<UUID, Shape> shapes = new HashMap<>();
    private final Map<UUID, Set<UUID>> combinations = new HashMap<>();
    private volatile boolean anyClosed;

    /** The pages of one URL shape. */
    private static final class Shape {
        private final Set<Long> hashes = new HashSet<>();
        private int inARow;
        private boolean closed;
    }

    /** Records the near-duplicate hash of a page. */
    synchronized void record(URI url, long nearDuplicateHash) {
        UUID key = DiscoveredUrl.hashOf(shape(url));
        Shape shape = shapes.get(key);
        if (shape == null) {
            if (shapes.size() == MAX_SHAPES) {
                return;
            }
            shape = new Shape();
            shapes.put(key, shape);
        }
        boolean fresh = shape.hashes.size() < MAX_HASHES
                ? shape.hashes.add(nearDuplicateHash)
                : !shape.hashes.contains(nearDuplicateHash);
        shape.inARow = fresh ? 0 : shape.inARow + 1;
        if (shape.inARow >= MAX_DUPLICATES_IN_A_ROW) {
            shape.closed = true;
            anyClosed = true;
        }
    }

    /** Whether the shape of a URL is closed. */
    private boolean isClosed(URI url) {
        if (!anyClosed) {
            return false;
        }
        synchronized (this) {
            Shape shape = shapes.get(DiscoveredUrl.hashOf(shape(url)));
            return shape != null && shape.closed;
        }
    }

    /** Returns why a link is not followed, as counted in {@code run_count}; null if it is followed. */
    @Nullable
    String skipReason(URI page, URI url) {
        if (isClosed(url) && isClosed(page)) {
            return "duplicates";
        }
        String query = url.getRawQuery();
        return query != null && exceedsCombinations(url.getRawPath(), query) ? "query-explosion" : null;
    }

    /**
     * Whether a path has too many parameter combinations: n optional filters make 2 to the power of n URLs for one
     * list.
     */
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
                DiscoveredUrl.hashOf(String.join("&", names(query))); // unsorted, since another order is another URL
        return !known.contains(names) && (known.size() == MAX_COMBINATIONS || !known.add(names));
    }

    /** Returns the shape of a URL: its folder without digits, and the names of its parameters. */
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
            // with parameters the last segment names the program; without, it names the page and is left out
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
