package org.markwatch.queue;

import java.time.Duration;
import java.util.List;

/**
 * The configuration of the queue.
 *
 * @param severities names of the policy's bands, lowest first; items of the last one come first in the queue
 * @param lease      how long a claim lasts without renewal, more than zero
 */
public record QueuePolicy(List<String> severities, Duration lease) {
    public QueuePolicy {
        severities = List.copyOf(severities);
        if (lease.isZero() || lease.isNegative()) {
            throw new IllegalArgumentException("review.lease=" + lease + "; must be more than zero, for example 15m");
        }
    }

    /**
     * Returns the rank of a severity: 0 for the highest, one more for each lower one.
     *
     * @throws IllegalArgumentException if the policy has no such severity
     */
    int precedence(String severity) {
        int index = severities.indexOf(severity);
        if (index < 0) {
            throw new IllegalArgumentException("severity=" + severity + "; the policy has " + severities
                    + ": the finding was scored with another policy; score the page again");
        }
        return severities.size() - 1 - index;
    }
}
