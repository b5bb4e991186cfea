package org.markwatch.queue;

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

    /** Replaces the lanes. */
    public void replace(LanePolicy other) {
        lanes = other;
    }
}
