package org.markwatch.queue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of the policy.
 *
 * @param names      names of all lanes but {@link QueuePolicy#SAMPLE_LANE}, in the order of the policy
 * @param restricted names of those that only accounts with a permission of their own see
 */
public record LanePolicy(List<String> names, List<String> restricted) {
    /** A policy without lanes: no item can be moved. */
    public static final LanePolicy NONE = new LanePolicy(List.of(), List.of());

    public LanePolicy {
        names = List.copyOf(names);
        restricted = List.copyOf(restricted);
    }

    /** Returns the lane of items that reviewers refer to a hotline: the first restricted one; null if there is none. */
    public @Nullable String referrals() {
        return restricted.isEmpty() ? null : restricted.getFirst();
    }
}
