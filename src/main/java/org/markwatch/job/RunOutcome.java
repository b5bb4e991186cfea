package org.markwatch.job;

import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.run.Runs;

/**
 * How a run ended.
 *
 * @param run     id of the run
 * @param resumed whether an unfinished run was resumed
 * @param status  complete, unread, stopped or failed
 * @param failure cause of a failed run, otherwise null
 * @param takenOver whether this process has failed and another one has taken the run over, which continues it or has ended it
 */
public record RunOutcome(
        long run,
        boolean resumed,
        Runs.Status status,
        @Nullable Throwable failure,
        boolean takenOver) {
    /** Returns this outcome of a run that another process has taken over. */
    RunOutcome leftToOthers() {
        return new RunOutcome(run, resumed, status, failure, true);
    }
}
