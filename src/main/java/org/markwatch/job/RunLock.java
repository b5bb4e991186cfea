package org.markwatch.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * One run at a time in a database, whoever starts it: a session-level advisory lock, which PostgreSQL lets go of by itself
 * when the process that holds it dies.
 */
final class RunLock implements AutoCloseable {
    /** 'markwatc' in ASCII; a number that nobody else in the database uses. */
    private static final long KEY = 0x6d61726b77617463L;

    private final Connection session;

    private RunLock(Connection session) {
        this.session = session;
    }

    /** @throws RunUnderWayException if another process or thread holds it */
    static RunLock take(DataSource database) throws SQLException {
        Connection session = database.getConnection();
        try (PreparedStatement lock = session.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, KEY);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return new RunLock(session);
                }
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        throw new RunUnderWayException();
    }

    @Override
    public void close() throws SQLException {
        try (session;
                PreparedStatement unlock = session.prepareStatement("select pg_advisory_unlock(?)")) {
            unlock.setLong(1, KEY);
            unlock.execute();
        }
    }
}
