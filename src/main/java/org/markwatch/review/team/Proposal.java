package org.markwatch.review.team;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.edit.EntryChange;

/**
 * A proposed change of a job-config file.
 *
 * @param id          number
 * @param change      the change of one entry
 * @param before      values of the entry before the change, none if it was added; null if an earlier release made the proposal
 * @param diff        the change of the file in unified format
 * @param baseSha256  hash of the text of the file that the difference was made against
 * @param afterSha256 hash of the text with the change
 * @param reason      why, 1 to 300 characters
 * @param proposedBy  account
 * @param decidedBy   account that approved, rejected or withdrew it; null while it is open
 * @param note        why it was rejected, or why the file could not be written; or empty
 */
public record Proposal(
        long id,
        EntryChange change,
        @Nullable Map<String, List<String>> before,
        String diff,
        String baseSha256,
        String afterSha256,
        String reason,
        String proposedBy,
        Instant proposedAt,
        ProposalState state,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        String note) {
    /** Returns whether an account is another person than the one who proposed the change. */
    boolean isOfAnother(String account) {
        return !proposedBy.equalsIgnoreCase(account);
    }
}
