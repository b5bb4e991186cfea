package org.markwatch.review;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reports the run that a test sets and records which runs were stopped. */
final class StubRunControl implements RunControl {
    private volatile @Nullable RunSnapshot current;
    private volatile OptionalLong lastRunWithoutText = OptionalLong.empty();
    private volatile Sharing sharing = Sharing.NONE;
    private final List<Long> stopped = new ArrayList<>();
    private volatile Schedule schedule =
            new Schedule(true, true, Instant.parse("2027-03-02T01:00:00Z"), ZoneOffset.UTC);
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
