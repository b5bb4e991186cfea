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
 */
public record RunOutcome(
        long run,
        boolean resumed,
        Runs.Status status,
        @Nullable Throwable failure) {}
