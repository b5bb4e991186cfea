package org.markwatch.crawl;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps every other process off a run for as long as one connection lives (a PostgreSQL advisory lock). The server lets go of it when
 * the process dies, however it dies.
 */
final class RunLock implements AutoCloseable {
    /** First half of the lock's key: 'crwl'. */
    static final int CLASS = 0x6372776c;

    private final Connection connection;
    private final SingleConnectionDataSource database;

    /**
     * @throws IllegalStateException if another process holds it, even after a wait for one that has just been killed
     */
    RunLock(DataSource database, long runId) {
        try {
            this.connection = database.getConnection();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException(
                    "no connection to the database for the lock on run " + runId, e);
        }
        this.database = new SingleConnectionDataSource(connection, true);
        JdbcTemplate jdbc = new JdbcTemplate(this.database);
        try {
            jdbc.execute("set lock_timeout = '10s'");
            jdbc.query("select pg_advisory_lock(?, ?)", row -> {}, CLASS, (int) runId);
            jdbc.execute("set lock_timeout = 0");
        } catch (RuntimeException e) {
            close();
            throw new IllegalStateException(
                    "run " + runId + " is being crawled by another process; wait for its end or stop it", e);
        }
    }

    /** The connection that holds the lock, for reading beside the caller's transactions. */
    DataSource connection() {
        return database;
    }

    @Override
    public void close() {
        try (connection) {
            // a pool would keep the session, and the lock with it
            new JdbcTemplate(database).execute("select pg_advisory_unlock_all()");
        } catch (RuntimeException | SQLException e) {
            org.slf4j.LoggerFactory.getLogger(RunLock.class)
                    .debug("The lock's connection was gone already, and the lock with it", e);
        }
    }
}
