package org.markwatch.crawl.run;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The fencing token of a process that works on a run, or helps with it. Each start of a run increments {@code
 * run.epoch}; a transaction that writes for the run calls {@link #assertHeld} first, so that a process that was suspended
 * and has lost its run cannot write any more. Thread-safe.
 */
public final class RunFence {
    private final JdbcTemplate jdbc;
    private final long runId;
    private final int epoch;

    private RunFence(JdbcTemplate jdbc, long runId, int epoch) {
        this.jdbc = jdbc;
        this.runId = runId;
        this.epoch = epoch;
    }

    /**
     * Takes a run over: increments its epoch, and those of other runs that are still marked as running, since all runs
     * share the frontier. Waits for the end of a commit in progress.
     *
     * @throws IllegalStateException if there is no such run
     */
    public static RunFence take(DataSource database, long runId) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("update run set epoch = epoch + 1 where id <> ? and status = 'running'", runId);
        return jdbc
                .query(
                        "update run set epoch = epoch + 1 where id = ? returning epoch",
                        (row, number) -> row.getInt(1),
                        runId)
                .stream()
                .findFirst()
                .map(epoch -> new RunFence(jdbc, runId, epoch))
                .orElseThrow(() -> new IllegalStateException("table run has no run " + runId));
    }

    /**
     * Returns the token of a start that another process has made, for a process that helps with the run.
     *
     * @param epoch the epoch of that start
     */
    public static RunFence shared(DataSource database, long runId, int epoch) {
        return new RunFence(new JdbcTemplate(database), runId, epoch);
    }

    /**
     * Asserts that no other process has taken the run over, and keeps others from it until the end of the transaction
     * of the calling thread.
     *
     * @throws IllegalStateException if another process has taken it over
     */
    public void assertHeld() {
        if (jdbc.queryForList("select id from run where id = ? and epoch = ? for share", runId, epoch)
                .isEmpty()) {
            throw new IllegalStateException("run " + runId + " has been taken over by another process, which"
                    + " continues it; this process stops, and its uncommitted pages are fetched again");
        }
    }
}
