package org.markwatch.crawl;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters that crawler threads increment between two commits. Thread-safe. */
public final class CrawlCounters {
    /**
     * Names a counter as table {@code run_count} does.
     *
     * @param about group of counters: request, reference (never requested), skipped (links not followed), robots
     *              (requests against robots.txt), economy (work that the revisit policy saves) or shell
     * @param name  the counter within the group
     */
    public record CounterKey(String about, String name) {}

    /** Pages that have no text unless scripts run. */
    public static final CounterKey SHELLS = new CounterKey("shell", "scripts");

    private final Map<CounterKey, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts a request by its kind. Kind {@code picture} counts requests for video and audio too. */
    public void addRequest(String kind) {
        add(new CounterKey("request", kind), 1);
    }

    /** Adds {@code n} to a counter. */
    public void add(CounterKey key, long n) {
        counts.computeIfAbsent(key, k -> new LongAdder()).add(n);
    }

    /** Returns the counts and sets them to zero; if their transaction fails, the caller adds them back. */
    public Map<CounterKey, Long> drain() {
        Map<CounterKey, Long> taken = new HashMap<>();
        counts.forEach((key, adder) -> {
            long n = adder.sumThenReset();
            if (n != 0) {
                taken.put(key, n);
            }
        });
        return taken;
    }
}
