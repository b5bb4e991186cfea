package org.markwatch.crawl;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a page is asked for, by how it has changed so far: a page that was found unchanged twice in a row is asked for half as
 * often each time that it is so again, and twice as often when it has changed.
 *
 * @param unchanged times in a row that it was found unchanged
 * @param nights    from one request to the next, at least 1
 */
record Revisit(int unchanged, int nights) {
    static final Revisit EVERY_NIGHT = new Revisit(0, 1);

    private static final int UNCHANGED_BEFORE = 2;
    /** Nights do not begin to the second, and may be held up. */
    private static final Duration TOLERANCE = Duration.ofHours(12);

    /** @param mostNights the longest it may become */
    Revisit afterSame(int mostNights) {
        int times = Math.min(unchanged + 1, Short.MAX_VALUE);
        return new Revisit(times, Math.min(times < UNCHANGED_BEFORE ? nights : 2 * nights, mostNights));
    }

    Revisit afterChange() {
        return new Revisit(0, Math.max(1, nights / 2));
    }

    /** From when on it is to be asked for again; at once for a page of every night, so that a second run on a day sees it too. */
    Instant due(Instant asked) {
        return nights == 1 ? asked : asked.plus(Duration.ofDays(nights)).minus(TOLERANCE);
    }
}
