package org.markwatch.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the decisions of reviewers. Re-opening an item withdraws its decision; the row of the decision stays.
 * Thread-safe.
 */
public final class Decisions {
    /** How long after a decision its reviewer can take it back without a reason. */
    public static final Duration UNDO = Duration.ofMinutes(10);
    /** Longest period of an authorisation, in days from the day of the decision. */
    public static final int LONGEST_AUTHORISATION_DAYS = 366;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final QueuePolicy policy;
    private final Clock clock;

    public Decisions(DataSource dataSource, Audit audit, QueuePolicy policy, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Stores a decision on an item that the reviewer holds, or held last while nobody else claimed it since; ends the
     * claim and deletes the reviewer's draft. Submitting the same decision again returns the stored one.
     *
     * @param access lanes of which the reviewer may name no item as the original of a duplicate
     * @return number of the decision
     * @throws IllegalArgumentException if the last day of the authorisation is in the past or more than {@value
     *                                  #LONGEST_AUTHORISATION_DAYS} days away, or the policy has no such severity; the
     *                                  message is a sentence for the reviewer
     * @throws ItemConflictException if another reviewer holds or decided the item, its evidence changed since the
     *                               reviewer opened it, or the original of a duplicate does not exist or is itself a
     *                               duplicate
     */
    public long decide(long itemId, String reviewer, LaneAccess access, DecisionRequest request) {
        requireSeverity(request);
        return transaction.execute(status -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            requirePeriod(request.validUntil(), now);
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            Optional<Long> submitted = item.state() == ItemState.DECIDED
                    ? sameDecision(item.decisionId(), reviewer, request)
                    : Optional.empty();
            if (submitted.isPresent()) {
                return submitted.get();
            }
            item.requireHolder(itemId, reviewer);
            if (!item.evidenceSha256().equals(request.evidenceSha256())) {
                throw new ItemConflictException("A run found other evidence on item " + itemId
                        + " since you opened it. Review the new evidence, then decide.");
            }
            if (request.duplicateOf() != null) {
                requireOriginal(itemId, request.duplicateOf(), access);
            }
            long id = insert(
                    itemId,
                    reviewer,
                    request,
                    request.kind().hasSeverity() ? request.severity() : item.severity(),
                    now);
            jdbc.sql("""
                            update item set state = 'decided', decision_id = ?,
                                   claimed_by = null, claimed_at = null, claimed_until = null
                             where id = ?
                            """).params(id, itemId).update();
            jdbc.sql("""
                            insert into decision_evidence (decision_id, item_id, earlier_state, earlier_decision, earlier_lane, evidence)
                            select :decision, id, :state, cast(:earlier as bigint), lane, evidence from item where id = :item
                            """)
                    .param("decision", id)
                    .param("state", item.state().label())
                    .param("earlier", item.decisionId())
                    .param("item", itemId)
                    .update();
            jdbc.sql("delete from draft where item_id = ? and reviewer = ?")
                    .params(itemId, reviewer)
                    .update();
            audit.append(reviewer, "item.decide", "item:" + itemId, auditDetails(id, request));
            if (request.kind() == DecisionKind.CHILD_SAFETY_REFERRAL) {
                LaneMoves.refer(jdbc, audit, policy.lanes(), itemId, reviewer);
            }
            return id;
        });
    }

    /**
     * Takes back a decision within {@link #UNDO} of it: the item is as before the decision, and the reviewer holds it
     * again. The row of the decision stays.
     *
     * @param decisionId the decision
     * @return the decision, so that its entries can be shown again
     * @throws ItemConflictException if the reviewer did not make the decision, it is older, or something else happened
     *                               to the item since
     */
    public Decision undo(long itemId, long decisionId, String reviewer) {
        return transaction.execute(status -> {
            Instant now = clock.instant();
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            Decision decision = find(decisionId)
                    .filter(made -> made.itemId() == itemId && made.reviewer().equals(reviewer))
                    .filter(made -> item.state() == ItemState.DECIDED && Objects.equals(item.decisionId(), made.id()))
                    .orElseThrow(() -> new ItemConflictException("The decision on item " + itemId
                            + " cannot be taken back: it is not yours, or the item has changed since."));
            if (decision.at().plus(UNDO).isBefore(now)) {
                throw new ItemConflictException("The decision on item " + itemId + " is older than " + UNDO.toMinutes()
                        + " minutes. Re-open the item instead, with a reason.");
            }
            jdbc.sql("""
                            update item i set state = e.earlier_state, decision_id = e.earlier_decision,
                                   lane = coalesce(e.earlier_lane, i.lane),
                                   lane_kept = i.lane_kept and i.lane = coalesce(e.earlier_lane, i.lane),
                                   claimed_by = :reviewer, claimed_at = :now, claimed_until = :until
                              from decision_evidence e where i.id = :id and e.decision_id = :decision
                            """)
                    .param("reviewer", reviewer)
                    .param("now", Times.utc(now))
                    .param("until", Times.utc(now.plus(policy.lease())))
                    .param("id", itemId)
                    .param("decision", decisionId)
                    .update();
            audit.append(reviewer, "item.undo", "item:" + itemId, Map.of("decision", decisionId));
            return decision;
        });
    }

    /** Returns a decision. */
    public Optional<Decision> find(long decisionId) {
        return jdbc.sql("""
                        select id as decision_id, item_id, verdict, severity as decided_severity, confidence, reason, note,
                               valid_until, duplicate_of, reviewer, decided_at, evidence_sha256 as decided_evidence
                          from decision where id = ?
                        """)
                .param(decisionId)
                .query((row, number) -> ItemRows.decision(row))
                .optional();
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

    private Optional<Long> sameDecision(@Nullable Long decisionId, String reviewer, DecisionRequest request) {
        return Optional.ofNullable(decisionId)
                .flatMap(this::find)
                .filter(made -> made.reviewer().equals(reviewer)
                        && made.kind() == request.kind()
                        && made.confidence() == request.confidence()
                        && made.reason().equals(request.reason())
                        && made.note().equals(request.note())
                        && Objects.equals(made.validUntil(), request.validUntil())
                        && Objects.equals(made.duplicateOf(), request.duplicateOf())
                        && made.evidenceSha256().equals(request.evidenceSha256()))
                .map(Decision::id);
    }

    private void requireSeverity(DecisionRequest request) {
        if (request.kind().hasSeverity() && !policy.severities().contains(request.severity())) {
            throw new IllegalArgumentException("Choose a severity: " + String.join(", ", policy.severities()) + ".");
        }
    }

    private static void requirePeriod(@Nullable LocalDate validUntil, Instant now) {
        if (validUntil == null) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        LocalDate longest = today.plusDays(LONGEST_AUTHORISATION_DAYS);
        if (validUntil.isBefore(today)) {
            throw new IllegalArgumentException("The last day of the authorisation, " + validUntil
                    + ", is in the past. Enter today or a later date, or choose another decision.");
        }
        if (validUntil.isAfter(longest)) {
            throw new IllegalArgumentException("The last day of the authorisation may be " + longest
                    + " at the latest, so that somebody looks at the page again. Enter that day or an earlier one.");
        }
    }

    /**
     * Passes every decision on the items of pages to a consumer, oldest first, including earlier
     * decisions of re-opened items. Reads through a cursor in one transaction, so that only the URLs are in
     * memory.
     *
     * @param pages URLs of the pages
     * @param sink receives the URL of the page and the decision
     */
    public void forEach(Collection<String> pages, BiConsumer<HttpUrl, Decision> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<PageDecision> decisions = jdbc
                    .sql("""
                            select i.url, d.id as decision_id, d.item_id, d.verdict, d.severity as decided_severity,
                                   d.confidence, d.reason, d.note, d.valid_until, d.duplicate_of, d.reviewer, d.decided_at,
                                   d.evidence_sha256 as decided_evidence
                              from decision d
                              join item i on i.id = d.item_id
                             where i.url_sha256 = any (?) order by d.id
                            """)
                    .param(Sha256.ofEach(pages))
                    .withFetchSize(500)
                    .query((row, number) -> new PageDecision(HttpUrl.of(row.getString("url")), ItemRows.decision(row)))
                    .stream()) {
                decisions.forEach(decided -> sink.accept(decided.url(), decided.decision()));
            }
        });
    }

    private record PageDecision(HttpUrl url, Decision decision) {}

    /**
     * Opens an item again: withdraws its decision, or takes back that it closed because no rule supports it.
     *
     * @param reason reason, not blank
     * @throws IllegalArgumentException if the reason is blank
     * @throws ItemConflictException if the item is open
     */
    public void reopen(long itemId, String actor, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Enter a reason for re-opening the item.");
        }
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (Claims.LockedItem.lock(jdbc, itemId, now).state().isOpen()) {
                throw new ItemConflictException("Item " + itemId + " is open, so it cannot be re-opened.");
            }
            jdbc.sql("update item set state = " + ReviewQueue.STATE_WHEN_OPENED
                            + ", queued_at = ?, closed_at = null where id = ?")
                    .params(Times.utc(now), itemId)
                    .update();
            audit.append(actor, "item.reopen", "item:" + itemId, Map.of("why", reason.strip()));
        });
    }

    private void requireOriginal(long itemId, long original, LaneAccess access) {
        if (original == itemId) {
            throw new ItemConflictException("Item " + itemId + " cannot be a duplicate of itself.");
        }
        Map<String, Object> values = new HashMap<>(Map.of("id", original));
        String originalOfOriginal = jdbc.sql("""
                        select case when i.state = 'decided' and d.verdict = 'duplicate_of' then d.duplicate_of::text
                               else '' end
                          from item i left join decision d on d.id = i.decision_id where i.id = :id and
                        """ + access.condition(values))
                .params(values)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ItemConflictException(
                        "There is no item " + original + ". Enter the number of an existing item as the original."));
        if (!originalOfOriginal.isEmpty()) {
            throw new ItemConflictException("Item " + original + " is itself a duplicate of item " + originalOfOriginal
                    + ". Enter that number instead.");
        }
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

    private static Map<String, Object> auditDetails(long id, DecisionRequest request) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("decision", id);
        details.put("verdict", request.kind().label());
        if (request.kind().hasSeverity()) {
            details.put("severity", request.severity());
        }
        details.put("confidence", request.confidence().label());
        details.put("reason", request.reason());
        details.put("note", request.note());
        details.put("evidence", request.evidenceSha256());
        if (request.validUntil() != null) {
            details.put("validUntil", request.validUntil().toString());
        }
        if (request.duplicateOf() != null) {
            details.put("duplicateOf", request.duplicateOf());
        }
        return details;
    }
}
