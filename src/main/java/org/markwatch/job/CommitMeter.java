package org.markwatch.job;

import java.util.concurrent.atomic.LongAdder;

/** Counts the commits of visits of this process and the time that they take. Thread-safe. */
public final class CommitMeter {
    private final LongAdder commits = new LongAdder();
    private final LongAdder visits = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(int visitsOfCommit, long nanosOfCommit) {
        commits.increment();
        visits.add(visitsOfCommit);
        nanos.add(nanosOfCommit);
    }

    /** Returns the number of batches of visits. */
    public long commits() {
        return commits.sum();
    }

    /** Returns the number of visits in them. */
    public long visits() {
        return visits.sum();
    }

    /** Returns the time that writing the batches took, in nanoseconds. */
    public double nanos() {
        return nanos.sum();
    }
}
