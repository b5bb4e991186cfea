package org.markwatch.crawl.store;

import java.util.UUID;

/**
 * A bounded cache of URL hashes that are in the frontier, so that links which every page of a site repeats are not sent
 * to the database each time. It has no false positives; an evicted hash is caught by the unique index of the table. Not
 * thread-safe.
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
