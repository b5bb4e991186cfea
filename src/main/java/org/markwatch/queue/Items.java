package org.markwatch.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the queue. Gravest first, and oldest first inside a severity. */
public final class Items {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Items(DataSource dataSource, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.clock = clock;
    }

    /** One item, if there is one of that number. */
    public Optional<Item> find(long id) {
        return jdbc.sql(ItemRows.SELECT + "where i.id = ?")
                .param(id)
                .query(this::item)
                .optional();
    }

    /**
     * A page of the queue.
     *
     * @param after the place where the page before ended, null for the first page
     * @param limit the most items, at least 1
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

    /** How many items a filter lets through. */
    public long count(ItemFilter filter) {
        Map<String, Object> values = new HashMap<>();
        String where = filter.where(values);
        values.put("now", Times.utc(clock.instant()));
        return jdbc.sql("select count(*) from item i " + where)
                .params(values)
                .query(Long.class)
                .single();
    }

    /** Every lane that has or had items, by name. */
    public List<LaneCounts> lanes() {
        return jdbc.sql("""
                        select lane as name,
                               count(*) filter (where state <> 'decided') as waiting,
                               count(*) filter (where state = 'reopened') as reopened,
                               count(*) filter (where claimed_until > :now) as claimed,
                               min(queued_at) filter (where state <> 'decided') as oldest
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

    /** Brands that any item shows, by id. */
    public List<String> brands() {
        return jdbc.sql("select distinct unnest(brands) as brand from item order by brand")
                .query((row, number) -> row.getString("brand"))
                .list();
    }

    /** Hands over every item that a run found evidence for, in the order of the queue, a few at a time, as of one moment. */
    public void forEach(long runId, Consumer<? super Item> sink) {
        transaction.executeWithoutResult(status -> {
            try (Stream<Item> items =
                    jdbc.sql(ItemRows.SELECT + """
                              join admission a on a.url_sha256 = i.url_sha256 and a.outcome <> 'suppressed'
                             where a.run_id = ? order by i.precedence, i.queued_at, i.id
                            """).param(runId).withFetchSize(500).query(this::item).stream()) {
                items.forEach(sink);
            }
        });
    }

    private Item item(ResultSet row, int number) throws SQLException {
        return ItemRows.item(row, clock.instant());
    }

    /**
     * A stretch of the queue.
     *
     * @param next where the next page begins, null if this is the last
     */
    public record ItemPage(List<Item> items, @Nullable Cursor next) {
        public ItemPage {
            items = List.copyOf(items);
        }
    }

    /**
     * A lane at a glance.
     *
     * @param waiting  items without a decision that holds
     * @param reopened those of them that had one
     * @param claimed  those of them that somebody works on
     * @param oldest   when the oldest of them began to wait, null if there is none
     */
    public record LaneCounts(
            String name,
            long waiting,
            long reopened,
            long claimed,
            @Nullable Instant oldest) {}

    /**
     * A place in the queue's order: paging stays quick however deep, and nothing is shown twice when items are decided in
     * between.
     */
    public record Cursor(int precedence, Instant queuedAt, long id) {
        /**
         * Reads what {@link #toString} wrote.
         *
         * @return empty if it is not one
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

        /** Safe in a URL. */
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
