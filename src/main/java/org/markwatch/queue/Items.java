package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the items of the queue, most severe first, then longest waiting first. Thread-safe. */
public final class Items {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Items(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /** Returns the item with this number; empty if there is none. */
    public Optional<Item> find(long id) {
        return jdbc.sql(ItemRows.SELECT + "where i.id = ?")
                .param(id)
                .query(this::item)
                .optional();
    }

    /**
     * Returns a page of the queue.
     *
     * @param after cursor of the previous page, null for the first page
     * @param limit maximum number of items, at least 1
     */
    public ItemPage page(ItemFilter filter, @Nullable Cursor after, int limit) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder where = new StringBuilder(filter.where(values));
        values.put("now", Times.utc(clock.instant()));
        if (after != null) {
            where.append(" and (i.precedence, i.queued_at, i.id) > (:precedence, :queuedAt, :id)");
            values.put("precedence", after.precedence());
            values.put("queuedAt", Times.utc(after.queuedAt()));
            values.put("id", after.id());
        }
        values.put("limit", limit + 1);
        List<RankedItem> rows = jdbc.sql(
                        ItemRows.SELECT + where + " order by i.precedence, i.queued_at, i.id limit :limit")
                .params(values)
                .query((row, number) -> new RankedItem(item(row, number), row.getInt("precedence")))
                .list();
        List<Item> items = rows.stream().limit(limit).map(RankedItem::item).toList();
        return new ItemPage(items, rows.size() > limit ? rows.get(limit - 1).cursor() : null);
    }

    /** Returns the number of items that a filter selects. */
    public long count(ItemFilter filter) {
        Map<String, Object> values = new HashMap<>();
        String where = filter.where(values);
        values.put("now", Times.utc(clock.instant()));
        return jdbc.sql("select count(*) from item i " + where)
                .params(values)
                .query(Long.class)
                .single();
    }

    /** Returns every lane that has items in any state, by name. */
    public List<LaneCounts> lanes() {
        return jdbc.sql("""
                        select lane as name,
                               count(*) filter (where state in ('new', 'reopened')) as waiting,
                               count(*) filter (where state = 'reopened') as reopened,
                               count(*) filter (where claimed_until > :now) as claimed,
                               min(queued_at) filter (where state in ('new', 'reopened')) as oldest
                          from item group by lane order by lane
                        """)
                .param("now", Times.utc(clock.instant()))
                .query((row, number) -> new LaneCounts(
                        row.getString("name"),
                        row.getLong("waiting"),
                        row.getLong("reopened"),
                        row.getLong("claimed"),
                        Times.instantOrNull(row, "oldest")))
                .list();
    }

    /** Returns the ids of the brands of all items, sorted. */
    public List<String> brands() {
        return jdbc.sql("select distinct unnest(brands) as brand from item order by brand")
                .query((row, number) -> row.getString("brand"))
                .list();
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
     * Counts of a lane.
     *
     * @param waiting  open items: new or re-opened
     * @param reopened open items that were re-opened after a decision
     * @param claimed  items that a reviewer holds
     * @param oldest   when the open item that has waited longest was queued, null if no item is open
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

    private record RankedItem(Item item, int precedence) {
        Cursor cursor() {
            return new Cursor(precedence, item.queuedAt(), item.id());
        }
    }
}
