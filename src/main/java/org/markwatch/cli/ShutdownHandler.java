package org.markwatch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the verb to end, waits while it drains and closes, then ends the process with the verb's own
 * exit code instead of the signal's.
 */
final class ShutdownHandler {
    private static final long DRAIN_TIMEOUT_SECONDS = 30;
    private static final long STOP_INTERVAL_MILLIS = 200;

    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static volatile int code = ExitCode.STOPPED;
    private static volatile boolean isStopping;
    private static volatile Runnable stop = () -> {};

    private ShutdownHandler() {}

    /** From now on a signal ends the process by way of its verb. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            boolean drained = drain();
            Runtime.getRuntime().halt(drained ? code : ExitCode.STOPPED);
        }));
    }

    /**
     * @param action what to do when the process is told to end; called from another thread, and again until the verb is
     *     through, since what is to be stopped may only be about to begin; must return soon
     */
    static void onStop(Runnable action) {
        stop = action;
    }

    /** Whether the process has been told to end. */
    static boolean isStopping() {
        return isStopping;
    }

    /**
     * Where a start can still be left without a trace.
     *
     * @throws Stopped if the process has been told to end
     */
    static void throwIfStopping() {
        if (isStopping) {
            throw new StoppedException();
        }
    }

    /** The verb is through and everything it used is closed. */
    static void verbEnded(int exitCode) {
        code = exitCode;
        DONE.countDown();
    }

    private static boolean drain() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_TIMEOUT_SECONDS);
        try {
            while (DONE.getCount() > 0 && System.nanoTime() < end) {
                isStopping = true;
                stop.run();
                DONE.await(STOP_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE.getCount() == 0;
    }

    /** Told to end before there was anything to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped before anything was begun");
        }
    }
}
