package org.markwatch.watchlist;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;

/** A time in which scheduled runs do not crawl, in the time zone of the schedule. */
public sealed interface BlackOut {
    /** Returns whether it covers a time. */
    boolean covers(LocalDateTime time);

    /** Returns the first time after one that it covers at which it no longer does. */
    LocalDateTime end(LocalDateTime covered);

    /**
     * Hours on days of the week.
     *
     * @param days  at least one day
     * @param first first minute of the day that is covered, 0 to 1439
     * @param end   first minute of the day that is not, above {@code first}, at most 1440
     */
    record Hours(Set<DayOfWeek> days, int first, int end) implements BlackOut {
        @Override
        public boolean covers(LocalDateTime time) {
            int minute = time.toLocalTime().toSecondOfDay() / 60;
            return days.contains(time.getDayOfWeek()) && first <= minute && minute < end;
        }

        @Override
        public LocalDateTime end(LocalDateTime covered) {
            return covered.toLocalDate().atStartOfDay().plusMinutes(end);
        }
    }

    /**
     * Whole days.
     *
     * @param last the last day, not before the first
     */
    record Days(LocalDate first, LocalDate last) implements BlackOut {
        @Override
        public boolean covers(LocalDateTime time) {
            return !time.toLocalDate().isBefore(first) && !time.toLocalDate().isAfter(last);
        }

        @Override
        public LocalDateTime end(LocalDateTime covered) {
            return last.plusDays(1).atStartOfDay();
        }
    }
}
