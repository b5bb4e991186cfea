package org.markwatch.crawl.run;

import javax.sql.DataSource;
import org.markwatch.crawl.partition.SuspendedCommits;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The fencing token of a process that works on a run, or helps with it. Each start of a run increments {@code
 * run.epoch}; a transaction that writes for the run calls {@link #assertHeld} first, so that a process that was suspended
 * and has lost its run cannot write any more. Thread-safe.
 */
public final class RunFence {
    private final JdbcClient jdbc;
    private final long runId;
    private final int epoch;

    private RunFence(JdbcClient jdbc, long runId, int epoch) {
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
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql("update run set epoch = epoch + 1 where id <> ? and status = 'running'")
                .param(runId)
                .update();
        return jdbc.sql("update run set epoch = epoch + 1 where id = ? returning epoch")
                .param(runId)
                .query((row, number) -> row.getInt(1))
                .optional()
                .map(epoch -> new RunFence(jdbc, runId, epoch))
                .orElseThrow(() -> new IllegalStateException("table run has no run " + runId));
    }

    /**
     * Returns the token of a start that another process has made, for a process that helps with the run.
     *
     * @param epoch the epoch of that start
     */
    public static RunFence shared(DataSource database, long runId, int epoch) {
        return new RunFence(JdbcClient.create(database), runId, epoch);
    }

    /** Returns whether no other process has taken the run over. */
    public boolean isHeld() {
        return jdbc.sql("select exists (select from run where id = ? and epoch = ?)")
                .params(runId, epoch)
                .query(Boolean.class)
                .single();
    }

    /**
     * Asserts that no other process has taken the run over, and keeps others from it until the end of the transaction
     * of the calling thread, or until this process is suspended within it ({@link SuspendedCommits}).
     *
     * @throws IllegalStateException if another process has taken it over
     */
    public void assertHeld() {
        SuspendedCommits.limit(jdbc);
        if (jdbc.sql("select id from run where id = ? and epoch = ? for share")
                .params(runId, epoch)
                .query(Long.class)
                .list()
                .isEmpty()) {
            throw new IllegalStateException("run " + runId + " has been taken over by another process, which"
                    + " continues it; this process stops, and its uncommitted pages are fetched again");
        }
    }
}
