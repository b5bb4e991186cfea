package org.markwatch.review.runs;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl;
import org.markwatch.review.ZoneTimes;

/** Says when runs start by themselves. */
final class ScheduleLine {
    private ScheduleLine() {}

    /**
     * @param schedule the schedule, or null if the application has none
     * @param times    times in the zone of the reader; a schedule in another zone has its own time in brackets
     */
    static String of(RunControl.@Nullable Schedule schedule, Instant now, ZoneTimes times, ConsoleWords words) {
        if (schedule == null || !schedule.serving()) {
            return words.text("runs.no-process-with-schedule");
        }
        Instant next = schedule.next();
        if (next == null) {
            return words.text("runs.no-run-scheduled-schedule");
        }
        if (next.isBefore(now)) {
            return words.text("runs.run-about-start", time(next, schedule.zone(), times));
        }
        return words.text("runs.next-run-starts-at", time(next, schedule.zone(), times));
    }

    private static String time(Instant at, ZoneId zone, ZoneTimes times) {
        String text = times.text(at);
        return zone.getRules().equals(times.zone().getRules())
                ? text
                : text + " (" + new ZoneTimes(zone).text(at) + ", " + zone.getId() + ")";
    }
}
