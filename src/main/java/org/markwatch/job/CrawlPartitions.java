package org.markwatch.job;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.markwatch.crawl.partition.Partitions;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The crawl step as partitions: one step execution for each partition of the frontier that is not done, named by its number,
 * such as {@code crawl:17}. Any worker may claim a partition; the execution ends when it is done. Items read are visited URLs, items written are pages whose text the rules were applied to.
 */
final class CrawlPartitions implements PartitionHandler, Partitioner {
    private static final String NAME = "crawl";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** How long to wait for other processes after a stop; they drain requests for some seconds. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

    private final long run;
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final Partitions partitions;
    private final Supplier<CrawlWorker> worker;
    private final Map<Integer, CompletableFuture<Partitions.PartitionState>> ends = new ConcurrentHashMap<>();

    /** @param worker the worker of this process, which starts with the step */
    CrawlPartitions(
            long run,
            JobRepository repository,
            PlatformTransactionManager transactions,
            Partitions partitions,
            Supplier<CrawlWorker> worker) {
        this.run = run;
        this.repository = repository;
        this.transactions = transactions;
        this.partitions = partitions;
        this.worker = worker;
    }

    /** Returns the step that hands out the partitions and waits for them. */
    Step managerStep() {
        return new StepBuilder(NAME, repository)
                .partitioner(NAME, this)
                .partitionHandler(this)
                .build();
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> parts = new HashMap<>();
        partitions.open(run).forEach(number -> parts.put(Integer.toString(number), new ExecutionContext()));
        return parts;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        Set<StepExecution> executions = splitter.split(manager, Partitions.MAX_PARTITIONS);
        if (executions.isEmpty()) {
            return executions;
        }
        List<Thread> threads = new ArrayList<>();
        for (StepExecution execution : executions) {
            CompletableFuture<Partitions.PartitionState> ended = new CompletableFuture<>();
            ends.put(number(execution), ended);
            threads.add(Thread.ofVirtual().name(execution.getStepName()).start(() -> execute(execution, ended)));
        }
        Throwable failure = null;
        try {
            awaitPartitions();
        } catch (RuntimeException e) {
            failure = e;
        }
        Partitions.PartitionState stopped = new Partitions.PartitionState(0, 0, 0, false);
        ends.values().forEach(ended -> ended.complete(stopped));
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        }
        return executions;
    }

    /**
     * Waits until every partition is done, by whichever process, or the worker of this process has been stopped. Ends that
     * worker, so that it neither admits findings nor watches the crawl during the steps that follow.
     */
    private void awaitPartitions() throws InterruptedException {
        try (CrawlWorker local = worker.get()) {
            while (!ends.isEmpty() && !local.awaitEnd(POLL_INTERVAL)) {
                completeDone();
            }
        }
        if (!ends.isEmpty()) {
            completeDone();
            awaitOthers();
        }
    }

    private void completeDone() {
        for (Partitions.PartitionState state : partitions.states(run)) {
            CompletableFuture<Partitions.PartitionState> ended = state.done() ? ends.remove(state.number()) : null;
            if (ended != null) {
                ended.complete(state);
            }
        }
    }

    /** Waits for other processes, which a stop of the run ends too, to commit what they have in flight. */
    private void awaitOthers() throws InterruptedException {
        Instant end = Instant.now().plus(STOP_TIMEOUT);
        Partitions.Offer offer = partitions.offer(run);
        while (offer.numbers().size() < offer.open() && Instant.now().isBefore(end)) {
            Thread.sleep(POLL_INTERVAL);
            offer = partitions.offer(run);
        }
    }

    /** Executes the step of one partition; the outcome is in the execution. */
    private void execute(StepExecution execution, CompletableFuture<Partitions.PartitionState> ended) {
        try {
            new StepBuilder(NAME, repository)
                    .tasklet(
                            (contribution, context) -> {
                                end(contribution, ended.get());
                                return RepeatStatus.FINISHED;
                            },
                            transactions)
                    .transactionAttribute(RunJobs.NO_TRANSACTION)
                    .allowStartIfComplete(true)
                    .build()
                    .execute(execution);
        } catch (Exception e) {
            execution.addFailureException(e);
        }
    }

    private static void end(StepContribution contribution, Partitions.PartitionState state) {
        for (long page = 0; page < state.visited(); page++) {
            contribution.incrementReadCount();
        }
        contribution.incrementWriteCount(state.analysed());
        if (!state.done()) {
            contribution.getStepExecution().setTerminateOnly(); // ends as stopped, so that the next start resumes it
        }
    }

    private static int number(StepExecution execution) {
        String name = execution.getStepName();
        return Integer.parseInt(name.substring(name.indexOf(':') + 1));
    }
}
