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
     * Returns the rank of a severity: 0 for the most severe, one more for each lower one. Stored in {@code
     * item.precedence}.
     *
     * @throws IllegalArgumentException if the policy has no such severity
     */
    int severityRank(String severity) {
        int index = severities.indexOf(severity);
        if (index < 0) {
            throw new IllegalArgumentException("severity=" + severity + "; the bands of the policy are " + severities
                    + ": the finding was scored by other bands; restart 'serve' after a change of the bands, or run"
                    + " 'markwatch rescan'");
        }
        return severities.size() - 1 - index;
    }
}
