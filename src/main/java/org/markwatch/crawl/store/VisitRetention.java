package org.markwatch.crawl.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.NamedInterface;

/**
 * Ends the data of visits: replaced dispositions, by month, and pages without text that nothing has changed for long.
 * Each statement is bounded: a month is dropped as a partition, everything else is deleted in batches with a
 * transaction each. Thread-safe.
 */
@NamedInterface("store")
public final class VisitRetention {
    private static final int BATCH = 10_000;
    /** Condition for rows of {@code page p} that a legal hold covers; parameters: host names, URLs. */
    static final String HELD = "(regexp_replace(p.host, '^[a-z]+://|:[0-9]+$', '', 'g') = any (?) or p.url = any (?))";

    private final JdbcTemplate jdbc;

    /** Works on this database. */
    public VisitRetention(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Data that a legal hold covers.
     *
     * @param hosts host names in lower case, without port
     * @param urls  canonical URLs
     */
    public record Held(Collection<String> hosts, Collection<String> urls) {
        /** Covers nothing. */
        public static final Held NOTHING = new Held(List.of(), List.of());

        String[] hostArray() {
            return hosts.toArray(String[]::new);
        }

        String[] urlArray() {
            return urls.toArray(String[]::new);
        }
    }

    /** Returns how many rows {@link #dropVisits} would remove. */
    public long countVisits(Instant before, Held held) {
        long rows = 0;
        for (String partition : partitions("visit", before)) {
            rows += count(
                    "select count(*) from " + partition + " v join page p on p.id = v.page_id where not " + HELD, held);
        }
        return rows;
    }

    /**
     * Removes the months of replaced dispositions and of unchanged visits that ended before an instant. A month with
     * held pages keeps their rows.
     *
     * @return the number of replaced dispositions removed
     */
    public long dropVisits(Instant before, Held held) {
        long rows = 0;
        for (String partition : partitions("visit", before)) {
            boolean hasHeld = count(
                            "select count(*) from " + partition + " v join page p on p.id = v.page_id where " + HELD,
                            held)
                    > 0;
            if (hasHeld) {
                rows += deleteBatches(
                        "delete from " + partition + " where ctid in (select v.ctid from " + partition
                                + " v join page p on p.id = v.page_id where not " + HELD + " limit " + BATCH + ")",
                        held);
            } else {
                Long all = jdbc.queryForObject("select count(*) from " + partition, Long.class);
                rows += all == null ? 0 : all;
                jdbc.query("select drop_month(?::regclass)", row -> {}, partition);
            }
        }
        for (String partition : partitions("revisit", before)) {
            if (count(
                            "select count(*) from " + partition
                                    + " v where exists (select from page p where p.id = any (v.pages) and " + HELD
                                    + ")",
                            held)
                    == 0) {
                jdbc.query("select drop_month(?::regclass)", row -> {}, partition);
            }
        }
        return rows;
    }

    /** Returns the partitions whose whole month is before an instant, by name. */
    private List<String> partitions(String table, Instant before) {
        return jdbc.query("""
                select c.oid::regclass::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = ?::regclass
                    and substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz <= ?
                order by 1""", (row, number) -> row.getString(1), table, utc(before));
    }

    /** Returns how many pages {@link #deletePages} would delete. */
    public long countPages(Instant before, Held held) {
        Long rows = jdbc.queryForObject(
                "select count(*) from page p join schedule s on s.page_id = p.id where " + STALE + " and not " + HELD,
                Long.class,
                utc(before),
                utc(before),
                held.hostArray(),
                held.urlArray());
        return rows == null ? 0 : rows;
    }

    /**
     * Deletes pages without text whose disposition has stood since before an instant, and pages that have been due, and
     * not visited, since then, because their seed is no longer configured. A page that is still linked is found again
     * when a page that links to it changes.
     *
     * @return the number of pages deleted
     */
    public long deletePages(Instant before, Held held) {
        long deleted = 0;
        Long last = jdbc.queryForObject("select coalesce(max(id), 0) from page", Long.class);
        for (long from = 0; last != null && from < last; from += BATCH) {
            Integer rows = jdbc.queryForObject(
                    """
                    with gone as (
                        delete from page p using schedule s
                        where s.page_id = p.id and p.id > ? and p.id <= ? and %s and not %s
                        returning p.seed, p.disposition in ('fetched', 'not-modified') as has_text),
                    counted as (
                        update seed s set known = s.known - n.rows, texts = s.texts - n.texts
                        from (
                            select seed, count(*) as rows, count(*) filter (where has_text) as texts from gone group by seed) n
                        where s.id = n.seed)
                    select count(*) from gone""".formatted(STALE, HELD),
                    Integer.class,
                    from,
                    from + BATCH,
                    utc(before),
                    utc(before),
                    held.hostArray(),
                    held.urlArray());
            deleted += rows == null ? 0 : rows;
        }
        return deleted;
    }

    /** Condition with the instant twice; pages that were never visited have the due time 1970. */
    private static final String STALE = "p.depth > 0 and not exists (select from page_text k where k.page_id = p.id)"
            + " and (p.fetched_at < ? and p.disposition not in ('fetched', 'not-modified')"
            + " or s.due_at < ? and p.disposition in ('fetched', 'not-modified'))";

    private long count(String sql, Held held) {
        Long rows = jdbc.queryForObject(sql, Long.class, held.hostArray(), held.urlArray());
        return rows == null ? 0 : rows;
    }

    private long deleteBatches(String sql, Held held) {
        long deleted = 0;
        for (int rows = BATCH; rows == BATCH; ) {
            rows = jdbc.update(sql, held.hostArray(), held.urlArray());
            deleted += rows;
        }
        return deleted;
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
