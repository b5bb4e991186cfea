package org.markwatch.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decisions on an item that wait for a further review.
 *
 * @param id     number of the review
 * @param first  the first decision
 * @param second the second decision, which differs from the first; null during the second review
 */
public record OpenReview(long id, Decision first, @Nullable Decision second) {
    /** Returns the decisions, first the first. */
    public List<Decision> decisions() {
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** Returns whether two decisions agree: they are of one kind, and name the same original if they are duplicates. */
    static boolean agree(Decision one, Decision other) {
        return one.kind() == other.kind()
                && (one.duplicateOf() == null || one.duplicateOf().equals(other.duplicateOf()));
    }
}
