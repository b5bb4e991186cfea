package org.markwatch.job;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlEngine;
import org.markwatch.crawl.RunLock;
import org.markwatch.crawl.RunUnderWayException;
import org.markwatch.crawl.Runs;
import org.markwatch.crawl.Visit;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.report.Reports;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Watchlist;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code nightly}: prepare → crawl → queue → report, over one run of the crawl. A run that was stopped, failed or was killed
 * goes on where it was; a job execution is built for the watchlist that was handed in, so nothing of it outlives the night.
 */
public final class Nightly {
    private static final String NAME = "nightly";
    private static final int ADMITTED_AT_ONCE = 500;

    private final JobRepository repository;
    private final JobOperator operator;
    private final PlatformTransactionManager transactions;
    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final ReviewQueue queue;
    private final Reports reports;
    private final Audit audit;
    private final Clock clock;
    private volatile @Nullable CrawlStep crawling;

    Nightly(
            JobRepository repository,
            JobOperator operator,
            PlatformTransactionManager transactions,
            DataSource database,
            Runs runs,
            FindingStore findings,
            ReviewQueue queue,
            Reports reports,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.operator = operator;
        this.transactions = transactions;
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.queue = queue;
        this.reports = reports;
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
     * Runs to the end, or to {@link #stop}. Blocks.
     *
     * @param fresh whether to begin a new run even if an unfinished one could be resumed
     * @throws RunUnderWayException if another run holds the database
     */
    public Outcome run(Watchlist watchlist, boolean fresh) throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.take(database)) {
            Runs.Run unfinished = fresh ? null : runs.unfinished().orElse(null);
            Runs.Run run = unfinished == null
                    ? runs.begin(watchlist.rulesetSha256(), clock.instant())
                    : runs.resume(unfinished.id());
            JobParameters parameters =
                    new JobParametersBuilder().addLong("run", run.id()).toJobParameters();
            recoverKilled(parameters);
            CrawlStep step = new CrawlStep(run.id(), judge -> open(run, watchlist, judge), findings);
            crawling = step;
            try {
                JobExecution execution = operator.start(job(run, watchlist, step), parameters);
                return outcome(
                        run, unfinished != null, execution, watchlist.seeds().size());
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

    /** We hold the run lock, so an execution that still claims to run belongs to a process that is gone. */
    private void recoverKilled(JobParameters parameters) {
        JobExecution last = repository.getLastJobExecution(NAME, parameters);
        if (last != null && (last.isRunning() || last.getStatus() == BatchStatus.UNKNOWN)) {
            operator.recover(last);
        }
    }

    private Job job(Runs.Run run, Watchlist watchlist, CrawlStep crawl) {
        return new JobBuilder(NAME, repository)
                .start(prepareStep(run, crawl, watchlist))
                .next(crawlStep(crawl))
                .next(step("queue", () -> admit(run.id())))
                .next(step(
                        "report",
                        () -> end(run, Runs.Status.COMPLETE, watchlist.seeds().size())))
                .build();
    }

    private void admit(long run) {
        List<Finding> batch = new ArrayList<>(ADMITTED_AT_ONCE);
        findings.forEachFinding(run, false, finding -> {
            batch.add(finding);
            if (batch.size() == ADMITTED_AT_ONCE) {
                queue.admit(run, batch);
                batch.clear();
            }
        });
        queue.admit(run, batch);
    }

    /** Compiles the rules before anything is asked of anybody; done again when a run goes on, since it lives in memory. */
    private Step prepareStep(Runs.Run run, CrawlStep crawl, Watchlist watchlist) {
        Tasklet compile = (contribution, context) -> {
            noteAuthorities(run, watchlist);
            crawl.judgeBy(new Judge(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
            return RepeatStatus.FINISHED;
        };
        return new StepBuilder("prepare", repository)
                .tasklet(compile, transactions)
                .allowStartIfComplete(true)
                .build();
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
        return new StepBuilder("crawl", repository)
                .<List<Visit<Finding>>, List<Visit<Finding>>>chunk(1)
                .transactionManager(transactions)
                .reader(crawl)
                .writer(crawl)
                .listener(crawl)
                .build();
    }

    private Step step(String name, Runnable work) {
        Tasklet tasklet = (contribution, context) -> {
            work.run();
            return RepeatStatus.FINISHED;
        };
        return new StepBuilder(name, repository).tasklet(tasklet, transactions).build();
    }

    private Crawl<Finding> open(Runs.Run run, Watchlist watchlist, Judge judge) {
        return CrawlEngine.open(run, watchlist.settings().crawl(), watchlist.seeds(), judge.reader(), database, clock);
    }

    private Outcome outcome(Runs.Run run, boolean resumed, JobExecution execution, int seeds) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            return new Outcome(run.id(), resumed, Runs.Status.COMPLETE, null);
        }
        if (status == BatchStatus.STOPPED || status == BatchStatus.STOPPING) {
            end(run, Runs.Status.STOPPED, seeds);
            return new Outcome(run.id(), resumed, Runs.Status.STOPPED, null);
        }
        Throwable failure = execution.getAllFailureExceptions().stream()
                .findFirst()
                .orElseGet(() -> new IllegalStateException("the job ended as " + status));
        endAsFailed(run, failure, seeds);
        return new Outcome(run.id(), resumed, Runs.Status.FAILED, failure);
    }

    /** Every way to end leaves a summary and an attestation. */
    private void end(Runs.Run run, Runs.Status status, int seeds) {
        runs.end(run.id(), status, clock.instant());
        reports.close(run.id(), seeds);
    }

    /** The database may be what failed; then the run stays as it is, which can be resumed just as well. */
    private void endAsFailed(Runs.Run run, Throwable failure, int seeds) {
        try {
            end(run, Runs.Status.FAILED, seeds);
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }
}
