package org.markwatch.queue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Records what people decide. A decision is taken back by re-opening the item; the row stays. */
public final class Decisions {
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
     * Decides an item that the reviewer holds, and ends the claim.
     *
     * @return number of the decision
     * @throws IllegalArgumentException if an authorisation would have ended already, with a sentence for the reviewer
     * @throws ItemConflictException if the reviewer holds no live claim on it, its evidence changed since the reviewer
     *                               opened it, or the item it is said to double cannot be pointed at
     */
    public long decide(long itemId, String reviewer, DecisionRequest judgement) {
        policy.precedence(judgement.severity());
        return transaction.execute(status -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            requireNotPast(judgement.validUntil(), now);
            Claims.LockedItem held = Claims.LockedItem.lock(jdbc, itemId, now);
            held.requireClaimBy(itemId, reviewer);
            if (!held.evidenceSha256().equals(judgement.evidenceSha256())) {
                throw new ItemConflictException("A run found other evidence on item " + itemId
                        + " since you opened it. Look again, then decide.");
            }
            if (judgement.duplicateOf() != null) {
                requireOriginal(itemId, judgement.duplicateOf());
            }
            long id = insert(itemId, reviewer, judgement, now);
            jdbc.sql("""
                            update item set state = 'decided', decision_id = ?,
                                   claimed_by = null, claimed_at = null, claimed_until = null
                             where id = ?
                            """).params(id, itemId).update();
            audit.append(reviewer, "item.decide", "item:" + itemId, auditDetails(id, judgement));
            return id;
        });
    }

    private static void requireNotPast(@Nullable LocalDate validUntil, Instant now) {
        if (validUntil != null && validUntil.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw new IllegalArgumentException("The last day of the authorisation, " + validUntil
                    + ", is in the past. Give a day to come, or decide otherwise.");
        }
    }

    /**
     * Hands over every decision, taken back or not, on the items that a run found evidence for, in the order they were made,
     * a few at a time, as of one moment.
     *
     * @param sink takes the URL of the page and the decision
     */
    public void forEach(long runId, BiConsumer<URI, Decision> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<PageDecision> decisions = jdbc
                    .sql("""
                            select i.url, d.id as decision_id, d.item_id, d.verdict, d.severity as decided_severity,
                                   d.confidence, d.reason, d.note, d.valid_until, d.duplicate_of, d.reviewer, d.decided_at,
                                   d.evidence_sha256 as decided_evidence
                              from decision d
                              join item i on i.id = d.item_id
                              join admission a on a.url_sha256 = i.url_sha256 and a.outcome <> 'suppressed'
                             where a.run_id = ? order by d.id
                            """)
                    .param(runId)
                    .withFetchSize(500)
                    .query((row, number) -> new PageDecision(URI.create(row.getString("url")), ItemRows.decision(row)))
                    .stream()) {
                decisions.forEach(decided -> sink.accept(decided.url(), decided.decision()));
            }
        });
    }

    private record PageDecision(URI url, Decision decision) {}

    /**
     * Takes the decision on an item back, so that it waits again.
     *
     * @param reason why, not blank
     * @throws ItemConflictException if the item is not decided
     */
    public void reopen(long itemId, String actor, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("Say why the item is to be decided anew.");
        }
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            if (Claims.LockedItem.lock(jdbc, itemId, now).state() != ItemState.DECIDED) {
                throw new ItemConflictException("Item " + itemId + " is not decided: there is nothing to re-open.");
            }
            jdbc.sql("update item set state = 'reopened', queued_at = ? where id = ?")
                    .params(Times.utc(now), itemId)
                    .update();
            audit.append(actor, "item.reopen", "item:" + itemId, Map.of("why", reason.strip()));
        });
    }

    private void requireOriginal(long itemId, long original) {
        if (original == itemId) {
            throw new ItemConflictException("Item " + itemId + " cannot be a duplicate of itself.");
        }
        String state = jdbc.sql("""
                        select case when i.state = 'decided' and d.verdict = 'duplicate_of' then d.duplicate_of::text
                               else '' end
                          from item i left join decision d on d.id = i.decision_id where i.id = ?
                        """)
                .param(original)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ItemConflictException(
                        "There is no item " + original + " that this could be a duplicate of."));
        if (!state.isEmpty()) {
            throw new ItemConflictException(
                    "Item " + original + " is itself a duplicate of item " + state + ": name that one.");
        }
    }

    private long insert(long itemId, String reviewer, DecisionRequest judgement, Instant now) {
        return jdbc.sql("""
                        insert into decision (item_id, verdict, severity, confidence, reason, note, valid_until,
                                              duplicate_of, reviewer, decided_at, evidence_sha256)
                        values (:item, :verdict, :severity, :confidence, :reason, :note, :validUntil,
                                :duplicateOf, :reviewer, :now, :evidence) returning id
                        """)
                .param("item", itemId)
                .param("verdict", judgement.kind().label())
                .param("severity", judgement.severity())
                .param("confidence", judgement.confidence().label())
                .param("reason", judgement.reason())
                .param("note", judgement.note())
                .param("validUntil", judgement.validUntil())
                .param("duplicateOf", judgement.duplicateOf())
                .param("reviewer", reviewer)
                .param("now", Times.utc(now))
                .param("evidence", judgement.evidenceSha256())
                .query(Long.class)
                .single();
    }

    private static Map<String, Object> auditDetails(long id, DecisionRequest judgement) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("decision", id);
        facts.put("verdict", judgement.kind().label());
        facts.put("severity", judgement.severity());
        facts.put("confidence", judgement.confidence().label());
        facts.put("reason", judgement.reason());
        facts.put("note", judgement.note());
        facts.put("evidence", judgement.evidenceSha256());
        if (judgement.validUntil() != null) {
            facts.put("validUntil", judgement.validUntil().toString());
        }
        if (judgement.duplicateOf() != null) {
            facts.put("duplicateOf", judgement.duplicateOf());
        }
        return facts;
    }
}
