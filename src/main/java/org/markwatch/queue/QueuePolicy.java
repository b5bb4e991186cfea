package org.markwatch.queue;

import java.time.Duration;
import java.util.List;

/**
 * What the queue has to know of the configuration.
 *
 * @param severities names of the policy's bands, lowest first; an item of the last one is worked first
 * @param lease      how long a claim holds without a sign of life, more than zero
 */
public record QueuePolicy(List<String> severities, Duration lease) {
    public QueuePolicy {
        severities = List.copyOf(severities);
        if (lease.isZero() || lease.isNegative()) {
            throw new IllegalArgumentException(
                    "review.lease=" + lease + "; must be more than zero, for example 15m, or nobody could decide");
        }
    }

    /** 0 for the gravest severity, one more for each below it. */
    int precedence(String severity) {
        int index = severities.indexOf(severity);
        if (index < 0) {
            throw new IllegalArgumentException("severity=" + severity + "; the policy has " + severities
                    + ": the finding was scored with another policy, rescore it");
        }
        return severities.size() - 1 - index;
    }
}
