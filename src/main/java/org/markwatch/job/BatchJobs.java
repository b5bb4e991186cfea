package org.markwatch.job;

import java.util.function.Consumer;
import javax.sql.DataSource;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.Runs;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.builder.TaskletStepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Declares the jobs of Spring Batch and their steps. The parameter {@code run} of a job is the id of the run; what else a step
 * needs of the run is in memory ({@link CurrentRun}).
 */
@Configuration(proxyBeanMethods = false)
class BatchJobs {
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final RunLog log;

    BatchJobs(JobRepository repository, PlatformTransactionManager transactions, RunLog log) {
        this.repository = repository;
        this.transactions = transactions;
        this.log = log;
    }

    /** The nightly run: prepare, crawl, queue, report. */
    @Bean
    Job nightlyJob(Step prepareNightStep, Step crawlStep, Step queueStep, Step reportStep) {
        return new JobBuilder("nightly", repository)
                .start(prepareNightStep)
                .next(crawlStep)
                .next(queueStep)
                .next(reportStep)
                .build();
    }

    /** The rescan of kept text: prepare, rescan, queue, report. */
    @Bean
    Job rescanJob(Step prepareRescanStep, Step rescanStep, Step queueStep, Step reportStep) {
        return new JobBuilder("rescan", repository)
                .start(prepareRescanStep)
                .next(rescanStep)
                .next(queueStep)
                .next(reportStep)
                .build();
    }

    @Bean
    Step prepareNightStep(RunPreparation preparation) {
        return preparation(preparation::prepareNight);
    }

    @Bean
    Step prepareRescanStep(RunPreparation preparation) {
        return preparation(preparation::prepareRescan);
    }

    private Step preparation(Runnable work) {
        return ownTransactions("prepare", step -> work.run())
                .allowStartIfComplete(true)
                .build();
    }

    @Bean
    Step crawlStep(CurrentRun current, Runs runs, RunOffers offers, CrawlWork work, DataSource database) {
        return partitioned("crawl", current, runs, offers, work, database);
    }

    @Bean
    Step rescanStep(CurrentRun current, Runs runs, RunOffers offers, RescanWork work, DataSource database) {
        return partitioned("rescan", current, runs, offers, work, database);
    }

    /** Returns a step over the partitions of a run. A resumed run executes it again, since it may have partitions of new seeds. */
    private Step partitioned(
            String name, CurrentRun current, Runs runs, RunOffers offers, PartitionWork work, DataSource database) {
        RunPartitions partitions = new RunPartitions(current, runs, offers, work, new Partitions(database), repository);
        return new StepBuilder(name, repository)
                .partitioner(name, partitions)
                .partitionHandler(partitions)
                .listener(log)
                .allowStartIfComplete(true)
                .build();
    }

    /** Admits the findings of the run to the queue. Items written are the findings that it has compared with the queue. */
    @Bean
    Step queueStep(CurrentRun current, QueueUpdate queue) {
        return ownTransactions("queue", step -> {
                    StartedRun run = current.get();
                    step.incrementWriteCount(queue.apply(run.id(), run.fence()::assertHeld));
                })
                .build();
    }

    /** Stores summary and attestation of the run. */
    @Bean
    Step reportStep(CurrentRun current, RunEnds ends) {
        return task("report", step -> ends.complete(current.get())).build();
    }

    private TaskletStepBuilder ownTransactions(String name, Consumer<StepContribution> work) {
        return task(name, work)
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
    }

    private TaskletStepBuilder task(String name, Consumer<StepContribution> work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.accept(contribution);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .listener(log);
    }
}
