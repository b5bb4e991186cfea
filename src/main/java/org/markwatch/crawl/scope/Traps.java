package org.markwatch.crawl.scope;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.UrlHash;
import org.markwatch.url.HttpUrl;

/**
 * Detects crawler traps of one site: endless calendars, lists in every sorting and filter, empty archives.
 *
 * <p>Pages are near-duplicates if they have the same {@link org.markwatch.crawl.PageAnalysis#nearDuplicateHash}. URLs have
 * the same trap pattern if they have the same folder without digits and the same parameter names. After
 * {@value #MAX_DUPLICATES_IN_A_ROW} near-duplicates in a row from URLs of one pattern, the pattern is blocked: links from such
 * a page to such URLs are not followed. URLs in the frontier are still visited. Memory is bounded. Blocked patterns are stored
 * with the visits; the rest of the state is not, so the next process that works on the site counts anew. Thread-safe.
 */
public final class Traps {
    /** Near-duplicates in a row after which a trap pattern is blocked. */
    public static final int MAX_DUPLICATES_IN_A_ROW = 20;

    /** Limit of the parameter combinations of one path that are followed. */
    public static final int MAX_COMBINATIONS = 20;

    private static final int INITIAL_CAPACITY = 2;
    private static final int MAX_PATTERNS = 2_000;
    private static final int MAX_HASHES = 500;

    // keyed by hashes, since patterns may be as long as URLs
    // small at first: a run of many sites keeps these maps of each
    private final Map<UUID, PatternPages> patterns = new HashMap<>(INITIAL_CAPACITY);
    private final Map<UUID, Set<UUID>> combinations = new HashMap<>(INITIAL_CAPACITY);
    private final List<UUID> unsaved = new ArrayList<>(0);
    private volatile boolean anyBlocked;

    /** The pages of one trap pattern. */
    private static final class PatternPages {
        private final Set<Long> hashes = new HashSet<>(INITIAL_CAPACITY);
        private int duplicatesInARow;
        private boolean blocked;
    }

    /** Records the near-duplicate hash of a page. */
    public synchronized void record(HttpUrl url, long nearDuplicateHash) {
        UUID key = UrlHash.of(trapPattern(url));
        PatternPages pages = patterns.get(key);
        if (pages == null) {
            if (patterns.size() == MAX_PATTERNS) {
                return;
            }
            pages = new PatternPages();
            patterns.put(key, pages);
        }
        boolean fresh = pages.hashes.size() < MAX_HASHES
                ? pages.hashes.add(nearDuplicateHash)
                : !pages.hashes.contains(nearDuplicateHash);
        pages.duplicatesInARow = fresh ? 0 : pages.duplicatesInARow + 1;
        if (pages.duplicatesInARow >= MAX_DUPLICATES_IN_A_ROW && !pages.blocked) {
            pages.blocked = true;
            anyBlocked = true;
            unsaved.add(key);
        }
    }

    /** Returns the hashes of the patterns that have been blocked since the previous call. */
    public synchronized List<UUID> takeUnsaved() {
        List<UUID> taken = List.copyOf(unsaved);
        unsaved.clear();
        return taken;
    }

    /** Puts back hashes of patterns that could not be stored. */
    public synchronized void putBack(List<UUID> hashes) {
        unsaved.addAll(hashes);
    }

    /** Blocks patterns that were stored, by their hashes. */
    public synchronized void restore(Collection<UUID> hashes) {
        hashes.forEach(hash -> patterns.computeIfAbsent(hash, key -> new PatternPages()).blocked = true);
        anyBlocked |= !hashes.isEmpty();
    }

    /** Whether the trap pattern of a URL is blocked. */
    private boolean isBlocked(HttpUrl url) {
        if (!anyBlocked) {
            return false;
        }
        synchronized (this) {
            PatternPages pages = patterns.get(UrlHash.of(trapPattern(url)));
            return pages != null && pages.blocked;
        }
    }

    /** Returns why a link is not followed, as counted in {@code run_count}; null if it is followed. */
    @Nullable
    String skipReason(HttpUrl page, HttpUrl url) {
        if (isBlocked(url) && isBlocked(page)) {
            return "duplicates";
        }
        String query = url.query();
        return query != null && exceedsCombinations(url.path(), query) ? "query-explosion" : null;
    }

    /**
     * Whether a path has too many parameter combinations: n optional filters make 2 to the power of n URLs for one
     * list.
     */
    private synchronized boolean exceedsCombinations(String path, String query) {
        UUID key = UrlHash.of(path);
        Set<UUID> known = combinations.get(key);
        if (known == null) {
            if (combinations.size() == MAX_PATTERNS) {
                return false;
            }
            known = new HashSet<>();
            combinations.put(key, known);
        }
        UUID names = UrlHash.of(String.join("&", names(query))); // unsorted, since another order is another URL
        return !known.contains(names) && (known.size() == MAX_COMBINATIONS || !known.add(names));
    }

    /** Returns the trap pattern of a URL: its folder without digits, and the names of its parameters. */
    static String trapPattern(HttpUrl url) {
        String path = url.path();
        int folder = path.lastIndexOf('/') + 1;
        StringBuilder pattern = new StringBuilder(folder + 16);
        for (int i = 0; i < folder; i++) {
            char c = path.charAt(i);
            if (c < '0' || c > '9') {
                pattern.append(c);
            }
        }
        String query = url.query();
        if (query != null) {
            // with parameters the last segment names the program; without, it names the page and is left out
            pattern.append(path, folder, path.length()).append('?').append(String.join("&", sorted(names(query))));
        }
        return pattern.toString();
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
