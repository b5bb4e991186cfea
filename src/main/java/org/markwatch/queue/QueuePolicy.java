package org.markwatch.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.score.Finding;

/**
 * The configuration of the queue.
 *
 * @param severities  names of the policy's bands, lowest first; items of the last one come first in the queue
 * @param lease       how long a claim lasts without renewal, more than zero
 * @param sampleOneIn one held-back page in so many is queued to measure what the rules miss; 0 for none
 * @param lanes       the lanes of the policy
 * @param checks      how decisions are checked
 * @param targets     how soon items are to be decided
 */
public record QueuePolicy(
        List<String> severities,
        Duration lease,
        int sampleOneIn,
        CurrentLanes lanes,
        DecisionChecks checks,
        ServiceTargets targets) {
    /** The targets of settings without any. */
    public static final ServiceTargets DEFAULT_TARGETS =
            new ServiceTargets(Map.of("high", new ServiceTarget(1, false)), new ServiceTarget(5, true));

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

    /** Creates a policy with the default targets. */
    public QueuePolicy(
            List<String> severities, Duration lease, int sampleOneIn, LanePolicy lanes, DecisionChecks checks) {
        this(severities, lease, sampleOneIn, new CurrentLanes(lanes), checks, DEFAULT_TARGETS);
    }

    /** Returns for the rank of each severity the time up to which its items must have been queued to be late now. */
    public Map<Integer, Instant> lateBefore(Instant now) {
        Map<Integer, Instant> bounds = new TreeMap<>();
        severities.forEach(severity -> bounds.put(severityRank(severity), targets.lateBefore(severity, now)));
        return bounds;
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
