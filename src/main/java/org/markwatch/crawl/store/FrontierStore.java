package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.revisit.EarlierVisits;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes the tables {@code frontier} and {@code run_count} for one run, and adds URLs to table {@code page};
 * many rows in each statement. Uses the transaction of the calling thread.
 */
public final class FrontierStore {
    private final JdbcTemplate jdbc;
    private final long runId;

    public FrontierStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    /** Whether a stop of the run has been requested. */
    public boolean stopRequested() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select stop_requested from run where id = ?", Boolean.class, runId));
    }

    /** Returns the number of open rows of a partition. */
    public long size(int partition) {
        Long rows =
                jdbc.queryForObject("select count(*) from frontier where partition = ?", Long.class, (short) partition);
        return rows == null ? 0 : rows;
    }

    /**
     * Returns the hosts with open rows of a partition, by a loose index scan: its cost depends on the number of hosts and
     * seeds, not of rows.
     */
    public List<String> openHosts(int partition) {
        Set<String> hosts = new LinkedHashSet<>();
        jdbc.query("""
                with recursive open (seed, host) as (
                    (select seed, host from frontier where partition = ?1 order by seed, host limit 1)
                    union all
                    select n.seed, n.host from open cross join lateral (
                        select f.seed, f.host from frontier f
                        where f.partition = ?1 and (f.seed, f.host) > (open.seed, open.host)
                        order by f.seed, f.host limit 1) n)
                select host from open""".replace("?1", Integer.toString(partition)), row -> {
            hosts.add(row.getString("host"));
        });
        return List.copyOf(hosts);
    }

    /**
     * Returns the open rows of highest priority of many hosts, up to a limit each, in one query; those of sites that are not
     * given are left out.
     *
     * @param current sites by number; may change meanwhile, when their partition is given back
     */
    public Map<String, List<FrontierUrl>> openRows(Map<String, Integer> limits, Map<Integer, Site> current) {
        Map<Integer, Site> sites = Map.copyOf(current);
        Map<String, List<FrontierUrl>> rows = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement("""
                            select p.id, p.url, p.host, f.seed, p.depth, f.priority, p.disposition, s.due_at, s.unchanged, s.nights, %s
                            from unnest(?::text[], ?::int[]) as h(host, max)
                            cross join lateral (
                                select * from frontier where host = h.host and partition = any (?)
                                order by priority desc, page_id limit h.max) f
                            join page p on p.id = f.page_id
                            join schedule s on s.page_id = f.page_id
                            left join page_text k on k.page_id = f.page_id
                            order by f.priority desc, f.page_id""".formatted(PageHistoryStore.COLUMNS));
                    select.setArray(
                            1, connection.createArrayOf("text", limits.keySet().toArray()));
                    select.setArray(
                            2, connection.createArrayOf("int4", limits.values().toArray()));
                    select.setArray(3, connection.createArrayOf("int2", partitions(sites)));
                    return select;
                },
                row -> {
                    FrontierUrl url = url(row, sites);
                    rows.computeIfAbsent(url.host(), host -> new ArrayList<>()).add(url);
                });
        return rows;
    }

    private static Object[] partitions(Map<Integer, Site> sites) {
        return sites.values().stream().map(Site::partition).distinct().toArray();
    }

    private static FrontierUrl url(ResultSet row, Map<Integer, Site> sites) throws SQLException {
        Site site = sites.get(row.getInt("seed"));
        if (site == null) {
            throw new IllegalStateException("frontier row " + row.getLong("id") + " belongs to seed "
                    + row.getInt("seed") + ", which has no row in table run_seed");
        }
        return new FrontierUrl(
                row.getLong("id"),
                HttpUrl.of(row.getString("url")),
                row.getString("host"),
                site,
                row.getInt("depth"),
                row.getInt("priority"),
                new EarlierVisits(
                        row.getString("disposition"),
                        new RevisitSchedule(row.getInt("unchanged"), row.getInt("nights")),
                        PageHistoryStore.fromRow(row)));
    }

    /**
     * Adds URLs to the tables {@code page} and {@code frontier}; skips those that are known. A known URL whose seed has
     * no part in the run becomes one of the given seed, counts there, and is added too. Returns the added URLs in the order
     * of their ids.
     */
    List<FrontierUrl> add(Collection<DiscoveredUrl> urls, Map<Integer, Site> sites) {
        if (urls.isEmpty()) {
            return List.of();
        }
        List<DiscoveredUrl> found = List.copyOf(urls);
        List<FrontierUrl> added = new ArrayList<>();
        jdbc.query(
                connection -> {
                    ColumnArrays columns = new ColumnArrays(connection, found.size());
                    PreparedStatement insert = connection.prepareStatement("""
                            with new as (
                                insert into page as p (first_run, url_hash, url, host, seed, depth, priority)
                                select ?, * from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::int2[], ?::int2[])
                                on conflict (url_hash) do update
                                    set seed = excluded.seed, depth = excluded.depth, priority = excluded.priority
                                    where p.seed <> excluded.seed and not exists (
                                        select from run_seed r where r.run_id = excluded.first_run and r.seed = p.seed)
                                returning p.id, p.url, p.host, p.seed, p.depth, p.priority, p.first_run,
                                    coalesce(p.disposition in ('fetched', 'not-modified'), false) as has_text),
                            moved as ( -- table page is read as it was before this statement
                                select (select p.seed from page p where p.id = new.id) as seed, new.has_text
                                from new where new.first_run <> ?),
                            scheduled as (
                                insert into schedule (page_id, due_at, unchanged, nights)
                                select id, 'epoch', 0, 1 from new
                                on conflict (page_id) do nothing),
                            opened as (
                                insert into frontier (page_id, host, priority, seed, partition)
                                select new.id, new.host, new.priority, new.seed, t.partition
                                from new join unnest(?::int4[], ?::int2[]) as t(seed, partition) using (seed)
                                on conflict (page_id) do nothing),
                            n as (
                                select seed, sum(change) as rows, coalesce(sum(change) filter (where has_text), 0) as texts
                                from (select seed, has_text, 1 as change from new union all select seed, has_text, -1 from moved) m
                                group by seed),
                            counted as (
                                update seed s set known = s.known + n.rows, texts = s.texts + n.texts from n where s.id = n.seed),
                            counted_in_run as (
                                update run_seed s set known = s.known + n.rows, texts = s.texts + n.texts from n
                                where s.run_id = ? and s.seed = n.seed)
                            select new.id, new.url, new.host, new.seed, new.depth, new.priority, null as disposition,
                                null as due_at, 0 as unchanged, 1 as nights, %s
                            from new left join page_text k on k.page_id = new.id and false
                            order by new.id""".formatted(PageHistoryStore.COLUMNS));
                    insert.setLong(1, runId);
                    insert.setArray(2, columns.of("uuid", i -> found.get(i).hash()));
                    insert.setArray(
                            3, columns.of("text", i -> found.get(i).url().toString()));
                    insert.setArray(
                            4, columns.of("text", i -> found.get(i).url().origin()));
                    insert.setArray(
                            5, columns.of("int4", i -> found.get(i).site().number()));
                    insert.setArray(
                            6, columns.of("int2", i -> (short) found.get(i).depth()));
                    insert.setArray(
                            7, columns.of("int2", i -> (short) found.get(i).priority()));
                    insert.setLong(8, runId);
                    List<Site> of =
                            found.stream().map(DiscoveredUrl::site).distinct().toList();
                    insert.setArray(
                            9,
                            connection.createArrayOf(
                                    "int4", of.stream().map(Site::number).toArray()));
                    insert.setArray(
                            10,
                            connection.createArrayOf(
                                    "int2", of.stream().map(Site::partition).toArray()));
                    insert.setLong(11, runId);
                    return insert;
                },
                row -> {
                    added.add(url(row, sites));
                });
        return added;
    }

    /** Returns whether a URL is in table {@code page}. */
    public boolean isKnown(HttpUrl url) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from page where url_hash = ?)", Boolean.class, UrlHash.of(url.toString())));
    }

    /**
     * Removes visited pages from the frontier.
     *
     * @throws IllegalStateException if one is not in it
     */
    public void close(Collection<Long> pages) {
        if (pages.isEmpty()) {
            return;
        }
        Long closed = jdbc.queryForObject("""
                with closed as (delete from frontier where page_id = any (?) returning seed),
                counted as (
                    update run_seed s set done = s.done + n.rows
                    from (select seed, count(*) as rows from closed group by seed) n
                    where s.run_id = ? and s.seed = n.seed)
                select count(*) from closed""", Long.class, pages.toArray(Long[]::new), runId);
        if (closed == null || closed != pages.size()) {
            throw new IllegalStateException("run " + runId + ": only " + closed + " of " + pages.size()
                    + " visits were open in the frontier; another process works on the same run, or a visit was"
                    + " committed twice");
        }
    }

    /**
     * Rows that were removed from the frontier without a visit.
     *
     * @param rows    all of them
     * @param refused those without any visit so far, whose disposition is refused
     */
    public record Remainder(long rows, long refused) {}

    /**
     * Removes the remaining open rows of a seed of a partition without a visit. A page that was never visited is refused (kind {@code
     * LIMIT}); others keep their disposition. All of them stay due.
     *
     * @param except rows whose visits have ended and are committed separately
     * @param reason one line for people
     */
    public Remainder refuseRemaining(int partition, int seed, Collection<Long> except, String reason, Instant at) {
        List<Remainder> removed = jdbc.query(
                connection -> {
                    PreparedStatement update = connection.prepareStatement("""
                            with rest as (
                                delete from frontier where partition = ? and seed = ? and page_id <> all (?::int8[]) returning page_id),
                            counted as (
                                update run_seed s set done = s.done + (select count(*) from rest)
                                where s.run_id = ? and s.seed = ?),
                            refused as (
                                update page p set run_id = ?, disposition = 'refused', kind = 'LIMIT', reason = ?, status = 0,
                                    bytes = 0, truncated = false, fetched_at = ?
                                from rest where p.id = rest.page_id and p.run_id is null),
                            limited as (
                                select from page p join rest on p.id = rest.page_id
                                where p.run_id is null or p.disposition = 'refused' and p.kind = 'LIMIT' and p.status = 0)
                            select (select count(*) from rest) as rows, (select count(*) from limited) as refused""");
                    update.setShort(1, (short) partition);
                    update.setInt(2, seed);
                    update.setArray(3, connection.createArrayOf("int8", except.toArray()));
                    update.setLong(4, runId);
                    update.setInt(5, seed);
                    update.setLong(6, runId);
                    update.setString(7, reason);
                    update.setObject(8, at.atOffset(ZoneOffset.UTC));
                    return update;
                },
                (row, number) -> new Remainder(row.getLong("rows"), row.getLong("refused")));
        return removed.getFirst();
    }

    /** Adds counts to table {@code run_count}. */
    public void addCounts(Map<CrawlCounters.CounterKey, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<CrawlCounters.CounterKey, Long>> entries = List.copyOf(counts.entrySet());
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, entries.size());
            PreparedStatement upsert = connection.prepareStatement("""
                    insert into run_count (run_id, about, name, n)
                    select ?, * from unnest(?::text[], ?::text[], ?::int8[]) as c(about, name, n) order by about, name
                    on conflict (run_id, about, name) do update set n = run_count.n + excluded.n""");
            upsert.setLong(1, runId);
            upsert.setArray(2, columns.of("text", i -> entries.get(i).getKey().about()));
            upsert.setArray(3, columns.of("text", i -> entries.get(i).getKey().name()));
            upsert.setArray(4, columns.of("int8", i -> entries.get(i).getValue()));
            return upsert;
        });
    }
}
