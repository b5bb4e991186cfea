package org.markwatch.review.runs;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * The days that trends cover, in UTC, up to today. Longer periods are counted by weeks, which begin on Monday.
 *
 * @param days  number of days, 1 or more
 * @param today the last day
 */
record TrendPeriod(int days, LocalDate today) {
    /** The periods that the page offers, in days. */
    static final List<Integer> OFFERED = List.of(30, 90, 365);

    private static final int LONGEST_BY_DAY = 90;

    boolean byWeek() {
        return days > LONGEST_BY_DAY;
    }

    /** Returns the first day or week that is counted. */
    LocalDate first() {
        return bucket(today.minusDays(days - 1L));
    }

    Instant since() {
        return first().atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Returns the first day of the day or week that a day belongs to. */
    LocalDate bucket(LocalDate day) {
        return byWeek() ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)) : day;
    }

    /** Returns the first day of each day or week, earliest first. */
    List<LocalDate> buckets() {
        return first().datesUntil(today.plusDays(1), Period.ofDays(byWeek() ? 7 : 1))
                .toList();
    }
}
