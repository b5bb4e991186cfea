package org.markwatch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the verb to end, waits while it drains and closes, then ends the process with the verb's own
 * exit code instead of the signal's.
 */
final class Signals {
    private static final long DRAIN_SECONDS = 30;
    private static final long ASK_AGAIN_MILLIS = 200;

    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static volatile int code = ExitCode.STOPPED;
    private static volatile boolean stopping;
    private static volatile Runnable stop = () -> {};

    private Signals() {}

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
    static boolean stopping() {
        return stopping;
    }

    /**
     * Where a start can still be left without a trace.
     *
     * @throws Stopped if the process has been told to end
     */
    static void leaveIfStopping() {
        if (stopping) {
            throw new Stopped();
        }
    }

    /** The verb is through and everything it used is closed. */
    static void ended(int exitCode) {
        code = exitCode;
        DONE.countDown();
    }

    private static boolean drain() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
        try {
            while (DONE.getCount() > 0 && System.nanoTime() < end) {
                stopping = true;
                stop.run();
                DONE.await(ASK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE.getCount() == 0;
    }

    /** Told to end before there was anything to stop. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped before anything was begun");
        }
    }
}
