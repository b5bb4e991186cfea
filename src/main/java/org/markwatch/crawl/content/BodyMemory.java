package org.markwatch.crawl.content;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory budget that the buffers of all bodies share, so that many large bodies at a time do not exhaust the heap.
 *
 * <p>A body that outgrows {@link #FREE_BYTES} bytes reserves memory here, and blocks while none is available. Bodies
 * that each hold a part and wait for more would deadlock. Therefore a reserve large enough for the largest body is held
 * back, and the body at the head of the queue may use it until it has released everything. Thread-safe.
 */
public final class BodyMemory {
    /** Bytes that each body may use without a reservation; most pages are smaller. */
    static final int FREE_BYTES = 64 << 10;

    /** Longest wait for memory. It exceeds the time-outs of many slow exchanges in sequence. */
    static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final long budget;
    /** Bytes available to bodies that may not use the reserve. */
    private final long withoutReserve;

    private final Duration maxWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Reservation> queue = new ArrayDeque<>();
    private @Nullable Reservation reserveHolder;
    private long reserved;
    private long peakBytes;
    private boolean closed;

    /**
     * Creates a budget.
     *
     * @param budget  bytes that all bodies may reserve together, beyond {@link #FREE_BYTES} each
     * @param largest size limit of a single body in bytes
     * @param maxWait longest time that a reservation waits
     * @throws IllegalArgumentException if the budget is less than twice the largest body
     */
    BodyMemory(long budget, int largest, Duration maxWait) {
        // while a buffer grows, the old and the new one exist
        this.withoutReserve = budget - 2L * largest;
        if (withoutReserve < 0) {
            throw new IllegalArgumentException("budget for bodies = " + budget
                    + " bytes; must be at least twice the largest body, which is " + largest + " bytes");
        }
        this.budget = budget;
        this.maxWait = maxWait;
    }

    /** Returns a budget of an eighth of the maximum heap, but at least eight times the largest body. */
    public static BodyMemory ofHeap(int largest) {
        return new BodyMemory(Math.max(Runtime.getRuntime().maxMemory() / 8, 8L * largest), largest, MAX_WAIT);
    }

    /** Limits the memory that the buffers of growing bodies take. */
    public interface BufferBudget {
        /** Grants every reservation; for bodies that are in memory already. */
        BufferBudget UNLIMITED = new BufferBudget() {
            @Override
            public void reserve(int bytes) {
                // unlimited
            }

            @Override
            public void release(int bytes) {
                // nothing is counted
            }
        };

        /**
         * Reserves bytes; blocks until they are available.
         *
         * @throws IOException if they do not become available in time, or the crawl is being stopped
         */
        void reserve(int bytes) throws IOException;

        /** Releases bytes that were reserved. */
        void release(int bytes);
    }

    /** Signals that no memory became available in time. */
    public static final class MemoryTimeoutException extends IOException {
        private static final long serialVersionUID = 1L;

        MemoryTimeoutException(String message) {
            super(message);
        }
    }

    /** Returns a new, empty reservation. */
    public Reservation newReservation() {
        return new Reservation();
    }

    /** Makes every waiting and every future {@link Reservation#reserve} that would block fail. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of reservations that wait. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the largest number of bytes that were reserved at one time. */
    long peakBytes() {
        lock.lock();
        try {
            return peakBytes;
        } finally {
            lock.unlock();
        }
    }

    /** The memory that one body holds. Not thread-safe. */
    public final class Reservation implements BufferBudget {
        private long held;

        /** Reserves bytes if that is possible without waiting; returns whether it did. */
        public boolean tryReserve(int bytes) {
            lock.lock();
            try {
                if (!fits(bytes)) {
                    return false;
                }
                hold(bytes);
                return true;
            } finally {
                lock.unlock();
            }
        }

        /**
         * Reserves bytes; waits in a queue until they are available.
         *
         * @throws MemoryTimeoutException if they do not become available in time
         * @throws InterruptedIOException if the budget is closed, or the thread is interrupted
         */
        @Override
        public void reserve(int bytes) throws IOException {
            lock.lock();
            try {
                queue.addLast(this);
                long left = maxWait.toNanos();
                while (!fits(bytes)) {
                    if (closed) {
                        throw new InterruptedIOException("the crawl is being stopped");
                    }
                    if (left <= 0) {
                        throw new MemoryTimeoutException(
                                "no memory for a body of more than " + Math.max(held, FREE_BYTES)
                                        + " bytes became available within " + maxWait.toSeconds() + " s");
                    }
                    left = changed.awaitNanos(left);
                }
                hold(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for memory");
            } finally {
                queue.remove(this);
                changed.signalAll(); // the queue has a new head, which may use the reserve
                lock.unlock();
            }
        }

        /** Releases a part of the reservation. */
        @Override
        public void release(int bytes) {
            release(bytes, false);
        }

        /** Releases everything; the reservation can be used again. */
        public void releaseAll() {
            release(held, true);
        }

        private boolean fits(int bytes) {
            if (reserveHolder == null && queue.peekFirst() == this && reserved + bytes > withoutReserve) {
                reserveHolder = this;
            }
            return reserved + bytes <= (reserveHolder == this ? budget : withoutReserve);
        }

        private void hold(int bytes) {
            held += bytes;
            reserved += bytes;
            peakBytes = Math.max(peakBytes, reserved);
        }

        private void release(long bytes, boolean done) {
            lock.lock();
            try {
                held -= bytes;
                reserved -= bytes;
                if (done && reserveHolder == this) {
                    reserveHolder = null;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
