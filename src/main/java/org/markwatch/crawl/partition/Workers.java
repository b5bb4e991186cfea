package org.markwatch.crawl.partition;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which processes work on a run or wait for one, from table {@code worker}. Thread-safe. */
public final class Workers {
    /** Most processes that are returned. */
    private static final int MAX_WORKERS = 100;

    private final JdbcClient jdbc;

    public Workers(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /** What a process does for a run. */
    public enum WorkerRole {
        /** It has started the run. */
        LEADS,
        /** It works on partitions of a run that another process has started. */
        HELPS,
        /** It waits for a run. */
        WAITS
    }

    /** What is known of the life of a process. */
    public enum WorkerLife {
        /** It has a lease, and its session of the database goes on. */
        LIVES,
        /** Its session of the database has ended before its lease, so others may claim its partitions. */
        SESSION_ENDED,
        /** It has given no sign of life for longer than its lease, so others may claim its partitions. */
        SILENT
    }

    /**
     * A process that works on a run or waits for one.
     *
     * @param id        number of its lease
     * @param name      number of the process, and machine
     * @param startedAt when it took its lease, by the clock of the database
     * @param held      partitions of the run that it has claimed and not finished, 0 or more
     * @param done      partitions of the run that it has finished, 0 or more
     * @param quietFor  how long ago it gave its last sign of life, by the clock of the database
     * @param lease     length of its lease
     */
    public record WorkerState(
            long id,
            String name,
            Instant startedAt,
            WorkerRole role,
            int held,
            int done,
            Duration quietFor,
            Duration lease,
            WorkerLife life) {}

    /**
     * Returns the processes of a run, the one that leads it first, at most {@value #MAX_WORKERS}: those that work on
     * it, those that have ended without giving their partitions back within the last hour, and those that live and wait for a run.
     */
    public List<WorkerState> of(long run) {
        return jdbc.sql("""
                        select w.id, w.name, w.started_at,
                            case when w.leads then 'LEADS' when w.run_id is not null then 'HELPS' else 'WAITS' end as role,
                            count(p.number) filter (where not p.done) as held, count(p.number) filter (where p.done) as done,
                            greatest(extract(epoch from now() - w.renewed_at), 0) as quiet,
                            extract(epoch from w.lease_until - w.renewed_at) as lease,
                            case when w.lease_until <= now() then 'SILENT' when w.lives then 'LIVES' else 'SESSION_ENDED' end as life
                        from (select w.*, %s as lives from worker w) w
                            left join crawl_partition p on p.run_id = :run and w.id = case when p.done then p.done_by else p.worker end
                        where w.run_id = :run or w.run_id is null and w.lives
                        group by w.id, w.name, w.started_at, w.leads, w.run_id, w.renewed_at, w.lease_until, w.lives
                        order by w.leads desc, w.run_id is null, w.name, w.id limit %d""".formatted(Partitions.LIVES, MAX_WORKERS))
                .param("run", run)
                .query((row, index) -> new WorkerState(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getObject("started_at", OffsetDateTime.class).toInstant(),
                        WorkerRole.valueOf(row.getString("role")),
                        row.getInt("held"),
                        row.getInt("done"),
                        seconds(row.getDouble("quiet")),
                        seconds(row.getDouble("lease")),
                        WorkerLife.valueOf(row.getString("life"))))
                .list();
    }

    /**
     * Returns whether this process may work on partitions: its latest lease has not ended. It may too if it has none, as between
     * two runs.
     */
    public boolean mayThisProcessWork() {
        return jdbc.sql("select %s from worker w where w.name = ? order by w.id desc limit 1"
                        .formatted(Partitions.LIVES))
                .param(WorkerLease.name())
                .query(Boolean.class)
                .optional()
                .orElse(true);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
