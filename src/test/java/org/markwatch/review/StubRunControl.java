package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A run that is under way when a test says so, and which of them somebody has stopped. */
final class StubRunControl implements RunControl {
    private volatile @Nullable RunSnapshot current;
    private volatile OptionalLong inVain = OptionalLong.empty();
    private final List<Long> stopped = new ArrayList<>();

    void set(@Nullable RunSnapshot run) {
        current = run;
    }

    void setLastRunWithoutText(OptionalLong run) {
        inVain = run;
    }

    synchronized List<Long> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public Optional<RunSnapshot> activeRun() {
        return Optional.ofNullable(current);
    }

    @Override
    public OptionalLong lastRunWithoutText() {
        return inVain;
    }

    @Override
    public synchronized void stop(long run) {
        stopped.add(run);
    }
}
