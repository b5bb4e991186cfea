package org.markwatch.review.team;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Sentence;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.RunControl;
import org.markwatch.review.ZoneTimes;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a change of the schedule means for the runs that start by it. */
final class ScheduleChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduleChanges.class);
    private static final int MOST_TIMES = 3;

    private final JobConfig config;
    private final Supplier<@Nullable RunControl> runs;

    /** @param runs supplies null if the application has no runs */
    ScheduleChanges(JobConfig config, Supplier<@Nullable RunControl> runs) {
        this.config = config;
        this.runs = runs;
    }

    /** Returns why a schedule cannot be followed although its file is valid; empty if it can. */
    Optional<Sentence> refusal(Settings.ScheduleSettings schedule) {
        RunControl control = runs.get();
        return control != null
                        && !schedule.cron().isEmpty()
                        && control.times(schedule, 1).isEmpty()
                ? Optional.of(Sentence.of("schedule.no-time-to-come"))
                : Optional.empty();
    }

    /** Returns when runs would start next, one line each; the line says so if a black-out makes one wait. */
    List<String> next(Settings.ScheduleSettings schedule, ZoneTimes times, ConsoleWords words) {
        RunControl control = runs.get();
        if (control == null) {
            return List.of();
        }
        if (schedule.cron().isEmpty()) {
            return List.of(words.text("runs.no-run-scheduled-schedule"));
        }
        return control.times(schedule, MOST_TIMES).stream()
                .map(at -> schedule.blackOuts()
                        .end(at)
                        .map(end -> words.text("schedule.waits-until", times.text(at), times.text(end)))
                        .orElse(times.text(at)))
                .toList();
    }

    /**
     * Lets runs start by the schedule that the job-config has now.
     *
     * @return whether they do; otherwise they will when {@code serve} starts
     */
    boolean follow() {
        Watchlist written = config.check(Map.of()).watchlist();
        RunControl control = runs.get();
        try {
            return written != null
                    && control != null
                    && control.follow(written.settings().schedule());
        } catch (IllegalStateException e) {
            LOG.warn("The schedule of {} is followed after the next start only", config.folder(), e);
            return false;
        }
    }
}
