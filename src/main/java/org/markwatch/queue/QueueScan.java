package org.markwatch.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Items.Cursor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes through the items that a filter selects, in the order of the queue, by parts.
 *
 * <p>Words are looked for in the next {@value #MOST_NEAR} items first: words that many items have are found there, and
 * their index would return all these items only to sort them.
 *
 * <p>Words behind these items, brands, groups and rules are looked up in their index. If at most {@value #MOST_FEW} items of any
 * state have them, only these are read. PostgreSQL does not know what is rarer than its statistics say, and would read the
 * whole queue in its order. Used by one thread.
 */
final class QueueScan {
    /** Items in which words are looked for one by one. */
    static final int MOST_NEAR = 2_000;

    private static final int NEAR_PART = 500;
    private static final int MOST_FEW = 1_000;

    private final JdbcClient jdbc;
    private final ItemFilter filter;
    private final String key;
    private final Instant now;
    private @Nullable Cursor at;
    private int near;
    private boolean more = true;
    /** Items with the words, brand, group and rule of the filter; empty if they are many; null as long as they are not looked up. */
    private @Nullable Optional<Long[]> few;

    /**
     * Starts a scan.
     *
     * @param key   column or SQL constant that is read beside the position of an item
     * @param after position behind which the scan starts; null for the first item
     */
    QueueScan(JdbcClient jdbc, ItemFilter filter, String key, @Nullable Cursor after, Instant now) {
        this.jdbc = jdbc;
        this.filter = filter;
        this.key = key;
        this.at = after;
        this.now = now;
        this.near = filter.term(ItemTerm.TEXT).isEmpty() ? 0 : MOST_NEAR;
    }

    /** A selected item: its key, empty if it has none, and its position. */
    record FoundItem(String key, Cursor cursor) {}

    /** Returns whether items may follow. */
    boolean hasMore() {
        return more;
    }

    /** Returns the position behind which {@link #next} goes on; null before the first item. */
    @Nullable
    Cursor position() {
        return at;
    }

    /** Returns whether words are still looked for one by one. */
    boolean isNear() {
        return near > 0;
    }

    /** Returns the next selected items, about {@code size}; none does not mean that none follow. */
    List<FoundItem> next(int size) {
        return near > 0 ? nextNear(Math.min(Math.max(size, NEAR_PART), near)) : nextSelected(size);
    }

    private List<FoundItem> nextNear(int size) {
        Map<String, Object> values = new HashMap<>();
        String words = ItemTerm.TEXT.condition(filter.term(ItemTerm.TEXT), values);
        List<Scanned> scanned =
                read("""
                select key, precedence, queued_at, id, hit, n from (
                    select %s as key, i.precedence, i.queued_at, i.id, %s as hit, row_number() over () as n
                      from (select * from item i where %s order by i.precedence, i.queued_at, i.id limit :limit) i) s
                 where hit or n = :limit order by precedence, queued_at, id
                """.formatted(key, words, condition(filter.with(ItemTerm.TEXT, ""), values)), values, size);
        near -= size;
        more = !scanned.isEmpty() && scanned.getLast().n == size;
        List<FoundItem> found = new ArrayList<>();
        for (Scanned each : scanned) {
            at = each.found.cursor();
            if (each.hit) {
                found.add(each.found);
            }
        }
        return found;
    }

    private List<FoundItem> nextSelected(int size) {
        Map<String, Object> values = new HashMap<>();
        List<Scanned> scanned = read(
                "select %s as key, i.precedence, i.queued_at, i.id, true as hit, 0 as n from item i where %s"
                                .formatted(key, condition(filter, values) + amongFew(values))
                        + " order by i.precedence, i.queued_at, i.id limit :limit",
                values,
                size);
        more = scanned.size() == size;
        if (!scanned.isEmpty()) {
            at = scanned.getLast().found.cursor();
        }
        return scanned.stream().map(each -> each.found).toList();
    }

    private String amongFew(Map<String, Object> values) {
        if (!filter.readsItems()) {
            return "";
        }
        if (few == null) {
            few = lookUp();
        }
        few.ifPresent(items -> values.put("few", items));
        return few.isEmpty() ? "" : " and i.id = any(:few)";
    }

    private Optional<Long[]> lookUp() {
        Map<String, Object> values = new HashMap<>();
        String condition = filter.rowCondition(values);
        values.put("limit", MOST_FEW + 1);
        List<Long> items = jdbc.sql("select i.id from item i where " + condition + " limit :limit")
                .params(values)
                .query((row, number) -> row.getLong("id"))
                .list();
        return items.size() > MOST_FEW ? Optional.empty() : Optional.of(items.toArray(Long[]::new));
    }

    private String condition(ItemFilter selected, Map<String, Object> values) {
        return selected.condition(values) + Items.afterCursor(at, values);
    }

    private List<Scanned> read(String query, Map<String, Object> values, int size) {
        values.put("now", Times.utc(now));
        values.put("limit", size);
        return jdbc.sql(query)
                .params(values)
                .query((row, number) -> new Scanned(
                        new FoundItem(
                                Objects.requireNonNullElse(row.getString("key"), ""),
                                new Cursor(
                                        row.getInt("precedence"), Times.instant(row, "queued_at"), row.getLong("id"))),
                        row.getBoolean("hit"),
                        row.getLong("n")))
                .list();
    }

    /** @param n number of the item in its part, from 1 */
    private record Scanned(FoundItem found, boolean hit, long n) {}
}
