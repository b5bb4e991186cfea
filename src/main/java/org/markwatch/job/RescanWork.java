package org.markwatch.job;

import javax.sql.DataSource;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.score.FindingStore;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Applies the rules to the partitions of a rescan: the pages with kept text by ranges of their ids. */
final class RescanWork implements PartitionWork {
    /** Pages of a partition, unless there are more than fit into the largest number of partitions. */
    private static final int LEAST_PAGES = 4 * RescanWorker.BATCH_SIZE;

    private final DataSource database;
    private final Runs runs;
    private final KeptTextStore keptPages;
    private final FindingStore findings;
    private final PlatformTransactionManager transactions;
    private final RunLog log;

    RescanWork(
            DataSource database,
            Runs runs,
            KeptTextStore keptPages,
            FindingStore findings,
            PlatformTransactionManager transactions,
            RunLog log) {
        this.database = database;
        this.runs = runs;
        this.keptPages = keptPages;
        this.findings = findings;
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void prepare(StartedRun run) {
        run.rules(); // faults of the rules end the run before its partitions are offered
        Partitions partitions = new Partitions(database);
        partitions.fenceOthers(run.id());
        partitions.fenceEarlierStarts(run.id());
        if (partitions.states(run.id()).isEmpty()) {
            long useful = Math.ceilDiv(keptPages.count(), LEAST_PAGES);
            partitions.enterRanges(run.id(), keptPages.divide((int) Math.min(Partitions.MAX_PARTITIONS, useful)));
        }
    }

    @Override
    public PartitionWorker start(StartedRun run, WorkerLease lease) {
        Partitions partitions = new Partitions(database);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        PartitionClaims claims = new PartitionClaims(run, partitions, lease, transaction);
        return new RescanWorker(run, lease, claims, partitions, runs, keptPages, findings, transaction, log);
    }
}
