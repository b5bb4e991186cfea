package org.markwatch.queue;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores how far the queue step of a run is (table {@code queue_progress}), so that another process can show that it works.
 * Thread-safe.
 */
public final class QueueProgress {
    private final JdbcClient jdbc;
    private final Clock clock;

    public QueueProgress(DataSource database, Clock clock) {
        this.jdbc = JdbcClient.create(database);
        this.clock = clock;
    }

    /**
     * The progress of a queue step.
     *
     * @param findings new findings that the step compares with the queue
     * @param done     those that it has compared
     * @param at       time of the last change
     */
    public record Step(long findings, long done, Instant at) {}

    /** Records that the step begins, or begins again. */
    public void begin(long run, long findings) {
        jdbc.sql("""
                        insert into queue_progress (run_id, findings, done, at) values (:run, :findings, 0, :at)
                        on conflict (run_id) do update set findings = excluded.findings, done = 0, at = excluded.at""")
                .param("run", run)
                .param("findings", findings)
                .param("at", Times.utc(clock.instant()))
                .update();
    }

    /** Records that the step has compared more findings with the queue. */
    public void add(long run, int findings) {
        jdbc.sql("update queue_progress set done = done + :findings, at = :at where run_id = :run")
                .param("findings", findings)
                .param("at", Times.utc(clock.instant()))
                .param("run", run)
                .update();
    }

    /** Returns the progress of the step of a run; empty if it has not begun. */
    public Optional<Step> find(long run) {
        return jdbc.sql("select findings, done, at from queue_progress where run_id = ?")
                .param(run)
                .query((row, number) ->
                        new Step(row.getLong("findings"), row.getLong("done"), Times.instant(row, "at")))
                .optional();
    }
}
