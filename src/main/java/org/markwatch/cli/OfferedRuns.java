package org.markwatch.cli;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.run.RunConfigs;

/**
 * The runs that a worker may help with. It waits for one with a lease, so that the share of others takes it into account; but
 * without one while a run goes on that it cannot help with. Not thread-safe.
 */
final class OfferedRuns {
    private final Duration pollInterval;
    private final CountDownLatch stop;
    private RunConfigs.@Nullable SharedRun refused;

    /** @param stop reaches zero when this process is to stop */
    OfferedRuns(Duration pollInterval, CountDownLatch stop) {
        this.pollInterval = pollInterval;
        this.stop = stop;
    }

    /** Records that this process cannot help with a start of a run. */
    void refuse(RunConfigs.SharedRun run) {
        refused = run;
    }

    /**
     * Waits for a run that goes on; returns empty if this process is to stop.
     *
     * @param onIdle called once if there is none yet
     */
    Optional<RunConfigs.SharedRun> await(DataSource database, Runnable onIdle)
            throws SQLException, InterruptedException {
        RunConfigs runs = new RunConfigs(database);
        while (refused != null && runs.isOffered(refused)) {
            if (stops()) {
                return Optional.empty();
            }
        }
        refused = null;
        Optional<RunConfigs.SharedRun> offer = runs.current();
        if (offer.isEmpty()) {
            onIdle.run();
        }
        boolean stops = false;
        while (offer.isEmpty() && !stops) {
            try (WorkerLease idle = WorkerLease.take(database, System::nanoTime)) {
                while (offer.isEmpty() && !stops && idle.isValid()) { // else it was suspended, and takes another one
                    stops = stops();
                    offer = stops ? offer : runs.current();
                }
            }
        }
        return offer;
    }

    private boolean stops() throws InterruptedException {
        return stop.await(pollInterval.toMillis(), TimeUnit.MILLISECONDS);
    }
}
