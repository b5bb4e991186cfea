package org.markwatch.crawl;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * One run at a time in a database, whoever starts it: a session-level advisory lock, which PostgreSQL lets go of by itself when the
 * process that holds it dies.
 *
 * <p>A process that lost its machine's network looks alive for no longer than {@value #KEEPALIVE_TIMEOUT_SECONDS} s. That it may wake up after
 * another one has taken its place is dealt with at each commit: see {@link FrontierStore#assertHeld}.
 */
public final class RunLock implements AutoCloseable {
    /** 'markwatc' in ASCII; a number that nobody else in the database uses. */
    static final long KEY = 0x6d61726b77617463L;

    private static final int KEEPALIVE_TIMEOUT_SECONDS = 25;

    private final Connection session;

    private RunLock(Connection session) {
        this.session = session;
    }

    /**
     * Takes it, or fails at once.
     *
     * @throws RunUnderWayException if another process or thread holds it
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
        throw new RunUnderWayException();
    }

    /** The server asks after ten silent seconds, then every five, three times. By default it would wait for two hours. */
    private static void setKeepalives(Connection session) throws SQLException {
        try (Statement set = session.createStatement()) {
            set.execute("set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3");
        }
    }

    @Override
    public void close() throws SQLException {
        try (session;
                PreparedStatement unlock = session.prepareStatement("select pg_advisory_unlock(?)")) {
            unlock.setLong(1, KEY);
            unlock.execute();
        } catch (SQLException e) {
            if (!ConnectionLoss.isCauseOf(e)) { // a session that is gone has taken its lock with it
                throw e;
            }
        }
    }
}
