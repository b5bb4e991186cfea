package org.markwatch.crawl;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.markwatch.crawl.partition.PartitionClaim;

/**
 * A running crawl: crawler threads fetch and analyse pages, and the caller commits the ended visits.
 *
 * <p>The caller loops: {@link #take}, then {@link #commit} inside its own transaction, together with what it stores of
 * the pages. The links of a page enter the frontier when that transaction commits, so a killed run neither loses nor
 * repeats a stored page.
 *
 * @param <R> result of the page analysis
 */
public interface Crawl<R> extends AutoCloseable {
    /** Adds a partition that this process has claimed: its open URLs are visited. Callable from any thread. */
    void open(PartitionClaim claim);

    /**
     * Begins to give a partition back, or ends it, in the transaction of the calling thread, if none of its URLs is in flight
     * or uncommitted any more. The calling thread is the one that commits.
     *
     * @return whether the partition has been given back; else call again later
     */
    boolean giveBack(int partition);

    /** Records that no more partitions are opened: the crawl is complete when each of their URLs has its disposition. */
    void seal();

    /**
     * Waits for ended visits for a while.
     *
     * @param max  the most visits to return, at least 1
     * @param wait how long to wait for the first one, and then to collect more
     * @return visits, or an empty list if none has ended
     * @throws IllegalStateException as {@link #take} does
     */
    List<Visit<R>> poll(int max, Duration wait) throws InterruptedException;

    /**
     * Whether the crawl is complete or stopped, and each ended visit was taken.
     *
     * @throws IllegalStateException if it has failed
     */
    boolean ended();

    /**
     * Records, in the transaction of the calling thread, the partitions whose URLs all have their committed disposition.
     *
     * @return their numbers, each partition once
     * @throws IllegalStateException if another process has taken one over
     */
    Set<Integer> recordDone();

    /**
     * Waits for ended visits.
     *
     * @param max  the most visits to return, at least 1
     * @param wait how long to collect more visits after the first one
     * @return at least one visit, or an empty list when the crawl is complete or stopped
     * @throws IllegalStateException if a crawler failed, or if only visits that were taken and not committed are left
     */
    List<Visit<R>> take(int max, Duration wait) throws InterruptedException;

    /**
     * Stores dispositions, marks their frontier rows as done and adds new links, in the transaction of the calling
     * thread.
     *
     * @param visits visits that {@link #take} returned, each committed once
     * @throws IllegalStateException without a transaction, for a visit that is not open, or if another process has
     *                               taken the run over
     */
    void commit(List<Visit<R>> visits);

    /**
     * Stores what has changed of hosts since the latest commit, in the transaction of the calling thread: a request that is to be
     * repeated later ends no visit, but the host has to wait. The calling thread is the one that commits.
     *
     * @throws IllegalStateException without a transaction, or if another process has taken a partition over
     */
    void saveHosts();

    /** Returns the counts so far, without a query; callable from any thread. */
    CrawlProgress progress();

    /**
     * Begins the shutdown and returns at once: no new request is made; requests in flight are drained for some seconds,
     * then cancelled.
     */
    void stop();

    /** Whether {@link #stop} was called before the frontier was empty. */
    boolean stopped();

    /** Cancels requests in flight and waits for the threads to end; it waits for crawlers for two seconds at most. */
    @Override
    void close();

    /**
     * The progress of a crawl.
     *
     * @param done    URLs with a disposition
     * @param known   URLs in the frontier
     * @param hosts   hosts with open URLs
     * @param due     those that wait for nothing but a crawler thread
     * @param current the URL taken last, defanged, or empty
     */
    record CrawlProgress(long done, long known, int hosts, int due, String current) {}
}
