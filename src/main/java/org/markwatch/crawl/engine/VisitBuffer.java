package org.markwatch.crawl.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Visit;

/**
 * The ended visits that wait for the caller of a crawl to commit them. Crawlers add them and block when there are too many;
 * one thread takes them.
 *
 * @param <R> result of the page analysis
 */
final class VisitBuffer<R> {
    private static final int CAPACITY = 256;
    private static final long POLL_MILLIS = 20;

    private final BlockingQueue<Visit<R>> visits = new ArrayBlockingQueue<>(CAPACITY);
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    private final LongSupplier open;
    private final BooleanSupplier closed;
    private final Runnable checkFailure;

    /**
     * @param open         the URLs without a committed disposition
     * @param closed       whether no more visits are added
     * @param checkFailure throws IllegalStateException if the crawl has failed
     */
    VisitBuffer(LongSupplier open, BooleanSupplier closed, Runnable checkFailure) {
        this.open = open;
        this.closed = closed;
        this.checkFailure = checkFailure;
    }

    void put(Visit<R> visit) throws InterruptedException {
        visits.put(visit);
    }

    /** Whether no visit waits and none will be added. */
    boolean isExhausted() {
        return closed.getAsBoolean() && visits.isEmpty();
    }

    /** Records that visits that were taken have been committed. */
    void committed(Collection<Visit<R>> batch) {
        batch.forEach(visit -> taken.remove(visit.frontierId()));
    }

    /** See {@link org.markwatch.crawl.Crawl#poll}. */
    List<Visit<R>> poll(int max, Duration wait) throws InterruptedException {
        List<Visit<R>> batch = new ArrayList<>();
        Visit<R> first = awaitFirst(wait);
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long until = System.nanoTime() + wait.toNanos();
        while (batch.size() < max) {
            visits.drainTo(batch, max - batch.size());
            if (batch.size() == max || open.getAsLong() == taken.size() + batch.size()) {
                break; // full, or nothing else can come before these are committed
            }
            Visit<R> next = visits.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        batch.forEach(visit -> taken.add(visit.frontierId()));
        return batch;
    }

    private @Nullable Visit<R> awaitFirst(Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            checkFailure.run();
            boolean ended = closed.getAsBoolean();
            Visit<R> visit = visits.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (visit != null) {
                return visit;
            }
            if (ended) {
                checkFailure.run();
                return null;
            }
            if (!taken.isEmpty() && open.getAsLong() == taken.size() && visits.isEmpty()) {
                throw new IllegalStateException(taken.size()
                        + " visits were taken and not committed, and no others are left; call commit before take");
            }
            if (System.nanoTime() - until >= 0) {
                return null;
            }
        }
    }
}
