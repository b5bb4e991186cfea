package org.markwatch.review;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Settings;

/** Reports the run that a test sets and records which runs were stopped. */
final class StubRunControl implements RunControl {
    private volatile @Nullable RunSnapshot current;
    private volatile OptionalLong lastRunWithoutText = OptionalLong.empty();
    private volatile Sharing sharing = Sharing.NONE;
    private final List<Long> stopped = new ArrayList<>();
    private volatile Schedule schedule =
            new Schedule(true, true, Instant.parse("2027-03-02T01:00:00Z"), ZoneOffset.UTC);
    private volatile Settings.@Nullable ScheduleSettings followed;
    private volatile int started;
    private volatile boolean startRequested;

    void set(@Nullable RunSnapshot run) {
        current = run;
    }

    void setLastRunWithoutText(OptionalLong run) {
        lastRunWithoutText = run;
    }

    synchronized List<Long> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public Optional<RunSnapshot> activeRun() {
        return Optional.ofNullable(current);
    }

    void setSharing(Sharing newSharing) {
        sharing = newSharing;
    }

    @Override
    public Sharing sharing(long run) {
        return sharing;
    }

    @Override
    public OptionalLong lastRunWithoutText() {
        return lastRunWithoutText;
    }

    void setSchedule(Schedule newSchedule) {
        schedule = newSchedule;
    }

    void setStartRequested(boolean requested) {
        startRequested = requested;
    }

    int started() {
        return started;
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    /** Returns the schedule that runs start by since a change; null if none was made. */
    Settings.@Nullable ScheduleSettings followed() {
        return followed;
    }

    /** Expressions of the year 2000 have no time to come. */
    @Override
    public List<Instant> times(Settings.ScheduleSettings asked, int most) {
        return asked.cron().isEmpty() || asked.cron().endsWith(" 2000")
                ? List.of()
                : List.of(Instant.parse("2027-03-02T02:30:00Z"), Instant.parse("2027-03-03T12:30:00Z"));
    }

    @Override
    public boolean follow(Settings.ScheduleSettings changed) {
        followed = changed;
        return true;
    }

    @Override
    public synchronized boolean start() {
        started++;
        return !startRequested;
    }

    @Override
    public synchronized void stop(long run) {
        stopped.add(run);
    }
}
