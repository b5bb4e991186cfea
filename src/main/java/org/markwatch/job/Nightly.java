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
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlEngine;
import org.markwatch.crawl.DatabaseLoss;
import org.markwatch.crawl.KeptPages;
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
public final class Nightly {
    private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);

    private static final String NAME = "nightly";
    /** Restarts of the database that a run outlives. */
    private static final int MOST_RESTARTS = 10;

    private static final int PATIENCE_SECONDS = 2;

    private final RunJobs jobs;
    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final KeptPages kept;
    private final ReviewQueue queue;
    private final Audit audit;
    private final Clock clock;
    private volatile @Nullable CrawlStep crawling;

    Nightly(
            RunJobs jobs,
            DataSource database,
            Runs runs,
            FindingStore findings,
            KeptPages kept,
            ReviewQueue queue,
            Audit audit,
            Clock clock) {
        this.jobs = jobs;
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.kept = kept;
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
    public record Outcome(
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
    public Outcome run(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        Outcome outcome = start(watchlist, fresh);
        for (int restarts = 0; restarts < MOST_RESTARTS && cutOff(outcome); restarts++) {
            LOG.warn(
                    "the database broke off and answers again; run {} goes on: {}",
                    outcome.run(),
                    String.valueOf(outcome.failure()));
            outcome = start(watchlist, false);
        }
        return outcome;
    }

    /** Whether a restart of the database ended the run, and is over. */
    private boolean cutOff(Outcome outcome) {
        return outcome.failure() != null && DatabaseLoss.isCauseOf(outcome.failure()) && answers();
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            LOG.debug("The database does not come back", e);
            return false;
        }
    }

    private Outcome start(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.take(database)) {
            Runs.Run unfinished = fresh ? null : runs.unfinished().orElse(null);
            Runs.Run run = unfinished == null
                    ? runs.begin(watchlist.rulesetSha256(), clock.instant())
                    : runs.resume(unfinished.id());
            CrawlStep step = new CrawlStep(run.id(), judge -> open(run, watchlist, judge), findings);
            crawling = step;
            try {
                int seeds = watchlist.seeds().size();
                return jobs.execute(job(run, watchlist, step, seeds), run, unfinished != null, seeds);
            } finally {
                crawling = null;
            }
        }
    }

    /** Asks the run under way to end soon, so that it can be resumed; does nothing if there is none. */
    public void stop() {
        CrawlStep step = crawling;
        if (step != null) {
            step.stop();
        }
    }

    /** Where the run under way is, or null if none is crawling. */
    public Crawl.@Nullable Progress progress() {
        CrawlStep step = crawling;
        return step == null ? null : step.progress();
    }

    private Job job(Runs.Run run, Watchlist watchlist, CrawlStep crawl, int seeds) {
        return new JobBuilder(NAME, jobs.repository())
                .start(jobs.everyStart("prepare", () -> prepare(run, crawl, watchlist)))
                .next(crawlStep(crawl))
                .next(jobs.queueStep(run))
                .next(jobs.reportStep(run, seeds))
                .build();
    }

    /** Compiles the rules before anything is asked of anybody, and lets go of what was kept for too long. */
    private void prepare(Runs.Run run, CrawlStep crawl, Watchlist watchlist) {
        noteAuthorities(run, watchlist);
        crawl.judgeBy(new Judge(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
        kept.forget(clock.instant().minus(watchlist.settings().retention().text()));
    }

    /** Writes down whose robots.txt will be disregarded, and by whose authority, before it is. */
    private void noteAuthorities(Runs.Run run, Watchlist watchlist) {
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

    private Crawl<Finding> open(Runs.Run run, Watchlist watchlist, Judge judge) {
        Set<String> queued = queue.pages();
        return CrawlEngine.open(
                run,
                watchlist.settings().crawl(),
                watchlist.seeds(),
                judge.reader(),
                page -> queued.contains(page.toString()),
                database,
                clock);
    }
}
