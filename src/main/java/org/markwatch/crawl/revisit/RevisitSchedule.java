package org.markwatch.crawl.revisit;

import java.time.Duration;
import java.time.Instant;
import org.markwatch.crawl.Disposition;

/**
 * The revisit schedule of a URL. From the second consecutive visit that finds a page unchanged, each such visit doubles
 * the interval; a change halves it. URLs without text have their own rules; see {@link #withoutText}.
 *
 * @param unchanged      consecutive visits that found the page unchanged, 0 or more
 * @param intervalNights nights from one request to the next, at least 1
 */
public record RevisitSchedule(int unchanged, int intervalNights) {
    public static final RevisitSchedule EVERY_NIGHT = new RevisitSchedule(0, 1);

    /** Consecutive unchanged visits from which the interval grows. */
    private static final int MIN_UNCHANGED = 2;

    /** Nights until a URL that proved to be a picture, an archive or another file is requested again. */
    public static final int FILE_NIGHTS = 30;

    /** Longest interval for a page that is gone. */
    static final int MAX_GONE_NIGHTS = 30;

    private static final int FIRST_GONE_NIGHTS = 2;

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
     * Returns the schedule after a visit that ended without text. A file other than a page is requested again after
     * {@value #FILE_NIGHTS} nights. A page that is gone (404, 410, soft 404) doubles its interval up to {@value
     * #MAX_GONE_NIGHTS} nights. Anything else may be over soon: it is requested in the next night, and its interval
     * doubles while the disposition stays the same.
     *
     * @param again     whether the previous visit ended with the same disposition
     * @param maxNights upper limit of the interval for pages, at least 1
     */
    RevisitSchedule withoutText(Disposition disposition, boolean again, int maxNights) {
        int times = again ? Math.min(unchanged + 1, Short.MAX_VALUE) : 0;
        int doubled = again ? 2 * intervalNights : 1;
        return switch (disposition) {
            case Disposition.Refused refused when refused.kind().isFile() -> new RevisitSchedule(times, FILE_NIGHTS);
            case Disposition.Failed failed
            when failed.isGone() -> new RevisitSchedule(times, Math.clamp(doubled, FIRST_GONE_NIGHTS, MAX_GONE_NIGHTS));
            case Disposition.Failed failed when failed.cause().equals(Disposition.RETRY_AFTER) -> EVERY_NIGHT;
            default -> new RevisitSchedule(times, Math.min(doubled, maxNights));
        };
    }

    /**
     * Returns when the next request is due. With an interval of one night it is due at once, so that a second run on a
     * day includes it.
     */
    public Instant due(Instant requestedAt) {
        return intervalNights == 1
                ? requestedAt
                : requestedAt.plus(Duration.ofDays(intervalNights)).minus(TOLERANCE);
    }
}
