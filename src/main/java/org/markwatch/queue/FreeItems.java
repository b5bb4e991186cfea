package org.markwatch.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the first item within a filter that a reviewer holds or can take, and locks its row until the transaction of the
 * caller ends. Throws {@link org.springframework.dao.QueryTimeoutException} as {@link ScreenQueries} says. Thread-safe.
 */
final class FreeItems {
    /** Items that are looked at together: those in front are held or were skipped by the reviewer. */
    private static final int PART = 50;

    private final JdbcClient jdbc;

    FreeItems(DataSource dataSource) {
        this.jdbc = ScreenQueries.client(dataSource);
    }

    /** Locks the first item of a filter that the reviewer holds, and returns its number; empty if there is none. */
    Optional<Long> lockHeld(ItemFilter filter, String reviewer, Instant now) {
        return lockFirst(filter, "i.claimed_by = :reviewer and i.claimed_until > :now", "", reviewer, now, List.of());
    }

    /**
     * Locks the first item of a filter that nobody holds, whose row is not locked, and that the reviewer has not skipped since
     * it was queued.
     *
     * @return its number; empty if there is none
     */
    Optional<Long> lockFree(ItemFilter filter, String reviewer, Instant now) {
        QueueScan scan = new QueueScan(jdbc, filter, "null", null, now);
        while (scan.hasMore()) {
            List<Long> found =
                    scan.next(PART).stream().map(each -> each.cursor().id()).toList();
            Optional<Long> free = lockFirst(filter, """
                    i.id = any(:found) and (i.claimed_until is null or i.claimed_until <= :now)
                      and not exists (select from skip s where s.item_id = i.id
                           and s.reviewer = :reviewer and s.skipped_at >= i.queued_at)
                    """, "skip locked", reviewer, now, found);
            if (free.isPresent()) {
                return free;
            }
        }
        return Optional.empty();
    }

    /** Compares the filter too, because the item may have changed since it was found. */
    private Optional<Long> lockFirst(
            ItemFilter filter, String which, String ifLocked, String reviewer, Instant now, List<Long> found) {
        Map<String, Object> values = new HashMap<>();
        String condition = filter.condition(values);
        values.put("reviewer", reviewer);
        values.put("now", Times.utc(now));
        values.put("found", found.toArray(Long[]::new));
        return jdbc.sql("""
                        select i.id from item i where %s and %s
                         order by i.precedence, i.queued_at, i.id limit 1 for no key update %s
                        """.formatted(which, condition, ifLocked))
                .params(values)
                .query(Long.class)
                .optional();
    }
}
