package org.markwatch.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.markwatch.score.Finding;

/**
 * The configuration of the queue.
 *
 * @param severities  names of the policy's bands, lowest first; items of the last one come first in the queue
 * @param lease       how long a claim lasts without renewal, more than zero
 * @param sampleOneIn one held-back page in so many is queued to measure what the rules miss; 0 for none
 * @param lanes       the lanes of the policy
 * @param checks      how decisions are checked
 */
public record QueuePolicy(
        List<String> severities, Duration lease, int sampleOneIn, LanePolicy lanes, DecisionChecks checks) {
    /** Lane of held-back pages that are queued to measure what the rules miss. No lane of a policy has this name. */
    public static final String SAMPLE_LANE = "sample";

    public QueuePolicy {
        severities = List.copyOf(severities);
        if (lease.isZero() || lease.isNegative()) {
            throw new IllegalArgumentException("review.lease=" + lease + "; must be more than zero, for example 15m");
        }
    }

    /**
     * Creates a policy without lanes to which items can be moved, with the default {@link DecisionChecks}, but no sampled
     * second reviews and no calibration.
     */
    public QueuePolicy(List<String> severities, Duration lease, int sampleOneIn) {
        this(severities, lease, sampleOneIn, LanePolicy.NONE, DecisionChecks.WITHOUT_SAMPLES);
    }

    /** Returns the last day (UTC) until which a decision made now may authorise a merchant. */
    public LocalDate lastAuthorisedDay(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(checks.longestAuthorisation().toDays());
    }

    /** Returns the severity with a rank; {@code none} for a rank that no band has. See {@link #severityRank}. */
    public String severity(int rank) {
        int index = severities.size() - 1 - rank;
        return index >= 0 && index < severities.size() ? severities.get(index) : Finding.NONE;
    }

    /**
     * Returns the rank of a severity: 0 for the most severe, one more for each lower one, and the last for {@code
     * none}, which sampled pages have. Stored in {@code item.precedence}.
     *
     * @throws IllegalArgumentException if the policy has no such severity
     */
    int severityRank(String severity) {
        if (severity.equals(Finding.NONE)) {
            return severities.size();
        }
        int index = severities.indexOf(severity);
        if (index < 0) {
            throw new IllegalArgumentException("severity=" + severity + "; the bands of the policy are " + severities
                    + ": the finding was scored by other bands; restart 'serve' after a change of the bands, or run"
                    + " 'markwatch rescan'");
        }
        return severities.size() - 1 - index;
    }
}
