package org.markwatch.job;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Stops a run when a black-out begins, unless the run has ended by then. */
final class BlackOutWatch implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 1_000;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    /**
     * Starts to watch.
     *
     * @param begun whether a black-out has begun; asked once a second
     * @param stop  requests a stop; called again each second, since the run may not be active yet
     * @param log   is told once
     */
    BlackOutWatch(BooleanSupplier begun, Runnable stop, NightLog log) {
        Thread.ofVirtual().name("black-out").start(() -> watch(begun, stop, log));
    }

    private void watch(BooleanSupplier begun, Runnable stop, NightLog log) {
        try {
            while (!ended.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (!stopped && begun.getAsBoolean()) {
                    stopped = true;
                    log.blackOutBegan();
                }
                if (stopped) {
                    stop.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether a stop has been requested. */
    boolean hasStopped() {
        return stopped;
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
