package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the decisions of reviewers. Some need a second review before they are final; see {@link ReviewStage}. Re-opening
 * an item withdraws its decision; the row of the decision stays. Thread-safe.
 */
public final class Decisions {
    /** How long after a decision its reviewer can take it back without a reason. */
    public static final Duration UNDO = Duration.ofMinutes(10);

    /** SQL: the word for the review of {@code decision d}, see {@link RecordedDecision}. */
    private static final String REVIEW = """
            case when r.id is null then 'final'
                 when r.outcome is null then 'waiting'
                 when r.outcome = 'adjudicated' and d.id <> r.third_decision then 'disputed'
                 else r.outcome end""";

    private static final String JOIN_REVIEW = """
            left join second_review r on r.item_id = d.item_id
                  and d.id in (r.first_decision, r.second_decision, r.third_decision)""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final QueuePolicy policy;
    private final SecondReviews reviews;
    private final Clock clock;

    public Decisions(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.policy = policy;
        this.reviews = new SecondReviews(jdbc, policy);
        this.clock = clock;
    }

    /**
     * Stores a decision on an item that the reviewer holds, or held last while nobody else claimed it since; ends the
     * claim and deletes the reviewer's draft. Submitting the same decision again returns the stored one.
     *
     * <p>Referrals, authorisations, decisions that replace one of two persons, and a sample of all others get a second review: until it ends, the item stays open for
     * everybody else, and its latest decision is the earlier one. {@link #openReview} has the decisions that wait.
     *
     * @param access lanes of which the reviewer may name no item as the original of a duplicate
     * @return number of the decision
     * @throws IllegalArgumentException if the last day of the authorisation is in the past or more than {@link
     *                                  DecisionChecks#longestAuthorisation} away, or the policy has no such severity; the
     *                                  message is a sentence for the reviewer
     * @throws ItemConflictException if another reviewer holds or decided the item, its evidence changed since the
     *                               reviewer opened it, or the original of a duplicate does not exist or is itself a
     *                               duplicate
     */
    public long decide(long itemId, String reviewer, LaneAccess access, DecisionRequest request) {
        return decide(itemId, reviewer, access, request, false);
    }

    /**
     * Stores a decision that is one of many made at once, as {@link #decide} does, in the transaction of the caller if
     * there is one. It always gets a second review. The reviewer need not hold the item, but nobody else may.
     *
     * @throws ItemConflictException also if the reviewer decided on the item before and the decision waits
     */
    public long decideInBulk(long itemId, String reviewer, LaneAccess access, DecisionRequest request) {
        return decide(itemId, reviewer, access, request, true);
    }

    private long decide(long itemId, String reviewer, LaneAccess access, DecisionRequest request, boolean bulk) {
        DecisionRules rules = new DecisionRules(jdbc, policy);
        rules.requireSeverity(request);
        return transaction.execute(status -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            rules.requirePeriod(request.validUntil(), now);
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            Optional<Long> submitted = sameDecision(itemId, item, reviewer, request);
            if (submitted.isPresent()) {
                return submitted.get();
            }
            if (bulk) {
                item.requireFree(itemId, reviewer);
            } else {
                item.requireHolder(itemId, reviewer);
            }
            if (!item.evidenceSha256().equals(request.evidenceSha256())) {
                throw new ItemConflictException(Sentence.of("refusal.run-found-other-evidence", itemId));
            }
            if (request.duplicateOf() != null) {
                rules.requireOriginal(itemId, request.duplicateOf(), access);
            }
            long id = insert(
                    itemId,
                    reviewer,
                    request,
                    request.kind().hasSeverity() ? request.severity() : item.severity(),
                    now);
            keepEvidence(id, itemId, item);
            jdbc.sql("insert into action (decision_id, item_id, kind, changed_by, changed_at) values (?, ?, ?, ?, ?)")
                    .params(id, itemId, request.action().label(), reviewer, Times.utc(now))
                    .update();
            jdbc.sql("delete from draft where item_id = ? and reviewer = ?")
                    .params(itemId, reviewer)
                    .update();
            SecondReviews.Result result = item.calibration()
                    ? new SecondReviews.Result(SecondReviews.ReviewEffect.FINAL, id)
                    : reviews.accept(item, find(id).orElseThrow(), bulk);
            end(itemId, result);
            Map<String, Object> details = request.auditDetails(id);
            details.put("effect", result.effect().name().toLowerCase(Locale.ROOT));
            audit.append(reviewer, "item.decide", "item:" + itemId, details);
            if (!item.calibration() && isReferred(itemId, result)) {
                LaneMoves.refer(jdbc, audit, policy.lanes().get(), itemId, reviewer);
            }
            if (!item.calibration() && result.effect().isFinal()) {
                ItemTrends.recordFinal(jdbc, result.decisionId(), now);
                jdbc.sql("update action set counts = true where decision_id = ?")
                        .param(result.decisionId())
                        .update();
            }
            return id;
        });
    }

    /**
     * Returns whether an item is referred to a hotline, or one of two who differ would do so. A decision that waits for its
     * second review refers nothing yet: the lane would tell the second reviewer.
     */
    private boolean isReferred(long itemId, SecondReviews.Result result) {
        return switch (result.effect()) {
            case WAITING -> false;
            case DISPUTED ->
                openReview(itemId).stream()
                        .flatMap(review -> review.decisions().stream())
                        .anyMatch(made -> made.kind() == DecisionKind.CHILD_SAFETY_REFERRAL);
            case FINAL, AGREED, ADJUDICATED ->
                find(result.decisionId()).orElseThrow().kind() == DecisionKind.CHILD_SAFETY_REFERRAL;
        };
    }

    private void keepEvidence(long id, long itemId, Claims.LockedItem item) {
        jdbc.sql("""
                        insert into decision_evidence (decision_id, item_id, earlier_state, earlier_decision, evidence)
                        select :decision, id, :state, cast(:earlier as bigint), evidence from item where id = :item
                        """)
                .param("decision", id)
                .param("state", item.state().label())
                .param("earlier", item.decisionId())
                .param("item", itemId)
                .update();
    }

    /** Ends the claim on an item, and decides it if the decision is final. */
    private void end(long itemId, SecondReviews.Result result) {
        jdbc.sql("""
                        update item set claimed_by = null, claimed_at = null, claimed_until = null,
                               state = case when :final and dealt_to is null then 'decided' else state end,
                               decision_id = case when :final then :decision else decision_id end
                         where id = :item
                        """)
                .param("final", result.effect().isFinal())
                .param("decision", result.decisionId())
                .param("item", itemId)
                .update();
    }

    /**
     * Takes back a decision within {@link #UNDO} of it: the item is as before the decision, and the reviewer holds it
     * again. The row of the decision stays.
     *
     * @param decisionId the decision
     * @return the decision, so that its entries can be shown again
     * @throws ItemConflictException if the reviewer did not make the decision, it is older, it ended a second review, or
     *                               something else happened to the item since
     */
    public Decision undo(long itemId, long decisionId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            Decision decision = find(decisionId)
                    .filter(made -> made.itemId() == itemId && made.reviewer().equals(reviewer))
                    .filter(made -> stands(made, item))
                    .filter(made -> item.claimedBy() == null)
                    .orElseThrow(
                            () -> new ItemConflictException(Sentence.of("refusal.decision-on-item-cannot", itemId)));
            if (decision.at().plus(UNDO).isBefore(now)) {
                throw new ItemConflictException(
                        Sentence.of("refusal.decision-on-item-older", itemId, UNDO.toMinutes()));
            }
            restore(decision, item, now);
            jdbc.sql("update item set claimed_by = ?, claimed_at = ?, claimed_until = ? where id = ?")
                    .params(reviewer, Times.utc(now), Times.utc(now.plus(policy.lease())), itemId)
                    .update();
            audit.append(reviewer, "item.undo", "item:" + itemId, Map.of("decision", decisionId));
            return decision;
        });
    }

    /**
     * Takes back a decision of {@link #decideInBulk}, whoever made it and however old it is, in the transaction of the
     * caller if there is one. The item is as before the decision. Has no effect if anybody has decided on the item since, or
     * somebody else holds it.
     *
     * @return whether the decision was taken back
     */
    public boolean undoInBulk(long itemId, long decisionId, String actor) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            Optional<Decision> decision = find(decisionId)
                    .filter(made -> made.itemId() == itemId && stands(made, item))
                    .filter(made -> item.claimedBy() == null || item.claimedBy().equals(actor));
            decision.ifPresent(made -> {
                restore(made, item, now);
                audit.append(actor, "item.undo", "item:" + itemId, Map.of("decision", decisionId));
            });
            return decision.isPresent();
        });
    }

    /** Returns whether a decision alone made its item what it is: it is final without a second review, or waits for one. */
    private boolean stands(Decision made, Claims.LockedItem item) {
        return item.state() == ItemState.DECIDED
                ? Objects.equals(item.decisionId(), made.id()) && !reviews.isCompared(made.id())
                : ReviewStage.of(item.reviewedBy()) == ReviewStage.SECOND_REVIEW
                        && reviews.open(made.itemId()).orElseThrow().first().id() == made.id();
    }

    /** Restores the item of a decision that {@link #stands}. Such a decision has moved no item, so the lane stays. */
    private void restore(Decision made, Claims.LockedItem item, Instant now) {
        if (item.state() != ItemState.DECIDED) {
            reviews.withdraw(made.itemId(), now);
            return;
        }
        jdbc.sql("update action set counts = false where decision_id = ?")
                .param(made.id())
                .update();
        jdbc.sql("""
                        update item i set state = e.earlier_state, decision_id = e.earlier_decision
                          from decision_evidence e where i.id = ? and e.decision_id = ?
                        """).params(made.itemId(), made.id()).update();
    }

    /** Returns whether {@link #undo} can take a decision back: it was not compared with another answer. */
    public boolean isReversible(long decisionId) {
        return !reviews.isCompared(decisionId);
    }

    /** Returns the word for the review of a decision, as in {@link RecordedDecision}. */
    public String reviewOf(long decisionId) {
        return jdbc.sql("select " + REVIEW + " from decision d " + JOIN_REVIEW + " where d.id = ?")
                .param(decisionId)
                .query(String.class)
                .single();
    }

    /** Returns a decision. */
    public Optional<Decision> find(long decisionId) {
        return reviews.decision(decisionId);
    }

    /**
     * Returns the decisions on an item that wait for a further review; empty if there are none. They must not be shown to
     * a person who may make the second decision.
     */
    public Optional<OpenReview> openReview(long itemId) {
        return reviews.open(itemId);
    }

    /**
     * Returns the evidence that an item had when it was decided; empty if the text of the item has been purged, and
     * for decisions of releases that did not keep it.
     */
    public Optional<ItemEvidence> evidenceOf(long decisionId) {
        return jdbc.sql("select evidence from decision_evidence where decision_id = ?")
                .param(decisionId)
                .query((row, number) -> ItemRows.evidence(row.getString("evidence")))
                .optional();
    }

    /** Returns the decision that the reviewer has made already, if the request is the same once more. */
    private Optional<Long> sameDecision(long itemId, Claims.LockedItem item, String reviewer, DecisionRequest request) {
        if (item.state() != ItemState.DECIDED && !item.reviewedBy().contains(reviewer)) {
            return Optional.empty();
        }
        return reviews.latest(itemId, reviewer, item.decisionId())
                .filter(request::isSameAs)
                .map(Decision::id);
    }

    /**
     * Passes every decision on the items of pages to a consumer, oldest first, including earlier
     * decisions of re-opened items. Reads through a cursor in one transaction, so that only the URLs are in
     * memory.
     *
     * @param pages URLs of the pages
     */
    public void forEach(Collection<String> pages, Consumer<RecordedDecision> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<RecordedDecision> decisions = jdbc
                    .sql("""
                            select i.url, d.id as decision_id, d.item_id, d.verdict, d.severity as decided_severity,
                                   d.confidence, d.reason, d.note, d.valid_until, d.duplicate_of, d.reviewer, d.decided_at,
                                   d.evidence_sha256 as decided_evidence,
                                   %s as review
                              from decision d join item i on i.id = d.item_id %s
                             where i.url_sha256 = any (?) order by d.id
                            """.formatted(REVIEW, JOIN_REVIEW))
                    .param(Sha256.ofEach(pages))
                    .withFetchSize(500)
                    .query((row, number) -> new RecordedDecision(
                            HttpUrl.of(row.getString("url")), ItemRows.decision(row), row.getString("review")))
                    .stream()) {
                decisions.forEach(sink);
            }
        });
    }

    /**
     * A decision as exports have it.
     *
     * @param page   URL of the page
     * @param review {@code final} without a second review; {@code waiting} for a second or third person; {@code agreed};
     *               {@code disputed} and settled by a third person; {@code adjudicated}, by the third person; {@code
     *               withdrawn} by its reviewer; {@code superseded} by other evidence
     */
    public record RecordedDecision(HttpUrl page, Decision decision, String review) {}

    /**
     * Opens an item again: withdraws its decision, or takes back that it closed because no rule supports it.
     *
     * @param reason reason, not blank
     * @throws IllegalArgumentException if the reason is blank
     * @throws ItemConflictException if the item is open
     */
    public void reopen(long itemId, String actor, String reason) {
        if (reason.isBlank()) {
            throw new EntryException(Sentence.of("refusal.enter-reason-re-opening"));
        }
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            if (item.state().isOpen() || item.calibration()) {
                throw new ItemConflictException(
                        item.calibration()
                                ? Sentence.of("refusal.item-copy-calibration-item", itemId)
                                : Sentence.of("refusal.item-open-so-cannot", itemId));
            }
            jdbc.sql("update item set state = " + ReviewQueue.STATE_WHEN_OPENED
                            + ", queued_at = ?, closed_at = null where id = ?")
                    .params(Times.utc(now), itemId)
                    .update();
            jdbc.sql("update action set counts = false where item_id = ?")
                    .param(itemId)
                    .update();
            audit.append(actor, "item.reopen", "item:" + itemId, Map.of("why", reason.strip()));
        });
    }

    private long insert(long itemId, String reviewer, DecisionRequest request, String severity, Instant now) {
        return jdbc.sql("""
                        insert into decision (item_id, verdict, severity, confidence, reason, note, valid_until,
                                              duplicate_of, reviewer, decided_at, evidence_sha256)
                        values (:item, :verdict, :severity, :confidence, :reason, :note, :validUntil,
                                :duplicateOf, :reviewer, :now, :evidence) returning id
                        """)
                .param("item", itemId)
                .param("verdict", request.kind().label())
                .param("severity", severity)
                .param("confidence", request.confidence().label())
                .param("reason", request.reason())
                .param("note", request.note())
                .param("validUntil", request.validUntil())
                .param("duplicateOf", request.duplicateOf())
                .param("reviewer", reviewer)
                .param("now", Times.utc(now))
                .param("evidence", request.evidenceSha256())
                .query(Long.class)
                .single();
    }
}
