package org.markwatch.crawl.fetch;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses the Retry-After header (RFC 9110 section 10.2.3). */
final class RetryAfter {
    private static final Duration MAX = Duration.ofDays(365);
    /** A number of seconds with more digits exceeds {@link #MAX}. */
    private static final int MAX_DIGITS = 8;

    private RetryAfter() {}

    /**
     * Parses the delay that a server asks for.
     *
     * @param value value of the header
     * @param now   the time of the response by the server's Date header, else by the local clock
     * @return from zero to 365 days, zero for a date in the past; null if the value is neither seconds nor an HTTP date
     */
    static @Nullable Duration parse(String value, Instant now) {
        String text = value.strip();
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.length() > MAX_DIGITS ? MAX : atMost(Duration.ofSeconds(Long.parseLong(text)));
        }
        Instant until = date(text, now);
        if (until == null) {
            return null;
        }
        return until.isBefore(now) ? Duration.ZERO : atMost(Duration.between(now, until));
    }

    /** Parses a date in one of the three formats of RFC 9110 section 5.6.7; returns null if it is in none of them. */
    static @Nullable Instant date(String text, Instant now) {
        for (DateTimeFormatter format : formats(now)) {
            try {
                return Instant.from(format.parse(text.strip()));
            } catch (DateTimeException e) {
                // try the next format
            }
        }
        return null;
    }

    private static List<DateTimeFormatter> formats(Instant now) {
        // a year of two digits is at most 50 years ahead (RFC 9110 section 5.6.7)
        int earliest = now.atOffset(ZoneOffset.UTC).getYear() - 49;
        DateTimeFormatter rfc850 = new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
        DateTimeFormatter asctime = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
                .withZone(ZoneOffset.UTC);
        return List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850, asctime);
    }

    private static Duration atMost(Duration delay) {
        return delay.compareTo(MAX) > 0 ? MAX : delay;
    }
}
