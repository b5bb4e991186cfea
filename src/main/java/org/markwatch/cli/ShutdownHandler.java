package org.markwatch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C and SIGTERM: requests a stop of the verb, waits up to 30 seconds while it drains and closes its
 * resources, then ends the process with the exit code of the verb instead of that of the signal.
 */
final class ShutdownHandler {
    private static final long DRAIN_TIMEOUT_SECONDS = 30;
    private static final long STOP_INTERVAL_MILLIS = 200;

    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static volatile int code = ExitCode.STOPPED;
    private static volatile boolean stopping;
    private static volatile Runnable stop = () -> {};

    private ShutdownHandler() {}

    /** Registers the shutdown hook. */
    static void install() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            boolean drained = drain();
            Runtime.getRuntime().halt(drained ? code : ExitCode.STOPPED);
        }));
    }

    /**
     * Sets the action that stops the verb.
     *
     * @param action called from another thread, every 200 ms until the verb has ended, since the work to stop may not
     *     have started yet; must not block
     */
    static void onStop(Runnable action) {
        stop = action;
    }

    /** Returns whether the process has received a signal to end. */
    static boolean isStopping() {
        return stopping;
    }

    /**
     * Aborts the start of a verb before it has changed anything.
     *
     * @throws StoppedException if the process has received a signal to end
     */
    static void throwIfStopping() {
        if (stopping) {
            throw new StoppedException();
        }
    }

    /** Reports that the verb has ended and has closed its resources. */
    static void verbEnded(int exitCode) {
        code = exitCode;
        DONE.countDown();
    }

    private static boolean drain() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_TIMEOUT_SECONDS);
        try {
            while (DONE.getCount() > 0 && System.nanoTime() < end) {
                stopping = true;
                stop.run();
                DONE.await(STOP_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE.getCount() == 0;
    }

    /** The process received a signal to end before the verb had started. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped before the start");
        }
    }
}
