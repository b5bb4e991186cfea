package org.markwatch.crawl.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Ensures that one run at a time is in progress in a database: a session-level advisory lock, which PostgreSQL releases
 * when the process that holds it dies.
 *
 * <p>A thread uses the session every 2 s. The database ends the session when it has been silent for 15 s: the process may be
 * suspended, or its machine may have lost power. Should the process go on after another one has taken the lock, its next commit
 * fails; see {@link RunFence#assertHeld}.
 */
public final class RunLock implements AutoCloseable {
    /** Key of the advisory lock: 'markwatc' in ASCII. */
    static final long KEY = 0x6d61726b77617463L;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);
    private static final Duration USE_INTERVAL = Duration.ofSeconds(2);
    private static final int VALIDATION_SECONDS = 2;

    private final Connection session;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper;

    private RunLock(Connection session, Duration useInterval) {
        this.session = session;
        // a virtual thread would wait for its turn behind all crawler threads
        this.keeper = Thread.ofPlatform().daemon().name("run-lock").start(() -> keep(useInterval));
    }

    /**
     * Acquires the lock, or fails at once.
     *
     * @throws RunInProgressException if another session holds it
     * @throws SQLException if the database cannot be reached
     */
    public static RunLock acquire(DataSource database) throws SQLException {
        return acquire(database, LONGEST_SILENCE, USE_INTERVAL);
    }

    /**
     * Acquires the lock as {@link #acquire(DataSource)} does.
     *
     * @param longestSilence silence after which the database ends the session
     * @param useInterval    pause between two uses of the session
     */
    static RunLock acquire(DataSource database, Duration longestSilence, Duration useInterval) throws SQLException {
        Connection session = database.getConnection();
        try (PreparedStatement lock = session.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, KEY);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    limitSilence(session, longestSilence);
                    return new RunLock(session, useInterval);
                }
            }
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        throw new RunInProgressException();
    }

    private static void limitSilence(Connection session, Duration longest) throws SQLException {
        try (Statement set = session.createStatement()) {
            set.execute("set idle_session_timeout = " + longest.toMillis());
        }
    }

    private void keep(Duration useInterval) {
        try {
            boolean goesOn = true;
            while (goesOn && !closed.await(useInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                goesOn = session.isValid(VALIDATION_SECONDS); // else the run fails at its next commit or lease
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e); // only for a negative time-out
        }
    }

    @Override
    public void close() throws SQLException {
        closed.countDown();
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (session;
                Statement reset = session.createStatement();
                PreparedStatement unlock = session.prepareStatement("select pg_advisory_unlock(?)")) {
            reset.execute("reset idle_session_timeout"); // the pool keeps the connection
            unlock.setLong(1, KEY);
            unlock.execute();
        } catch (SQLException e) {
            if (!ConnectionLoss.isCauseOf(e)) { // a session that has ended has released the lock
                throw e;
            }
        }
    }
}
