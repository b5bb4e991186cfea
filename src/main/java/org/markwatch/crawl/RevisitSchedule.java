package org.markwatch.crawl;

import java.time.Duration;
import java.time.Instant;

/**
 * How often a page is asked for, by how it has changed so far: a page that was found unchanged twice in a row is asked for half as
 * often each time that it is so again, and twice as often when it has changed.
 *
 * @param unchanged times in a row that it was found unchanged
 * @param intervalNights    from one request to the next, at least 1
 */
record RevisitSchedule(int unchanged, int intervalNights) {
    static final RevisitSchedule EVERY_NIGHT = new RevisitSchedule(0, 1);

    private static final int UNCHANGED_BEFORE = 2;
    /** Nights do not begin to the second, and may be held up. */
    private static final Duration TOLERANCE = Duration.ofHours(12);

    /** @param mostNights the longest it may become */
    RevisitSchedule afterUnchanged(int mostNights) {
        int times = Math.min(unchanged + 1, Short.MAX_VALUE);
        return new RevisitSchedule(
                times, Math.min(times < UNCHANGED_BEFORE ? intervalNights : 2 * intervalNights, mostNights));
    }

    RevisitSchedule afterChange() {
        return new RevisitSchedule(0, Math.max(1, intervalNights / 2));
    }

    /** From when on it is to be asked for again; at once for a page of every night, so that a second run on a day sees it too. */
    Instant due(Instant asked) {
        return intervalNights == 1
                ? asked
                : asked.plus(Duration.ofDays(intervalNights)).minus(TOLERANCE);
    }
}
