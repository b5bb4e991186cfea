package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the items of the queue, most severe first, then longest waiting first. Pages, counts and lanes throw {@link
 * org.springframework.dao.QueryTimeoutException} after five seconds. Thread-safe.
 */
public final class Items {

    /** Items near the front of the queue from which on words are frequent: one in a hundred. */
    private static final int FREQUENT = QueueScan.MOST_NEAR / 100;

    private final JdbcClient jdbc;
    /** For queries of screens, which end after {@link ScreenQueries#TIMEOUT}. */
    private final JdbcClient screen;

    private final JdbcClient planned;

    private final TransactionTemplate transaction;
    private final Clock clock;

    public Items(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.screen = ScreenQueries.client(dataSource);
        this.planned = ScreenQueries.planned(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /** Returns the item with this number; empty if there is none, or its lane is hidden. */
    public Optional<Item> find(long id, LaneAccess access) {
        Map<String, Object> values = new HashMap<>(Map.of("id", id));
        return jdbc.sql(ItemRows.SELECT + "where i.id = :id and " + access.condition(values))
                .params(values)
                .query(this::item)
                .optional();
    }

    /**
     * Returns whether an account may see the item with this number: there is one, its lane is not hidden, and it is not a
     * copy of a calibration item for somebody else.
     */
    public boolean isVisible(long id, String account, LaneAccess access) {
        return jdbc.sql("select lane from item where id = ? and (dealt_to is null or dealt_to = ?)")
                .params(id, account)
                .query(String.class)
                .optional()
                .filter(access::allows)
                .isPresent();
    }

    /** Returns the number of the item of a page, whatever its lane; empty if it has none. */
    public OptionalLong numberOf(HttpUrl page) {
        return jdbc
                .sql("select id from item where url_sha256 = any(?) and dealt_to is null")
                .param(Sha256.ofEach(List.of(page.toString())))
                .query(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * Returns a page of the queue.
     *
     * @param after cursor of the previous page, null for the first page
     * @param limit maximum number of items, at least 1
     */
    public ItemPage page(ItemFilter filter, @Nullable Cursor after, int limit) {
        QueueScan scan = new QueueScan(screen, filter, "null", after, clock.instant());
        List<QueueScan.FoundItem> found = new ArrayList<>();
        while (scan.hasMore() && found.size() <= limit) {
            found.addAll(scan.next(limit + 1));
        }
        List<Long> shown =
                found.stream().limit(limit).map(each -> each.cursor().id()).toList();
        return new ItemPage(
                inOrder(screen, shown, clock.instant()),
                found.size() > limit ? found.get(limit - 1).cursor() : null);
    }

    /** Returns the items with these numbers, in the order of the queue. */
    static List<Item> inOrder(JdbcClient jdbc, List<Long> ids, Instant now) {
        return jdbc.sql(ItemRows.SELECT + " where i.id = any(:ids) order by i.precedence, i.queued_at, i.id")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> ItemRows.item(row, now))
                .list();
    }

    /** Returns a condition for the items after a position, empty without one, and adds its parameters to {@code values}. */
    static String afterCursor(@Nullable Cursor after, Map<String, Object> values) {
        if (after == null) {
            return "";
        }
        values.put("precedence", after.precedence());
        values.put("queuedAt", Times.utc(after.queuedAt()));
        values.put("id", after.id());
        return " and (i.precedence, i.queued_at, i.id) > (:precedence, :queuedAt, :id)";
    }

    /**
     * Returns the number of items that a filter selects; {@code limit} if it selects more. Of words that many items have,
     * it counts the items near the front of the queue only.
     */
    public ItemCount count(ItemFilter filter, int limit) {
        QueueScan scan = new QueueScan(screen, filter, "null", null, clock.instant());
        long near = 0;
        while (scan.isNear() && scan.hasMore()) {
            near += scan.next(QueueScan.MOST_NEAR).size();
        }
        if (!scan.hasMore() || near >= FREQUENT) {
            return new ItemCount(near, scan.hasMore());
        }
        long items = counted(filter, limit);
        return new ItemCount(items, items >= limit);
    }

    private long counted(ItemFilter filter, int limit) {
        Map<String, Object> values = new HashMap<>();
        String condition = filter.condition(values);
        values.put("now", Times.utc(clock.instant()));
        values.put("limit", limit);
        return screen.sql("select count(*) from (select from item i where " + condition + " limit :limit) c")
                .params(values)
                .query(Long.class)
                .single();
    }

    /** Returns the number of items that a filter selects. Reads all of them. */
    public long count(ItemFilter filter) {
        return counted(filter, Integer.MAX_VALUE);
    }

    /**
     * Returns how many other pages of the host of an item are in the queue, by state and decision. Leaves out copies of
     * calibration items, and their original. A purged item has no host, so there are none.
     *
     * @param limit maximum number of items that are counted, at least 1
     */
    public List<StateCount> ofHost(Item item, LaneAccess access, int limit) {
        if (item.host().isEmpty()) {
            return List.of();
        }
        Map<String, Object> values = new HashMap<>();
        String condition = new ItemFilter(ItemFilter.Show.ALL, "", access)
                .with(ItemTerm.HOST, item.host())
                .condition(values);
        values.put("url", item.url().toString());
        values.put("limit", limit);
        return screen.sql("""
                        select o.state, max(o.decision_id) as decision_id, d.verdict, count(*) as items
                          from (select i.state, i.decision_id from item i where %s and i.url <> :url limit :limit) o
                          left join decision d on d.id = o.decision_id group by o.state, d.verdict
                        """.formatted(condition))
                .params(values)
                .query((row, number) -> new StateCount(
                        ItemState.of(row),
                        row.getString("verdict") == null ? null : DecisionKind.of(row.getString("verdict")),
                        row.getLong("items")))
                .list();
    }

    /**
     * Returns every lane that has open items and is not hidden, by name. Reads at most {@code limit} index entries for
     * each count.
     *
     * @param reader account whose copies of calibration items count as claimed, as {@link ItemFilter.Show#CLAIMED} finds
     *               them; empty for none
     * @param limit  largest count
     */
    public List<LaneCounts> lanes(String reader, LaneAccess access, int limit) {
        return lanes(planned, reader, limit).stream()
                .filter(lane -> access.allows(lane.name()))
                .toList();
    }

    /**
     * Returns how many open items of each lane are late; lanes without any are left out.
     *
     * @param lanes      names of lanes
     * @param lateBefore as {@link QueuePolicy#lateBefore} returns it
     * @param limit      largest count of a lane and severity
     */
    public Map<String, Long> lateByLane(Collection<String> lanes, Map<Integer, Instant> lateBefore, int limit) {
        List<Map.Entry<Integer, Instant>> bounds = List.copyOf(lateBefore.entrySet());
        Map<String, Long> late = new HashMap<>();
        planned.sql("""
                        select l.name, sum(c.items) as items
                          from unnest(cast(:lanes as text[])) l(name)
                         cross join unnest(cast(:ranks as int[]), cast(:bounds as timestamptz[])) b(rank, at), lateral (
                               select count(*) as items from (
                                   select from item i where i.state in ('new', 'reopened') and i.lane = l.name
                                      and i.precedence = b.rank and i.queued_at <= b.at limit %d) r) c
                         group by l.name having sum(c.items) > 0
                        """.formatted(limit))
                .param("lanes", lanes.toArray(String[]::new))
                .param("ranks", bounds.stream().map(Map.Entry::getKey).toArray(Integer[]::new))
                .param(
                        "bounds",
                        bounds.stream()
                                .map(bound -> bound.getValue().toString())
                                .toArray(String[]::new))
                .query(row -> {
                    late.put(row.getString("name"), row.getLong("items"));
                });
        return late;
    }

    private List<LaneCounts> lanes(JdbcClient client, String reader, int limit) {
        return client.sql("""
                        with recursive lane(name) as (
                            (select lane from item where state in ('new', 'reopened') order by lane limit 1)
                            union all
                            select (select i.lane from item i where i.state in ('new', 'reopened') and i.lane > l.name
                                     order by i.lane limit 1)
                              from lane l where l.name is not null
                        ), band(lane, precedence) as (
                            select name, (select min(precedence) from item where state in ('new', 'reopened') and lane = name)
                              from lane where name is not null
                            union all
                            select b.lane, (select min(i.precedence) from item i
                                             where i.state in ('new', 'reopened') and i.lane = b.lane and i.precedence > b.precedence)
                              from band b where b.precedence is not null
                        )
                        select name,
                               (select count(*) from (select from item i where i.state in ('new', 'reopened') and i.lane = name
                                                       limit %1$d) c) as waiting,
                               (select count(*) from (select from item i where i.state = 'reopened' and i.lane = name
                                                       limit %1$d) c) as reopened,
                               (select count(*) from item i where i.claimed_by is not null and i.claimed_until > :now
                                   and (i.state in ('new', 'reopened') or i.dealt_to = :reader) and i.lane = name) as claimed,
                               (select min((select min(i.queued_at) from item i where i.state in ('new', 'reopened')
                                               and i.lane = b.lane and i.precedence = b.precedence))
                                  from band b where b.lane = name and b.precedence is not null) as oldest
                          from lane where name is not null order by name
                        """.formatted(limit))
                .param("now", Times.utc(clock.instant()))
                .param("reader", reader)
                .query((row, number) -> new LaneCounts(
                        row.getString("name"),
                        row.getLong("waiting"),
                        row.getLong("reopened"),
                        row.getLong("claimed"),
                        Times.instantOrNull(row, "oldest")))
                .list();
    }

    /**
     * Returns every lane that has open items, by name, with exact counts. Reads all open items, those of restricted
     * lanes too.
     */
    public List<LaneCounts> lanes() {
        return lanes(jdbc, "", Integer.MAX_VALUE);
    }

    /**
     * Passes the items of pages to a consumer, in the order of the queue. Reads through a cursor in one transaction, so
     * that only the URLs are in memory.
     *
     * @param pages URLs of the pages
     */
    public void forEach(Collection<String> pages, Consumer<? super Item> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<Item> items = jdbc
                    .sql(ItemRows.SELECT + """
                             where i.url_sha256 = any (?) order by i.precedence, i.queued_at, i.id
                            """)
                    .param(Sha256.ofEach(pages))
                    .withFetchSize(500)
                    .query(this::item)
                    .stream()) {
                items.forEach(sink);
            }
        });
    }

    /** Passes the items that wait for people to a consumer, in the order of the queue, through a cursor. */
    public void forEachOpen(Consumer<? super Item> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<Item> items = jdbc.sql(ItemRows.SELECT + """
                             where i.state in ('new', 'reopened') order by i.precedence, i.queued_at, i.id
                            """).withFetchSize(500).query(this::item).stream()) {
                items.forEach(sink);
            }
        });
    }

    /** Returns the URLs of the items that were queued as a sample, without those whose text has been purged. */
    public List<HttpUrl> sampledUrls() {
        return jdbc.sql("select url from item where sampled_at is not null and purged_at is null")
                .query((row, number) -> HttpUrl.of(row.getString("url")))
                .list();
    }

    private Item item(ResultSet row, int number) throws SQLException {
        return ItemRows.item(row, clock.instant());
    }

    /**
     * A page of the queue.
     *
     * @param next cursor for the next page, null if this is the last one
     */
    public record ItemPage(List<Item> items, @Nullable Cursor next) {
        public ItemPage {
            items = List.copyOf(items);
        }
    }

    /**
     * A number of items.
     *
     * @param more whether there are more, or may be
     */
    public record ItemCount(long items, boolean more) {}

    /**
     * Number of items in the same state.
     *
     * @param decision kind of the latest decision; null if there is none
     * @param items    1 or more
     */
    public record StateCount(ItemState state, @Nullable DecisionKind decision, long items) {}

    /**
     * Counts of a lane.
     *
     * @param waiting  open items: new or re-opened
     * @param reopened open items that were re-opened after a decision
     * @param claimed  items that a reviewer holds; of copies of calibration items only those of the reader
     * @param oldest   when the open item that has waited longest was queued; null if the last one was decided in the
     *                 meantime
     */
    public record LaneCounts(
            String name,
            long waiting,
            long reopened,
            long claimed,
            @Nullable Instant oldest) {}

    /**
     * A position in the order of the queue, for keyset pagination: later pages cost as much as the first one, and no
     * item is repeated when items are decided in the meantime.
     */
    public record Cursor(int precedence, Instant queuedAt, long id) {
        /** Later times are not from this queue, and some have no form in the database. */
        private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

        /**
         * Parses the form that {@link #toString} returns.
         *
         * @return empty if the text is not a cursor
         */
        public static Optional<Cursor> parse(String text) {
            String[] parts = text.split("~", -1);
            try {
                return parts.length == 3
                        ? Optional.of(new Cursor(
                                        Integer.parseInt(parts[0]), Instant.parse(parts[1]), Long.parseLong(parts[2])))
                                .filter(cursor -> cursor.queuedAt().isAfter(Instant.EPOCH)
                                        && cursor.queuedAt().isBefore(LATEST))
                        : Optional.empty();
            } catch (NumberFormatException | DateTimeParseException e) {
                return Optional.empty();
            }
        }

        /** Returns a form that {@link #parse} reads and that is safe in a URL. */
        @Override
        public String toString() {
            return precedence + "~" + queuedAt + "~" + id;
        }
    }
}
