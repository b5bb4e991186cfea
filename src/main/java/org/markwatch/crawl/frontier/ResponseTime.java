package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The smoothed response time of a host, and the delay derived from it: a slow host gets fewer requests. Not thread-safe. */
public final class ResponseTime {
    /** The share of the response time of a host that the crawl waits before the next request to it. */
    private static final double SHARE = 0.5;
    /** Upper limit of the delay that the response time adds. */
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);
    /** Weight of the latest response in the smoothed response time (exponential moving average). */
    private static final double LATEST_WEIGHT = 0.5;

    private final LongSupplier nanos;
    private Duration smoothed = Duration.ZERO;

    /** @param nanos monotonic clock in nanoseconds */
    ResponseTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Makes a request, and records the time that its response takes, from the request to its last byte. */
    public <T> T measure(Supplier<T> request) {
        long start = nanos.getAsLong();
        T response = request.get();
        record(Duration.ofNanos(nanos.getAsLong() - start));
        return response;
    }

    /** Records the time that a response took. */
    void record(Duration elapsed) {
        smoothed = smoothed.isZero()
                ? elapsed
                : smoothed.plusNanos(
                        (long) (LATEST_WEIGHT * elapsed.minus(smoothed).toNanos()));
    }

    Duration smoothed() {
        return smoothed;
    }

    void restore(Duration stored) {
        smoothed = stored;
    }

    /** Returns the delay, at most 30 s. */
    public Duration delay() {
        long share = (long) (SHARE * smoothed.toNanos());
        return share > MAX_DELAY.toNanos() ? MAX_DELAY : Duration.ofNanos(share);
    }
}
