package org.markwatch.crawl;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory that all bodies in work share, so that a thousand large ones at once do not exhaust the heap.
 *
 * <p>A body that outgrows {@link #FREE_BYTES} bytes takes what it needs from here and waits while there is none. Bodies that each hold a
 * part and wait for more could wait for each other for ever; so an amount that is enough for the largest body is kept back, and the
 * first in line may use it until it is done. Thread-safe.
 */
final class BodyMemory {
    /** What each body has without asking; most pages are no larger. */
    static final int FREE_BYTES = 64 << 10;

    /** Nobody waits longer: by then a whole line of slow servers has had its time. */
    static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final long budget;
    /** What is left for those who are not first in line. */
    private final long ordinary;

    private final Duration longestWait;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Reservation> line = new ArrayDeque<>();
    private @Nullable Reservation first;
    private long taken;
    private long peakBytes;
    private boolean closed;

    /**
     * @param budget  bytes that all bodies may take together, beyond what is free
     * @param largest bytes of the largest body that is read
     */
    BodyMemory(long budget, int largest, Duration longestWait) {
        // a body that grows is held twice for a moment
        this.ordinary = budget - 2L * largest;
        if (ordinary < 0) {
            throw new IllegalArgumentException("budget for bodies = " + budget
                    + " bytes; must be at least twice the largest body, which is " + largest + " bytes");
        }
        this.budget = budget;
        this.longestWait = longestWait;
    }

    /** An eighth of the heap, and room for eight of the largest bodies wherever the heap is small. */
    static BodyMemory ofHeap(int largest) {
        return new BodyMemory(Math.max(Runtime.getRuntime().maxMemory() / 8, 8L * largest), largest, MAX_WAIT);
    }

    /** No memory came free in time. */
    static final class MemoryTimeoutException extends IOException {
        private static final long serialVersionUID = 1L;

        MemoryTimeoutException(String message) {
            super(message);
        }
    }

    /** A room that holds nothing yet. */
    Reservation newReservation() {
        return new Reservation();
    }

    /** Sends everybody away who waits, now and from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The most bytes that were taken at one time. */
    long peakBytes() {
        lock.lock();
        try {
            return peakBytes;
        } finally {
            lock.unlock();
        }
    }

    /** What one body holds. Used by one thread at a time. */
    final class Reservation implements Body.BufferBudget {
        private long held;

        /** Takes bytes if they can be had without waiting. */
        boolean tryReserve(int bytes) {
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
         * Takes bytes, and waits for them.
         *
         * @throws FullException if none come free in time
         */
        @Override
        public void reserve(int bytes) throws IOException {
            lock.lock();
            try {
                line.addLast(this);
                long left = longestWait.toNanos();
                while (!fits(bytes)) {
                    if (closed) {
                        throw new InterruptedIOException("the crawl is being stopped");
                    }
                    if (left <= 0) {
                        throw new MemoryTimeoutException(
                                "no memory for a body of more than " + Math.max(held, FREE_BYTES)
                                        + " bytes came free within " + longestWait.toSeconds() + " s");
                    }
                    left = changed.awaitNanos(left);
                }
                hold(bytes);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for memory");
            } finally {
                line.remove(this);
                changed.signalAll(); // the next in line may be first now
                lock.unlock();
            }
        }

        /** Gives a part back. */
        @Override
        public void release(int bytes) {
            release(bytes, false);
        }

        /** Gives everything back; the room can be used again. */
        void releaseAll() {
            release(held, true);
        }

        private boolean fits(int bytes) {
            if (first == null && line.peekFirst() == this && taken + bytes > ordinary) {
                first = this;
            }
            return taken + bytes <= (first == this ? budget : ordinary);
        }

        private void hold(int bytes) {
            held += bytes;
            taken += bytes;
            peakBytes = Math.max(peakBytes, taken);
        }

        private void release(long bytes, boolean done) {
            lock.lock();
            try {
                held -= bytes;
                taken -= bytes;
                if (done && first == this) {
                    first = null;
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
