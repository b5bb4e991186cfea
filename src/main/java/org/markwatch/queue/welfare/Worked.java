package org.markwatch.queue.welfare;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of table {@code exposure}.
 *
 * @param unbroken   time since the last break
 * @param breakUntil end of the last break that was due, null if none was
 */
record Worked(
        LocalDate day,
        Duration today,
        Duration unbroken,
        Instant lastAt,
        @Nullable Instant breakUntil) {
    static final String SELECT =
            "select day, today_ms, unbroken_ms, last_at, break_until from exposure where account = ?";

    static Worked of(ResultSet row) throws SQLException {
        return new Worked(
                row.getObject("day", LocalDate.class),
                Duration.ofMillis(row.getLong("today_ms")),
                Duration.ofMillis(row.getLong("unbroken_ms")),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                Exposure.instant(row.getObject("break_until", OffsetDateTime.class)));
    }

    /** Returns the row after an activity. */
    Worked at(Instant now, LocalDate thisDay, ExposureLimits limits) {
        Duration gap = Duration.between(lastAt, now);
        Duration counted = gap.compareTo(Exposure.LONGEST_GAP) > 0 ? Exposure.LONGEST_GAP : gap;
        // a gap that counts in full is work, also if breaks may be as short
        boolean rested = breakUntil != null || gap.compareTo(counted) > 0 && gap.compareTo(limits.pause()) >= 0;
        boolean sameDay = day.equals(thisDay);
        Duration unbrokenNow = rested ? Duration.ZERO : unbroken.plus(counted);
        return new Worked(
                thisDay,
                !sameDay ? Duration.ZERO : breakUntil != null ? today : today.plus(counted),
                unbrokenNow,
                now,
                unbrokenNow.compareTo(limits.continuous()) >= 0 ? now.plus(limits.pause()) : null);
    }

    Standing standing(Instant now, LocalDate thisDay, ExposureLimits limits) {
        Duration soFar = day.equals(thisDay) ? today : Duration.ZERO;
        boolean dayIsOver = soFar.compareTo(limits.daily()) >= 0;
        Instant until = dayIsOver
                ? thisDay.plusDays(1).atStartOfDay(limits.zone()).toInstant()
                : breakUntil != null && breakUntil.isAfter(now) ? breakUntil : null;
        Duration toBreak = limits.continuous().minus(breakUntil == null ? unbroken : Duration.ZERO);
        Duration toEnd = limits.daily().minus(soFar);
        Duration left = toBreak.compareTo(toEnd) < 0 ? toBreak : toEnd;
        return new Standing(soFar, left.isNegative() ? Duration.ZERO : left, until, dayIsOver);
    }
}
