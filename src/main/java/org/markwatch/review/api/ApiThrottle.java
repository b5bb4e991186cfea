package org.markwatch.review.api;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the requests of each token to {@value #MOST} in a minute of the clock. Tokens are few, so one count for each is kept
 * until its minute is over and another request comes. Thread-safe.
 */
final class ApiThrottle {
    static final int MOST = 120;
    private static final int SECONDS = 60;

    private final Clock clock;
    private final Map<Long, Window> windows = new ConcurrentHashMap<>();

    ApiThrottle(Clock clock) {
        this.clock = clock;
    }

    private record Window(long minute, int requests) {}

    /** Counts a request. Returns how many seconds the token has to wait for the next one; 0 if the request may proceed. */
    int secondsToWait(long token) {
        long now = clock.instant().getEpochSecond();
        long minute = now / SECONDS;
        Window window = windows.merge(
                token,
                new Window(minute, 1),
                (last, first) ->
                        last.minute == minute ? new Window(minute, Math.min(MOST + 1, last.requests + 1)) : first);
        windows.values().removeIf(each -> each.minute < minute);
        return window.requests <= MOST ? 0 : (int) (SECONDS - now % SECONDS);
    }
}
