package org.markwatch.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows others that a scheduler works on a database: a session-level advisory lock that schedulers share, which PostgreSQL
 * releases when the process that holds it dies, or is silent for 15 s: it may be suspended, or its machine may have lost power. The
 * process uses the session every 5 s, and takes the lock again if the session has ended.
 */
public final class ServeLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeLock.class);

    /** Key of the advisory lock: 'mw serve' in ASCII. */
    private static final long KEY = 0x6d77207365727665L;

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);
    private static final Duration USE_INTERVAL = Duration.ofSeconds(5);
    private static final int VALIDATION_SECONDS = 2;

    private final DataSource database;
    private final Duration longestSilence;
    private final Duration useInterval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper;
    private @Nullable Connection session;

    private ServeLock(DataSource database, Duration longestSilence, Duration useInterval) throws SQLException {
        this.database = database;
        this.longestSilence = longestSilence;
        this.useInterval = useInterval;
        this.session = lock();
        // a virtual thread would wait for its turn behind all crawler threads
        this.keeper = Thread.ofPlatform().daemon().name("serve-lock").unstarted(this::keep);
    }

    /** Acquires the lock beside those of other processes. */
    public static ServeLock acquire(DataSource database) throws SQLException {
        return acquire(database, LONGEST_SILENCE, USE_INTERVAL);
    }

    /**
     * Acquires the lock as {@link #acquire(DataSource)} does.
     *
     * @param longestSilence silence after which the database ends the session
     * @param useInterval    pause between two uses of the session
     */
    static ServeLock acquire(DataSource database, Duration longestSilence, Duration useInterval) throws SQLException {
        ServeLock lock = new ServeLock(database, longestSilence, useInterval);
        lock.keeper.start();
        return lock;
    }

    /** Returns whether a process holds the lock. */
    public static boolean isHeld(DataSource database) {
        return JdbcClient.create(database)
                .sql("""
                        select exists (
                            select from pg_locks
                            where locktype = 'advisory' and granted and objsubid = 1
                                and database = (select oid from pg_database where datname = current_database())
                                and (classid::int8 << 32 | objid::int8) = ?)""")
                .param(KEY)
                .query(Boolean.class)
                .single();
    }

    private Connection lock() throws SQLException {
        Connection session = database.getConnection();
        boolean locked = false;
        try (Statement limit = session.createStatement();
                PreparedStatement lock = session.prepareStatement("select pg_advisory_lock_shared(?)")) {
            limit.execute("set idle_session_timeout = " + longestSilence.toMillis());
            lock.setLong(1, KEY);
            lock.execute();
            locked = true;
        } finally {
            if (!locked) {
                session.close();
            }
        }
        return session;
    }

    private void keep() {
        try {
            while (!closed.await(useInterval.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    renew();
                } catch (SQLException e) {
                    LOG.debug("Database unavailable; the lock of the scheduler is taken later", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void renew() throws SQLException {
        if (closed.getCount() == 0 || session != null && session.isValid(VALIDATION_SECONDS)) {
            return;
        }
        if (session != null) {
            session.close();
        }
        session = lock();
    }

    @Override
    public synchronized void close() throws SQLException {
        closed.countDown();
        if (session == null) {
            return;
        }
        try (Connection ending = session;
                Statement reset = ending.createStatement();
                PreparedStatement unlock = ending.prepareStatement("select pg_advisory_unlock_shared(?)")) {
            reset.execute("reset idle_session_timeout"); // the pool keeps the connection
            unlock.setLong(1, KEY);
            unlock.execute();
        } catch (SQLException e) {
            LOG.debug("The session of the lock has ended, which has released it", e);
        }
    }
}
