package org.markwatch.job;

import java.time.Duration;
import org.markwatch.crawl.Crawl;

/** The work of this process on the partitions of one run. Thread-safe. */
interface PartitionWorker extends AutoCloseable {
    /** Requests a stop: what is in progress is committed. */
    void stop();

    /**
     * Waits until this process works on the run no more, and has committed what it had in progress.
     *
     * @param longest longest wait, 0 or more
     * @return whether it has ended
     * @throws IllegalStateException if the work has failed
     */
    boolean awaitEnd(Duration longest) throws InterruptedException;

    /** Returns the progress. */
    Crawl.CrawlProgress progress();

    /** Ends the work after the commit in progress, and the lease of the process. */
    @Override
    void close();
}
