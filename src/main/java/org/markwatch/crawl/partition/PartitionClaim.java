package org.markwatch.crawl.partition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to work on a partition, until another one claims it.
 *
 * @param run      id of the run
 * @param number   number of the partition, 0 or more
 * @param epoch    fencing token, 1 or more
 * @param quietFor how long ago an earlier process may have sent its latest request, negative if it may still send some; null if none
 *                 has claimed the partition, in this run or as one of an unfinished run before
 */
public record PartitionClaim(
        long run, int number, int epoch, @Nullable Duration quietFor) {
    /** Stands for the time since the latest request to a partition that was given back: the stored states of its hosts tell all. */
    public static final Duration GIVEN_BACK = Duration.ofDays(1);

    /** Returns whether an earlier process has not given the partition back. */
    public boolean isTakenOver() {
        return quietFor != null && quietFor.compareTo(GIVEN_BACK) < 0;
    }
}
