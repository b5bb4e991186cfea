package org.markwatch.job;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.Runs;
import org.markwatch.watchlist.Watchlist;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;

/**
 * Starts the nightly run with the steps prepare, crawl, queue and report. A run that was stopped, failed or was killed can be
 * resumed.
 */
public final class NightlyJob {
    /** Age beyond which an unfinished run is not resumed. */
    static final Duration MAX_RESUME_AGE = Duration.ofHours(72);

    /** Starts after which a failed run is not resumed; restarts of the database count too. */
    static final int MAX_EXECUTIONS = RunJobs.MAX_DATABASE_RESTARTS + 5;

    private final RunJobs jobs;
    private final Job job;
    private final Runs runs;
    private final Clock clock;

    NightlyJob(RunJobs jobs, Job job, Runs runs, Clock clock) {
        this.jobs = jobs;
        this.job = job;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Runs the job and blocks until it is complete, stopped by {@link #stop} or failed. Resumes the run by itself after
     * a restart of the database, at most {@value RunJobs#MAX_DATABASE_RESTARTS} times.
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
        return jobs.run(
                job,
                watchlist,
                () -> begin(watchlist, unfinished),
                () -> begin(watchlist, ResumePolicy.ALWAYS),
                listener);
    }

    /**
     * Runs the job as {@link #run(Watchlist, ResumePolicy, Consumer)} does.
     *
     * @param fresh whether to start a new run even if an unfinished one could be resumed
     */
    public RunOutcome run(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        return run(watchlist, fresh ? ResumePolicy.NEVER : ResumePolicy.IF_FIT, start -> {});
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

    /** Returns whether a session of the database holds a run that is in progress. */
    boolean isActive() {
        return runs.active().isPresent();
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

    /** Returns whether the database accepts connections. */
    boolean isDatabaseAvailable() {
        return jobs.isDatabaseAvailable();
    }

    /** Requests a stop of the active run, which can be resumed later. Does nothing if no run is active. */
    public void stop() {
        jobs.stop();
    }

    /** Returns the progress of the active run, or null if no run is crawling. */
    public Crawl.@Nullable CrawlProgress progress() {
        return jobs.progress();
    }
}
