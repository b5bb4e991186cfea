package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A run that is under way when a test says so, and which of them somebody has stopped. */
final class SettableRun implements RunControl {
    private volatile @Nullable UnderWay current;
    private volatile OptionalLong inVain = OptionalLong.empty();
    private final List<Long> stopped = new ArrayList<>();

    void set(@Nullable UnderWay run) {
        current = run;
    }

    void setInVain(OptionalLong run) {
        inVain = run;
    }

    synchronized List<Long> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public Optional<UnderWay> underWay() {
        return Optional.ofNullable(current);
    }

    @Override
    public OptionalLong inVain() {
        return inVain;
    }

    @Override
    public synchronized void stop(long run) {
        stopped.add(run);
    }
}
