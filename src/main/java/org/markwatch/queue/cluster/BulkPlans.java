package org.markwatch.queue.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.cluster.BulkPlan.PlannedItem;
import org.markwatch.queue.cluster.BulkPlan.SampledItem;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Computes what a bulk decision would do. Thread-safe. */
public final class BulkPlans {
    /** Largest number of items of one bulk decision. */
    public static final int MOST_ITEMS = 1_000;
    /** Number of items that the reviewer must have opened; all if there are fewer. */
    public static final int SAMPLE = 5;

    private static final int MOST_READ = 10_000;

    /**
     * SQL: whether an open {@code item i} can be decided in bulk by {@code :reviewer} at {@code :now}. Other columns say why
     * one cannot.
     */
    static final String FREE = "not (i.claimed_by is not null and i.claimed_until > :now and i.claimed_by <> :reviewer)"
            + " and not (:reviewer = any(i.reviewed_by)) and cardinality(i.reviewed_by) < 2";

    private final JdbcClient jdbc;
    private final Clock clock;

    public BulkPlans(DataSource dataSource, Clock clock) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.clock = clock;
    }

    private record Member(
            long id, String lane, String state, String evidenceSha256, boolean held, boolean mine, boolean disputed) {}

    /**
     * Returns what a bulk decision of a reviewer on a cluster would do now. Items of lanes that the account may not see
     * are neither decided nor counted.
     *
     * @param lane a lane, empty for all
     */
    public BulkPlan plan(long clusterId, String lane, String reviewer, LaneAccess access) {
        Map<String, Object> values = values(clusterId, lane, reviewer, access);
        List<Member> open = jdbc.sql("""
                        select i.id, i.lane, i.state, i.evidence_sha256,
                               i.claimed_by is not null and i.claimed_until > :now and i.claimed_by <> :reviewer as held,
                               :reviewer = any(i.reviewed_by) as mine, cardinality(i.reviewed_by) >= 2 as disputed
                          from cluster_item m join item i on i.id = m.item_id
                         where m.cluster_id = :cluster and m.open and i.state in ('new', 'reopened')
                           and i.lane <> all(:hidden) and (:lane = '' or i.lane = :lane)
                         order by i.id limit %d
                        """.formatted(MOST_READ))
                .params(values)
                .query((row, number) -> new Member(
                        row.getLong("id"),
                        row.getString("lane"),
                        row.getString("state"),
                        row.getString("evidence_sha256"),
                        row.getBoolean("held"),
                        row.getBoolean("mine"),
                        row.getBoolean("disputed")))
                .list();
        List<Member> free = open.stream()
                .filter(each -> !each.held() && !each.mine() && !each.disputed())
                .toList();
        List<PlannedItem> items = free.stream()
                .limit(MOST_ITEMS)
                .map(each -> new PlannedItem(each.id(), each.lane(), each.state(), each.evidenceSha256()))
                .toList();
        Map<String, Integer> ended = endedByState(values);
        return new BulkPlan(
                items,
                free.size() - items.size(),
                counts(items, PlannedItem::lane),
                counts(items, PlannedItem::state),
                (int) open.stream()
                        .filter(each -> each.held() && !each.mine() && !each.disputed())
                        .count(),
                (int) open.stream().filter(Member::mine).count(),
                (int) open.stream()
                        .filter(each -> each.disputed() && !each.mine())
                        .count(),
                ended.getOrDefault("decided", 0),
                ended.getOrDefault("closed", 0),
                sample(clusterId, items, reviewer),
                token(items));
    }

    private Map<String, Object> values(long clusterId, String lane, String reviewer, LaneAccess access) {
        Map<String, Object> values = new HashMap<>();
        values.put("cluster", clusterId);
        values.put("lane", lane.replace("\0", ""));
        values.put("reviewer", reviewer);
        values.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        values.put("hidden", access.hidden().toArray(String[]::new));
        return values;
    }

    private Map<String, Integer> endedByState(Map<String, Object> values) {
        Map<String, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        select state, count(*) as n from (
                            select i.state from cluster_item m join item i on i.id = m.item_id
                             where m.cluster_id = :cluster and not m.open and i.lane <> all(:hidden)
                               and (:lane = '' or i.lane = :lane) limit %d) ended
                         group by state
                        """.formatted(MOST_READ)).params(values).query(row -> {
            counts.put(row.getString("state"), row.getInt("n"));
        });
        return counts;
    }

    private static Map<String, Integer> counts(List<PlannedItem> items, Function<PlannedItem, String> by) {
        return items.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.summingInt(item -> 1)));
    }

    /** Chooses by a hash, so that the sample is spread over the cluster and stays the same while the reviewer opens it. */
    private List<SampledItem> sample(long clusterId, List<PlannedItem> items, String reviewer) {
        List<PlannedItem> chosen = items.stream()
                .sorted(Comparator.comparing(item -> sha256(clusterId + " " + reviewer + " " + item.id())))
                .limit(SAMPLE)
                .toList();
        Set<Long> opened = new HashSet<>(jdbc.sql("""
                        select s.id from unnest(cast(:ids as bigint[]), cast(:evidence as text[])) s(id, evidence)
                         where exists (select from audit a where a.subject = 'item:' || s.id and a.actor = :reviewer
                               and a.action = 'item.view' and cast(a.details as jsonb) ->> 'evidence' = s.evidence)
                        """)
                .param("ids", chosen.stream().map(PlannedItem::id).toArray(Long[]::new))
                .param(
                        "evidence",
                        chosen.stream().map(PlannedItem::evidenceSha256).toArray(String[]::new))
                .param("reviewer", reviewer)
                .query((row, number) -> row.getLong(1))
                .list());
        List<SampledItem> sample = new ArrayList<>();
        chosen.forEach(item -> sample.add(new SampledItem(item.id(), opened.contains(item.id()))));
        return sample;
    }

    private static String token(List<PlannedItem> items) {
        return sha256(items.stream()
                .map(item -> item.id() + ":" + item.evidenceSha256())
                .collect(Collectors.joining(" ")));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
