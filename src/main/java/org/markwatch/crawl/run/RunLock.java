package org.markwatch.crawl.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Ensures that one run at a time is in progress in a database: a session-level advisory lock, which PostgreSQL releases
 * when the process that holds it dies.
 *
 * <p>If the machine of that process loses its network, TCP keepalives end the session after
 * {@value #KEEPALIVE_TIMEOUT_SECONDS} s. Should the process resume after another one has taken the lock, its next
 * commit fails; see {@link FrontierStore#assertHeld}.
 */
public final class RunLock implements AutoCloseable {
    /** Key of the advisory lock: 'markwatc' in ASCII. */
    static final long KEY = 0x6d61726b77617463L;

    private static final int KEEPALIVE_IDLE_SECONDS = 10;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 5;
    private static final int KEEPALIVE_COUNT = 3;
    private static final int KEEPALIVE_TIMEOUT_SECONDS =
            KEEPALIVE_IDLE_SECONDS + KEEPALIVE_COUNT * KEEPALIVE_INTERVAL_SECONDS;

    private final Connection session;

    private RunLock(Connection session) {
        this.session = session;
    }

    /**
     * Acquires the lock, or fails at once.
     *
     * @throws RunInProgressException if another session holds it
     * @throws SQLException if the database cannot be reached
     */
    public static RunLock acquire(DataSource database) throws SQLException {
        Connection session = database.getConnection();
        try (PreparedStatement lock = session.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, KEY);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    setKeepalives(session);
                    return new RunLock(session);
                }
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        throw new RunInProgressException();
    }

    /**
     * Makes the server send a keepalive after some idle seconds, repeat it at an interval, and end the session after
     * a number of them without an answer. The usual default is two hours.
     */
    private static void setKeepalives(Connection session) throws SQLException {
        try (Statement set = session.createStatement()) {
            set.execute("set tcp_keepalives_idle = " + KEEPALIVE_IDLE_SECONDS + "; set tcp_keepalives_interval = "
                    + KEEPALIVE_INTERVAL_SECONDS + "; set tcp_keepalives_count = " + KEEPALIVE_COUNT);
        }
    }

    @Override
    public void close() throws SQLException {
        try (session;
                PreparedStatement unlock = session.prepareStatement("select pg_advisory_unlock(?)")) {
            unlock.setLong(1, KEY);
            unlock.execute();
        } catch (SQLException e) {
            if (!ConnectionLoss.isCauseOf(e)) { // a session that has ended has released the lock
                throw e;
            }
        }
    }
}
