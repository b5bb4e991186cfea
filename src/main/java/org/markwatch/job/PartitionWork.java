package org.markwatch.job;

import org.markwatch.crawl.partition.WorkerLease;

/** What a kind of run does with its partitions. */
interface PartitionWork {
    /** Divides a run into partitions, or adapts those of a resumed run. One process does so before others join. */
    void prepare(StartedRun run);

    /**
     * Starts to work on a run whose partitions are prepared.
     *
     * @param lease lease of this process; it ends with the worker
     */
    PartitionWorker start(StartedRun run, WorkerLease lease);
}
