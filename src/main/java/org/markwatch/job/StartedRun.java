package org.markwatch.job;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.score.Finding;
import org.markwatch.watchlist.Watchlist;

/** One start of a run in this process, which leads the run or helps with it. Thread-safe. */
final class StartedRun {
    private final Runs.RunRecord record;
    private final RunFence fence;
    private final Watchlist watchlist;
    private final DataSource database;
    private final Clock clock;
    private @Nullable PageAnalyser<Finding> rules;
    private volatile @Nullable PartitionWorker worker;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * @param fence     token of this start
     * @param watchlist the job-config of this start
     */
    StartedRun(Runs.RunRecord record, RunFence fence, Watchlist watchlist, DataSource database, Clock clock) {
        this.record = record;
        this.fence = fence;
        this.watchlist = watchlist;
        this.database = database;
        this.clock = clock;
    }

    long id() {
        return record.id();
    }

    Runs.RunRecord record() {
        return record;
    }

    RunFence fence() {
        return fence;
    }

    Watchlist watchlist() {
        return watchlist;
    }

    /** Returns the rules that are in force today; the first call compiles them. */
    synchronized PageAnalyser<Finding> rules() {
        PageAnalyser<Finding> compiled = rules;
        if (compiled == null) {
            compiled =
                    new RulesetAnalyser(watchlist, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).pageReader();
            rules = compiled;
        }
        return compiled;
    }

    /**
     * Starts to work on the partitions of the run, under a lease of this process.
     *
     * @param leads whether this process has started the run
     */
    PartitionWorker startWorker(PartitionWork work, boolean leads) {
        WorkerLease lease;
        try {
            lease = WorkerLease.take(database, System::nanoTime, id(), leads);
        } catch (SQLException e) {
            throw new IllegalStateException("no session of the database for the lease: " + e.getMessage(), e);
        }
        PartitionWorker started;
        try {
            started = work.start(this, lease);
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        worker = started;
        if (stopped.get()) { // before stop() could see the worker
            started.stop();
        }
        return started;
    }

    /**
     * Requests a stop of the work on the partitions, or of the work that is about to start.
     *
     * @return whether this is the first request
     */
    boolean stop() {
        boolean first = stopped.compareAndSet(false, true);
        PartitionWorker started = worker;
        if (started != null) {
            started.stop();
        }
        return first;
    }

    /** Returns the progress of the work on the partitions, or null before it has started. */
    Crawl.@Nullable CrawlProgress progress() {
        PartitionWorker started = worker;
        return started == null ? null : started.progress();
    }
}
