package org.markwatch.crawl.frontier;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The requests that may be in flight to one address, and the URLs that wait for one. Thread-safe. */
public final class AddressSlots {
    /** A limit that never holds. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private final int hash;
    private final int limit;
    private final Deque<FrontierUrl> waiting = new ArrayDeque<>();
    private int taken;

    /**
     * @param hash  hash of the address
     * @param limit requests in flight, 1 or more
     */
    public AddressSlots(int hash, int limit) {
        this.hash = hash;
        this.limit = limit;
    }

    /** Returns the hash of the address. */
    public int hash() {
        return hash;
    }

    /** Returns the limit of requests in flight, 1 or more. */
    public int limit() {
        return limit;
    }

    /** Takes a slot for a URL; returns false if none is free: the URL waits, and a later {@link #release} returns it. */
    public synchronized boolean acquire(FrontierUrl url) {
        if (taken == limit) {
            waiting.addLast(url);
            return false;
        }
        taken++;
        return true;
    }

    /** Passes the slot on to the URL that has waited longest, or frees it and returns null if none waits. */
    public synchronized @Nullable FrontierUrl release() {
        FrontierUrl next = waiting.pollFirst();
        if (next == null) {
            taken--;
        }
        return next;
    }
}
