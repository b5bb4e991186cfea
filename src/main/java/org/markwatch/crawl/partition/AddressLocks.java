package org.markwatch.crawl.partition;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Limits the requests in flight to one address over all processes: a request holds one of the session-level advisory locks of
 * its address, which end with its process. Another process may join at any moment, so one that works alone takes them too.
 * Thread-safe.
 */
public final class AddressLocks {
    /** First half of the keys: 'mwad' in ASCII. The other half is a hash of the address and a number below the limit. */
    private static final int LOCK_CLASS = 0x6d776164;

    private static final int BUSY = -1;

    /** Time for which an address is not asked for again after all its locks were taken, unless this process releases one. */
    static final Duration BUSY_TIME = Duration.ofMillis(200);

    private final WorkerLease lease;
    /** Keys of the locks that requests of this process hold: PostgreSQL grants a session a lock that it holds again. */
    private final Set<Integer> held = new HashSet<>();
    /** By the hash of an address, until when it is not asked for again, by the clock of the lease. */
    private final Map<Integer, Long> busyUntil = new HashMap<>();

    public AddressLocks(WorkerLease lease) {
        this.lease = lease;
    }

    /**
     * The right to make one request.
     *
     * @param hash hash of the address
     * @param key  second half of the key of its lock, 0 or more; -1 if all locks are taken
     */
    public record AddressLock(int hash, int key) {
        /** Whether the request may be made; else all locks of the address are taken. */
        public boolean isGranted() {
            return key != BUSY;
        }
    }

    /**
     * Tries to take a lock of an address.
     *
     * @param hash  hash of the address; two addresses with the same one share their locks
     * @param limit requests in flight, 1 or more
     */
    public synchronized AddressLock tryAcquire(int hash, int limit) {
        long now = lease.nanos();
        Long busy = busyUntil.get(hash);
        if (busy != null && busy - now > 0) {
            return new AddressLock(hash, BUSY);
        }
        int start = start(hash);
        int[] free = IntStream.range(start, start + limit)
                .filter(key -> !held.contains(key))
                .toArray();
        // keys are tried one after the other, up to the first that no other session holds
        int key = lease.inSession(
                "select key from unnest(?) as key where pg_try_advisory_lock(?, key) limit 1", free, LOCK_CLASS);
        if (key == BUSY) {
            busyUntil.put(hash, now + BUSY_TIME.toNanos());
        } else {
            busyUntil.remove(hash);
            held.add(key);
        }
        return new AddressLock(hash, key);
    }

    /** Releases the lock of a permit that was granted. */
    public synchronized void release(AddressLock permit) {
        if (permit.isGranted()) {
            try {
                lease.inSession("select pg_advisory_unlock(?, ?)::int", LOCK_CLASS, permit.key);
            } finally {
                busyUntil.remove(permit.hash);
                held.remove(permit.key);
            }
        }
    }

    /** Returns the first key of an address, 0 or more. The factor keeps the keys of adjacent addresses apart. */
    private static int start(int hash) {
        return hash * 0x9E3779B1 >>> 2;
    }
}
