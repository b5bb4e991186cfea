package org.markwatch.crawl;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts of crawler threads between two commits. */
final class Tally {
    /** @param about request, reference or skipped, as in table {@code run_count} */
    record Key(String about, String name) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void request(String kind) {
        add(new Key("request", kind), 1);
    }

    void add(Key key, long n) {
        counts.computeIfAbsent(key, k -> new LongAdder()).add(n);
    }

    /** Takes the counts out; a transaction that fails with them puts them back by {@link #add}. */
    Map<Key, Long> drain() {
        Map<Key, Long> drained = new HashMap<>();
        counts.forEach((key, adder) -> {
            long n = adder.sumThenReset();
            if (n != 0) {
                drained.put(key, n);
            }
        });
        return drained;
    }
}
