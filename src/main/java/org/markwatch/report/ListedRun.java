package org.markwatch.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as operators see it in a list.
 *
 * @param id        number of the run
 * @param kind      nightly or rescan
 * @param status    running, killed (its process ended without a stop), complete, unread, stopped or failed
 * @param startedAt first start
 * @param endedAt   last end; null if the run is running or killed
 * @param starts    number of starts, 1 or more
 * @param known     URLs that it has to visit so far; 0 if it has a summary
 * @param done      those that it has visited; 0 if it has a summary
 * @param summary   its summary; null if it is running or killed
 */
public record ListedRun(
        long id,
        String kind,
        String status,
        Instant startedAt,
        @Nullable Instant endedAt,
        int starts,
        long known,
        long done,
        @Nullable RunSummary summary) {
    /** Status of a run whose process ended without a stop. */
    static final String KILLED = "killed";

    /** Returns whether the process that worked on the run ended without a stop. */
    public boolean isKilled() {
        return status.equals(KILLED);
    }
}
