package org.markwatch.crawl;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of crawler threads between two commits. */
final class CrawlCounters {
    /** @param about request, reference or skipped, as in table {@code run_count} */
    record CounterKey(String about, String name) {}

    private final Map<CounterKey, LongAdder> counts = new ConcurrentHashMap<>();

    void addRequest(String kind) {
        add(new CounterKey("request", kind), 1);
    }

    void add(CounterKey key, long n) {
        counts.computeIfAbsent(key, k -> new LongAdder()).add(n);
    }

    /** Takes the counts out; a transaction that fails with them puts them back by {@link #add}. */
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
