package org.markwatch.crawl.politeness;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: the delay doubles from {@code initial} up to {@code cap}. Then it varies by up to
 * 20 % either way, so that hosts that failed at the same time are not retried at the same time. A delay may therefore
 * exceed {@code cap} by 20 %.
 */
public record BackOff(Duration initial, Duration cap, RandomGenerator random) {
    /** Returns a back-off from 2 s up to 5 min, 6 min with jitter. */
    public static BackOff withDefaults(RandomGenerator random) {
        return new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5), random);
    }

    /**
     * Returns the delay before the next attempt.
     *
     * @param failures failures in a row, 1 or more
     */
    public Duration delay(int failures) {
        long millis = Math.min(cap.toMillis(), initial.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis((long) (millis * random.nextDouble(0.8, 1.2)));
    }
}
