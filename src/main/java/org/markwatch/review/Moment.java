package org.markwatch.review;

import java.time.Duration;
import java.time.Instant;

/** Formats times relative to now. */
public record Moment(Instant now) {
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
}
