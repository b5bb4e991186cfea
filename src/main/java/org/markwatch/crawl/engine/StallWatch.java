package org.markwatch.crawl.engine;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says why a crawl makes no progress. It compares what it is told every second or so, and returns a line for the log when
 * no page has ended for a minute, or when garbage collection takes most of a minute. Not thread-safe.
 */
final class StallWatch {
    /** Time without progress after which a line is due, and then once for each such time. */
    static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Share of the time that garbage collection takes in a crawl that is short of memory. */
    private static final double MAX_COLLECTING = 0.5;

    private long sinceNanos;
    private long ended;
    private Duration collecting;

    /**
     * What a crawl does at a moment.
     *
     * @param ended           visits that have ended since its start
     * @param uncommitted     visits that have ended and are not committed
     * @param inFlight        requests in flight
     * @param waitingForMemory bodies that wait for memory
     * @param refilling       hosts whose URLs are being read from the database
     * @param hosts           hosts with work
     * @param nextDue         time until a host is due, zero or less if one is; null if none is scheduled
     * @param memory          garbage collection and heap
     */
    record CrawlState(
            long ended,
            int uncommitted,
            int inFlight,
            int waitingForMemory,
            int refilling,
            int hosts,
            @Nullable Duration nextDue,
            Memory memory) {
        /** Whether the process has no work, as when others have all partitions. */
        private boolean isIdle() {
            return hosts == 0 && inFlight == 0 && uncommitted == 0;
        }
    }

    /**
     * Garbage collection and heap of the process.
     *
     * @param collecting time that garbage collection has taken since the start of the process
     * @param usedBytes  used heap
     * @param maxBytes   limit of the heap
     */
    record Memory(Duration collecting, long usedBytes, long maxBytes) {
        static Memory current() {
            long millis = 0;
            for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
                millis += Math.max(0, collector.getCollectionTime()); // -1 if it is unknown
            }
            Runtime runtime = Runtime.getRuntime();
            return new Memory(
                    Duration.ofMillis(millis), runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
        }
    }

    /**
     * Begins to watch.
     *
     * @param nowNanos monotonic time in nanoseconds
     */
    StallWatch(long nowNanos, Memory memory) {
        this.sinceNanos = nowNanos;
        this.collecting = memory.collecting;
    }

    /** Returns why the crawl makes no progress, one line for the log; null if it does, or it is too early to say. */
    @Nullable
    String check(long nowNanos, CrawlState activity) {
        Duration elapsed = Duration.ofNanos(nowNanos - sinceNanos);
        if (elapsed.compareTo(INTERVAL) < 0) {
            return null;
        }
        double share = (double) activity.memory.collecting.minus(collecting).toNanos() / elapsed.toNanos();
        long pages = activity.ended - ended;
        sinceNanos = nowNanos;
        ended = activity.ended;
        collecting = activity.memory.collecting;
        if ((pages > 0 || activity.isIdle()) && share <= MAX_COLLECTING) {
            return null;
        }
        return (pages == 0 ? "No page has ended" : "Only " + pages + " pages have ended") + " in the last "
                + elapsed.toSeconds() + " s: " + String.join("; ", reasons(share, activity));
    }

    private static List<String> reasons(double share, CrawlState activity) {
        List<String> reasons = new ArrayList<>();
        if (share > MAX_COLLECTING) {
            reasons.add(
                    "garbage collection takes %d %% of the time, with %d of %d MiB of heap in use; give the process more heap (MARKWATCH_HEAP), or lower crawl.threads"
                            .formatted(
                                    Math.round(100 * share),
                                    activity.memory.usedBytes >> 20,
                                    activity.memory.maxBytes >> 20));
        }
        if (activity.uncommitted > 0) {
            reasons.add(activity.uncommitted + " pages wait for the database to commit them");
        }
        if (activity.waitingForMemory > 0) {
            reasons.add(activity.waitingForMemory + " bodies wait for memory");
        }
        if (activity.inFlight > 0) {
            reasons.add(activity.inFlight + " requests wait for their hosts");
        }
        if (activity.refilling > 0) {
            reasons.add("the URLs of " + activity.refilling + " hosts are being read from the database");
        }
        if (activity.nextDue != null && !activity.nextDue.isNegative() && !activity.nextDue.isZero()) {
            reasons.add("%d hosts wait for their delay, the first for %d s"
                    .formatted(activity.hosts, Math.ceilDiv(activity.nextDue.toMillis(), 1000)));
        }
        if (reasons.isEmpty()) {
            reasons.add(activity.hosts + " hosts have work, and no crawler thread takes it");
        }
        return reasons;
    }
}
