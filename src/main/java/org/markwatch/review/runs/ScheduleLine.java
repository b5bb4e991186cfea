package org.markwatch.review.runs;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Moment;
import org.markwatch.review.RunControl;

/** Says when runs start by themselves. */
final class ScheduleLine {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);

    private ScheduleLine() {}

    /** @param schedule the schedule, or null if the application has none */
    static String of(RunControl.@Nullable Schedule schedule, Instant now) {
        if (schedule == null || !schedule.serving()) {
            return "No process with a schedule is running, so no run starts by itself.";
        }
        Instant next = schedule.next();
        if (next == null) {
            return "No run is scheduled: schedule.cron is empty.";
        }
        if (next.isBefore(now)) {
            return "The run of " + time(next, schedule.zone()) + " is about to start.";
        }
        return "The next run starts at " + time(next, schedule.zone()) + ".";
    }

    private static String time(Instant at, ZoneId zone) {
        String utc = Moment.utc(at);
        return zone.getRules().equals(ZoneOffset.UTC.getRules())
                ? utc
                : LOCAL.format(at.atZone(zone)) + " (" + utc + ")";
    }
}
