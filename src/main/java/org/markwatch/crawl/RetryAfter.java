package org.markwatch.crawl;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads a Retry-After header (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private RetryAfter() {}

    /** How long the server asks to be left alone, zero or more, or null if the value is neither seconds nor an HTTP date. */
    static @Nullable Duration parse(String value, Instant now) {
        String text = value.strip();
        if (!text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        try {
            Duration until = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeException e) {
            return null; // as if the header were not there
        }
    }
}
