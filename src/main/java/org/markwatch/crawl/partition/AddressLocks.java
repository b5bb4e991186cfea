package org.markwatch.crawl.partition;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests in flight to one address over all processes: a request holds one of the session-level advisory locks of
 * its address, which end with its process. Another process may join at any moment, so one that works alone takes them too.
 *
 * <p>One thread takes and releases the locks that all crawler threads have asked for meanwhile by one statement, so the distance
 * of the database limits the time of a request and not their number. It is no virtual thread: an interrupt, as at the end of a
 * crawl, would close the session. Thread-safe.
 */
public final class AddressLocks {
    /** First half of the keys: 'mwad' in ASCII. The other half is a hash of the address and a number below the limit. */
    private static final int LOCK_CLASS = 0x6d776164;

    private static final int BUSY = -1;

    /** Time for which an address is not asked for again after all its locks were taken, unless this process releases one. */
    static final Duration BUSY_TIME = Duration.ofMillis(200);

    /** Time after which the thread ends if nobody asks. */
    private static final int IDLE_SECONDS = 1;

    private final WorkerLease lease;
    private final Executor thread = thread();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<Release> releases = new ConcurrentLinkedQueue<>();

    // used by the thread alone

    /** Keys of the locks that this process holds or asks for: PostgreSQL grants a session a lock that it holds again. */
    private final Set<Integer> held = new HashSet<>();
    /** By the hash of an address, until when it is not asked for again, by the clock of the lease. */
    private final Map<Integer, Long> busyUntil = new HashMap<>();
    /** The session that holds the locks. */
    private @Nullable Connection holder;

    public AddressLocks(WorkerLease lease) {
        this.lease = lease;
    }

    private static Executor thread() {
        return new ThreadPoolExecutor(
                0,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("address-locks").factory());
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
     * A wish for a lock of an address.
     *
     * @param keys those of its locks that are still to be tried, in order
     */
    private record Attempt(int hash, Iterator<Integer> keys, CompletableFuture<AddressLock> result) {}

    private record Release(AddressLock lock, CompletableFuture<AddressLock> result) {}

    /**
     * Tries to take a lock of an address.
     *
     * @param hash  hash of the address; two addresses with the same one share their locks
     * @param limit requests in flight, 1 or more
     * @throws LeaseLostException    if the session that holds the locks of other requests has ended
     * @throws IllegalStateException if the database fails
     */
    public AddressLock tryAcquire(int hash, int limit) {
        List<Integer> keys = new ArrayList<>(limit);
        for (int i = 0; i < limit; i++) {
            // each process begins with another one, so that several seldom try the same
            keys.add(start(hash) + (int) ((lease.id() + i) % limit));
        }
        Attempt attempt = new Attempt(hash, keys.iterator(), new CompletableFuture<>());
        attempts.add(attempt);
        return await(attempt.result);
    }

    /** Releases the lock of a permit that was granted; fails as {@link #tryAcquire} does. */
    public void release(AddressLock permit) {
        if (permit.isGranted()) {
            Release release = new Release(permit, new CompletableFuture<>());
            releases.add(release);
            await(release.result);
        }
    }

    private AddressLock await(CompletableFuture<AddressLock> result) {
        thread.execute(this::serve);
        try {
            return result.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LeaseLostException lost) {
                throw lost;
            }
            throw new IllegalStateException(cause == null ? e.getMessage() : cause.getMessage(), e);
        }
    }

    /** Takes and releases locks until each attempt has one, or all locks of its address are taken by others. */
    private void serve() {
        List<Attempt> open = new ArrayList<>();
        do {
            drain(attempts, open);
            List<Release> ended = new ArrayList<>();
            drain(releases, ended);
            Map<Integer, Attempt> asked = new LinkedHashMap<>();
            open.forEach(attempt -> propose(attempt, asked));
            open.clear();
            try {
                Set<Integer> granted = exchange(asked.keySet(), ended);
                ended.forEach(this::confirm);
                asked.forEach((key, attempt) -> {
                    if (granted.contains(key)) {
                        busyUntil.remove(attempt.hash);
                        attempt.result.complete(new AddressLock(attempt.hash, key));
                    } else {
                        held.remove(key);
                        open.add(attempt);
                    }
                });
            } catch (RuntimeException | Error e) { // the locks of these are unknown now, so they stay in held
                asked.values().forEach(attempt -> attempt.result.completeExceptionally(e));
                ended.forEach(release -> release.result.completeExceptionally(e));
            }
        } while (!open.isEmpty());
    }

    private static <T> void drain(Queue<T> from, List<T> to) {
        for (T next = from.poll(); next != null; next = from.poll()) {
            to.add(next);
        }
    }

    /** Asks for the next lock that an attempt has not tried, or ends the attempt if there is none. */
    private void propose(Attempt attempt, Map<Integer, Attempt> asked) {
        long now = lease.nanos();
        Long busy = busyUntil.get(attempt.hash);
        if (busy == null || busy - now <= 0) {
            while (attempt.keys.hasNext()) {
                int key = attempt.keys.next();
                if (held.add(key)) {
                    asked.put(key, attempt);
                    return;
                }
            }
            busyUntil.put(attempt.hash, now + BUSY_TIME.toNanos());
        }
        attempt.result.complete(new AddressLock(attempt.hash, BUSY));
    }

    private void confirm(Release release) {
        held.remove(release.lock.key);
        busyUntil.remove(release.lock.hash);
        release.result.complete(release.lock);
    }

    /** Asks for locks and releases others, in one statement; returns the keys of those that are granted. */
    private Set<Integer> exchange(Set<Integer> asked, List<Release> ended) {
        if (asked.isEmpty() && ended.isEmpty()) {
            return Set.of();
        }
        return lease.inSession(session -> {
            if (holder != session && held.size() > asked.size()) {
                throw new LeaseLostException("the session of the lease of this process has ended with the locks of the"
                        + " addresses that it makes requests to; others may make requests to them");
            }
            holder = session;
            Set<Integer> granted = new HashSet<>();
            // the second part has no rows
            try (PreparedStatement statement = session.prepareStatement("""
                    select key from unnest(?) as key where pg_try_advisory_lock(?, key)
                    union all select key from unnest(?) as key where pg_advisory_unlock(?, key) is null""")) {
                statement.setObject(
                        1, asked.stream().mapToInt(Integer::intValue).toArray());
                statement.setInt(2, LOCK_CLASS);
                statement.setObject(
                        3, ended.stream().mapToInt(release -> release.lock.key).toArray());
                statement.setInt(4, LOCK_CLASS);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        granted.add(row.getInt(1));
                    }
                }
            }
            return granted;
        });
    }

    /** Returns the first key of an address, 0 or more. The factor keeps the keys of adjacent addresses apart. */
    private static int start(int hash) {
        return hash * 0x9E3779B1 >>> 2;
    }
}
