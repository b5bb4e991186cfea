package org.markwatch.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Shows others that a scheduler works on a database: a session-level advisory lock that schedulers share, which PostgreSQL
 * releases when the process that holds it dies. After a restart of the database, the lock is taken again within
 * {@value #CHECK_SECONDS} s.
 */
public final class ServeLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeLock.class);

    /** Key of the advisory lock: 'mw serve' in ASCII. */
    private static final long KEY = 0x6d77207365727665L;

    private static final int CHECK_SECONDS = 5;
    private static final int VALIDATION_SECONDS = 2;

    private final DataSource database;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper;
    private @Nullable Connection session;

    private ServeLock(DataSource database, Connection session) {
        this.database = database;
        this.session = session;
        this.keeper = Thread.ofVirtual().name("serve-lock").unstarted(this::keep);
    }

    /** Acquires the lock beside those of other processes. */
    public static ServeLock acquire(DataSource database) throws SQLException {
        ServeLock lock = new ServeLock(database, lock(database));
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

    private static Connection lock(DataSource database) throws SQLException {
        Connection session = database.getConnection();
        boolean locked = false;
        try (PreparedStatement lock = session.prepareStatement("select pg_advisory_lock_shared(?)")) {
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
            while (!closed.await(CHECK_SECONDS, TimeUnit.SECONDS)) {
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
        session = lock(database);
    }

    @Override
    public synchronized void close() throws SQLException {
        closed.countDown();
        if (session == null) {
            return;
        }
        try (Connection ending = session;
                PreparedStatement unlock = ending.prepareStatement("select pg_advisory_unlock_shared(?)")) {
            unlock.setLong(1, KEY);
            unlock.execute();
        } catch (SQLException e) {
            LOG.debug("The session of the lock has ended, which has released it", e);
        }
    }
}
