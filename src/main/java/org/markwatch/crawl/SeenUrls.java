package org.markwatch.crawl;

import java.util.UUID;

/**
 * Remembers URLs that are certainly in the frontier, so that the links every page of a site repeats are not sent to the database
 * again and again. Bounded: it forgets, and what it has forgotten the table's unique hash still knows. For one thread at a time.
 */
final class SeenUrls {
    private static final int SLOTS = 1 << 19;

    private final long[] high = new long[SLOTS];
    private final long[] low = new long[SLOTS];

    boolean contains(UUID hash) {
        int slot = slot(hash);
        return high[slot] == hash.getMostSignificantBits() && low[slot] == hash.getLeastSignificantBits();
    }

    void add(UUID hash) {
        int slot = slot(hash);
        high[slot] = hash.getMostSignificantBits();
        low[slot] = hash.getLeastSignificantBits();
    }

    private static int slot(UUID hash) {
        return (int) hash.getLeastSignificantBits() & (SLOTS - 1);
    }
}
