package org.markwatch.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.report.Exports;
import org.markwatch.report.RunFailures;
import org.markwatch.watchlist.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Tells the operator of {@code serve} of scheduled runs what {@link RunLog} does not, in log lines, and stores why one did not
 * start. Lines may contain URLs of seeds and reasons that servers gave; the log replaces control characters.
 */
final class NightLog {
    private static final Logger LOG = LoggerFactory.getLogger(NightLog.class);
    private static final int MAX_NAMED_SEEDS = 10;

    private final Exports exports;
    private final RunFailures failures;
    private final DispositionStore dispositions;
    private final DataSource database;

    NightLog(Exports exports, RunFailures failures, DataSource database) {
        this.exports = exports;
        this.failures = failures;
        this.dispositions = new DispositionStore(database);
        this.database = database;
    }

    /** Logs the attestation of a run that has ended, and the seeds from which it obtained no text. */
    void ended(RunOutcome outcome) {
        long run = outcome.run();
        if (outcome.status() == Runs.Status.FAILED) {
            LOG.error("Run {} failed; the next start resumes it", run, outcome.failure());
        }
        withDatabase("The attestation of run " + run, () -> {
            exports.attestation(run)
                    .ifPresent(entry -> LOG.atInfo()
                            .addKeyValue("event", "run.attest")
                            .addKeyValue("run", run)
                            .log(
                                    "Attestation of run {}: audit entry {}, sha256 {} (store the hash on another machine)",
                                    run,
                                    entry.seq(),
                                    entry.sha256()));
            if (outcome.status() == Runs.Status.UNREAD) {
                LOG.warn(
                        "Run {} read no page, so it could find nothing; 'markwatch export pages' lists the reasons",
                        run);
            }
            logUnreadSeeds(run);
        });
    }

    private void logUnreadSeeds(long run) {
        List<String> unread = new ArrayList<>();
        dispositions.forEachSeed(run, seed -> {
            if (seed.isUnread()) {
                unread.add(seed.url() + " (" + seed.disposition() + ": " + seed.reason() + ")");
            }
        });
        if (!unread.isEmpty()) {
            LOG.warn(
                    "Run {} obtained no text from {} of its seeds: {}{}",
                    run,
                    unread.size(),
                    String.join(", ", unread.subList(0, Math.min(MAX_NAMED_SEEDS, unread.size()))),
                    unread.size() > MAX_NAMED_SEEDS ? " and " + (unread.size() - MAX_NAMED_SEEDS) + " more" : "");
        }
    }

    void waitsForLock(Duration longest) {
        LOG.info(
                "The run is still held, perhaps by the session of a process that has died; waiting for up to {} s",
                longest.toSeconds());
    }

    void leftActive() {
        LOG.info("The run is left to the process that holds it");
    }

    void leftInterrupted() {
        LOG.info("The interrupted run is left to the schedule, since it does not fit this job-config");
    }

    /** Logs that a run is due in a black-out. */
    void putOff(Instant end) {
        LOG.info("A run is due in a black-out of the schedule; it starts at {}", end);
    }

    /** Logs that a run stops because a black-out has begun. */
    void blackOutBegan() {
        LOG.info("A black-out of the schedule has begun; the run in progress stops");
    }

    /** Logs that a run was stopped because a black-out began. */
    void stoppedByBlackOut(long run, Instant end) {
        LOG.info("Run {} was stopped, since a black-out of the schedule began; it is resumed at {}", run, end);
    }

    /** Logs that a run did not start because the job-config has faults. */
    void notStarted(List<Fault> faults) {
        faults.forEach(fault -> LOG.error("Scheduled run not started; fault in job-config: {}", fault));
        store("fault in job-config: " + faults.getFirst());
    }

    /** Logs that a run did not start because another one is in progress. */
    void notStarted(RunInProgressException other) {
        LOG.warn("Scheduled run not started: {}", other.getMessage());
        store(String.valueOf(other.getMessage()));
    }

    /** Logs that a run could not be started or closed. */
    void failed(Exception cause) {
        LOG.error("Scheduled run failed", cause);
        store(cause.toString());
    }

    /** Logs that a run that has lost the database is resumed when it is back. Nothing can be stored meanwhile. */
    void waitsForDatabase(Exception cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        LOG.atWarn()
                .addKeyValue("event", "run.outage")
                .log(
                        "The scheduled run has lost the database ({}) and is resumed when the database answers again; check that it is"
                                + " running",
                        String.valueOf(root.getMessage()));
    }

    /** Logs when the next run starts. */
    void next() {
        withDatabase(
                "The time of the next run",
                () -> NextRun.of(database)
                        .ifPresent(next -> LOG.atInfo()
                                .addKeyValue("event", "schedule.next")
                                .addKeyValue("at", next.at())
                                .log("Next run: {}", next)));
    }

    private void store(String reason) {
        withDatabase("A failure", () -> failures.recordNotStarted(reason));
    }

    /** The log does not fail a run, and a lost database does not keep it from telling the rest. */
    private static void withDatabase(String what, Runnable action) {
        try {
            action.run();
        } catch (DataAccessException e) {
            LOG.warn("{} can be neither read nor stored, since the database is not available: {}", what, e.toString());
        }
    }
}
