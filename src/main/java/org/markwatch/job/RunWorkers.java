package org.markwatch.job;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.watchlist.Watchlist;

/** Lets this process help with the runs of other processes. */
public final class RunWorkers {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final CurrentRun current;
    private final DataSource database;
    private final Runs runs;
    private final CrawlWork crawl;
    private final RescanWork rescan;
    private final Clock clock;

    RunWorkers(CurrentRun current, DataSource database, Runs runs, CrawlWork crawl, RescanWork rescan, Clock clock) {
        this.current = current;
        this.database = database;
        this.runs = runs;
        this.crawl = crawl;
        this.rescan = rescan;
        this.clock = clock;
    }

    /**
     * Works on the partitions of a run that another process has started, until none is left, the run
     * has ended, or a stop is requested.
     *
     * @param watchlist the job-config of the run
     * @param stop      reaches zero when this process is to stop
     * @throws IllegalStateException if the work fails, or the run is started anew
     */
    public void work(RunConfigs.SharedRun shared, Watchlist watchlist, CountDownLatch stop)
            throws InterruptedException {
        StartedRun run = new StartedRun(
                runs.find(shared.run()).orElseThrow(),
                RunFence.shared(database, shared.run(), shared.epoch()),
                watchlist,
                database,
                clock);
        PartitionWork work = switch (run.record().kind()) {
            case NIGHTLY -> crawl;
            case RESCAN -> rescan;
        };
        if (!isRunning(run)) {
            return;
        }
        Partitions partitions = new Partitions(database);
        current.set(run);
        try (PartitionWorker worker = run.startWorker(work, false)) {
            boolean stopping = false;
            while (!worker.awaitEnd(POLL_INTERVAL) && !partitions.open(run.id()).isEmpty()) {
                if (!stopping && (stop.getCount() == 0 || !isRunning(run))) {
                    stopping = true;
                    worker.stop();
                }
            }
        } finally {
            current.set(null);
        }
    }

    /** Whether the run goes on; no request follows its attestation. */
    private boolean isRunning(StartedRun run) {
        return runs.find(run.id())
                .filter(found -> found.status() == Runs.Status.RUNNING)
                .isPresent();
    }
}
