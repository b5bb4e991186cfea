package org.markwatch.crawl;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a host in trouble is left alone: doubling from a first pause up to a cap, give or take a fifth, so that many hosts
 * that failed together do not come back together.
 */
record BackOff(Duration initial, Duration cap, RandomGenerator random) {
    static BackOff withDefaults(RandomGenerator random) {
        return new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5), random);
    }

    /** @param failures failures in a row, 1 or more */
    Duration delay(int failures) {
        long millis = Math.min(cap.toMillis(), initial.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis((long) (millis * random.nextDouble(0.8, 1.2)));
    }
}
