package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Now, and how times are written. */
record Moment(Instant now) {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** {@code 3 h}: the largest whole unit, rounded down. */
    String since(Instant then) {
        Duration age = Duration.between(then, now);
        if (age.toDays() >= 1) {
            return age.toDays() + " d";
        }
        if (age.toHours() >= 1) {
            return age.toHours() + " h";
        }
        return Math.max(0, age.toMinutes()) + " min";
    }

    /** {@code 2026-11-25 00:40 UTC}. */
    static String utc(Instant time) {
        return UTC.format(time) + " UTC";
    }
}
