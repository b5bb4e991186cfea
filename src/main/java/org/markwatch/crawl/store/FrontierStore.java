package org.markwatch.crawl.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.revisit.EarlierVisits;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.LinkPriority;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes the tables {@code frontier} and {@code run_count} for one run, and adds URLs to table {@code page};
 * many rows in each statement. Uses the transaction of the calling thread.
 */
public final class FrontierStore {
    /** Pages that one statement of {@link #fill} looks at. */
    private static final long FILL_BATCH = 100_000;

    private static final int HASH_BATCH = 10_000;

    private final JdbcTemplate jdbc;
    private final long runId;

    public FrontierStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    // ---- start ---------------------------------------------------------------------------------------------------

    /** Whether a stop of the run has been requested. */
    public boolean stopRequested() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select stop_requested from run where id = ?", Boolean.class, runId));
    }

    /** Whether {@link #markFilled} has been called for the run. */
    public boolean isFilled() {
        return Boolean.TRUE.equals(jdbc.queryForObject("select filled from run where id = ?", Boolean.class, runId));
    }

    /** Records that the frontier holds every page that was due at the start of the run. */
    public void markFilled() {
        jdbc.update("update run set filled = true where id = ?", runId);
    }

    /** Returns the number of open rows. */
    public long size() {
        Long rows = jdbc.queryForObject("select count(*) from frontier", Long.class);
        return rows == null ? 0 : rows;
    }

    /** Empties the frontier of what an earlier run left. */
    public void clear() {
        jdbc.execute("truncate frontier");
    }

    /**
     * Which pages a run visits.
     *
     * @param seeds     numbers of the configured seeds; pages of others are left out
     * @param dueBefore start of the run
     * @param rules     identifier of the rules; pages with text that others judged are included
     * @param extractor version of the extraction; pages with text that another one read are included
     * @param alwaysDue URLs that are included whenever they are due
     * @param allTexts  whether all pages with text are included
     */
    public record Due(
            Collection<Integer> seeds,
            Instant dueBefore,
            UUID rules,
            UUID extractor,
            Collection<HttpUrl> alwaysDue,
            boolean allTexts) {}

    /** Adds the known pages that a run visits. Can be repeated until the first visit is committed. */
    public void fill(Due due) {
        Integer[] seeds = due.seeds().toArray(Integer[]::new);
        Long last = jdbc.queryForObject("select coalesce(max(page_id), 0) from schedule", Long.class);
        for (long from = 0; last != null && from < last; from += FILL_BATCH) {
            jdbc.update(
                    INSERT + "from schedule s join page p on p.id = s.page_id"
                            + " where s.page_id > ? and s.page_id <= ? and s.due_at < ? and p.seed = any (?)"
                            + " on conflict do nothing",
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED,
                    from,
                    from + FILL_BATCH,
                    due.dueBefore().atOffset(ZoneOffset.UTC),
                    seeds);
        }
        List<UUID> hashes =
                due.alwaysDue().stream().map(url -> UrlHash.of(url.toString())).toList();
        for (int from = 0; from < hashes.size(); from += HASH_BATCH) {
            jdbc.update(
                    INSERT + "from page p where p.url_hash = any (?) and p.seed = any (?) on conflict do nothing",
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED,
                    hashes.subList(from, Math.min(from + HASH_BATCH, hashes.size()))
                            .toArray(UUID[]::new),
                    seeds);
        }
        if (due.allTexts()) {
            jdbc.update(
                    INSERT + "from page_text k join page p on p.id = k.page_id where p.seed = any (?)"
                            + " on conflict do nothing",
                    Disposition.RETRY_AFTER,
                    LinkPriority.DEFERRED,
                    seeds);
            return;
        }
        for (String other : List.of("k.rules < ?1", "k.rules > ?1", "k.rules = ?1 and k.read_by <> ?2")) {
            List<Object> parameters = new ArrayList<>(List.of(Disposition.RETRY_AFTER, LinkPriority.DEFERRED));
            parameters.add(due.rules());
            if (other.contains("?2")) {
                parameters.add(due.extractor());
            }
            parameters.add(seeds);
            jdbc.update(
                    INSERT + "from page_text k join page p on p.id = k.page_id where "
                            + other.replaceAll("\\?[12]", "?") + " and p.seed = any (?) on conflict do nothing",
                    parameters.toArray());
        }
    }

    /** A host that asked for a long delay (Retry-After) in an earlier run comes first. */
    private static final String INSERT = """
            insert into frontier (page_id, host, priority, seed)
            select p.id, p.host, case when p.cause = ? then ? else p.priority end, p.seed
            """;

    /**
     * Adds the pages of seeds. A page that is known already becomes the root of its seed.
     *
     * @param roots the page of each seed, with depth 0
     */
    public void addRoots(Collection<DiscoveredUrl> roots, Map<Integer, Site> sites) {
        List<DiscoveredUrl> urls = List.copyOf(roots);
        add(urls, sites);
        jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, urls.size());
            PreparedStatement update = connection.prepareStatement("""
                    with root as (select * from unnest(?::uuid[], ?::int4[], ?::int2[]) as r(url_hash, seed, priority)),
                    adopted as (
                        update page p set seed = r.seed, depth = 0, priority = r.priority from root r
                        where p.url_hash = r.url_hash and (p.seed, p.depth) is distinct from (r.seed, 0))
                    insert into frontier (page_id, host, priority, seed)
                    select p.id, p.host, r.priority, r.seed from page p join root r using (url_hash)
                    on conflict (page_id) do update set seed = excluded.seed, priority = excluded.priority""");
            update.setArray(1, columns.of("uuid", i -> urls.get(i).hash()));
            update.setArray(2, columns.of("int4", i -> urls.get(i).site().number()));
            update.setArray(3, columns.of("int2", i -> (short) urls.get(i).priority()));
            return update;
        });
    }

    /**
     * Returns the hosts with open rows, by a loose index scan: its cost depends on the number of hosts, not of rows.
     */
    public List<String> openHosts() {
        List<String> hosts = new ArrayList<>();
        jdbc.query("""
                with recursive open (host) as (
                    (select host from frontier order by host limit 1)
                    union all
                    select (select f.host from frontier f where f.host > open.host order by f.host limit 1)
                    from open where open.host is not null)
                select host from open where host is not null""", row -> {
            hosts.add(row.getString("host"));
        });
        return hosts;
    }

    // ---- crawl ---------------------------------------------------------------------------------------------------

    /** Returns the open rows of highest priority of many hosts, up to a limit each, in one query. */
    public Map<String, List<FrontierUrl>> openRows(Map<String, Integer> limits, Map<Integer, Site> sites) {
        Map<String, List<FrontierUrl>> rows = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement("""
                            select p.id, p.url, p.host, f.seed, p.depth, f.priority, p.disposition, s.due_at, s.unchanged, s.nights, %s
                            from unnest(?::text[], ?::int[]) as h(host, max)
                            cross join lateral (
                                select * from frontier where host = h.host order by priority desc, page_id limit h.max) f
                            join page p on p.id = f.page_id
                            join schedule s on s.page_id = f.page_id
                            left join page_text k on k.page_id = f.page_id
                            order by f.priority desc, f.page_id""".formatted(PageHistoryStore.COLUMNS));
                    select.setArray(
                            1, connection.createArrayOf("text", limits.keySet().toArray()));
                    select.setArray(
                            2, connection.createArrayOf("int4", limits.values().toArray()));
                    return select;
                },
                row -> {
                    FrontierUrl url = url(row, sites);
                    rows.computeIfAbsent(url.host(), host -> new ArrayList<>()).add(url);
                });
        return rows;
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
     * no part in the run becomes one of the given seed, and is added too. Returns the added URLs in the order of their
     * ids.
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
                                returning p.id, p.url, p.host, p.seed, p.depth, p.priority),
                            scheduled as (
                                insert into schedule (page_id, due_at, unchanged, nights)
                                select id, 'epoch', 0, 1 from new
                                on conflict (page_id) do nothing),
                            opened as (
                                insert into frontier (page_id, host, priority, seed)
                                select id, host, priority, seed from new
                                on conflict (page_id) do nothing),
                            n as (select seed, count(*) as rows from new group by seed),
                            counted as (update seed s set known = s.known + n.rows from n where s.id = n.seed),
                            counted_in_run as (
                                update run_seed s set known = s.known + n.rows from n
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
     * Removes the remaining open rows of a seed without a visit. A page that was never visited is refused (kind {@code
     * LIMIT}); others keep their disposition. All of them stay due.
     *
     * @param except rows whose visits have ended and are committed separately
     * @param reason one line for people
     */
    public Remainder refuseRemaining(int seed, Collection<Long> except, String reason, Instant at) {
        List<Remainder> removed = jdbc.query(
                connection -> {
                    PreparedStatement update = connection.prepareStatement("""
                            with rest as (
                                delete from frontier where seed = ? and page_id <> all (?::int8[]) returning page_id),
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
                    update.setInt(1, seed);
                    update.setArray(2, connection.createArrayOf("int8", except.toArray()));
                    update.setLong(3, runId);
                    update.setInt(4, seed);
                    update.setLong(5, runId);
                    update.setString(6, reason);
                    update.setObject(7, at.atOffset(ZoneOffset.UTC));
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
                    select ?, * from unnest(?::text[], ?::text[], ?::int8[])
                    on conflict (run_id, about, name) do update set n = run_count.n + excluded.n""");
            upsert.setLong(1, runId);
            upsert.setArray(2, columns.of("text", i -> entries.get(i).getKey().about()));
            upsert.setArray(3, columns.of("text", i -> entries.get(i).getKey().name()));
            upsert.setArray(4, columns.of("int8", i -> entries.get(i).getValue()));
            return upsert;
        });
    }
}
