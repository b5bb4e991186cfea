package org.markwatch.crawl;

import java.time.Duration;
import java.time.Instant;

/**
 * The revisit schedule of a page. From the second consecutive visit that finds the page unchanged, each such visit
 * doubles the interval; a change halves it.
 *
 * @param unchanged      consecutive visits that found the page unchanged, 0 or more
 * @param intervalNights nights from one request to the next, at least 1
 */
record RevisitSchedule(int unchanged, int intervalNights) {
    static final RevisitSchedule EVERY_NIGHT = new RevisitSchedule(0, 1);

    /** Consecutive unchanged visits from which the interval grows. */
    private static final int MIN_UNCHANGED = 2;

    /** Tolerance for the start times of nightly runs. */
    private static final Duration TOLERANCE = Duration.ofHours(12);

    /**
     * Returns the schedule after a visit that found the page unchanged.
     *
     * @param maxNights upper limit of the interval, at least 1
     */
    RevisitSchedule afterUnchanged(int maxNights) {
        int times = Math.min(unchanged + 1, Short.MAX_VALUE);
        return new RevisitSchedule(
                times, Math.min(times < MIN_UNCHANGED ? intervalNights : 2 * intervalNights, maxNights));
    }

    /** Returns the schedule after a visit that found the page changed. */
    RevisitSchedule afterChange() {
        return new RevisitSchedule(0, Math.max(1, intervalNights / 2));
    }

    /**
     * Returns when the next request is due. With an interval of one night it is due at once, so that a second run on a
     * day includes it.
     */
    Instant due(Instant requestedAt) {
        return intervalNights == 1
                ? requestedAt
                : requestedAt.plus(Duration.ofDays(intervalNights)).minus(TOLERANCE);
    }
}
