package org.markwatch.job;

import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;
import org.markwatch.watchlist.Settings;
import org.quartz.CronExpression;

/** The times at which a schedule starts runs, as the scheduler reads its expression. */
public final class ScheduleTimes {
    private ScheduleTimes() {}

    /**
     * Returns the first times after another one; empty if the schedule starts no run after it.
     *
     * @param most maximum number of times
     * @throws IllegalArgumentException if the scheduler does not accept the expression; the message says why
     */
    public static List<Instant> after(Instant time, Settings.ScheduleSettings schedule, int most) {
        List<Instant> times = new ArrayList<>();
        if (schedule.cron().isEmpty()) {
            return times;
        }
        try {
            CronExpression expression = new CronExpression(schedule.cron());
            expression.setTimeZone(TimeZone.getTimeZone(schedule.zone()));
            Date next = expression.getNextValidTimeAfter(Date.from(time));
            while (next != null && times.size() < most) {
                times.add(next.toInstant());
                next = expression.getNextValidTimeAfter(next);
            }
            return times;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
