package org.markwatch.job;

import java.time.Clock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.report.Reports;
import org.markwatch.report.RunFailures;
import org.springframework.dao.DataAccessException;

/** Stores status, summary and attestation of runs that end, whether they are complete, unread, stopped or failed. */
final class RunEnds {
    private final Runs runs;
    private final Reports reports;
    private final RunFailures failures;
    private final Clock clock;

    RunEnds(Runs runs, Reports reports, RunFailures failures, Clock clock) {
        this.runs = runs;
        this.reports = reports;
        this.failures = failures;
        this.clock = clock;
    }

    /** Closes a run that is complete or unread. */
    void complete(StartedRun run) {
        close(run, runs.isUnread(run.id()) ? Runs.Status.UNREAD : Runs.Status.COMPLETE);
    }

    /** Closes a run that was stopped. */
    void stopped(StartedRun run) {
        close(run, Runs.Status.STOPPED);
    }

    /**
     * Closes a failed run. If the database is not available either, the run stays unfinished and can be resumed as
     * well. If another process has taken the run over, it is left to that process.
     */
    void failed(StartedRun run, Throwable failure) {
        try {
            close(run, Runs.Status.FAILED);
            failures.record(run.id(), failure);
        } catch (DataAccessException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    private void close(StartedRun run, Runs.Status status) {
        run.fence().assertHeld();
        runs.end(run.id(), status, clock.instant());
        reports.close(run.id(), run.watchlist().seeds().size());
    }
}
