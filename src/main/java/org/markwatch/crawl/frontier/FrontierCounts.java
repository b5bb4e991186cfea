package org.markwatch.crawl.frontier;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Counts of the URLs of a frontier, and of the open ones of each partition. Thread-safe. */
public final class FrontierCounts {
    private final AtomicLong known = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final Map<Integer, AtomicLong> openByPartition = new ConcurrentHashMap<>();

    FrontierCounts() {}

    /**
     * Adds a partition.
     *
     * @param visited URLs of its seeds that have their disposition
     * @param open    URLs without a disposition
     */
    void add(int partition, long visited, long open) {
        done.addAndGet(visited); // last is the sum that shows that there is work
        openByPartition.put(partition, new AtomicLong(open));
        known.addAndGet(visited + open);
    }

    /** Removes a partition that this process no longer works on; its open URLs count no more. */
    public void remove(int partition) {
        AtomicLong open = openByPartition.remove(partition);
        if (open != null) {
            known.addAndGet(-open.get());
        }
    }

    void added(Collection<FrontierUrl> open, long withDisposition) {
        open.forEach(url -> open(url.site().partition()).incrementAndGet());
        known.addAndGet(open.size() + withDisposition);
    }

    void closed(Collection<FrontierUrl> visited, long withDisposition) {
        visited.forEach(url -> open(url.site().partition()).decrementAndGet());
        done.addAndGet(visited.size() + withDisposition);
    }

    void refused(int partition, long rows) {
        open(partition).addAndGet(-rows);
        done.addAndGet(rows);
    }

    private AtomicLong open(int partition) {
        return openByPartition.computeIfAbsent(partition, number -> new AtomicLong());
    }

    void countRequest() {
        requests.incrementAndGet();
    }

    /** Returns the number of URLs that crawlers have taken, counting each request. */
    public long requests() {
        return requests.get();
    }

    /** Returns the number of URLs of the partitions. */
    public long known() {
        return known.get();
    }

    /** Returns the number of URLs with a committed disposition. */
    public long done() {
        return done.get();
    }

    /** Returns the number of known URLs without a committed disposition. */
    public long open() {
        return known.get() - done.get();
    }

    /** Returns the partitions whose URLs all have their committed disposition. */
    public Set<Integer> donePartitions() {
        return openByPartition.entrySet().stream()
                .filter(entry -> entry.getValue().get() <= 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
