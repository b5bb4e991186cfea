package org.markwatch.queue;

import java.time.Duration;

/**
 * How decisions are checked.
 *
 * @param secondReviewOneIn   one decision in so many gets a second review, beside those that always do; 0 for none
 * @param calibrationOneIn    one item in so many that a reviewer takes is a calibration item; 0 for none
 * @param longestAuthorisation longest period of an authorisation, from the day of the decision, at least one day
 * @param bulkUndo             how long after a bulk decision it can be taken back
 */
public record DecisionChecks(
        int secondReviewOneIn, int calibrationOneIn, Duration longestAuthorisation, Duration bulkUndo) {
    /** Longest period of an authorisation unless the settings have another. */
    public static final Duration ONE_YEAR = Duration.ofDays(366);

    /** The defaults without the parts that a draw decides. */
    static final DecisionChecks WITHOUT_SAMPLES = new DecisionChecks(0, 0, ONE_YEAR);

    /** Creates checks by which a bulk decision can be taken back for a day. */
    public DecisionChecks(int secondReviewOneIn, int calibrationOneIn, Duration longestAuthorisation) {
        this(secondReviewOneIn, calibrationOneIn, longestAuthorisation, Duration.ofDays(1));
    }

    public DecisionChecks {
        if (secondReviewOneIn < 0 || calibrationOneIn < 0 || longestAuthorisation.toDays() < 1) {
            throw new IllegalArgumentException("review.second-review-one-in=" + secondReviewOneIn
                    + ", review.calibration-one-in=" + calibrationOneIn + ", review.longest-authorisation="
                    + longestAuthorisation + "; the first two must be 0 or more, the last at least 1d");
        }
    }
}
