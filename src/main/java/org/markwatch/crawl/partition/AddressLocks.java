package org.markwatch.crawl.partition;

/**
 * Limits the requests in flight to one address over all processes: a request holds one of the session-level advisory locks of
 * its address, which end with its process. A process that works alone takes none. Thread-safe.
 */
public final class AddressLocks {
    /** First half of the keys: 'mwad' in ASCII. The other half is a hash of the address and of a number below the limit. */
    private static final int LOCK_CLASS = 0x6d776164;

    private static final int NONE = -2;

    private final WorkerLease lease;

    public AddressLocks(WorkerLease lease) {
        this.lease = lease;
    }

    /**
     * The right to make one request.
     *
     * @param key second half of the key of its lock; -1 if all locks are taken, or less if none is needed
     */
    public record AddressLock(int hash, int key) {
        /** Whether the request may be made; else all locks of the address are taken. */
        public boolean isGranted() {
            return key != -1;
        }
    }

    /**
     * Tries to take a lock of an address.
     *
     * @param hash  hash of the address; two addresses with the same one share their locks
     * @param limit requests in flight, 1 or more
     */
    public AddressLock tryAcquire(int hash, int limit) {
        if (lease.isAlone()) {
            return new AddressLock(hash, NONE);
        }
        // keys are tried one after the other, up to the first that is free
        int slot = lease.inSession(
                "select n from generate_series(0, ?) as n where pg_try_advisory_lock(?, ? + n) limit 1",
                limit - 1,
                LOCK_CLASS,
                start(hash));
        return new AddressLock(hash, slot < 0 ? -1 : start(hash) + slot);
    }

    /** Releases the lock of a permit that was granted. */
    public void release(AddressLock permit) {
        if (permit.key >= 0) {
            lease.inSession("select pg_advisory_unlock(?, ?)::int", LOCK_CLASS, permit.key);
        }
    }

    /** Returns the first key of an address, so that all keys are positive. */
    private static int start(int hash) {
        return hash & 0x3FFF_FFFF;
    }
}
