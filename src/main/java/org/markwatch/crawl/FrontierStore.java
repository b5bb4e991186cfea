package org.markwatch.crawl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Outlinks.DiscoveredUrl;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes the tables {@code frontier}, {@code page}, {@code run_seed} and {@code run_count} for one run, many
 * rows in each statement. Uses the transaction of the calling thread.
 */
final class FrontierStore {
    private final JdbcTemplate jdbc;
    private final long runId;
    /** The fencing token of this process; see {@link #takeOver}. */
    private int epoch;

    FrontierStore(DataSource database, long runId) {
        this.jdbc = new JdbcTemplate(database);
        this.runId = runId;
    }

    /** An ended visit, to be stored; {@code textSha256} is null if there is no text. */
    record EndedVisit(
            FrontierUrl url,
            Disposition disposition,
            @Nullable String textSha256) {}

    /**
     * Counts of one seed.
     *
     * @param known   URLs in the frontier
     * @param done    those with a committed disposition
     * @param withText those with the disposition fetched or not-modified
     */
    record SeedCounts(long known, long done, int withText) {
        static final SeedCounts NONE = new SeedCounts(0, 0, 0);
    }

    // ---- start ---------------------------------------------------------------------------------------------------

    /**
     * Takes the run over: increments its epoch (fencing token). Waits for the end of a commit in progress. Later
     * commits of a process with an earlier epoch fail at {@link #assertHeld}.
     */
    void takeOver() {
        Integer taken = jdbc.queryForObject(
                "update run set epoch = epoch + 1 where id = ? returning epoch", Integer.class, runId);
        epoch = taken == null ? 0 : taken;
    }

    /**
     * Asserts that no other process has taken the run over, and keeps others from it until the end of the transaction.
     *
     * @throws IllegalStateException if another process has taken it over
     */
    void assertHeld() {
        if (jdbc.queryForList("select id from run where id = ? and epoch = ? for share", runId, epoch)
                .isEmpty()) {
            throw new IllegalStateException("run " + runId + " has been taken over by another process, which"
                    + " continues it; this process stops, and its uncommitted pages are fetched again");
        }
    }

    /** Whether a stop of the run has been requested. */
    boolean stopRequested() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("select stop_requested from run where id = ?", Boolean.class, runId));
    }

    /** Numbers seed URLs within the run; a URL that has a number keeps it. Returns all numbers of the run by URL. */
    Map<String, Integer> numberSeeds(List<String> urls) {
        jdbc.update("""
                with new as (
                    select u.url, row_number() over (order by u.place) as n
                    from unnest(?::text[]) with ordinality as u(url, place)
                    where not exists (select from run_seed s where s.run_id = ? and s.url = u.url))
                insert into run_seed (run_id, seed, url)
                select ?, (select coalesce(max(seed), 0) from run_seed where run_id = ?) + n, url from new""", urls.toArray(String[]::new), runId, runId, runId);
        Map<String, Integer> numbers = new HashMap<>();
        jdbc.query(
                "select url, seed from run_seed where run_id = ?",
                row -> {
                    numbers.put(row.getString("url"), row.getInt("seed"));
                },
                runId);
        return numbers;
    }

    /** Returns the counts of each seed by its number, as the statements below maintain them in {@code run_seed}. */
    Map<Integer, SeedCounts> seedCounts() {
        Map<Integer, SeedCounts> counts = new HashMap<>();
        jdbc.query(
                "select seed, known, done, fetched from run_seed where run_id = ?",
                row -> {
                    counts.put(
                            row.getInt("seed"),
                            new SeedCounts(row.getLong("known"), row.getLong("done"), row.getInt("fetched")));
                },
                runId);
        return counts;
    }

    /** A URL that an earlier run did not fetch because its host asked for a long delay (Retry-After). */
    record DeferredUrl(HttpUrl url, String seed, int depth) {}

    /** Returns the URLs that the previous nightly run deferred. */
    List<DeferredUrl> deferred() {
        return jdbc.query(
                """
                select p.url, s.url as seed, p.depth
                from page p join run_seed s on s.run_id = p.run_id and s.seed = p.seed
                where p.cause = ?
                    and p.run_id = (select max(id) from run where kind = 'nightly' and id < ?)
                order by p.frontier_id""",
                (row, n) ->
                        new DeferredUrl(HttpUrl.of(row.getString("url")), row.getString("seed"), row.getInt("depth")),
                TextCrawler.RETRY_AFTER,
                runId);
    }

    /**
     * Returns the hosts with open rows, by a loose index scan: its cost depends on the number of hosts, not of rows.
     */
    List<String> openHosts() {
        List<String> hosts = new ArrayList<>();
        jdbc.query(
                """
                with recursive open (host) as (
                    (select host from frontier where run_id = ? and not done order by host limit 1)
                    union all
                    select (
                        select f.host from frontier f
                        where f.run_id = ? and not f.done and f.host > open.host order by f.host limit 1)
                    from open where open.host is not null)
                select host from open where host is not null""",
                row -> {
                    hosts.add(row.getString("host"));
                },
                runId,
                runId);
        return hosts;
    }

    // ---- crawl ---------------------------------------------------------------------------------------------------

    /** Returns the open rows of highest priority of many hosts, up to a limit each, in one query. */
    Map<String, List<FrontierUrl>> openRows(Map<String, Integer> limits, Map<Integer, Site> sites) {
        Map<String, List<FrontierUrl>> rows = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement select = connection.prepareStatement("""
                            select f.id, f.url, f.host, f.seed, f.depth, f.priority, %s
                            from unnest(?::text[], ?::int[]) as h(host, max)
                            cross join lateral (
                                select * from frontier
                                where run_id = ? and host = h.host and not done
                                order by priority desc, id limit h.max) f
                            left join known_page k on k.url_hash = f.url_hash
                            order by f.priority desc, f.id""".formatted(PageHistoryStore.COLUMNS));
                    select.setArray(
                            1, connection.createArrayOf("text", limits.keySet().toArray()));
                    select.setArray(
                            2, connection.createArrayOf("int4", limits.values().toArray()));
                    select.setLong(3, runId);
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
                PageHistoryStore.fromRow(row));
    }

    /** Adds URLs; skips those that the run has already. Returns the new rows in the order of their ids. */
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
                                insert into frontier (run_id, url_hash, url, host, seed, depth, priority)
                                select ?, * from unnest(?::uuid[], ?::text[], ?::text[], ?::int[], ?::int2[], ?::int2[])
                                on conflict (run_id, url_hash) do nothing
                                returning id, url_hash, url, host, seed, depth, priority),
                            counted as (
                                update run_seed s set known = s.known + n.rows
                                from (select seed, count(*) as rows from new group by seed) n
                                where s.run_id = ? and s.seed = n.seed)
                            select new.id, new.url, new.host, new.seed, new.depth, new.priority, %s
                            from new left join known_page k on k.url_hash = new.url_hash
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

    /**
     * Stores dispositions and marks their frontier rows as done.
     *
     * @throws IllegalStateException if a row is not open
     */
    void recordDispositions(List<EndedVisit> visits) {
        if (visits.isEmpty()) {
            return;
        }
        int recorded = jdbc.update(connection -> {
            ColumnArrays columns = new ColumnArrays(connection, visits.size());
            PreparedStatement insert = connection.prepareStatement("""
                    with visit as (
                        select * from unnest(
                            ?::int8[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int2[], ?::text[],
                            ?::text[], ?::int4[], ?::bool[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                        as v(id, final_url, disposition, kind, cause, reason, status, content_type,
                             charset, bytes, truncated, text_sha256, fetched_at, tls, robots_authority)),
                    closed as (
                        update frontier f set done = true from visit v
                        where f.id = v.id and f.run_id = ? and not f.done
                        returning f.id, f.run_id, f.url, f.host, f.seed, f.depth, v.disposition),
                    counted as (
                        update run_seed s set done = s.done + n.rows, fetched = s.fetched + n.fetched
                        from (
                            select seed, count(*) as rows, count(*) filter (where disposition in ('fetched', 'not-modified')) as fetched
                            from closed group by seed) n
                        where s.run_id = ? and s.seed = n.seed)
                    insert into page (frontier_id, run_id, url, final_url, host, seed, depth, disposition, kind, cause,
                        reason, status, content_type, charset, bytes, truncated, text_sha256, fetched_at, tls,
                        robots_authority)
                    select c.id, c.run_id, c.url, v.final_url, c.host, c.seed, c.depth, v.disposition, v.kind, v.cause,
                        v.reason, v.status, v.content_type, v.charset, v.bytes, v.truncated, v.text_sha256, v.fetched_at,
                        v.tls, v.robots_authority
                    from closed c join visit v using (id)""");
            List<PageRow> rows = visits.stream().map(PageRow::of).toList();
            insert.setArray(1, columns.of("int8", i -> visits.get(i).url().id()));
            insert.setArray(2, columns.of("text", i -> rows.get(i).finalUrl));
            insert.setArray(3, columns.of("text", i -> rows.get(i).disposition));
            insert.setArray(4, columns.of("text", i -> rows.get(i).kind));
            insert.setArray(5, columns.of("text", i -> rows.get(i).cause));
            insert.setArray(6, columns.of("text", i -> rows.get(i).reason));
            insert.setArray(7, columns.of("int2", i -> (short) rows.get(i).status));
            insert.setArray(8, columns.of("text", i -> rows.get(i).contentType));
            insert.setArray(9, columns.of("text", i -> rows.get(i).charset));
            insert.setArray(10, columns.of("int4", i -> rows.get(i).bytes));
            insert.setArray(11, columns.of("bool", i -> rows.get(i).truncated));
            insert.setArray(12, columns.of("text", i -> visits.get(i).textSha256()));
            insert.setArray(13, columns.of("timestamptz", i -> rows.get(i).at));
            insert.setArray(14, columns.of("text", i -> visits.get(i).url().tlsFault()));
            insert.setArray(15, columns.of("text", i -> visits.get(i).url().robotsAuthority()));
            insert.setLong(16, runId);
            insert.setLong(17, runId);
            return insert;
        });
        if (recorded != visits.size()) {
            throw new IllegalStateException("run " + runId + ": only " + recorded + " of " + visits.size()
                    + " visits were open in the frontier; another process works on the same run, or a visit was"
                    + " committed twice");
        }
    }

    /**
     * Refuses the remaining open rows of a seed without a visit (kind {@code LIMIT}).
     *
     * @param except rows whose visits have ended and are committed separately
     * @param reason one line for people
     * @return the number of refused rows
     */
    long refuseRemaining(int seed, Collection<Long> except, String reason, Instant at) {
        return jdbc.update(connection -> {
            PreparedStatement update = connection.prepareStatement("""
                    with rest as (
                        update frontier set done = true
                        where run_id = ? and seed = ? and not done and id <> all (?::int8[])
                        returning id, run_id, url, host, seed, depth),
                    counted as (
                        update run_seed s set done = s.done + (select count(*) from rest)
                        where s.run_id = ? and s.seed = ?)
                    insert into page (frontier_id, run_id, url, final_url, host, seed, depth, disposition, kind, reason,
                        status, bytes, fetched_at)
                    select id, run_id, url, url, host, seed, depth, 'refused', 'LIMIT', ?, 0, 0, ? from rest""");
            update.setLong(1, runId);
            update.setInt(2, seed);
            update.setArray(3, connection.createArrayOf("int8", except.toArray()));
            update.setLong(4, runId);
            update.setInt(5, seed);
            update.setString(6, reason);
            update.setObject(7, at.atOffset(ZoneOffset.UTC));
            return update;
        });
    }

    /** Adds counts to table {@code run_count}. */
    void addCounts(Map<CrawlCounters.CounterKey, Long> counts) {
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

    /** Builds the arrays for {@code unnest}, one for each column. */
    record ColumnArrays(Connection connection, int rows) {
        interface Cell {
            @Nullable
            Object at(int row);
        }

        java.sql.Array of(String type, Cell cell) throws SQLException {
            @Nullable Object[] values = new @Nullable Object[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = cell.at(i);
            }
            return connection.createArrayOf(type, values);
        }
    }

    /** The columns of table {@code page} that depend on the disposition. */
    private record PageRow(
            String finalUrl,
            String disposition,
            @Nullable String kind,
            @Nullable String cause,
            @Nullable String reason,
            int status,
            @Nullable String contentType,
            @Nullable String charset,
            int bytes,
            boolean truncated,
            OffsetDateTime at) {

        static PageRow of(EndedVisit done) {
            OffsetDateTime at = done.disposition().at().atOffset(ZoneOffset.UTC);
            String url = done.url().url().toString();
            return switch (done.disposition()) {
                case Disposition.Fetched(Capture c) ->
                    new PageRow(
                            c.finalUrl().toString(),
                            "fetched",
                            null,
                            null,
                            null,
                            c.status(),
                            c.contentType(),
                            c.charset(),
                            c.bytes(),
                            c.truncated(),
                            at);
                case Disposition.NotModified n -> {
                    PageHistory known = Objects.requireNonNull(
                            done.url().history(), "a page without history cannot be not-modified");
                    yield new PageRow(
                            n.finalUrl().toString(),
                            "not-modified",
                            null,
                            null,
                            null,
                            n.status(),
                            known.contentType(),
                            null,
                            0,
                            false,
                            at);
                }
                case Disposition.Refused r ->
                    new PageRow(
                            r.finalUrl().toString(),
                            "refused",
                            r.kind().name(),
                            null,
                            OneLine.of(r.reason()),
                            r.status(),
                            null,
                            null,
                            r.bytes(),
                            false,
                            at);
                case Disposition.Disallowed d ->
                    new PageRow(url, "disallowed", null, null, OneLine.of(d.reason()), 0, null, null, 0, false, at);
                case Disposition.Failed f ->
                    new PageRow(
                            f.finalUrl() == null ? url : f.finalUrl().toString(),
                            "failed",
                            null,
                            f.cause(),
                            OneLine.of(f.reason()),
                            f.status(),
                            null,
                            null,
                            0,
                            false,
                            at);
            };
        }
    }
}
