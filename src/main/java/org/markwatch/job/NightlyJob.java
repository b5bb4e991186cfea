package org.markwatch.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.ConnectionLoss;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlEngine;
import org.markwatch.crawl.KeptTextStore;
import org.markwatch.crawl.RunLock;
import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.crawl.Visit;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;

/**
 * The job {@code nightly}: prepare → crawl → queue → report, over one run of the crawl. A run that was stopped, failed or was killed
 * goes on where it was; a job execution is built for the watchlist that was handed in, so nothing of it outlives the night.
 */
public final class NightlyJob {
    private static final Logger LOG = LoggerFactory.getLogger(NightlyJob.class);

    private static final String NAME = "nightly";
    /** Restarts of the database that a run outlives. */
    private static final int MAX_DATABASE_RESTARTS = 10;

    private static final int VALIDATION_TIMEOUT_SECONDS = 2;

    private final RunJobs jobs;
    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final KeptTextStore keptPages;
    private final ReviewQueue queue;
    private final Audit audit;
    private final Clock clock;
    private volatile @Nullable CrawlStep activeStep;

    NightlyJob(
            RunJobs jobs,
            DataSource database,
            Runs runs,
            FindingStore findings,
            KeptTextStore kept,
            ReviewQueue queue,
            Audit audit,
            Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.keptPages = kept;
        this.queue = queue;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * How a run ended.
     *
     * @param run     its number
     * @param resumed whether it went on with an unfinished one
     * @param status  complete, stopped or failed
     * @param failure what made it fail, or null
     */
    public record RunOutcome(
            long run,
            boolean resumed,
            Runs.Status status,
            @Nullable Throwable failure) {}

    /**
     * Runs to the end, or to {@link #stop}. Blocks. Goes on by itself after a restart of the database.
     *
     * @param fresh whether to begin a new run even if an unfinished one could be resumed
     * @throws RunUnderWayException if another run holds the database
     */
    public RunOutcome run(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        RunOutcome outcome = start(watchlist, fresh);
        for (int restarts = 0; restarts < MAX_DATABASE_RESTARTS && isOverDatabaseRestart(outcome); restarts++) {
            LOG.warn(
                    "the database broke off and answers again; run {} goes on: {}",
                    outcome.run(),
                    String.valueOf(outcome.failure()));
            outcome = start(watchlist, false);
        }
        return outcome;
    }

    /** Whether a restart of the database ended the run, and is over. */
    private boolean isOverDatabaseRestart(RunOutcome outcome) {
        return outcome.failure() != null && ConnectionLoss.isCauseOf(outcome.failure()) && isDatabaseAvailable();
    }

    private boolean isDatabaseAvailable() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDATION_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            LOG.debug("The database does not come back", e);
            return false;
        }
    }

    private RunOutcome start(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.acquire(database)) {
            Runs.RunRecord unfinished = fresh ? null : runs.unfinished().orElse(null);
            Runs.RunRecord run = unfinished == null
                    ? runs.begin(watchlist.rulesetSha256(), clock.instant())
                    : runs.resume(unfinished.id());
            CrawlStep step = new CrawlStep(run.id(), judge -> open(run, watchlist, judge), findings);
            activeStep = step;
            try {
                int seeds = watchlist.seeds().size();
                return jobs.execute(job(run, watchlist, step, seeds), run, unfinished != null, seeds);
            } finally {
                activeStep = null;
            }
        }
    }

    /** Asks the run under way to end soon, so that it can be resumed; does nothing if there is none. */
    public void stop() {
        CrawlStep step = activeStep;
        if (step != null) {
            step.stop();
        }
    }

    /** Where the run under way is, or null if none is crawling. */
    public Crawl.@Nullable CrawlProgress progress() {
        CrawlStep step = activeStep;
        return step == null ? null : step.progress();
    }

    private Job job(Runs.RunRecord run, Watchlist watchlist, CrawlStep crawl, int seeds) {
        return new JobBuilder(NAME, jobs.repository())
                .start(jobs.repeatableStep("prepare", () -> prepare(run, crawl, watchlist)))
                .next(crawlStep(crawl))
                .next(jobs.queueStep(run))
                .next(jobs.reportStep(run, seeds))
                .build();
    }

    /** Compiles the rules before anything is asked of anybody, and lets go of what was kept for too long. */
    private void prepare(Runs.RunRecord run, CrawlStep crawl, Watchlist watchlist) {
        auditRobotsOverrides(run, watchlist);
        crawl.setAnalyser(new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        keptPages.deleteReadBefore(
                clock.instant().minus(watchlist.settings().retention().text()));
    }

    /** Writes down whose robots.txt will be disregarded, and by whose authority, before it is. */
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

    private Step crawlStep(CrawlStep crawl) {
        return new StepBuilder("crawl", jobs.repository())
                .<List<Visit<Finding>>, List<Visit<Finding>>>chunk(1)
                .transactionManager(jobs.transactions())
                .reader(crawl)
                .writer(crawl)
                .listener(crawl)
                .build();
    }

    private Crawl<Finding> open(Runs.RunRecord run, Watchlist watchlist, RulesetAnalyser judge) {
        Set<String> queued = queue.itemUrls();
        return CrawlEngine.open(
                run,
                watchlist.settings().crawl(),
                watchlist.seeds(),
                judge.pageReader(),
                page -> queued.contains(page.toString()),
                database,
                clock);
    }
}
