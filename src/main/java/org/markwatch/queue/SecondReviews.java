package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claims.LockedItem;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Second reviews of decisions (table {@code second_review}). The first decision waits; the item stays open for everybody
 * else, in its place and without a trace of the decision. A second decision that agrees makes the decision final, a
 * different one leaves the item to a third person.
 *
 * <p>Callers hold the lock of the item's row. Thread-safe.
 */
final class SecondReviews {
    private static final Set<DecisionKind> ALWAYS =
            EnumSet.of(DecisionKind.CHILD_SAFETY_REFERRAL, DecisionKind.AUTHORISED_MERCHANT);

    private final JdbcClient jdbc;
    private final QueuePolicy policy;

    SecondReviews(JdbcClient jdbc, QueuePolicy policy) {
        this.jdbc = jdbc;
        this.policy = policy;
    }

    /** What a decision has led to. */
    enum ReviewEffect {
        /** The decision is final; no second review was needed. */
        FINAL,
        /** The decision waits for a second review. */
        WAITING,
        /** The decision agrees with the first, which is final. */
        AGREED,
        /** The decision differs from the first; a third person decides. */
        DISPUTED,
        /** The decision is that of the third person and is final. */
        ADJUDICATED;

        /** Returns whether the item is decided. */
        boolean isFinal() {
            return this == FINAL || this == AGREED || this == ADJUDICATED;
        }
    }

    /**
     * What a decision has led to.
     *
     * @param decisionId the decision that is final, or the latest that waits
     */
    record Result(ReviewEffect effect, long decisionId) {}

    /**
     * Takes a decision into account that was just stored.
     *
     * @param item the item as it was before
     * @param bulk whether the decision is one of many that were made at once
     */
    Result accept(LockedItem item, Decision made, boolean bulk) {
        return switch (ReviewStage.of(item.reviewedBy())) {
            case FIRST -> first(item, made, bulk);
            case SECOND_REVIEW -> second(made);
            case ADJUDICATION -> third(made);
        };
    }

    private Result first(LockedItem item, Decision made, boolean bulk) {
        // over item and evidence, so that a decision that is taken back and made again is drawn as before
        boolean sampled = KeyedDraw.of(jdbc)
                .includes(
                        "second review " + made.itemId() + " " + made.evidenceSha256(),
                        policy.checks().secondReviewOneIn());
        String why = bulk ? "bulk" : reason(item, made, sampled);
        if (why == null) {
            return new Result(ReviewEffect.FINAL, made.id());
        }
        jdbc.sql("""
                        insert into second_review (item_id, lane, why, sampled, first_decision, opened_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(made.itemId(), item.lane(), why, sampled, made.id(), Times.utc(made.at()))
                .update();
        setReviewedBy(made.itemId(), List.of(made.reviewer()));
        return new Result(ReviewEffect.WAITING, made.id());
    }

    /** Returns why a decision gets a second review; null if it is final. */
    private @Nullable String reason(LockedItem item, Decision made, boolean sampled) {
        if (ALWAYS.contains(made.kind())) {
            return "kind";
        }
        if (item.decisionId() != null && isSettledByTwo(item.decisionId())) {
            return "settled";
        }
        if (hasTakenBack(made, item.decisionId())) {
            return "again";
        }
        return sampled ? "sample" : null;
    }

    /** Returns whether one person alone must not replace a decision: two made it, or two must agree on its kind. */
    private boolean isSettledByTwo(long decisionId) {
        return isCompared(decisionId)
                || decision(decisionId)
                        .filter(earlier -> ALWAYS.contains(earlier.kind()))
                        .isPresent();
    }

    /**
     * Returns whether the reviewer took a decision on the same evidence back that had no second review. It told the
     * reviewer that the draw leaves the item out, so the next decision would be free of a check. A decision was taken back
     * if it is later than the latest one of the item.
     */
    private boolean hasTakenBack(Decision made, @Nullable Long latest) {
        return jdbc.sql("""
                        select exists (select from decision d
                         where d.item_id = :item and d.id <> :made and d.id > :latest and d.reviewer = :reviewer
                           and d.evidence_sha256 = :evidence
                           and not exists (select from second_review r where r.item_id = d.item_id
                               and d.id in (r.first_decision, r.second_decision, r.third_decision)))
                        """)
                .param("item", made.itemId())
                .param("made", made.id())
                .param("latest", latest == null ? 0L : latest)
                .param("reviewer", made.reviewer())
                .param("evidence", made.evidenceSha256())
                .query(Boolean.class)
                .single();
    }

    private Result second(Decision made) {
        OpenReview review = open(made.itemId()).orElseThrow();
        boolean agreed = OpenReview.agree(review.first(), made);
        jdbc.sql("""
                        update second_review set second_decision = :decision, second_at = :now,
                               outcome = case when :agreed then 'agreed' end, ended_at = case when :agreed then :now end
                         where id = :id
                        """)
                .param("decision", made.id())
                .param("now", Times.utc(made.at()))
                .param("agreed", agreed)
                .param("id", review.id())
                .update();
        setReviewedBy(made.itemId(), agreed ? List.of() : List.of(review.first().reviewer(), made.reviewer()));
        return agreed
                ? new Result(ReviewEffect.AGREED, stricter(review.first(), made).id())
                : new Result(ReviewEffect.DISPUTED, made.id());
    }

    private Result third(Decision made) {
        jdbc.sql("""
                        update second_review set third_decision = ?, outcome = 'adjudicated', ended_at = ?
                         where item_id = ? and ended_at is null
                        """).params(made.id(), Times.utc(made.at()), made.itemId()).update();
        setReviewedBy(made.itemId(), List.of());
        return new Result(ReviewEffect.ADJUDICATED, made.id());
    }

    /** Of two decisions that agree, returns the one that authorises for less time or has the higher severity; else the first. */
    private Decision stricter(Decision first, Decision second) {
        if (first.validUntil() != null && second.validUntil() != null) {
            return second.validUntil().isBefore(first.validUntil()) ? second : first;
        }
        return first.kind().hasSeverity() && rank(second) > rank(first) ? second : first;
    }

    private int rank(Decision decision) {
        return policy.severities().indexOf(decision.severity());
    }

    /** Ends the review whose first decision its reviewer takes back. */
    void withdraw(long itemId, Instant now) {
        end(itemId, "withdrawn", now);
        setReviewedBy(itemId, List.of());
    }

    /** Ends the review of an item whose evidence has changed; its decisions are about what is no longer there. */
    void supersede(long itemId, Instant now) {
        end(itemId, "superseded", now);
    }

    private void end(long itemId, String outcome, Instant now) {
        jdbc.sql("update second_review set outcome = ?, ended_at = ? where item_id = ? and ended_at is null")
                .params(outcome, Times.utc(now), itemId)
                .update();
    }

    private void setReviewedBy(long itemId, List<String> accounts) {
        jdbc.sql("update item set reviewed_by = ? where id = ?")
                .params(accounts.toArray(String[]::new), itemId)
                .update();
    }

    /** Returns the decisions on an item that wait for a further review. */
    Optional<OpenReview> open(long itemId) {
        record WaitingRow(long id, long first, @Nullable Long second) {}
        return jdbc.sql("""
                        select id, first_decision as first, second_decision as second from second_review
                         where item_id = ? and ended_at is null
                        """)
                .param(itemId)
                .query(WaitingRow.class)
                .optional()
                .map(row -> new OpenReview(
                        row.id(),
                        decision(row.first()).orElseThrow(),
                        row.second() == null ? null : decision(row.second()).orElseThrow()));
    }

    /**
     * Returns whether a decision was part of a second review that reached its second decision, or was made on a copy of a
     * calibration item: its reviewer may know the other answer.
     */
    boolean isCompared(long decisionId) {
        return jdbc.sql("""
                        select exists (select from second_review
                         where second_at is not null and :id in (first_decision, second_decision, third_decision))
                            or exists (select from decision d join item i on i.id = d.item_id
                         where d.id = :id and i.dealt_to is not null)
                        """).param("id", decisionId).query(Boolean.class).single();
    }

    /** Returns a decision. */
    Optional<Decision> decision(long decisionId) {
        return jdbc.sql(COLUMNS + "where d.id = ?")
                .param(decisionId)
                .query(SecondReviews::decision)
                .optional();
    }

    /**
     * Returns the latest decision of a reviewer on an item, if it is the item's decision or part of the review that led
     * to it or still waits.
     *
     * @param current the decision of the item, null if it has none
     */
    Optional<Decision> latest(long itemId, String reviewer, @Nullable Long current) {
        return jdbc.sql(COLUMNS + """
                        where d.item_id = :item and d.reviewer = :reviewer
                          and (d.id = :current or exists (select from second_review r where r.item_id = d.item_id
                              and d.id in (r.first_decision, r.second_decision, r.third_decision)
                              and (r.ended_at is null
                                   or :current in (r.first_decision, r.second_decision, r.third_decision))))
                        order by d.id desc limit 1
                        """)
                .params(Map.of("item", itemId, "reviewer", reviewer, "current", current == null ? 0L : current))
                .query(SecondReviews::decision)
                .optional();
    }

    private static Decision decision(ResultSet row, int number) throws SQLException {
        return ItemRows.decision(row);
    }

    private static final String COLUMNS = """
            select d.id as decision_id, d.item_id, d.verdict, d.severity as decided_severity, d.confidence, d.reason, d.note,
                   d.valid_until, d.duplicate_of, d.reviewer, d.decided_at, d.evidence_sha256 as decided_evidence
              from decision d
            """;
}
