package org.markwatch.job;

import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.engine.CrawlEngine;
import org.markwatch.crawl.engine.CrawlStart;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Crawls the partitions of a nightly run: the URLs of the frontier by the registrable domains of their seeds. */
final class CrawlWork implements PartitionWork {
    private final DataSource database;
    private final FindingStore findings;
    private final QueueUpdate queueUpdate;
    private final ReviewQueue queue;
    private final PlatformTransactionManager transactions;
    private final CommitMeter commits;
    private final RunLog log;
    private final Clock clock;

    CrawlWork(
            DataSource database,
            FindingStore findings,
            QueueUpdate queueUpdate,
            ReviewQueue queue,
            PlatformTransactionManager transactions,
            CommitMeter commits,
            RunLog log,
            Clock clock) {
        this.database = database;
        this.findings = findings;
        this.queueUpdate = queueUpdate;
        this.queue = queue;
        this.transactions = transactions;
        this.commits = commits;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void prepare(StartedRun run) {
        new CrawlStart(database, run.record(), clock).prepare(run.watchlist().seeds(), run.rules(), queue.itemUrls());
    }

    @Override
    public PartitionWorker start(StartedRun run, WorkerLease lease) {
        Crawl<Finding> crawl = CrawlEngine.start(
                run.record(),
                run.watchlist().settings().crawl(),
                run.watchlist().seeds(),
                run.rules(),
                queue.itemUrls(),
                lease,
                database,
                clock);
        Partitions partitions = new Partitions(database);
        EarlyAdmission admission = new EarlyAdmission(
                (List<Finding> flagged) ->
                        queueUpdate.admit(run.id(), flagged, () -> partitions.assertRunning(run.id())),
                clock);
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        PartitionClaims claims = new PartitionClaims(run, partitions, lease, transaction);
        return new CrawlWorker(run.id(), crawl, claims, partitions, findings, admission, transaction, commits, log);
    }
}
