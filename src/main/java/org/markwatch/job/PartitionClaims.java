package org.markwatch.job;

import java.util.Optional;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims partitions of one run for this process, unless the run has been started anew, perhaps with another job-config. */
final class PartitionClaims {
    private final StartedRun run;
    private final Partitions partitions;
    private final WorkerLease lease;
    private final TransactionTemplate transaction;

    PartitionClaims(StartedRun run, Partitions partitions, WorkerLease lease, TransactionTemplate transaction) {
        this.run = run;
        this.partitions = partitions;
        this.lease = lease;
        this.transaction = transaction;
    }

    /** Returns the id of the worker that this process is. */
    long worker() {
        return lease.id();
    }

    /**
     * Returns the partitions that are not done.
     *
     * @throws IllegalStateException if the run has been started anew
     */
    Partitions.Offer offer() {
        run.fence().assertHeld();
        return partitions.offer(run.id());
    }

    /** Claims a partition; returns empty if another process has it or it is done. */
    Optional<PartitionClaim> claim(int number) {
        return Optional.ofNullable(transaction.execute(status -> {
            run.fence().assertHeld();
            return partitions.claim(run.id(), number, lease).orElse(null);
        }));
    }
}
