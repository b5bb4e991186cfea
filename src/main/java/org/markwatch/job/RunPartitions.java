package org.markwatch.job;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.Runs;
import org.springframework.batch.core.partition.PartitionHandler;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.DataAccessException;

/**
 * The partitions of a step: one step execution for each partition of the run that is not done, named by its number, such as
 * {@code crawl:17}. Any process may claim a partition; the execution ends when it is done. Items read are visited URLs or
 * kept pages, items written are those whose text the rules were applied to, and the others are filtered.
 */
final class RunPartitions implements PartitionHandler, Partitioner {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** Polls for other processes after a stop; they drain requests for some seconds. */
    private static final int STOP_POLLS = 100;

    private final CurrentRun current;
    private final Runs runs;
    private final RunOffers offers;
    private final PartitionWork work;
    private final Partitions partitions;
    private final JobRepository repository;

    RunPartitions(
            CurrentRun current,
            Runs runs,
            RunOffers offers,
            PartitionWork work,
            Partitions partitions,
            JobRepository repository) {
        this.current = current;
        this.runs = runs;
        this.offers = offers;
        this.work = work;
        this.partitions = partitions;
        this.repository = repository;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        Map<String, ExecutionContext> parts = new HashMap<>();
        partitions
                .open(current.get().id())
                .forEach(number -> parts.put(Integer.toString(number), new ExecutionContext()));
        return parts;
    }

    @Override
    public Collection<StepExecution> handle(StepExecutionSplitter splitter, StepExecution manager) throws Exception {
        StartedRun run = current.get();
        Set<StepExecution> executions = splitter.split(manager, Partitions.MAX_PARTITIONS);
        if (executions.isEmpty()) {
            return executions;
        }
        PartitionExecutions open = new PartitionExecutions(run.id(), executions, partitions, repository);
        try {
            offers.offer(run);
            await(run, open);
        } catch (RuntimeException e) {
            open.fail(e);
            endOthers(run, e);
            throw e;
        }
        return executions;
    }

    /**
     * Ends the work of other processes before the failed run is closed and attested: lets them commit what they have in flight,
     * and nothing later. Does nothing if another process leads the run now.
     */
    private void endOthers(StartedRun run, RuntimeException failure) throws InterruptedException {
        try {
            run.fence().assertHeld();
            runs.requestStop(run.id());
            awaitOthers(run.id());
            partitions.fenceEarlierStarts(run.id());
        } catch (DataAccessException | IllegalStateException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Waits until every partition is done, by whichever process, or the worker of this process has been stopped. Ends that
     * worker, so that it neither admits findings nor watches the crawl during the steps that follow.
     */
    private void await(StartedRun run, PartitionExecutions open) throws InterruptedException {
        try (PartitionWorker local = run.startWorker(work, true)) {
            while (open.remain() && !local.awaitEnd(POLL_INTERVAL)) {
                open.endDone();
            }
        }
        open.endDone();
        if (open.remain()) {
            awaitOthers(run.id());
            open.endDone();
            open.stop();
        }
    }

    /** Waits for other processes, which a stop of the run ends too, to commit what they have in flight. */
    private void awaitOthers(long run) throws InterruptedException {
        Partitions.Offer offer = partitions.offer(run);
        for (int polls = 0; polls < STOP_POLLS && offer.numbers().size() < offer.open(); polls++) {
            Thread.sleep(POLL_INTERVAL);
            offer = partitions.offer(run);
        }
    }
}
