package org.markwatch.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks the verb to end, waits while it drains and closes, then ends the process with the verb's own
 * exit code instead of the signal's.
 */
final class Signals {
    private static final int DRAIN_SECONDS = 30;

    private static final CountDownLatch DONE = new CountDownLatch(1);
    private static volatile int code = ExitCode.STOPPED;

    private Signals() {}

    /** @param stop called once from another thread when the process is told to end; must return soon */
    static void onStop(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.run();
            boolean drained = awaitEnd();
            Runtime.getRuntime().halt(drained ? code : ExitCode.STOPPED);
        }));
    }

    /** The verb is through and everything it used is closed. */
    static void ended(int exitCode) {
        code = exitCode;
        DONE.countDown();
    }

    private static boolean awaitEnd() {
        try {
            return DONE.await(DRAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
