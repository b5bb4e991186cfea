package org.markwatch.job;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.markwatch.crawl.Runs;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.report.Reports;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
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

/** What the jobs over a run have in common: how they start or go on, queue what was found, and write down how they ended. */
final class RunJobs {
    private static final int ADMISSION_BATCH_SIZE = 500;

    private final JobRepository repository;
    private final JobOperator operator;
    private final PlatformTransactionManager transactions;
    private final Runs runs;
    private final FindingStore findings;
    private final ReviewQueue queue;
    private final Reports reports;
    private final Clock clock;

    RunJobs(
            JobRepository repository,
            JobOperator operator,
            PlatformTransactionManager transactions,
            Runs runs,
            FindingStore findings,
            ReviewQueue queue,
            Reports reports,
            Clock clock) {
        this.repository = repository;
        this.operator = operator;
        this.transactions = transactions;
        this.runs = runs;
        this.findings = findings;
        this.queue = queue;
        this.reports = reports;
        this.clock = clock;
    }

    JobRepository repository() {
        return repository;
    }

    PlatformTransactionManager transactions() {
        return transactions;
    }

    /** A step of one piece. */
    Step step(String name, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet(work), transactions)
                .build();
    }

    /** A step of one piece that is done again when a run goes on, since what it makes lives in memory. */
    Step repeatableStep(String name, Runnable work) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet(work), transactions)
                .allowStartIfComplete(true)
                .build();
    }

    private static Tasklet tasklet(Runnable work) {
        return (contribution, context) -> {
            work.run();
            return RepeatStatus.FINISHED;
        };
    }

    Step queueStep(Runs.RunRecord run) {
        return step("queue", () -> admit(run.id()));
    }

    Step reportStep(Runs.RunRecord run, int seeds) {
        return step("report", () -> close(run, Runs.Status.COMPLETE, seeds));
    }

    private void admit(long run) {
        List<Finding> batch = new ArrayList<>(ADMISSION_BATCH_SIZE);
        findings.forEachFinding(run, false, finding -> {
            batch.add(finding);
            if (batch.size() == ADMISSION_BATCH_SIZE) {
                queue.admit(run, batch);
                batch.clear();
            }
        });
        queue.admit(run, batch);
    }

    /** Starts a job over a run, or goes on with it; the caller holds the run lock. Blocks until it has ended. */
    NightlyJob.RunOutcome execute(Job job, Runs.RunRecord run, boolean resumed, int seeds)
            throws JobExecutionException {
        JobParameters parameters =
                new JobParametersBuilder().addLong("run", run.id()).toJobParameters();
        recoverInterruptedExecution(job.getName(), parameters);
        return outcome(run, resumed, operator.start(job, parameters), seeds);
    }

    /**
     * We hold the run lock, so an execution that still claims to run belongs to a process that is gone. One that Batch calls unknown,
     * and would never start again, lost its database in a transaction: whether that was committed, the run's own tables tell.
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

    private NightlyJob.RunOutcome outcome(Runs.RunRecord run, boolean resumed, JobExecution execution, int seeds) {
        BatchStatus status = execution.getStatus();
        if (status == BatchStatus.COMPLETED) {
            return new NightlyJob.RunOutcome(run.id(), resumed, Runs.Status.COMPLETE, null);
        }
        if (status == BatchStatus.STOPPED || status == BatchStatus.STOPPING) {
            close(run, Runs.Status.STOPPED, seeds);
            return new NightlyJob.RunOutcome(run.id(), resumed, Runs.Status.STOPPED, null);
        }
        Throwable failure = execution.getAllFailureExceptions().stream()
                .findFirst()
                .orElseGet(() -> new IllegalStateException("the job ended as " + status));
        closeAsFailed(run, failure, seeds);
        return new NightlyJob.RunOutcome(run.id(), resumed, Runs.Status.FAILED, failure);
    }

    /** Every way to end leaves a summary and an attestation. */
    private void close(Runs.RunRecord run, Runs.Status status, int seeds) {
        runs.end(run.id(), status, clock.instant());
        reports.close(run.id(), seeds);
    }

    /** The database may be what failed; then the run stays as it is, which can be resumed just as well. */
    private void closeAsFailed(Runs.RunRecord run, Throwable failure, int seeds) {
        try {
            close(run, Runs.Status.FAILED, seeds);
        } catch (DataAccessException e) {
            failure.addSuppressed(e);
        }
    }
}
