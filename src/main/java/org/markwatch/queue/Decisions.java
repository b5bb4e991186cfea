package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
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
     * Stores a decision on an item that the reviewer holds, and ends the claim.
     *
     * @return number of the decision
     * @throws IllegalArgumentException if the last day of the authorisation is in the past, or the policy has no such
     *                                  severity; the message is a sentence for the reviewer
     * @throws ItemConflictException if the reviewer does not hold the item, its evidence changed since the reviewer
     *                               opened it, or the original of a duplicate does not exist or is itself a duplicate
     */
    public long decide(long itemId, String reviewer, DecisionRequest request) {
        requireSeverity(request.severity());
        return transaction.execute(status -> {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            requireNotPast(request.validUntil(), now);
            Claims.LockedItem item = Claims.LockedItem.lock(jdbc, itemId, now);
            item.requireClaimBy(itemId, reviewer);
            if (!item.evidenceSha256().equals(request.evidenceSha256())) {
                throw new ItemConflictException("A run found other evidence on item " + itemId
                        + " since you opened it. Review the new evidence, then decide.");
            }
            if (request.duplicateOf() != null) {
                requireOriginal(itemId, request.duplicateOf());
            }
            long id = insert(itemId, reviewer, request, now);
            jdbc.sql("""
                            update item set state = 'decided', decision_id = ?,
                                   claimed_by = null, claimed_at = null, claimed_until = null
                             where id = ?
                            """).params(id, itemId).update();
            audit.append(reviewer, "item.decide", "item:" + itemId, auditDetails(id, request));
            return id;
        });
    }

    private void requireSeverity(String severity) {
        if (!policy.severities().contains(severity)) {
            throw new IllegalArgumentException("Choose a severity: " + String.join(", ", policy.severities()) + ".");
        }
    }

    private static void requireNotPast(@Nullable LocalDate validUntil, Instant now) {
        if (validUntil != null && validUntil.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            throw new IllegalArgumentException("The last day of the authorisation, " + validUntil
                    + ", is in the past. Enter today or a later date, or choose another decision.");
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

    private void requireOriginal(long itemId, long original) {
        if (original == itemId) {
            throw new ItemConflictException("Item " + itemId + " cannot be a duplicate of itself.");
        }
        String originalOfOriginal = jdbc.sql("""
                        select case when i.state = 'decided' and d.verdict = 'duplicate_of' then d.duplicate_of::text
                               else '' end
                          from item i left join decision d on d.id = i.decision_id where i.id = ?
                        """)
                .param(original)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ItemConflictException(
                        "There is no item " + original + ". Enter the number of an existing item as the original."));
        if (!originalOfOriginal.isEmpty()) {
            throw new ItemConflictException("Item " + original + " is itself a duplicate of item " + originalOfOriginal
                    + ". Enter that number instead.");
        }
    }

    private long insert(long itemId, String reviewer, DecisionRequest request, Instant now) {
        return jdbc.sql("""
                        insert into decision (item_id, verdict, severity, confidence, reason, note, valid_until,
                                              duplicate_of, reviewer, decided_at, evidence_sha256)
                        values (:item, :verdict, :severity, :confidence, :reason, :note, :validUntil,
                                :duplicateOf, :reviewer, :now, :evidence) returning id
                        """)
                .param("item", itemId)
                .param("verdict", request.kind().label())
                .param("severity", request.severity())
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
        details.put("severity", request.severity());
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
