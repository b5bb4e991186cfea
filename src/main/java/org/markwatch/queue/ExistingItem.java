package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.markwatch.score.Finding;

/**
 * An item that a run finds again; its row is locked.
 *
 * @param validUntil last day (UTC) of the authorisation, null if the latest decision is not an authorisation
 * @param noMisuse   whether the latest decision says that the page shows no misuse
 * @param benign     whether the page was benign on direct fetch since
 * @param inReview   whether a decision on the item waits for a further review
 */
record ExistingItem(
        long id,
        String key,
        ItemState state,
        String lane,
        int score,
        int precedence,
        String evidenceSha256,
        @Nullable LocalDate validUntil,
        boolean noMisuse,
        boolean benign,
        boolean inReview) {
    static ExistingItem of(ResultSet row, int number) throws SQLException {
        String verdict = row.getString("verdict");
        return new ExistingItem(
                row.getLong("id"),
                row.getString("url_sha256"),
                ItemState.of(row),
                row.getString("lane"),
                row.getInt("score"),
                row.getInt("precedence"),
                row.getString("evidence_sha256"),
                row.getObject("valid_until", LocalDate.class),
                verdict != null && DecisionKind.of(verdict).answer() == DecisionKind.Answer.NO_MISUSE,
                row.getObject("benign_at") != null,
                row.getBoolean("in_review"));
    }

    boolean isOpenSample() {
        return state.isOpen() && lane.equals(QueuePolicy.SAMPLE_LANE);
    }

    /** Returns whether the page is flagged again after it was benign, and the decision did not find it harmless. */
    boolean returns(Finding finding) {
        return benign && finding.flagged() && !noMisuse;
    }

    boolean isAuthorisationExpired(Instant now) {
        return validUntil != null && validUntil.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }
}
