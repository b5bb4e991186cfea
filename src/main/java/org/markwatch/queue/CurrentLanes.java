package org.markwatch.queue;

import java.util.Set;

/** The lanes of the policy that is in force. Whoever reads the job-config anew replaces them. Thread-safe. */
public final class CurrentLanes {
    private volatile LanePolicy lanes;

    public CurrentLanes(LanePolicy lanes) {
        this.lanes = lanes;
    }

    /** Returns the lanes that are in force. */
    public LanePolicy get() {
        return lanes;
    }

    /** Returns what hides the restricted lanes that are in force, for readers of whom nobody knows whether they may see them. */
    public LaneAccess withoutRestricted() {
        return new LaneAccess(Set.copyOf(lanes.restricted()));
    }

    /** Replaces the lanes. */
    public void replace(LanePolicy other) {
        lanes = other;
    }
}
