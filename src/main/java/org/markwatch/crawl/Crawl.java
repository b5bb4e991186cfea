package org.markwatch.crawl;

import java.time.Duration;
import java.util.List;

/**
 * One crawl under way: crawler threads visit pages and hand them over; the caller commits them.
 *
 * <p>The caller loops: {@link #take}, then inside its own transaction {@link #commit} together with what it keeps of the
 * pages. Links of a page become visible to the crawl only when that transaction has committed, so a killed run neither
 * loses nor repeats a stored page.
 */
public interface Crawl<R> extends AutoCloseable {
    /**
     * Waits for finished visits.
     *
     * @param max  the most visits to return, at least 1
     * @param wait how long to go on collecting after the first one
     * @return at least one visit, or an empty list when the crawl is complete or was stopped
     */
    List<Visit<R>> take(int max, Duration wait) throws InterruptedException;

    /** Stores results, closes their frontier rows and adds new links, in the transaction of the calling thread. */
    void commit(List<Visit<R>> visits);

    /** Counts so far; cheap, callable from any thread. */
    CrawlProgress progress();

    /** Asks for an end: nothing new is fetched, what is in flight is handed over or left for the next start. */
    void stop();

    /** Whether {@link #stop} ended it before the frontier was empty. */
    boolean stopped();

    /** Stops and waits for the threads. */
    @Override
    void close();

    /**
     * @param done    URLs with a disposition
     * @param known   URLs in the frontier
     * @param hosts   hosts with open URLs
     * @param current a URL in work, defanged, or empty
     */
    record CrawlProgress(long done, long known, int hosts, String current) {}
}
