package org.markwatch.crawl.engine;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.markwatch.crawl.Crawl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Watches a running crawl. It polls the database for a stop request, since the console may run in another process, and logs
 * why the crawl makes no progress if it makes none. It also detects the loss of the database, since a crawl of slow hosts
 * may commit nothing for minutes.
 *
 * @param stopRequested reads from the database whether the crawl is to stop; throws IllegalStateException if it must not go on
 * @param state         what the crawl does at the moment
 * @param nanos         monotonic clock in nanoseconds
 * @param closed        reaches zero when the crawl is closed
 * @param fail          called with the fault when the database is lost
 */
record CrawlMonitor(
        Crawl<?> crawl,
        BooleanSupplier stopRequested,
        Supplier<StallWatch.CrawlState> state,
        LongSupplier nanos,
        CountDownLatch closed,
        Consumer<RuntimeException> fail)
        implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CrawlMonitor.class);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    /** Watches until the crawl is stopped or closed, or the database is lost. */
    @Override
    public void run() {
        StallWatch stalls = new StallWatch(nanos.getAsLong(), StallWatch.Memory.current());
        try {
            while (!crawl.stopped() && !closed.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                String stall = stalls.check(nanos.getAsLong(), state.get());
                if (stall != null) {
                    LOG.warn("{}", stall);
                }
                try {
                    if (stopRequested.getAsBoolean()) {
                        crawl.stop();
                    }
                } catch (CannotGetJdbcConnectionException e) { // the pool has waited for its connection time-out
                    fail.accept(e);
                    return;
                } catch (IllegalStateException e) {
                    fail.accept(e);
                    return;
                } catch (DataAccessException e) {
                    LOG.debug("Polling for a stop request failed; the next poll uses a new connection", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
