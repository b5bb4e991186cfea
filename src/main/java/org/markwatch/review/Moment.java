package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times relative to now and in UTC. */
public record Moment(Instant now) {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * Returns the time since an instant in its largest whole unit, rounded down, for example {@code 3 h}; 0 or more.
     */
    public String since(Instant then) {
        Duration age = Duration.between(then, now);
        if (age.toDays() >= 1) {
            return age.toDays() + " d";
        }
        if (age.toHours() >= 1) {
            return age.toHours() + " h";
        }
        return Math.max(0, age.toMinutes()) + " min";
    }

    /** Returns a time to the minute, for example {@code 2026-11-25 00:40 UTC}. */
    public static String utc(Instant time) {
        return UTC.format(time) + " UTC";
    }
}
