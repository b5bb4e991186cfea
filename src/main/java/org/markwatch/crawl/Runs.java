package org.markwatch.crawl;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs of this database. */
public final class Runs {
    private static final String COLUMNS = "id, kind, started_at, ended_at, status, ruleset_sha256";

    private final JdbcClient jdbc;

    public Runs(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /** Begins a nightly run. */
    public RunRecord begin(String rulesetSha256, Instant at) {
        return begin(RunKind.NIGHTLY, rulesetSha256, at);
    }

    /** Begins a run under a ruleset; an older unfinished run of the kind is not gone on with any more. */
    public RunRecord begin(RunKind kind, String rulesetSha256, Instant at) {
        return jdbc.sql(
                        "insert into run (kind, started_at, status, ruleset_sha256) values (?, ?, 'running', ?) returning "
                                + COLUMNS)
                .params(word(kind), utc(at), rulesetSha256)
                .query(Runs::run)
                .single();
    }

    /** The latest nightly run, if it ended in anything but {@link Status#COMPLETE}: it can be resumed. */
    public Optional<RunRecord> unfinished() {
        return unfinished(RunKind.NIGHTLY);
    }

    /** The latest run of a kind, if it ended in anything but {@link Status#COMPLETE}: it can be resumed. */
    public Optional<RunRecord> unfinished(RunKind kind) {
        return jdbc.sql("select " + COLUMNS + " from run where kind = ? order by id desc limit 1")
                .param(word(kind))
                .query(Runs::run)
                .optional()
                .filter(run -> run.status() != Status.COMPLETE);
    }

    /** The run begun last. */
    public Optional<RunRecord> latest() {
        return jdbc.sql("select " + COLUMNS + " from run order by id desc limit 1")
                .query(Runs::run)
                .optional();
    }

    /** The run of that number. */
    public Optional<RunRecord> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from run where id = ?")
                .param(id)
                .query(Runs::run)
                .optional();
    }

    /** Marks a run as under way again; an earlier wish to stop it is forgotten. */
    public RunRecord resume(long id) {
        return jdbc.sql(
                        "update run set status = 'running', ended_at = null, stop_requested = false where id = ? returning "
                                + COLUMNS)
                .param(id)
                .query(Runs::run)
                .single();
    }

    /** The run that a process is at work on, here or elsewhere; empty if there is none. */
    public Optional<ActiveRun> active() {
        // a run that was killed says that it is running, but nobody holds the lock
        return jdbc.sql("""
                        select r.id, r.stop_requested, coalesce(sum(s.known), 0) as known, coalesce(sum(s.done), 0) as done
                        from run r left join run_seed s on s.run_id = r.id
                        where r.id = (select max(id) from run) and r.status = 'running' and exists (
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

    /** Asks whoever works on a run to end it soon, so that it can be gone on with; does nothing to one that has ended. */
    public void requestStop(long id) {
        jdbc.sql("update run set stop_requested = true where id = ? and status = 'running'")
                .param(id)
                .update();
    }

    /** Writes down how a run ended; {@code status} is not {@link Status#RUNNING}. */
    public void end(long id, Status status, Instant at) {
        jdbc.sql("update run set status = ?, ended_at = ? where id = ?")
                .params(status.name().toLowerCase(Locale.ROOT), utc(at), id)
                .update();
    }

    /** What a run has come to so far, as committed. */
    public Counts counts(long id) {
        Map<String, Long> pages = new TreeMap<>();
        Map<Disposition.RefusalKind, Long> refused = new TreeMap<>();
        Map<Disposition.RefusalKind, Long> refusedBytes = new TreeMap<>();
        Map<String, Long> bytes = new TreeMap<>();
        jdbc.sql("""
                        select disposition, kind, content_type, count(*) as n, sum(bytes) as bytes
                        from page where run_id = ? group by disposition, kind, content_type""").param(id).query(row -> {
            String disposition = row.getString("disposition");
            pages.merge(disposition, row.getLong("n"), Long::sum);
            String kind = row.getString("kind");
            if (kind != null) {
                refused.merge(Disposition.RefusalKind.valueOf(kind), row.getLong("n"), Long::sum);
                refusedBytes.merge(Disposition.RefusalKind.valueOf(kind), row.getLong("bytes"), Long::sum);
            }
            if (disposition.equals("fetched")) {
                bytes.merge(row.getString("content_type"), row.getLong("bytes"), Long::sum);
            }
        });
        Map<String, Map<String, Long>> others = new TreeMap<>();
        jdbc.sql("select about, name, n from run_count where run_id = ?")
                .param(id)
                .query(row -> {
                    others.computeIfAbsent(row.getString("about"), about -> new TreeMap<>())
                            .put(row.getString("name"), row.getLong("n"));
                });
        int hosts = jdbc.sql("select count(distinct host) from page where run_id = ?")
                .param(id)
                .query(Integer.class)
                .single();
        return new Counts(
                hosts,
                pages,
                refused,
                refusedBytes,
                bytes,
                others.getOrDefault("request", Map.of()),
                others.getOrDefault("robots", Map.of()).getOrDefault("despite", 0L),
                others.getOrDefault("reference", Map.of()),
                others.getOrDefault("skipped", Map.of()),
                others.getOrDefault("economy", Map.of()));
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
     * A run that somebody is at work on.
     *
     * @param id       its number
     * @param known    URLs in its frontier
     * @param done     those that have their disposition
     * @param stopping whether an end has been asked for
     */
    public record ActiveRun(long id, long known, long done, boolean stopping) {}

    private static String word(RunKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** What a run does. */
    public enum RunKind {
        /** Crawls the seeds. */
        NIGHTLY,
        /** Applies rules to kept text. */
        RESCAN
    }

    /** How a run stands. */
    public enum Status {
        /** Under way, or killed. */
        RUNNING,
        /** Every URL has its disposition. */
        COMPLETE,
        /** Stopped on request. */
        STOPPED,
        /** Ended by an error. */
        FAILED
    }

    /**
     * One run.
     *
     * @param id            number, 1 or more
     * @param kind          what it does
     * @param startedAt     when it began
     * @param endedAt       when it ended, null while it is under way
     * @param status        how it stands
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
     * What a run has come to; the ground of its report and attestation.
     *
     * @param hosts      hosts with at least one disposition
     * @param pages      URLs by disposition: fetched, not-modified, refused, disallowed, failed
     * @param refused    refused URLs by what they were
     * @param refusedBytes decoded body bytes that were read of refused URLs before they showed what they were, by kind
     * @param bytes      decoded body bytes accepted by content type
     * @param requests   HTTP requests by kind: page, robots, redirect, sitemap, probe (of an address that cannot
     *                   exist), picture (of a URL whose name says so: 0, or the program is broken)
     * @param despiteRobots requests made although robots.txt disallows them, by the authority of their seeds
     * @param references media that pages refer to and that were never asked for, by kind
     * @param skipped    links not followed, by reason: scope, depth, length, repetition, duplicates,
     *                   query-explosion, too-many-links, too-many-known, beyond-budget
     * @param savings    pages that cost less than a visit, by what was saved: answered-304, not-due (not asked for tonight),
     *                   same-text (not judged again), judged-again (from kept text), verdict-stood (in a rescan)
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
            Map<String, Long> savings) {
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
