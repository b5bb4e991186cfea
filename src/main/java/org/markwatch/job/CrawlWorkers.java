package org.markwatch.job;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.engine.CrawlEngine;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.springframework.transaction.PlatformTransactionManager;

/** Lets this process work on the partitions of runs, of its own or of another process. */
public final class CrawlWorkers {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final DataSource database;
    private final Runs runs;
    private final FindingStore findings;
    private final QueueUpdate queueUpdate;
    private final ReviewQueue queue;
    private final PlatformTransactionManager transactions;
    private final CommitMeter commits;
    private final Clock clock;

    CrawlWorkers(
            DataSource database,
            Runs runs,
            FindingStore findings,
            QueueUpdate queueUpdate,
            ReviewQueue queue,
            PlatformTransactionManager transactions,
            CommitMeter commits,
            Clock clock) {
        this.database = database;
        this.runs = runs;
        this.findings = findings;
        this.queueUpdate = queueUpdate;
        this.queue = queue;
        this.transactions = transactions;
        this.commits = commits;
        this.clock = clock;
    }

    /**
     * Works on a run that another process has started, until none of its partitions is left or a stop is requested.
     *
     * @param watchlist the job-config of the run
     * @param stop      reaches zero when this process is to stop
     * @throws IllegalStateException if the crawl fails, or the run is started anew
     */
    public void work(RunConfigs.SharedRun shared, Watchlist watchlist, CountDownLatch stop)
            throws InterruptedException {
        long run = shared.run();
        RunFence fence = RunFence.shared(database, run, shared.epoch());
        PageAnalyser<Finding> rules =
                new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).pageReader();
        Partitions partitions = new Partitions(database);
        try (CrawlWorker worker = start(runs.find(run).orElseThrow(), fence, watchlist, rules, queue.itemUrls())) {
            boolean stopping = false;
            while (!worker.awaitEnd(POLL_INTERVAL) && !partitions.open(run).isEmpty()) {
                if (!stopping && stop.getCount() == 0) {
                    stopping = true;
                    worker.stop();
                }
            }
        }
    }

    /** Starts to work on a run whose partitions are prepared. */
    CrawlWorker start(
            Runs.RunRecord run,
            RunFence fence,
            Watchlist watchlist,
            PageAnalyser<Finding> rules,
            Set<HttpUrl> alwaysDue) {
        Partitions partitions = new Partitions(database);
        WorkerLease lease;
        try {
            lease = WorkerLease.take(database, System::nanoTime);
        } catch (SQLException e) {
            throw new IllegalStateException("no session of the database for the lease: " + e.getMessage(), e);
        }
        Crawl<Finding> crawl;
        try {
            crawl = CrawlEngine.start(
                    run, watchlist.settings().crawl(), watchlist.seeds(), rules, alwaysDue, lease, database, clock);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        EarlyAdmission admission = new EarlyAdmission(
                (List<Finding> flagged) ->
                        queueUpdate.admit(run.id(), flagged, () -> partitions.assertRunning(run.id())),
                clock);
        return new CrawlWorker(run.id(), fence, crawl, partitions, lease, findings, admission, transactions, commits);
    }
}
