package org.markwatch.queue.cluster;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ClusterLanes;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.ItemConflictException;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.markwatch.queue.cluster.BulkPlan.PlannedItem;
import org.markwatch.queue.cluster.BulkPlan.SampledItem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decides the open items of a cluster at once, and takes such a decision back. Each item gets a decision of its own with
 * its own evidence, and each decision gets a second review. Thread-safe.
 *
 * <p>Works in batches of {@value #BATCH} items with a transaction each. It locks the items of a batch in the order of their
 * numbers before the audit, as all writers do. A bulk decision that a kill cuts short can be taken back like any other.
 */
public final class BulkDecisions {
    private static final int BATCH = 25;
    private static final int MOST_LISTED = 20;
    private static final int REFRESHES = 20;

    private final JdbcClient jdbc;
    /** For lists of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final TransactionTemplate transaction;
    private final BulkPlans plans;
    private final Decisions decisions;
    private final ClusterLanes lanes;
    private final Audit audit;
    private final Duration undoable;
    private final Clock clock;

    /** @param undoable how long after a bulk decision it can be taken back */
    public BulkDecisions(
            DataSource dataSource,
            BulkPlans plans,
            Decisions decisions,
            ClusterLanes lanes,
            Audit audit,
            Duration undoable,
            Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.screen = ScreenQueries.client(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.plans = plans;
        this.decisions = decisions;
        this.lanes = lanes;
        this.audit = audit;
        this.undoable = undoable;
        this.clock = clock;
    }

    /**
     * What a bulk decision has done.
     *
     * @param id      number of the bulk decision
     * @param decided items that it decided
     * @param skipped number of items that changed, or that somebody took, while it was made
     */
    public record BulkResult(long id, List<Long> decided, int skipped) {
        public BulkResult {
            decided = List.copyOf(decided);
        }
    }

    /**
     * Decides the items of a plan, and deletes the reviewer's draft on the cluster. If the reviewer has made the same decision
     * on the same plan already, returns what that has done.
     *
     * @param lane    as in the plan
     * @param token   {@link BulkPlan#token} of the plan that the reviewer saw
     * @param request the decision; its hash of the evidence is ignored
     * @throws IllegalArgumentException if the decision lacks something; the message is a sentence for the reviewer
     * @throws ItemConflictException    if the plan has changed, is empty, or the reviewer has not opened its sample
     */
    public BulkResult decide(
            long clusterId, String lane, String token, String reviewer, LaneAccess access, DecisionRequest request) {
        BulkPlan plan = plans.plan(clusterId, lane, reviewer, access);
        if (!plan.token().equals(token)) {
            Optional<BulkResult> made = made(clusterId, token, reviewer, request);
            if (made.isPresent()) {
                return made.get();
            }
            throw new ItemConflictException(Sentence.of(
                    "refusal.items-cluster-have-changed", plan.items().size()));
        }
        if (!plan.isReady()) {
            throw new ItemConflictException(
                    plan.items().isEmpty()
                            ? Sentence.of("refusal.no-item-cluster-can")
                            : Sentence.of(
                                    "refusal.open-items-sample-first",
                                    plan.sample().stream()
                                            .filter(each -> !each.opened())
                                            .map(SampledItem::id)
                                            .map(id -> "#" + id)
                                            .collect(Collectors.joining(", "))));
        }
        List<PlannedItem> items = plan.items().stream()
                .filter(item -> !Long.valueOf(item.id()).equals(request.duplicateOf()))
                .toList();
        Long bulk = null;
        List<Long> decided = new ArrayList<>();
        for (int from = 0; from < items.size(); from += BATCH) {
            List<PlannedItem> batch = items.subList(from, Math.min(from + BATCH, items.size()));
            Long begun = bulk;
            bulk = transaction.execute(status -> {
                List<PlannedItem> unchanged = unchanged(batch, reviewer, access);
                if (unchanged.isEmpty()) {
                    return begun;
                }
                long id = begun == null ? begin(clusterId, token, reviewer, request) : begun;
                decideBatch(id, unchanged, reviewer, access, request);
                unchanged.forEach(item -> decided.add(item.id()));
                return id;
            });
        }
        if (bulk == null) {
            return made(clusterId, token, reviewer, request) // by the same form, at the same time
                    .orElseThrow(() -> new ItemConflictException(
                            items.isEmpty()
                                    ? Sentence.of("refusal.only-item-plan-original")
                                    : Sentence.of("refusal.no-item-cluster-can")));
        }
        jdbc.sql("delete from cluster_draft where cluster_id = ? and reviewer = ?")
                .params(clusterId, reviewer)
                .update();
        BulkResult result = new BulkResult(bulk, decided, items.size() - decided.size());
        audit.append(
                reviewer,
                "cluster.decide",
                "cluster:" + clusterId,
                Map.of(
                        "bulk", result.id(),
                        "verdict", request.kind().label(),
                        "reason", request.reason(),
                        "decided", decided.size(),
                        "skipped", result.skipped()));
        lanes.refresh(REFRESHES);
        return result;
    }

    /** Returns the bulk decision that the reviewer has made by a plan, if it is the same and was not taken back. */
    private Optional<BulkResult> made(long clusterId, String token, String reviewer, DecisionRequest request) {
        return jdbc.sql("""
            select id from bulk_decision
             where cluster_id = ? and plan_token = ? and reviewer = ? and verdict = ? and undone_at is null
             order by id desc limit 1
            """)
                .params(clusterId, token, reviewer, request.kind().label())
                .query(Long.class)
                .optional()
                .map(id -> new BulkResult(
                        id,
                        jdbc.sql("select item_id from bulk_item where bulk_id = ?")
                                .param(id)
                                .query((row, number) -> row.getLong("item_id"))
                                .list(),
                        0));
    }

    private long begin(long clusterId, String token, String reviewer, DecisionRequest request) {
        return jdbc.sql("""
            insert into bulk_decision (cluster_id, plan_token, verdict, reviewer, decided_at)
            values (?, ?, ?, ?, ?) returning id
            """)
                .params(clusterId, token, request.kind().label(), reviewer, utc(now()))
                .query(Long.class)
                .single();
    }

    /** Locks items, and returns those that still are as planned. */
    private List<PlannedItem> unchanged(List<PlannedItem> items, String reviewer, LaneAccess access) {
        lock(items.stream().map(PlannedItem::id).toList());
        return jdbc.sql("""
            select i.id, i.lane, i.state, i.evidence_sha256
              from unnest(cast(:ids as bigint[]), cast(:evidence as text[])) p(id, evidence)
              join item i on i.id = p.id and i.evidence_sha256 = p.evidence
             where i.state in ('new', 'reopened') and %s and i.lane <> all(:hidden) order by i.id
            """.formatted(BulkPlans.FREE))
                .param("ids", items.stream().map(PlannedItem::id).toArray(Long[]::new))
                .param(
                        "evidence",
                        items.stream().map(PlannedItem::evidenceSha256).toArray(String[]::new))
                .param("reviewer", reviewer)
                .param("now", utc(clock.instant()))
                .param("hidden", access.hidden().toArray(String[]::new))
                .query((row, number) -> new PlannedItem(
                        row.getLong("id"),
                        row.getString("lane"),
                        row.getString("state"),
                        row.getString("evidence_sha256")))
                .list();
    }

    private void decideBatch(
            long bulk, List<PlannedItem> items, String reviewer, LaneAccess access, DecisionRequest request) {
        for (PlannedItem item : items) {
            long decision = decisions.decideInBulk(item.id(), reviewer, access, request.on(item.evidenceSha256()));
            jdbc.sql("insert into bulk_item (bulk_id, item_id, decision_id) values (?, ?, ?)")
                    .params(bulk, item.id(), decision)
                    .update();
        }
    }

    /** Locks items in the order of their numbers. {@code for no key update} is the lock of every other writer. */
    private void lock(List<Long> ids) {
        jdbc.sql("select id from item where id = any(?) order by id for no key update")
                .param(ids.toArray(Long[]::new))
                .query((row, number) -> row.getLong(1))
                .list();
    }

    /**
     * A bulk decision.
     *
     * @param items    number of items that it decided and that the account may see
     * @param undoneBy who took it back, null if nobody did
     * @param undoneAt when, null if nobody did
     * @param undoable whether it can still be taken back
     */
    public record MadeBulk(
            long id,
            long clusterId,
            String verdict,
            String reviewer,
            Instant decidedAt,
            int items,
            @Nullable String undoneBy,
            @Nullable Instant undoneAt,
            boolean undoable) {}

    /**
     * Returns the latest bulk decisions on a cluster that decided an item the account may see. While one of its decisions
     * waits for its second review, only the reviewer who made it gets it, so that nobody decides a second time knowing the
     * first.
     */
    public List<MadeBulk> of(long clusterId, String account, LaneAccess access) {
        return list("true", 0, clusterId, account, access);
    }

    private List<MadeBulk> list(String condition, long id, long clusterId, String account, LaneAccess access) {
        Map<String, Object> values = new HashMap<>(Map.of("id", id, "cluster", clusterId, "account", account));
        return screen.sql("""
            select b.id, b.cluster_id, b.verdict, b.reviewer, b.decided_at, b.undone_by, b.undone_at, v.items
              from bulk_decision b
              cross join lateral (select count(*) as items from bulk_item m join item i on i.id = m.item_id
                                   where m.bulk_id = b.id and %s) v
             where b.cluster_id = :cluster and v.items > 0 and %s
               and (b.reviewer = :account or not exists (
                   select from bulk_item w join second_review r on r.first_decision = w.decision_id
                    where w.bulk_id = b.id and r.ended_at is null))
             order by b.id desc limit %d
            """.formatted(access.condition(values), condition, MOST_LISTED))
                .params(values)
                .query((row, number) -> {
                    Instant at =
                            row.getObject("decided_at", OffsetDateTime.class).toInstant();
                    OffsetDateTime undone = row.getObject("undone_at", OffsetDateTime.class);
                    return new MadeBulk(
                            row.getLong("id"),
                            row.getLong("cluster_id"),
                            row.getString("verdict"),
                            row.getString("reviewer"),
                            at,
                            row.getInt("items"),
                            row.getString("undone_by"),
                            undone == null ? null : undone.toInstant(),
                            undone == null && at.plus(undoable).isAfter(clock.instant()));
                })
                .list();
    }

    /**
     * Takes back a bulk decision: each item that nobody has changed since is as it was before. Items that somebody has
     * decided, re-opened or found changed since stay as they are, and so do those that the account may not see.
     *
     * @param clusterId   cluster of the bulk decision
     * @param mayOverrule whether the account may take back those of others
     * @return number of items that are as they were
     * @throws ItemConflictException if {@link #of} does not return the bulk decision to the account, the account may not
     *                               take it back, or it is too late
     */
    public int undo(long clusterId, long bulkId, String account, boolean mayOverrule, LaneAccess access) {
        MadeBulk bulk = list("b.id = :id", bulkId, clusterId, account, access).stream()
                .filter(made -> made.reviewer().equals(account) || mayOverrule)
                .findFirst()
                .orElseThrow(() -> new ItemConflictException(Sentence.of("refusal.bulk-decision-not-yours", bulkId)));
        if (!bulk.undoable()) {
            throw new ItemConflictException(
                    bulk.undoneAt() != null
                            ? Sentence.of("refusal.bulk-decision-has-been", bulkId)
                            : Sentence.of("refusal.bulk-decision-older-than", bulkId, undoable.toHours()));
        }
        record Made(long itemId, long decisionId) {}
        Map<String, Object> values = new HashMap<>(Map.of("bulk", bulkId));
        List<Made> made = jdbc.sql("""
            select m.item_id, m.decision_id from bulk_item m join item i on i.id = m.item_id
             where m.bulk_id = :bulk and %s order by m.item_id
            """.formatted(access.condition(values)))
                .params(values)
                .query((row, number) -> new Made(row.getLong("item_id"), row.getLong("decision_id")))
                .list();
        int undone = 0;
        for (int from = 0; from < made.size(); from += BATCH) {
            List<Made> batch = made.subList(from, Math.min(from + BATCH, made.size()));
            undone += transaction.execute(status -> {
                lock(batch.stream().map(Made::itemId).toList());
                return (int) batch.stream()
                        .filter(each -> decisions.undoInBulk(each.itemId(), each.decisionId(), account))
                        .count();
            });
        }
        int items = undone;
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update bulk_decision set undone_by = ?, undone_at = ? where id = ?")
                    .params(account, utc(now()), bulkId)
                    .update();
            audit.append(
                    account,
                    "cluster.undo",
                    "cluster:" + bulk.clusterId(),
                    Map.of("bulk", bulkId, "reopened", items, "left", size(bulkId) - items));
        });
        lanes.refresh(REFRESHES);
        return undone;
    }

    /** Returns the number of items that a bulk decision decided, in all lanes. */
    private long size(long bulkId) {
        return jdbc.sql("select count(*) from bulk_item where bulk_id = ?")
                .param(bulkId)
                .query(Long.class)
                .single();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
