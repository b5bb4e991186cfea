package org.markwatch.review;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Formats times in a zone, to the minute and with their offset from UTC, so that the hour that occurs twice when daylight
 * saving ends is unambiguous.
 */
public record ZoneTimes(ZoneId zone) {
    /** What is compared with records of the program, such as exports and the attestation, has its times in UTC. */
    public static final ZoneTimes UTC = new ZoneTimes(ZoneOffset.UTC);

    private static final DateTimeFormatter IN_UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'xxx", Locale.ROOT);

    /** Returns a time for people, for example {@code 2026-11-25 00:40 UTC} or {@code 2026-11-25 01:40 UTC+01:00}. */
    public String text(Instant time) {
        DateTimeFormatter format = zone.getRules().equals(ZoneOffset.UTC.getRules()) ? IN_UTC : WITH_OFFSET;
        return format.withZone(zone).format(time);
    }

    /** Returns a time in UTC for machines, to the second, for example {@code 2026-11-25T00:40:00Z} (RFC 3339). */
    public String machine(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
