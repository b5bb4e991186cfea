package org.markwatch.queue.precision;

import org.jspecify.annotations.Nullable;
import org.markwatch.score.Evaluation.Share;

/**
 * How often a rule was right, by the decisions on the items in whose evidence it is.
 *
 * @param open           open items with the rule, counted up to {@link RulePrecision#MOST_COUNTED}
 * @param decided        decided items with the rule
 * @param confirmed      of these, those with a decision that states misuse
 * @param falsePositives of these, those with the decision {@code false_positive}
 */
public record Precision(long open, long decided, long confirmed, long falsePositives) {
    /** Fewest decisions of which a share is given. */
    public static final int FEWEST = 20;

    /** Returns the decisions that count: those that state misuse or {@code false_positive}. */
    public long judged() {
        return confirmed + falsePositives;
    }

    /** Returns the share of confirmed items with its 95 % interval; null below {@link #FEWEST}. */
    public @Nullable ConfirmedShare share() {
        if (judged() < FEWEST) {
            return null;
        }
        Share share = Share.of(Math.toIntExact(confirmed), Math.toIntExact(judged()));
        return new ConfirmedShare(share.value(), share.low(), share.high());
    }

    /**
     * A share with its 95 % interval (Wilson).
     *
     * @param value 0 to 1
     * @param low   lower end, 0 to 1
     * @param high  upper end, 0 to 1
     */
    public record ConfirmedShare(double value, double low, double high) {}
}
