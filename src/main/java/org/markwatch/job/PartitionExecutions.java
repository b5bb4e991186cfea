package org.markwatch.job;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.Partitions.PartitionState;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;

/** The step executions of the partitions of one start of a run. One thread uses them. */
final class PartitionExecutions {
    private final long run;
    private final Partitions partitions;
    private final JobRepository repository;
    /** Those that have not ended, by the number of the partition. */
    private final Map<Integer, StepExecution> open = new TreeMap<>();
    /** What earlier starts of the run have done. */
    private final Map<Integer, PartitionState> before = new HashMap<>();

    /** Marks the executions as started. */
    PartitionExecutions(
            long run, Collection<StepExecution> executions, Partitions partitions, JobRepository repository) {
        this.run = run;
        this.partitions = partitions;
        this.repository = repository;
        partitions.states(run).forEach(state -> before.put(state.number(), state));
        for (StepExecution execution : executions) {
            execution.setStatus(BatchStatus.STARTED);
            execution.setExitStatus(ExitStatus.EXECUTING);
            execution.setStartTime(now());
            repository.update(execution);
            String name = execution.getStepName();
            open.put(Integer.parseInt(name.substring(name.indexOf(':') + 1)), execution);
        }
    }

    /** Whether there are executions that have not ended. */
    boolean remain() {
        return !open.isEmpty();
    }

    /** Ends the executions of partitions that are done. */
    void endDone() {
        for (PartitionState state : partitions.states(run)) {
            StepExecution execution = state.done() ? open.remove(state.number()) : null;
            if (execution != null) {
                count(execution, state);
                end(execution, BatchStatus.COMPLETED, ExitStatus.COMPLETED);
            }
        }
    }

    /** Ends the others as stopped, so that the next start of the run continues them. */
    void stop() {
        endOpen(BatchStatus.STOPPED, ExitStatus.STOPPED);
    }

    /** Ends the others as failed. If the database is unavailable, the next start of the run does so. */
    void fail(RuntimeException cause) {
        try {
            endOpen(BatchStatus.FAILED, ExitStatus.FAILED);
        } catch (DataAccessException e) {
            cause.addSuppressed(e);
        }
    }

    private void endOpen(BatchStatus status, ExitStatus exit) {
        for (PartitionState state : partitions.states(run)) {
            StepExecution execution = open.remove(state.number());
            if (execution != null) {
                count(execution, state);
                end(execution, status, exit);
            }
        }
    }

    private void count(StepExecution execution, PartitionState state) {
        PartitionState earlier = before.getOrDefault(state.number(), new PartitionState(state.number(), 0, 0, false));
        long read = state.visited() - earlier.visited();
        long written = state.analysed() - earlier.analysed();
        execution.setReadCount(read);
        execution.setWriteCount(written);
        execution.setFilterCount(read - written);
    }

    private void end(StepExecution execution, BatchStatus status, ExitStatus exit) {
        execution.setStatus(status);
        execution.setExitStatus(exit);
        execution.setEndTime(now());
        repository.update(execution);
    }

    private static LocalDateTime now() {
        return LocalDateTime.now(ZoneId.systemDefault()); // as Spring Batch does
    }
}
