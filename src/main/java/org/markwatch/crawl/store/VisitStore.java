package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes how visits ended, for one run: the current disposition in table {@code page}, the one that it replaces in
 * {@code visit}, visits that found the same in {@code revisit}, and the next due time in {@code schedule}. Uses the
 * transaction of the calling thread.
 */
public final class VisitStore {
    /** Months for which partitions are kept ready: that of the run's start and the next. */
    private static final int MONTHS_AHEAD = 1;

    private final JdbcTemplate jdbc;
    private final HostConnections connections;
    private final long runId;

    public VisitStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.connections = new HostConnections(database);
        this.runId = runId;
    }

    /** Creates the partitions of the month of an instant and the next one, if they are missing. */
    public void createPartitions(Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            for (String table : List.of("visit", "revisit")) {
                YearMonth from = month.plusMonths(ahead);
                String partition = "%s_%d_%02d".formatted(table, from.getYear(), from.getMonthValue());
                if (jdbc.queryForObject("select to_regclass(?)::text", String.class, partition) == null) {
                    jdbc.query("select add_month(?, ?)", row -> {}, table, from.atDay(1));
                }
            }
        }
    }

    /**
     * Adds the pages that redirects led to, unless they are known, and returns the ids of all.
     *
     * @param targets final URLs, with the seed, depth and priority of the URLs that were redirected
     */
    Map<HttpUrl, Long> addTargets(Collection<DiscoveredUrl> targets) {
        Map<HttpUrl, Long> ids = new HashMap<>();
        if (targets.isEmpty()) {
            return ids;
        }
        List<DiscoveredUrl> urls = List.copyOf(targets);
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, urls.size());
            PreparedStatement insert = connection.prepareStatement("""
                    with new as (
                        insert into page (first_run, url_hash, url, host, seed, depth, priority)
                        select ?, * from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::int2[], ?::int2[])
                        on conflict (url_hash) do nothing returning id, seed),
                    counted as (
                        update seed s set known = s.known + n.rows
                        from (select seed, count(*) as rows from new group by seed) n where s.id = n.seed)
                    insert into schedule (page_id, due_at, unchanged, nights) select id, 'epoch', 0, 1 from new""");
            insert.setLong(1, runId);
            insert.setArray(2, columns.of("uuid", i -> urls.get(i).hash()));
            insert.setArray(3, columns.of("text", i -> urls.get(i).url().toString()));
            insert.setArray(4, columns.of("text", i -> urls.get(i).url().origin()));
            insert.setArray(5, columns.of("int4", i -> urls.get(i).site().number()));
            insert.setArray(6, columns.of("int2", i -> (short) urls.get(i).depth()));
            insert.setArray(7, columns.of("int2", i -> (short) urls.get(i).priority()));
            return insert;
        });
        jdbc.query(
                "select url, id from page where url_hash = any (?)",
                row -> {
                    ids.put(HttpUrl.of(row.getString("url")), row.getLong("id"));
                },
                (Object) urls.stream().map(DiscoveredUrl::hash).toArray(UUID[]::new));
        return ids;
    }

    /** Stores ended visits; of each page at most one. */
    void record(List<EndedVisit> visits, Instant now) {
        if (visits.isEmpty()) {
            return;
        }
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, visits.size());
            PreparedStatement record = connection.prepareStatement(RECORD);
            List<DispositionRow> rows = visits.stream().map(DispositionRow::of).toList();
            record.setArray(1, columns.of("int8", i -> visits.get(i).page()));
            record.setArray(2, columns.of("text", i -> rows.get(i).finalUrl()));
            record.setArray(3, columns.of("text", i -> rows.get(i).disposition()));
            record.setArray(4, columns.of("text", i -> rows.get(i).kind()));
            record.setArray(5, columns.of("text", i -> rows.get(i).cause()));
            record.setArray(6, columns.of("text", i -> rows.get(i).reason()));
            record.setArray(7, columns.of("int2", i -> (short) rows.get(i).status()));
            record.setArray(8, columns.of("text", i -> rows.get(i).contentType()));
            record.setArray(9, columns.of("text", i -> rows.get(i).charset()));
            record.setArray(10, columns.of("int4", i -> rows.get(i).bytes()));
            record.setArray(11, columns.of("bool", i -> rows.get(i).truncated()));
            record.setArray(12, columns.of("text", i -> visits.get(i).textSha256()));
            record.setArray(13, columns.of("timestamptz", i -> rows.get(i).at()));
            record.setArray(14, columns.of("text", i -> visits.get(i).tlsFault()));
            record.setArray(15, columns.of("text", i -> visits.get(i).robotsAuthority()));
            record.setArray(
                    16, columns.of("timestamptz", i -> visits.get(i).dueAt().atOffset(ZoneOffset.UTC)));
            record.setArray(
                    17, columns.of("int2", i -> (short) visits.get(i).schedule().unchanged()));
            record.setArray(
                    18, columns.of("int2", i -> (short) visits.get(i).schedule().intervalNights()));
            record.setLong(19, runId);
            record.setObject(20, now.atOffset(ZoneOffset.UTC));
            record.setLong(21, runId);
            record.setLong(22, runId);
            record.setObject(23, now.atOffset(ZoneOffset.UTC));
            record.setLong(24, runId);
            record.setLong(25, runId);
            return record;
        });
    }

    /** Stores where hosts answered. */
    void recordConnections(Collection<HostConnection> seen) {
        connections.record(runId, seen);
    }

    /**
     * Compares each visit with the current disposition of its page. Pages with text are the same if the text is, also
     * when the server answers 304 now and 200 before; others are the same if everything but the time is.
     */
    private static final String RECORD = """
            with ended as (
                select * from unnest(
                    ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int2[], ?::text[], ?::text[],
                    ?::int4[], ?::bool[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::timestamptz[], ?::int2[], ?::int2[])
                as v(id, final_url, disposition, kind, cause, reason, status, content_type, charset, bytes, truncated,
                     text_sha256, fetched_at, tls, robots_authority, due_at, unchanged, nights)),
            compared as (
                select v.*, p.seed,
                    v.disposition in ('fetched', 'not-modified') as has_text,
                    coalesce(p.disposition in ('fetched', 'not-modified'), false) as had_text,
                    coalesce(case when v.disposition in ('fetched', 'not-modified')
                        then p.disposition in ('fetched', 'not-modified')
                            and (p.content_type, p.truncated or v.status = 304, p.text_sha256, p.tls, p.robots_authority)
                                is not distinct from
                                (v.content_type, v.truncated or v.status = 304, v.text_sha256, v.tls, v.robots_authority)
                        else (p.disposition, p.kind, p.cause, p.reason, p.status, p.final_url, p.tls, p.robots_authority)
                                is not distinct from
                                (v.disposition, v.kind, v.cause, v.reason, v.status, v.final_url, v.tls, v.robots_authority)
                        end, false) as same
                from ended v join page p using (id)),
            replaced as (
                insert into visit (page_id, run_id, to_run, replaced_at, disposition, final_url, kind, cause, reason, status,
                    content_type, charset, bytes, truncated, text_sha256, fetched_at, tls, robots_authority)
                select p.id, p.run_id, ?, ?, p.disposition, p.final_url, p.kind, p.cause, p.reason, p.status,
                    p.content_type, p.charset, p.bytes, p.truncated, p.text_sha256, p.fetched_at, p.tls, p.robots_authority
                from page p join compared c using (id) where not c.same and p.run_id < ?),
            current as (
                update page p set run_id = c.run, final_url = c.final_url, disposition = c.disposition, kind = c.kind,
                    cause = c.cause, reason = c.reason, status = c.status, content_type = c.content_type, charset = c.charset,
                    bytes = c.bytes, truncated = c.truncated, text_sha256 = c.text_sha256, fetched_at = c.fetched_at,
                    tls = c.tls, robots_authority = c.robots_authority
                from (select *, ?::int8 as run from compared where not same) c where p.id = c.id),
            same as (
                insert into revisit (at, run_id, status, pages)
                select ?, ?, status, array_agg(id order by id) from compared where same group by status),
            texts as (
                select seed, sum(has_text::int - had_text::int) as n from compared group by seed
                having sum(has_text::int - had_text::int) <> 0),
            counted as (update seed s set texts = s.texts + t.n from texts t where s.id = t.seed),
            counted_in_run as (
                update run_seed s set texts = s.texts + t.n from texts t where s.run_id = ? and s.seed = t.seed)
            update schedule s set due_at = c.due_at, unchanged = c.unchanged, nights = c.nights,
                read_at = case when c.disposition = 'fetched' then c.fetched_at else s.read_at end
            from compared c where s.page_id = c.id""";
}
