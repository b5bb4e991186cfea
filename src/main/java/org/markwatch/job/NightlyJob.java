package org.markwatch.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.run.ConnectionLoss;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;

/**
 * The job {@code nightly} with the steps prepare, crawl, queue and report, over one run. A run that was stopped, failed
 * or was killed can be resumed. Each call builds a new job from the given watchlist and keeps no state of it
 * afterwards.
 */
public final class NightlyJob {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyJob.class);

    private static final String NAME = "nightly";
    /** Database restarts after which a run resumes by itself; the next one ends it as failed. */
    private static final int MAX_DATABASE_RESTARTS = 10;

    private static final int VALIDATION_TIMEOUT_SECONDS = 2;

    /** Age beyond which an unfinished run is not resumed. */
    static final Duration MAX_RESUME_AGE = Duration.ofHours(72);

    /** Starts after which a failed run is not resumed; restarts of the database count too. */
    static final int MAX_EXECUTIONS = MAX_DATABASE_RESTARTS + 5;

    private final RunJobs jobs;
    private final DataSource database;
    private final Runs runs;
    private final CrawlWorkers workers;
    private final @Nullable PackedConfig config;
    private final Retention retention;
    private final ReviewQueue queue;
    private final Audit audit;
    private final Clock clock;
    private volatile @Nullable NightCrawl active;

    NightlyJob(
            RunJobs jobs,
            DataSource database,
            Runs runs,
            CrawlWorkers workers,
            @Nullable PackedConfig config,
            Retention retention,
            ReviewQueue queue,
            Audit audit,
            Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.runs = runs;
        this.workers = workers;
        this.config = config;
        this.retention = retention;
        this.queue = queue;
        this.audit = audit;
        this.clock = clock;
    }

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

    /**
     * Runs the job and blocks until it is complete, stopped by {@link #stop} or failed. Resumes the run by itself after
     * a restart of the database, at most {@value #MAX_DATABASE_RESTARTS} times.
     *
     * <p>An unfinished run is resumed whatever its ruleset: pages that it has visited keep their findings, and the
     * given watchlist applies to the rest; the summary names both. {@link RescanJob#run} is stricter, because its
     * purpose is one ruleset for all pages.
     *
     * @param unfinished what to do with an unfinished run
     * @param listener   receives each start
     * @throws RunInProgressException if another run holds the run lock of the database
     */
    public RunOutcome run(Watchlist watchlist, ResumePolicy unfinished, Consumer<RunStart> listener)
            throws SQLException, JobExecutionException {
        RunOutcome outcome = start(watchlist, unfinished, listener);
        for (int restarts = 0; restarts < MAX_DATABASE_RESTARTS && isOverDatabaseRestart(outcome); restarts++) {
            LOG.warn(
                    "Database connection lost and available again; resuming run {}: {}",
                    outcome.run(),
                    String.valueOf(outcome.failure()));
            outcome = start(watchlist, ResumePolicy.ALWAYS, listener);
        }
        return outcome;
    }

    /**
     * Runs the job as {@link #run(Watchlist, ResumePolicy, Consumer)} does.
     *
     * @param fresh whether to start a new run even if an unfinished one could be resumed
     */
    public RunOutcome run(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        return run(watchlist, fresh ? ResumePolicy.NEVER : ResumePolicy.IF_FIT, start -> {});
    }

    /** Returns whether the run failed because of a lost database that accepts connections again. */
    private boolean isOverDatabaseRestart(RunOutcome outcome) {
        return outcome.failure() != null && ConnectionLoss.isCauseOf(outcome.failure()) && isDatabaseAvailable();
    }

    private boolean isDatabaseAvailable() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDATION_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            LOG.debug("Database still unavailable", e);
            return false;
        }
    }

    private RunOutcome start(Watchlist watchlist, ResumePolicy policy, Consumer<RunStart> listener)
            throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.acquire(database)) {
            RunStart start = begin(watchlist, policy);
            listener.accept(start);
            Runs.RunRecord run = start.run();
            new RunConfigs(database).withdraw();
            RunFence fence = RunFence.take(database, run.id());
            try (NightCrawl crawl = new NightCrawl(jobs, database, run, fence, workers, queue, watchlist, clock)) {
                active = crawl;
                int seeds = watchlist.seeds().size();
                return jobs.execute(job(run, fence, watchlist, crawl, seeds), run, fence, start.resumed(), seeds);
            } finally {
                active = null;
            }
        }
    }

    /** Resumes the unfinished run if the policy says so, or begins a new one. The caller holds the run lock. */
    private RunStart begin(Watchlist watchlist, ResumePolicy policy) {
        Runs.RunRecord unfinished = runs.unfinished().orElse(null);
        String obstacle = unfinished == null
                ? ""
                : switch (policy) {
                    case IF_FIT -> obstacle(unfinished, watchlist);
                    case ALWAYS -> successor(unfinished);
                    case NEVER -> "a new run was requested";
                };
        if (unfinished != null && obstacle.isEmpty()) {
            Runs.Progress progress = runs.progress(unfinished.id());
            Runs.RunRecord run = runs.resume(unfinished.id(), watchlist.rulesetSha256(), clock.instant());
            return new RunStart(run, runs.executions(run.id()).size(), progress, "");
        }
        Runs.RunRecord run = runs.begin(watchlist.rulesetSha256(), clock.instant());
        String left = unfinished == null
                ? ""
                : RunStart.nameOf(unfinished) + " is left unfinished: " + obstacle
                        + (policy == ResumePolicy.IF_FIT ? " ('run --resume' resumes such a run)." : ".");
        return new RunStart(run, 1, new Runs.Progress(0, 0), left);
    }

    /**
     * Returns why an unfinished run should not be resumed, as a clause for people; empty if it should. A run that is
     * old would ask for what was due long ago, one that has failed each time would fail again, and one of other seeds is
     * most likely that of another job-config: its open URLs would be refused, since their seeds are not configured.
     */
    private String obstacle(Runs.RunRecord run, Watchlist watchlist) {
        String old = obstacle(run);
        if (!old.isEmpty()) {
            return old;
        }
        Set<String> configured =
                watchlist.seeds().stream().map(seed -> seed.url().toString()).collect(Collectors.toSet());
        Set<String> seeds = runs.seeds(run.id());
        long missing = seeds.stream().filter(seed -> !configured.contains(seed)).count();
        return missing == 0 ? "" : missing + " of its " + seeds.size() + " seeds are not configured";
    }

    private String obstacle(Runs.RunRecord run) {
        String successor = successor(run);
        if (!successor.isEmpty()) {
            return successor;
        }
        if (!run.startedAt().plus(MAX_RESUME_AGE).isAfter(clock.instant())) {
            return "it began more than " + MAX_RESUME_AGE.toHours() + " hours ago";
        }
        int executions = runs.executions(run.id()).size();
        return run.status() == Runs.Status.FAILED && executions >= MAX_EXECUTIONS
                ? "it has failed after " + executions + " starts"
                : "";
    }

    /**
     * Returns which run began after this one, as a clause for people; empty if none did. Findings hold over a range of
     * runs, so an earlier run cannot replace what a later one found.
     */
    private String successor(Runs.RunRecord run) {
        long latest = runs.latest().map(Runs.RunRecord::id).orElse(run.id());
        return latest == run.id() ? "" : "run " + latest + " has begun since";
    }

    /**
     * Returns whether a run is unfinished because its process ended without a stop, and can be resumed as far as can be
     * told without a job-config.
     */
    public boolean isInterrupted() {
        return runs.active().isEmpty()
                && runs.unfinished()
                        .filter(run -> run.status() == Runs.Status.RUNNING)
                        .filter(run -> obstacle(run).isEmpty())
                        .isPresent();
    }

    /** Returns whether a run is interrupted and is to be resumed by a watchlist. */
    boolean isInterrupted(Watchlist watchlist) {
        return isInterrupted()
                && runs.unfinished()
                        .filter(run -> obstacle(run, watchlist).isEmpty())
                        .isPresent();
    }

    /** Returns whether there is an unfinished run that can be resumed. */
    public boolean hasUnfinishedRun() {
        return runs.unfinished().filter(run -> successor(run).isEmpty()).isPresent();
    }

    /** Requests a stop of the active run, which can be resumed later. Does nothing if no run is active. */
    public void stop() {
        NightCrawl crawl = active;
        if (crawl != null) {
            crawl.stop();
        }
    }

    /** Returns the progress of the active run, or null if no run is crawling. */
    public Crawl.@Nullable CrawlProgress progress() {
        NightCrawl crawl = active;
        return crawl == null ? null : crawl.progress();
    }

    private Job job(Runs.RunRecord run, RunFence fence, Watchlist watchlist, NightCrawl crawl, int seeds) {
        return new JobBuilder(NAME, jobs.repository())
                .start(jobs.repeatableStep("prepare", () -> prepare(run, crawl, watchlist)))
                .next(crawl.step())
                .next(jobs.queueStep(run, fence))
                .next(jobs.reportStep(run, fence, seeds))
                .build();
    }

    /**
     * Records in the audit which seeds ignore robots.txt, compiles the rules before the first request, and purges
     * data that is past its retention.
     */
    private void prepare(Runs.RunRecord run, NightCrawl crawl, Watchlist watchlist) {
        auditRobotsOverrides(run, watchlist);
        RulesetAnalyser rules = new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        retention.purge(watchlist.settings().retention());
        byte @Nullable [] files = config == null ? null : config.read();
        crawl.prepare(rules);
        if (files != null) { // from now on other processes may join
            new RunConfigs(database).save(run.id(), files);
        }
    }

    /** Appends to the audit, before the crawl, each seed whose robots.txt is ignored and the authority for it. */
    private void auditRobotsOverrides(Runs.RunRecord run, Watchlist watchlist) {
        for (Seed seed : watchlist.seeds()) {
            if (!seed.robotsAuthority().isEmpty()) {
                audit.append(
                        Audit.SYSTEM,
                        "robots.ignore",
                        "run:" + run.id(),
                        Map.of(
                                "seed", seed.url().toString(),
                                "owner", seed.owner(),
                                "authority", seed.robotsAuthority()));
            }
        }
    }
}
