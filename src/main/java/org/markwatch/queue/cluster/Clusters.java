package org.markwatch.queue.cluster;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.ClusterKind;
import org.markwatch.queue.ClusterLanes;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ScreenQueries;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads clusters: the list of those with several open items, and what the items of one have in common. An item of a lane
 * that the account may not see does not exist for it, and neither does a cluster of such items only. Queries throw {@link
 * org.springframework.dao.QueryTimeoutException} after five seconds. Thread-safe.
 */
public final class Clusters {
    /** Transactions by which a look at the list brings the numbers up to date, at most. */
    private static final int REFRESHES = 2;
    /** Open items of a cluster that are compared with other clusters. */
    private static final int MOST_COMPARED = 1_000;

    private static final int MOST_SHARED = 20;

    private final JdbcClient jdbc;
    private final ClusterLanes lanes;

    /** Reads from this database. */
    public Clusters(DataSource dataSource, ClusterLanes lanes) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.lanes = lanes;
    }

    /**
     * A page of the list.
     *
     * @param next cursor of the next page, null if this is the last one
     */
    public record Page(List<ClusterSummary> rows, @Nullable ClusterCursor next) {
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Returns a page of the clusters with more than one open item in a lane, most severe first, then most open items in
     * one lane. Clusters with exactly the same open items in it are one row.
     *
     * @param lane  a lane, empty for all
     * @param kind  a kind, null for all
     * @param after cursor of the previous page, null for the first page
     * @param limit maximum number of rows, at least 1
     */
    public Page list(
            LaneAccess access, String lane, @Nullable ClusterKind kind, @Nullable ClusterCursor after, int limit) {
        if (after == null) {
            lanes.refresh(REFRESHES);
        }
        Map<String, Object> values = values(access);
        values.put("limit", limit + 1);
        StringBuilder where = new StringBuilder("l.open > 1 and l.lane <> all(:hidden)");
        // the same condition decides which of several rows of a cluster, or of clusters with the same items, is shown
        StringBuilder other = new StringBuilder("o.open > 1 and o.lane <> all(:hidden)");
        if (!lane.isEmpty()) {
            where.append(" and l.lane = :lane");
            other.append(" and o.lane = :lane");
            values.put("lane", lane.replace("\0", ""));
        }
        if (kind != null) {
            where.append(" and l.kind = :kind");
            other.append(" and o.kind = :kind");
            values.put("kind", kind.label());
        }
        if (after != null) {
            where.append(" and (l.precedence, -l.open, l.cluster_id, l.lane) > (:precedence, :open, :cluster, :at)");
            values.put("precedence", after.precedence());
            values.put("open", -after.open());
            values.put("cluster", after.cluster());
            values.put("at", after.lane());
        }
        List<ClusterCursor> rows = jdbc.sql("""
                        select l.precedence, l.open, l.cluster_id, l.lane from cluster_lane l
                         where %s
                           and not exists (select from cluster_lane o where %s and o.cluster_id = l.cluster_id
                               and (o.precedence, -o.open, o.lane) < (l.precedence, -l.open, l.lane))
                           and not exists (select from cluster_lane o where %s and o.members = l.members and o.lane = l.lane
                               and o.cluster_id < l.cluster_id)
                         order by l.precedence, -l.open, l.cluster_id, l.lane limit :limit
                        """.formatted(where, other, other))
                .params(values)
                .query((row, number) -> new ClusterCursor(
                        row.getInt("precedence"), row.getInt("open"), row.getLong("cluster_id"), row.getString("lane")))
                .list();
        List<Long> shown =
                rows.stream().limit(limit).map(ClusterCursor::cluster).toList();
        return new Page(
                List.copyOf(summaries(shown, access).values()), rows.size() > limit ? rows.get(limit - 1) : null);
    }

    /**
     * Returns the details of an audit entry about a list by lane or kind, in the form of {@link
     * org.markwatch.queue.ItemFilter#auditDetails}; empty if the list is by neither.
     */
    public static Map<String, Object> auditDetails(LaneAccess access, String lane, @Nullable ClusterKind kind) {
        List<String> filter = new ArrayList<>();
        if (!lane.isEmpty()) {
            filter.add("lane " + lane);
        }
        if (kind != null) {
            filter.add("kind " + kind.label());
        }
        return filter.isEmpty()
                ? Map.of()
                : Map.of("filter", String.join(", ", filter), "hidden", new TreeSet<>(access.hidden()), "lane", lane);
    }

    /** Returns the lanes in which clusters have open items, by name, without those that the account may not see. */
    public List<String> lanes(LaneAccess access) {
        return jdbc.sql("""
                        with recursive lane(name) as (
                            (select lane from cluster_lane where open > 1 order by lane limit 1)
                            union all
                            select (select c.lane from cluster_lane c where c.open > 1 and c.lane > l.name order by c.lane limit 1)
                              from lane l where l.name is not null)
                        select name from lane where name is not null and name <> all(:hidden)
                        """)
                .params(values(access))
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Returns what a cluster has open; empty if it has nothing open that the account may see. */
    public Optional<ClusterSummary> summary(long id, LaneAccess access) {
        return Optional.ofNullable(summaries(List.of(id), access).get(id));
    }

    /** Returns what clusters have open, in their order, without those that have nothing open that the account may see. */
    private Map<Long, ClusterSummary> summaries(List<Long> ids, LaneAccess access) {
        Map<String, Object> values = values(access);
        values.put("ids", ids.toArray(Long[]::new));
        Map<Long, List<ItemCluster>> same = same(values);
        Map<Long, ClusterSummary> summaries = new LinkedHashMap<>();
        jdbc.sql("""
                        select c.id, l.*,
                               (select count(distinct host) from cluster_lane h, unnest(h.hosts) host
                                 where h.cluster_id = c.id and h.lane <> all(:hidden)) as hosts,
                               (select coalesce(array_agg(distinct brand order by brand), '{}')
                                  from cluster_lane b, unnest(b.brands) brand
                                 where b.cluster_id = c.id and b.lane <> all(:hidden)) as brands
                          from unnest(:ids::int8[]) with ordinality as c(id, n), lateral (
                               select sum(open) as open, min(precedence) as precedence, array_agg(lane order by lane) as lanes,
                                      min(first_seen_at) as first_seen_at
                                 from cluster_lane where cluster_id = c.id and lane <> all(:hidden) having count(*) > 0) l
                         order by c.n
                        """).params(values).query(row -> {
            summaries.put(
                    row.getLong("id"),
                    new ClusterSummary(
                            same.getOrDefault(row.getLong("id"), List.of()),
                            row.getInt("open"),
                            row.getInt("precedence"),
                            texts(row, "lanes"),
                            row.getInt("hosts"),
                            texts(row, "brands"),
                            row.getObject("first_seen_at", OffsetDateTime.class).toInstant()));
        });
        return summaries;
    }

    /** Returns clusters by their ids, each followed by those that have the same open items in the lanes that the account may see. */
    private Map<Long, List<ItemCluster>> same(Map<String, Object> values) {
        Map<Long, List<ItemCluster>> same = new HashMap<>();
        jdbc.sql("""
                        select r.id as of, c.id, c.kind, c.value from unnest(:ids::int8[]) r(id), lateral (
                            select s.id from (
                                select r.id
                                union all
                                select o.cluster_id from cluster_lane l
                                  join cluster_lane o on o.members = l.members and o.lane = l.lane
                                 where l.cluster_id = r.id and l.lane <> all(:hidden) and o.cluster_id <> r.id
                                 group by o.cluster_id
                                having count(*) = (select count(*) from cluster_lane l where l.cluster_id = r.id
                                       and l.lane <> all(:hidden))) s(id)
                             order by s.id <> r.id, s.id limit 8) s
                          join cluster c on c.id = s.id
                         order by c.id <> r.id, c.id
                        """).params(values).query(row -> {
            same.computeIfAbsent(row.getLong("of"), id -> new ArrayList<>()).add(cluster(row, 0));
        });
        return same;
    }

    /** Returns a cluster; empty if it has no item that the account may see. */
    public Optional<ItemCluster> find(long id, LaneAccess access) {
        Map<String, Object> values = values(access);
        values.put("id", id);
        return jdbc.sql("""
                        select c.id, c.kind, c.value from cluster c where c.id = :id and exists (
                            select from cluster_item m join item i on i.id = m.item_id
                             where m.cluster_id = c.id and i.lane <> all(:hidden))
                        """).params(values).query(Clusters::cluster).optional();
    }

    /**
     * Returns the clusters of an item that have another item that the account may see, with the number of such items, at
     * most 100. A copy of a calibration item has the clusters of its original, which does not count.
     */
    public Map<ItemCluster, Long> ofItem(long itemId, LaneAccess access) {
        Map<String, Object> values = values(access);
        values.put("id", itemId);
        return counts("""
                select c.id, c.kind, c.value, others.n
                  from (select coalesce(k.item_id, i.id) as id from item i left join calibration k on k.id = i.calibration_id
                         where i.id = :id) self
                  join cluster_item own on own.item_id = self.id join cluster c on c.id = own.cluster_id, lateral (
                       select count(*) as n from (
                           select from cluster_item m join item i on i.id = m.item_id
                            where m.cluster_id = c.id and m.item_id <> self.id and i.lane <> all(:hidden) limit 100) o) others
                 where others.n > 0 order by others.n desc, c.id
                """, values);
    }

    /**
     * Returns what the open items of a cluster have in common besides the cluster itself: other clusters with more than
     * one of them, and how many of them each has, most first. Looks at {@value #MOST_COMPARED} items at most.
     */
    public Map<ItemCluster, Long> shared(long id, LaneAccess access) {
        Map<String, Object> values = values(access);
        values.put("id", id);
        return counts("""
                select c.id, c.kind, c.value, count(*) as n
                  from (select m.item_id from cluster_item m join item i on i.id = m.item_id
                         where m.cluster_id = :id and m.open and i.lane <> all(:hidden) order by m.item_id limit %d) m
                  join cluster_item o on o.item_id = m.item_id and o.cluster_id <> :id
                  join cluster c on c.id = o.cluster_id
                 group by c.id having count(*) > 1 order by n desc, c.id limit %d
                """.formatted(MOST_COMPARED, MOST_SHARED), values);
    }

    /**
     * The latest decision on an item.
     *
     * @param verdict label of the kind
     */
    public record MemberDecision(long itemId, String verdict, String reviewer, Instant at) {}

    /** Returns the latest decision on each item of a cluster, latest first. Decisions that wait for a second review are not among them. */
    public List<MemberDecision> decisions(long id, LaneAccess access, int limit) {
        Map<String, Object> values = values(access);
        values.put("id", id);
        values.put("limit", limit);
        return jdbc.sql("""
                        select i.id, d.verdict, d.reviewer, d.decided_at
                          from cluster_item m join item i on i.id = m.item_id join decision d on d.id = i.decision_id
                         where m.cluster_id = :id and i.lane <> all(:hidden) order by d.id desc limit :limit
                        """)
                .params(values)
                .query((row, number) -> new MemberDecision(
                        row.getLong("id"),
                        row.getString("verdict"),
                        row.getString("reviewer"),
                        row.getObject("decided_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    private Map<ItemCluster, Long> counts(String sql, Map<String, Object> values) {
        Map<ItemCluster, Long> counts = new LinkedHashMap<>();
        jdbc.sql(sql).params(values).query(row -> {
            counts.put(cluster(row, 0), row.getLong("n"));
        });
        return counts;
    }

    private static Map<String, Object> values(LaneAccess access) {
        Map<String, Object> values = new HashMap<>();
        values.put("hidden", access.hidden().toArray(String[]::new));
        return values;
    }

    private static ItemCluster cluster(ResultSet row, int number) throws SQLException {
        return new ItemCluster(row.getLong("id"), ClusterKind.of(row.getString("kind")), row.getString("value"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
