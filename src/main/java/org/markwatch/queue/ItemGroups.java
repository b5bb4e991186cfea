package org.markwatch.queue;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Items.Cursor;
import org.markwatch.queue.Items.ItemCount;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the queue with one item for each group of similar ones. Queries throw {@link
 * org.springframework.dao.QueryTimeoutException} after five seconds. Thread-safe.
 */
public final class ItemGroups {
    private static final int MOST_CANDIDATES = 20_000;

    /** Items of a group, from the front of the queue, in which a filter that reads rows is counted. */
    private static final int MOST_MEMBERS = 1_000;

    private static final String FRONT = " order by i.precedence, i.queued_at, i.id limit %d";

    /** Items of a group that are read for each that can be counted, if a filter reads them. */
    private static final int LOOKED_PER_COUNTED = 4;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final int mostMembers;

    public ItemGroups(DataSource dataSource, Clock clock) {
        this(dataSource, clock, MOST_MEMBERS);
    }

    ItemGroups(DataSource dataSource, Clock clock, int mostMembers) {
        this.jdbc = ScreenQueries.client(dataSource);
        this.clock = clock;
        this.mostMembers = mostMembers;
    }

    /** What the items of a group have in common. */
    public enum Grouping {
        /** The host name. */
        HOST("host", "text"),
        /** The page structure; the host for pages whose structure has no fingerprint. The key is the number of the cluster. */
        TEMPLATE("template_id", "bigint");

        private final String column;
        private final String type;

        Grouping(String column, String type) {
            this.column = column;
            this.type = type;
        }

        /** Returns the name in forms, for example {@code host}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A page of groups.
     *
     * @param next cursor for the next page, null if this is the last one
     */
    public record GroupPage(
            List<ItemGroup> groups, @Nullable Cursor next) {
        public GroupPage {
            groups = List.copyOf(groups);
        }
    }

    /**
     * Returns a page of the queue with one item for each group: the first one of the group within the filter. A purged
     * item has neither host nor page structure, so it is a group of its own, with an empty key. Looks at {@value
     * #MOST_CANDIDATES} items at most; if these are of fewer groups, the page is short and has a next one.
     *
     * @param after cursor of the previous page, null for the first page
     * @param limit maximum number of groups, at least 1
     * @param most  largest number of items of a group that is counted
     */
    public GroupPage page(ItemFilter filter, Grouping by, @Nullable Cursor after, int limit, int most) {
        QueueScan scan = new QueueScan(jdbc, filter, "i." + by.column, after, clock.instant());
        Map<Long, String> firsts = new LinkedHashMap<>();
        List<Cursor> cursors = new ArrayList<>();
        Set<String> known = new HashSet<>();
        int seen = 0;
        for (int batch = 8 * limit; scan.hasMore() && firsts.size() <= limit && seen < MOST_CANDIDATES; batch *= 2) {
            List<QueueScan.FoundItem> candidates = scan.next(batch).stream()
                    .filter(each -> each.key().isEmpty() || known.add(each.key()))
                    .toList();
            Map<String, Long> firstIds = after == null ? Map.of() : firstIds(filter, by, candidates);
            candidates.stream()
                    .filter(each -> after == null
                            || each.key().isEmpty()
                            // none is known if it is not among those that are looked at
                            || each.cursor().id()
                                    == firstIds.getOrDefault(
                                            each.key(), each.cursor().id()))
                    .forEach(each -> {
                        firsts.put(each.cursor().id(), each.key());
                        cursors.add(each.cursor());
                    });
            seen += batch;
        }
        boolean full = cursors.size() > limit;
        List<Long> shown = firsts.keySet().stream().limit(limit).toList();
        Map<String, ItemCount> counts = counts(
                filter,
                by,
                shown.stream().map(id -> firsts.getOrDefault(id, "")).toList(),
                most);
        List<ItemGroup> groups = Items.inOrder(jdbc, shown, clock.instant()).stream()
                .map(item -> {
                    String key = firsts.getOrDefault(item.id(), "");
                    return new ItemGroup(item, key, counts.getOrDefault(key, new ItemCount(1, false)));
                })
                .toList();
        return new GroupPage(groups, full ? cursors.get(limit - 1) : scan.hasMore() ? scan.position() : null);
    }

    /** Returns the id of the first item within the filter of each group of the candidates, of those in which it is near the front. */
    private Map<String, Long> firstIds(ItemFilter filter, Grouping by, List<QueueScan.FoundItem> candidates) {
        Map<String, Long> ids = new HashMap<>();
        inGroups(
                filter,
                by,
                candidates.stream().map(QueueScan.FoundItem::key).toList(),
                "select i.id from (%s) i where %s order by i.precedence, i.queued_at, i.id limit 1",
                filter.readsItems() ? FRONT.formatted(mostMembers) : "",
                row -> ids.put(row.getString("key"), row.getLong("id")));
        return ids;
    }

    /** Returns how many items of each group a filter selects, up to {@code most}; of the first ones if each has to be read. */
    private Map<String, ItemCount> counts(ItemFilter filter, Grouping by, List<String> keys, int most) {
        int looked = filter.readsItems() ? Math.min(mostMembers, LOOKED_PER_COUNTED * most) : most;
        Map<String, ItemCount> counts = new HashMap<>();
        inGroups(
                filter,
                by,
                keys,
                "select count(*) as looked, count(*) filter (where %2$s) as n from (%1$s) i",
                filter.readsItems() ? FRONT.formatted(looked) : " limit " + looked,
                row -> counts.put(
                        row.getString("key"),
                        new ItemCount(
                                Math.min(row.getLong("n"), most),
                                row.getLong("looked") == looked || row.getLong("n") >= most)));
        return counts;
    }

    /**
     * Reads something of each group.
     *
     * @param query for the items of a group that a filter without its comparisons of rows selects, and these comparisons
     * @param limit of these items. Without one, PostgreSQL may look up all items with a frequent word again for each group.
     */
    private void inGroups(
            ItemFilter filter, Grouping by, List<String> keys, String query, String limit, RowCallbackHandler sink) {
        Map<String, Object> values = new HashMap<>();
        String members = "select * from item i where i.%s = g.key and %s"
                .formatted(by.column, filter.withoutRows().condition(values));
        String ofGroup = query.formatted(members + limit, filter.rowCondition(values));
        values.put("now", Times.utc(clock.instant()));
        values.put("keys", keys.stream().filter(key -> !key.isEmpty()).toArray(String[]::new));
        jdbc.sql("select g.key, q.* from unnest(cast(:keys as %s[])) g(key), lateral (%s) q"
                        .formatted(by.type, ofGroup))
                .params(values)
                .query(sink);
    }
}
