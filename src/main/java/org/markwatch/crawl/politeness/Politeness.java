package org.markwatch.crawl.politeness;

import java.time.Duration;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFaults;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;

/**
 * How a host is spared: the delay before the next request to it, after a response and after a failure.
 *
 * @param backOff delays after failures in a row
 */
public record Politeness(BackOff backOff) {
    /**
     * Failures of class {@link ExchangeResult.HostFault#UNREACHABLE} in a row, after which a host gets no more requests
     * in this run.
     */
    static final int MAX_CONNECT_FAILURES = 3;

    /**
     * Failures of class {@link ExchangeResult.HostFault#BUSY} in a row (429, 503, no answer in time; robots.txt
     * with 5xx or unreadable), after which a host gets no more requests in this run.
     */
    static final int MAX_BUSY_ANSWERS = 10;

    /** Returns the politeness delay. */
    public static Duration delay(FrontierUrl url, HostQueue host) {
        return host.politenessDelay(url.site().seed().delay());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Records a failed request; returns the delay before the next request to the host. */
    public Duration recordFailure(FrontierUrl url, HostQueue host, ExchangeResult.Retryable later) {
        Disposition.Failed otherwise = later.failure();
        Duration delay = delay(url, host);
        switch (later.fault()) {
            case UNREACHABLE -> {
                int failures = host.faults().countConnectFailure();
                if (failures >= MAX_CONNECT_FAILURES) {
                    host.faults().markFailed(otherwise.cause(), otherwise.reason());
                }
                delay = max(delay, backOff.delay(failures));
            }
            case BUSY -> {
                Duration retryAfter = later.retryAfter();
                if (retryAfter != null && retryAfter.compareTo(HostFrontier.MAX_WAIT) > 0) {
                    String reason =
                            "HTTP " + otherwise.status() + ", host asks for a delay of " + retryAfter.toSeconds()
                                    + " s (Retry-After), and the run ended sooner; the next run fetches it first";
                    host.faults().defer(new HostFaults.HostFailure(Disposition.RETRY_AFTER, reason));
                    return max(delay, retryAfter);
                }
                int failures = host.faults().countBusyAnswer();
                if (failures >= MAX_BUSY_ANSWERS) {
                    host.faults()
                            .markFailed(otherwise.cause(), otherwise.reason() + ", " + failures + " times in a row");
                }
                Duration back = backOff.delay(failures); // Retry-After may be too short, the same each time
                delay = max(delay, retryAfter == null ? back : max(retryAfter, back));
            }
            case TRANSIENT -> {}
        }
        return delay;
    }
}
