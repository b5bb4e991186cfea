package org.markwatch.review.team;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Defanged;
import org.markwatch.review.DisplayText;
import org.markwatch.watchlist.edit.ConfigEntry;

/** A proposal as templates see it. */
record ProposalRow(
        long id,
        String action,
        String entry,
        String kind,
        String key,
        String file,
        String reason,
        String proposedBy,
        Instant proposedAt,
        String state,
        String decidedBy,
        @Nullable Instant decidedAt,
        String note) {
    static ProposalRow of(Proposal proposal) {
        var change = proposal.change();
        String key = change.key().isEmpty() ? ConfigEntry.key(change.kind(), change.values()) : change.key();
        return new ProposalRow(
                proposal.id(),
                change.action().label(),
                Defanged.inText(DisplayText.escape(key, 200)),
                change.kind().label(),
                key,
                DisplayText.escape(change.file()),
                DisplayText.escape(proposal.reason()),
                DisplayText.escape(proposal.proposedBy()),
                proposal.proposedAt(),
                proposal.state().label(),
                proposal.decidedBy() == null ? "" : DisplayText.escape(proposal.decidedBy()),
                proposal.decidedAt(),
                DisplayText.escape(proposal.note()));
    }
}
