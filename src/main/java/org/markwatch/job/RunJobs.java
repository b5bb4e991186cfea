package org.markwatch.job;

import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.markwatch.crawl.run.ConnectionLoss;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.report.Reports;
import org.markwatch.report.RunFailures;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * The steps and the start-up that the nightly job and the rescan share. Starts or restarts the batch job of a run,
 * admits the run's findings to the queue, and stores status, summary and attestation of the run.
 */
final class RunJobs {
    static final DefaultTransactionAttribute NO_TRANSACTION =
            new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);

    private final JobRepository repository;
    private final JobOperator operator;
    private final PlatformTransactionManager transactions;
    private final Runs runs;
    private final QueueUpdate queueUpdate;
    private final Reports reports;
    private final RunFailures failures;
    private final Clock clock;

    RunJobs(
            JobRepository repository,
            JobOperator operator,
            PlatformTransactionManager transactions,
            Runs runs,
            QueueUpdate queueUpdate,
            Reports reports,
            RunFailures failures,
            Clock clock) {
        this.repository = repository;
        this.operator = operator;
        this.transactions = transactions;
        this.runs = runs;
        this.queueUpdate = queueUpdate;
        this.reports = reports;
        this.failures = failures;
        this.clock = clock;
    }

    JobRepository repository() {
        return repository;
    }

    PlatformTransactionManager transactions() {
        return transactions;
    }

    /** Returns a step that executes one task. */
    Step step(String name, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet(work), transactions)
                .build();
    }

    /**
     * Returns a step that executes one task, without a transaction of its own, and does so again when a run is resumed,
     * since its result is in memory only.
     */
    Step repeatableStep(String name, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet(work), transactions)
                .transactionAttribute(NO_TRANSACTION)
                .allowStartIfComplete(true)
                .build();
    }

    private static Tasklet tasklet(Runnable work) {
        return (contribution, context) -> {
            work.run();
            return RepeatStatus.FINISHED;
        };
    }

    /** Returns the step that admits findings to the queue. It has no transaction of its own: each batch commits. */
    Step queueStep(Runs.RunRecord run, RunFence fence) {
        return new StepBuilder("queue", repository)
                .tasklet(tasklet(() -> queueUpdate.apply(run.id(), fence::assertHeld)), transactions)
                .transactionAttribute(NO_TRANSACTION)
                .build();
    }

    Step reportStep(Runs.RunRecord run, RunFence fence, int seeds) {
        return step(
                "report",
                () -> close(run, fence, runs.isUnread(run.id()) ? Runs.Status.UNREAD : Runs.Status.COMPLETE, seeds));
    }

    /** Starts or resumes the job of a run and blocks until the job ends. The caller holds the run lock. */
    NightlyJob.RunOutcome execute(Job job, Runs.RunRecord run, RunFence fence, boolean resumed, int seeds)
            throws JobExecutionException {
        JobParameters parameters =
                new JobParametersBuilder().addLong("run", run.id()).toJobParameters();
        recoverInterruptedExecution(job.getName(), parameters);
        return outcome(run, fence, resumed, operator.start(job, parameters), seeds);
    }

    /**
     * Makes the last execution restartable. The caller holds the run lock, so an execution with the status of a running
     * one belongs to a process that has ended. Spring Batch never restarts an execution with status UNKNOWN, which it
     * has if the database was lost during a commit. Such an execution is marked failed: the run's own tables show what
     * was committed.
     */
    private void recoverInterruptedExecution(String name, JobParameters parameters) {
        JobExecution last = repository.getLastJobExecution(name, parameters);
        if (last == null) {
            return;
        }
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                repository.update(step);
            }
        }
        if (last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            repository.update(last);
        } else if (last.isRunning()) {
            operator.recover(last);
        }
    }

    private NightlyJob.RunOutcome outcome(
            Runs.RunRecord run, RunFence fence, boolean resumed, JobExecution execution, int seeds) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            Runs.Status ended = runs.find(run.id()).orElseThrow().status();
            return new NightlyJob.RunOutcome(run.id(), resumed, ended, null);
        }
        if (status == BatchStatus.STOPPED || status == BatchStatus.STOPPING) {
            close(run, fence, Runs.Status.STOPPED, seeds);
            return new NightlyJob.RunOutcome(run.id(), resumed, Runs.Status.STOPPED, null);
        }
        Throwable failure = cause(execution.getAllFailureExceptions())
                .orElseGet(() -> new IllegalStateException("job ended with batch status " + status));
        closeAsFailed(run, fence, failure, seeds);
        return new NightlyJob.RunOutcome(run.id(), resumed, Runs.Status.FAILED, failure);
    }

    /**
     * Returns the failure that explains the others. Spring Batch returns those of all steps in no order: a lost connection makes
     * other things fail too, and the steps of the partitions are interrupted when one fails.
     */
    static Optional<Throwable> cause(Collection<Throwable> failures) {
        return failures.stream()
                .min(Comparator.comparing((Throwable failure) -> !ConnectionLoss.isCauseOf(failure))
                        .thenComparing(failure -> failure instanceof JobInterruptedException));
    }

    /** Stores status, summary and attestation of a run, whether it is complete, unread, stopped or failed. */
    private void close(Runs.RunRecord run, RunFence fence, Runs.Status status, int seeds) {
        fence.assertHeld();
        runs.end(run.id(), status, clock.instant());
        reports.close(run.id(), seeds);
    }

    /**
     * Closes a failed run. If the database is not available either, the run stays unfinished and can be resumed as
     * well. If another process has taken the run over, it is left to that process.
     */
    private void closeAsFailed(Runs.RunRecord run, RunFence fence, Throwable failure, int seeds) {
        try {
            close(run, fence, Runs.Status.FAILED, seeds);
            failures.record(run.id(), failure);
        } catch (DataAccessException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }
}
