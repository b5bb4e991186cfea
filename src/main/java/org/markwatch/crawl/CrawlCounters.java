package org.markwatch.crawl;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters that crawler threads increment between two commits. Thread-safe. */
final class CrawlCounters {
    /**
     * Names a counter as table {@code run_count} does.
     *
     * @param about what is counted: request, reference, skipped, robots or economy
     * @param name  the counter within it
     */
    record CounterKey(String about, String name) {}

    private final Map<CounterKey, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts a request by its kind. */
    void addRequest(String kind) {
        add(new CounterKey("request", kind), 1);
    }

    /** Adds {@code n} to a counter. */
    void add(CounterKey key, long n) {
        counts.computeIfAbsent(key, k -> new LongAdder()).add(n);
    }

    /** Returns the counts and sets them to zero; if their transaction fails, the caller adds them back. */
    Map<CounterKey, Long> drain() {
        Map<CounterKey, Long> drained = new HashMap<>();
        counts.forEach((key, adder) -> {
            long n = adder.sumThenReset();
            if (n != 0) {
                drained.put(key, n);
            }
        });
        return drained;
    }
}
