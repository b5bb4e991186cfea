package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that is under way when a test says so, and which of them somebody has stopped. */
final class SettableRun implements RunControl {
    private volatile @Nullable UnderWay current;
    private final List<Long> stopped = new ArrayList<>();

    void set(@Nullable UnderWay run) {
        current = run;
    }

    synchronized List<Long> stopped() {
        return List.copyOf(stopped);
    }

    @Override
    public Optional<UnderWay> underWay() {
        return Optional.ofNullable(current);
    }

    @Override
    public synchronized void stop(long run) {
        stopped.add(run);
    }
}
