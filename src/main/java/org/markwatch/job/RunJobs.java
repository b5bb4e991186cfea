package org.markwatch.job;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.partition.LeaseLostException;
import org.markwatch.crawl.run.ConnectionLoss;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;

/** Starts and restarts the jobs of runs, one at a time. */
final class RunJobs {
    private static final Logger LOG = LoggerFactory.getLogger(RunJobs.class);

    /** Restarts of the database and suspensions after which a run resumes by itself; the next one ends it as failed. */
    static final int MAX_DATABASE_RESTARTS = 10;

    private static final int VALIDATION_TIMEOUT_SECONDS = 2;

    private final JobRepository repository;
    private final JobOperator operator;
    private final DataSource database;
    private final Runs runs;
    private final CurrentRun current;
    private final RunOffers offers;
    private final RunEnds ends;
    private final RunLog log;
    private final Clock clock;

    RunJobs(
            JobRepository repository,
            JobOperator operator,
            DataSource database,
            Runs runs,
            CurrentRun current,
            RunOffers offers,
            RunEnds ends,
            RunLog log,
            Clock clock) {
        this.repository = repository;
        this.operator = operator;
        this.database = database;
        this.runs = runs;
        this.current = current;
        this.offers = offers;
        this.ends = ends;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Runs a job and blocks until it is complete, stopped by {@link #stop} or failed. Resumes its run by itself after a restart
     * of the database or a suspension of this process, at most {@value #MAX_DATABASE_RESTARTS} times.
     *
     * @param begin    begins or resumes a run
     * @param resume   resumes the run that has lost the database or its lease
     * @param listener receives each start
     * @throws RunInProgressException if another run holds the run lock of the database
     */
    RunOutcome run(
            Job job,
            Watchlist watchlist,
            Supplier<RunStart> begin,
            Supplier<RunStart> resume,
            Consumer<? super RunStart> listener)
            throws SQLException, JobExecutionException {
        LedStart led = start(job, watchlist, begin, listener);
        for (int restarts = 0; restarts < MAX_DATABASE_RESTARTS && mayGoOn(led.outcome); restarts++) {
            LOG.warn(
                    "Run {} had lost the database or its lease and is resumed: {}",
                    led.outcome.run(),
                    String.valueOf(led.outcome.failure()));
            RunFence lost = led.fence;
            try {
                led = start(job, watchlist, () -> resume(lost, resume), listener);
            } catch (RunInProgressException | TakenOverException e) {
                RunOutcome left = led.outcome.leftToOthers();
                log.leftToOthers(left);
                return left;
            }
        }
        return led.outcome;
    }

    /** One start of a run, and the token that it had. */
    private record LedStart(RunOutcome outcome, RunFence fence) {}

    /** Another process has taken the run over. */
    private static final class TakenOverException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Resumes a run unless another process, which may have ended it, has taken it over. The caller holds the run lock. */
    private static RunStart resume(RunFence lost, Supplier<RunStart> resume) {
        if (!lost.isHeld()) {
            throw new TakenOverException();
        }
        return resume.get();
    }

    /** Returns whether the run failed for a reason that has passed, the database accepts connections, and nobody has taken the run over. */
    private boolean mayGoOn(RunOutcome outcome) {
        return outcome.failure() != null
                && !outcome.takenOver()
                && isPassing(outcome.failure())
                && isDatabaseAvailable();
    }

    /** Returns whether a failure is a lost database, or the lost lease of a process that was suspended. */
    static boolean isPassing(Throwable failure) {
        return ConnectionLoss.isCauseOf(failure) || LeaseLostException.isCauseOf(failure);
    }

    /** Returns whether the database accepts connections. */
    boolean isDatabaseAvailable() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(VALIDATION_TIMEOUT_SECONDS);
        } catch (SQLException e) {
            LOG.debug("Database still unavailable", e);
            return false;
        }
    }

    private LedStart start(Job job, Watchlist watchlist, Supplier<RunStart> begin, Consumer<? super RunStart> listener)
            throws SQLException, JobExecutionException {
        try (RunLock lock = RunLock.acquire(database)) {
            RunStart start = begin.get();
            log.started(start);
            listener.accept(start);
            offers.withdraw();
            RunFence fence = RunFence.take(database, start.run().id());
            StartedRun run = new StartedRun(start.run(), fence, watchlist, database, clock);
            current.set(run);
            try {
                RunOutcome outcome = outcome(run, start.resumed(), execute(job, run.id()));
                if (outcome.takenOver()) {
                    log.leftToOthers(outcome);
                } else {
                    log.ended(outcome);
                }
                return new LedStart(outcome, fence);
            } finally {
                current.set(null);
            }
        }
    }

    private JobExecution execute(Job job, long run) throws JobExecutionException {
        JobParameters parameters =
                new JobParametersBuilder().addLong("run", run).toJobParameters();
        JobExecution last = repository.getLastJobExecution(job.getName(), parameters);
        if (last == null) {
            return operator.start(job, parameters);
        }
        makeRestartable(last);
        return operator.restart(last);
    }

    /**
     * Makes the last execution of a job restartable. The caller holds the run lock, so an execution with the status of a running
     * one belongs to a process that has ended. Spring Batch never restarts an execution with status UNKNOWN, which it
     * has if the database was lost during a commit. Such an execution is marked failed: the run's own tables show what
     * was committed.
     */
    private void makeRestartable(JobExecution last) {
        if (last.isRunning()) {
            operator.recover(last);
        }
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                repository.update(step);
            }
        }
        if (last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            repository.update(last);
        }
    }

    private RunOutcome outcome(StartedRun run, boolean resumed, JobExecution execution) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            Runs.Status ended = runs.find(run.id()).orElseThrow().status();
            return new RunOutcome(run.id(), resumed, ended, null, false);
        }
        if (status == BatchStatus.STOPPED || status == BatchStatus.STOPPING) {
            ends.stopped(run);
            return new RunOutcome(run.id(), resumed, Runs.Status.STOPPED, null, false);
        }
        Throwable failure = cause(execution.getAllFailureExceptions())
                .orElseGet(() -> new IllegalStateException("job ended with batch status " + status));
        ends.failed(run, failure);
        return new RunOutcome(run.id(), resumed, Runs.Status.FAILED, failure, isTakenOver(run.fence()));
    }

    /** Returns whether another process has taken a run over, as far as the database tells. */
    private static boolean isTakenOver(RunFence fence) {
        try {
            return !fence.isHeld();
        } catch (DataAccessException e) {
            LOG.debug("Database unavailable; whether the run has been taken over is seen when it is resumed", e);
            return false;
        }
    }

    /**
     * Returns the failure that explains the others: a lost connection makes other things fail too. Spring Batch returns them
     * in no order.
     */
    static Optional<Throwable> cause(Collection<Throwable> failures) {
        return failures.stream().min(Comparator.comparing(failure -> !ConnectionLoss.isCauseOf(failure)));
    }

    /** Requests a stop of the active run, which can be resumed later. Does nothing if no run is active. */
    void stop() {
        StartedRun run = current.find();
        if (run != null && run.stop()) {
            Thread.ofVirtual().start(() -> runs.requestStop(run.id())); // for other processes
        }
    }

    /** Returns the progress of the active run, or null if none works on its partitions. */
    Crawl.@Nullable CrawlProgress progress() {
        StartedRun run = current.find();
        return run == null ? null : run.progress();
    }
}
