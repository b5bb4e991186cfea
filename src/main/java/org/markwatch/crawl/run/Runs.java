package org.markwatch.crawl.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads and writes the runs in table {@code run}. Thread-safe. */
public final class Runs {
    private static final String COLUMNS = "id, kind, started_at, ended_at, status, ruleset_sha256";

    private final JdbcClient jdbc;

    /** Uses the transaction of the calling thread, if there is one. */
    public Runs(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /** Starts a nightly run and returns it. */
    public RunRecord begin(String rulesetSha256, Instant at) {
        return begin(RunKind.NIGHTLY, rulesetSha256, at);
    }

    /**
     * Starts a run and returns it. An unfinished earlier run of the same kind can no longer be resumed.
     *
     * @param rulesetSha256 hex SHA-256 of the ruleset that the run applies
     */
    public RunRecord begin(RunKind kind, String rulesetSha256, Instant at) {
        RunRecord run = jdbc.sql(
                        "insert into run (kind, started_at, status, ruleset_sha256) values (?, ?, 'running', ?) returning "
                                + COLUMNS)
                .params(storedName(kind), utc(at), rulesetSha256)
                .query(Runs::run)
                .single();
        addExecution(run.id(), rulesetSha256, at);
        return run;
    }

    /** Returns the latest nightly run unless it is {@link Status#isFinished finished}; it can be resumed. */
    public Optional<RunRecord> unfinished() {
        return unfinished(RunKind.NIGHTLY);
    }

    /** Returns the latest run of a kind unless it is {@link Status#isFinished finished}; it can be resumed. */
    public Optional<RunRecord> unfinished(RunKind kind) {
        return jdbc.sql("select " + COLUMNS + " from run where kind = ? order by id desc limit 1")
                .param(storedName(kind))
                .query(Runs::run)
                .optional()
                .filter(run -> !run.status().isFinished());
    }

    /** Returns the run that was started last. */
    public Optional<RunRecord> latest() {
        return jdbc.sql("select " + COLUMNS + " from run order by id desc limit 1")
                .query(Runs::run)
                .optional();
    }

    /** Returns the runs with a lower id than {@code before}, latest first, at most {@code limit}. */
    public List<RunRecord> before(long before, int limit) {
        return jdbc.sql("select " + COLUMNS + " from run where id < ? order by id desc limit ?")
                .params(before, limit)
                .query(Runs::run)
                .list();
    }

    /** Returns a run by its id. */
    public Optional<RunRecord> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from run where id = ?")
                .param(id)
                .query(Runs::run)
                .optional();
    }

    /**
     * Sets a run to {@link Status#RUNNING} again, clears an earlier stop request and records the execution.
     *
     * @param rulesetSha256 hex SHA-256 of the ruleset that the rest of the run applies
     */
    public RunRecord resume(long id, String rulesetSha256, Instant at) {
        addExecution(id, rulesetSha256, at);
        return jdbc.sql(
                        "update run set status = 'running', ended_at = null, stop_requested = false where id = ? returning "
                                + COLUMNS)
                .param(id)
                .query(Runs::run)
                .single();
    }

    /**
     * Returns the latest run before another one whose findings have all been admitted to the queue, or 0. Findings of
     * later runs may wait for it.
     */
    public long lastQueued(long before) {
        return jdbc.sql("select coalesce(max(id), 0) from run where queued and id < ?")
                .param(before)
                .query(Long.class)
                .single();
    }

    /** Returns the latest run that started before an instant, or 0. */
    public long lastStartedBefore(Instant at) {
        return jdbc.sql("select coalesce(max(id), 0) from run where started_at < ?")
                .param(utc(at))
                .query(Long.class)
                .single();
    }

    /** Records that the findings of a run and of all runs before it have been admitted to the queue. */
    public void markQueued(long id) {
        jdbc.sql("update run set queued = true where id = ?").param(id).update();
    }

    private void addExecution(long id, String rulesetSha256, Instant at) {
        jdbc.sql("insert into run_execution (run_id, started_at, ruleset_sha256) values (?, ?, ?)")
                .params(id, utc(at), rulesetSha256)
                .update();
    }

    /**
     * One start of a run: the first one, or one that resumed it.
     *
     * @param startedAt     when it started
     * @param rulesetSha256 hex SHA-256 of the ruleset that it applied
     */
    public record Execution(Instant startedAt, String rulesetSha256) {}

    /** Returns the executions of a run in their order. */
    public List<Execution> executions(long id) {
        return jdbc.sql("select started_at, ruleset_sha256 from run_execution where run_id = ? order by n")
                .param(id)
                .query((row, number) -> new Execution(
                        row.getObject("started_at", OffsetDateTime.class).toInstant(), row.getString("ruleset_sha256")))
                .list();
    }

    /**
     * URLs of a run.
     *
     * @param known URLs that it has found so far and has to visit
     * @param done  those whose visit has ended
     */
    public record Progress(long known, long done) {}

    /** Returns the committed progress of a run. */
    public Progress progress(long id) {
        return jdbc.sql("select coalesce(sum(known), 0) as known, coalesce(sum(done), 0) as done from run_seed"
                        + " where run_id = ?")
                .param(id)
                .query(Progress.class)
                .single();
    }

    /** Returns the URLs of the seeds of a run; empty if it has not begun to crawl. */
    public Set<String> seeds(long id) {
        return jdbc.sql("select s.url from run_seed r join seed s on s.id = r.seed where r.run_id = ?")
                .param(id)
                .query((row, number) -> row.getString("url"))
                .set();
    }

    /** Returns the run that a process on this or another machine is working on; empty if there is none. */
    public Optional<ActiveRun> active() {
        // A killed run keeps the status running, but no session holds the advisory lock.
        // A resumed run may be older than another one, so the last start counts.
        return jdbc.sql("""
                        select r.id, r.stop_requested,
                            coalesce(sum(s.known), (select sum(p.pages) from crawl_partition p where p.run_id = r.id), 0) as known,
                            coalesce(sum(s.done), (select sum(p.visited) from crawl_partition p where p.run_id = r.id), 0) as done
                        from run r left join run_seed s on s.run_id = r.id
                        where r.id = (select run_id from run_execution order by n desc limit 1) and r.status = 'running' and exists (
                            select from pg_locks
                            where locktype = 'advisory' and granted and objsubid = 1
                                and database = (select oid from pg_database where datname = current_database())
                                and (classid::int8 << 32 | objid::int8) = ?)
                        group by r.id""")
                .param(RunLock.KEY)
                .query((row, number) -> new ActiveRun(
                        row.getLong("id"), row.getLong("known"), row.getLong("done"), row.getBoolean("stop_requested")))
                .optional();
    }

    /**
     * Requests that the process which works on a run stops it; it can be resumed later. Has no effect on an ended run.
     */
    public void requestStop(long id) {
        jdbc.sql("update run set stop_requested = true where id = ? and status = 'running'")
                .param(id)
                .update();
    }

    /** Whether a stop of a run has been requested. */
    public boolean isStopRequested(long id) {
        return jdbc.sql("select stop_requested from run where id = ?")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** Records the end of a run; {@code status} is not {@link Status#RUNNING}. A finished nightly run frees the frontier. */
    public void end(long id, Status status, Instant at) {
        jdbc.sql("update run set status = ?, ended_at = ? where id = ?")
                .params(status.name().toLowerCase(Locale.ROOT), utc(at), id)
                .update();
        if (status.isFinished() && find(id).orElseThrow().kind() == RunKind.NIGHTLY) {
            jdbc.sql("truncate frontier").update();
        }
    }

    /**
     * Returns whether a run requested pages, and none gave text or led to a known page: all failed or were refused or
     * disallowed. Text of earlier runs does not count.
     */
    public boolean isUnread(long id) {
        return jdbc.sql("""
                        select coalesce(sum(n) filter (where about = 'page'), 0) > 0
                           and coalesce(sum(n) filter (where about = 'page' and name in ('fetched', 'redirected')
                                                          or about = 'economy' and name = 'answered-304'), 0) = 0
                          from run_count where run_id = ?""").param(id).query(Boolean.class).single();
    }

    /** Returns the committed counts of a run. */
    public Counts counts(long id) {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        jdbc.sql("select about, name, n from run_count where run_id = ?")
                .param(id)
                .query(row -> {
                    counts.computeIfAbsent(row.getString("about"), about -> new TreeMap<>())
                            .put(row.getString("name"), row.getLong("n"));
                });
        Map<String, Long> pages = new TreeMap<>(counts.getOrDefault("page", Map.of()));
        Map<String, Long> savings = new TreeMap<>(counts.getOrDefault("economy", Map.of()));
        long texts = jdbc.sql("select coalesce(sum(texts), 0) from run_seed where run_id = ?")
                .param(id)
                .query(Long.class)
                .single();
        long notDue = texts - pages.getOrDefault("fetched", 0L) - pages.getOrDefault("not-modified", 0L);
        if (notDue > 0) {
            pages.merge("not-modified", notDue, Long::sum);
            savings.put("not-due", notDue);
        }
        int hosts = jdbc.sql("""
                        select count(distinct host) from page
                        where run_id = :run or id in (select unnest(pages) from revisit where run_id = :run)""").param("run", id).query(Integer.class).single();
        return new Counts(
                hosts,
                pages,
                byKind(counts.getOrDefault("refused", Map.of())),
                byKind(counts.getOrDefault("refused-bytes", Map.of())),
                counts.getOrDefault("bytes", Map.of()),
                counts.getOrDefault("request", Map.of()),
                counts.getOrDefault("robots", Map.of()).getOrDefault("despite", 0L),
                counts.getOrDefault("reference", Map.of()),
                counts.getOrDefault("skipped", Map.of()),
                savings,
                counts.getOrDefault(CrawlCounters.SHELLS.about(), Map.of())
                        .getOrDefault(CrawlCounters.SHELLS.name(), 0L));
    }

    private static Map<Disposition.RefusalKind, Long> byKind(Map<String, Long> counts) {
        Map<Disposition.RefusalKind, Long> byKind = new EnumMap<>(Disposition.RefusalKind.class);
        counts.forEach((kind, n) -> byKind.put(Disposition.RefusalKind.valueOf(kind), n));
        return byKind;
    }

    private static RunRecord run(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new RunRecord(
                row.getLong("id"),
                RunKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant(),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                row.getString("ruleset_sha256"));
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    /**
     * A run that a process is working on.
     *
     * @param id       id of the run
     * @param known    URLs that it visits, or pages whose kept text it analyses
     * @param done     those whose visit or analysis has ended
     * @param stopping whether a stop has been requested
     */
    public record ActiveRun(long id, long known, long done, boolean stopping) {}

    private static String storedName(RunKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a run. */
    public enum RunKind {
        /** Crawls the seeds. */
        NIGHTLY,
        /** Applies the current rules to the stored text of pages. */
        RESCAN
    }

    /** The status of a run. */
    public enum Status {
        /** In progress, or killed. */
        RUNNING,
        /** Every URL has a disposition. */
        COMPLETE,
        /** Every URL has a disposition, but no page that was requested gave text, so the run could find nothing. */
        UNREAD,
        /** Stopped on request. */
        STOPPED,
        /** Ended by an error. */
        FAILED;

        /** Returns whether nothing is left to do, so that the run cannot be resumed. */
        public boolean isFinished() {
            return this == COMPLETE || this == UNREAD;
        }
    }

    /**
     * One run.
     *
     * @param id            id, 1 or more
     * @param kind          kind of the run
     * @param startedAt     time of its first start
     * @param endedAt       time of its end, null while it is running
     * @param status        current status
     * @param rulesetSha256 hex SHA-256 of the ruleset that it applies
     */
    public record RunRecord(
            long id,
            RunKind kind,
            Instant startedAt,
            @Nullable Instant endedAt,
            Status status,
            String rulesetSha256) {}

    /**
     * Counts of a run, for its report and attestation.
     *
     * @param hosts      hosts with at least one visit
     * @param pages      URLs by disposition: fetched, not-modified (304, or not due), redirected, refused, disallowed,
     *                   failed; URLs without text that are not due are not counted
     * @param refused    refused URLs by kind of content
     * @param refusedBytes decoded body bytes of refused URLs that were read before their kind was detected, by kind;
     *                   always 0 for LIMIT
     * @param bytes      decoded body bytes of fetched pages by content type
     * @param requests   HTTP requests by kind: page, robots, redirect, sitemap, probe (soft-404 probe), picture (a URL
     *                   with the extension of an image, video or audio; anything but 0 is a defect)
     * @param despiteRobots requests against robots.txt that the authority of a seed permits; redirects and retries
     *                   count again
     * @param references URLs of files other than pages that pages refer to and that are never requested, by kind
     * @param skipped    links not followed, by reason: scope, depth, length, repetition, duplicates,
     *                   query-explosion, too-many-links, too-many-known, beyond-budget
     * @param savings    savings of the revisit policy, in pages: answered-304, not-due (no request in this run),
     *                   same-text (rules not applied again), judged-again (rules applied to stored text), verdict-stood
     *                   (in a rescan)
     * @param shells     pages, fetched or not modified, that have no text unless scripts run
     */
    public record Counts(
            int hosts,
            Map<String, Long> pages,
            Map<Disposition.RefusalKind, Long> refused,
            Map<Disposition.RefusalKind, Long> refusedBytes,
            Map<String, Long> bytes,
            Map<String, Long> requests,
            long despiteRobots,
            Map<String, Long> references,
            Map<String, Long> skipped,
            Map<String, Long> savings,
            long shells) {
        public Counts {
            pages = Map.copyOf(pages);
            refused = Map.copyOf(refused);
            refusedBytes = Map.copyOf(refusedBytes);
            bytes = Map.copyOf(bytes);
            requests = Map.copyOf(requests);
            references = Map.copyOf(references);
            skipped = Map.copyOf(skipped);
            savings = Map.copyOf(savings);
        }
    }
}
