package org.markwatch.job;

import org.jspecify.annotations.Nullable;

/** The run that this process leads or helps with, at most one. The steps of its job are executed by the process that leads it. Thread-safe. */
final class CurrentRun {
    private volatile @Nullable StartedRun run;

    /** Returns the run. */
    StartedRun get() {
        StartedRun current = run;
        if (current == null) {
            throw new IllegalStateException("this process works on no run; a run starts its job, not the reverse");
        }
        return current;
    }

    /** Returns the run, or null if the process works on none. */
    @Nullable
    StartedRun find() {
        return run;
    }

    /** Sets the run, or null when it has ended. */
    void set(@Nullable StartedRun started) {
        run = started;
    }
}
