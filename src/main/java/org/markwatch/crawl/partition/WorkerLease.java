package org.markwatch.crawl.partition;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lease of a process that works on partitions. While it is valid, the process may send requests, and no other process
 * claims its partitions. A thread renews it every {@value #RENEWAL_SECONDS} s. The process judges the validity by its own
 * monotonic clock, which it reads before the database does, so that its view ends first.
 *
 * <p>A session-level advisory lock shows that the process is alive, so that its partitions are free at once when it is killed.
 * The database ends the session, with all its locks, when the process has been silent for the length of the lease: it may be
 * suspended, or its machine may have lost power. The lease ends with its session, which the thread uses twice a second, unless the
 * database has restarted. Thread-safe.
 */
public final class WorkerLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerLease.class);

    /** First half of the key of the advisory lock: 'mwwk' in ASCII. The other half is the id of the worker. */
    static final int LOCK_CLASS = 0x6d77776b;

    static final Duration LENGTH = Duration.ofSeconds(15);

    /** Longest time for which a process may send requests after its session has ended: twice the time between two uses. */
    static final Duration LONGEST_WITHOUT_SESSION = Duration.ofSeconds(1);

    private static final Duration USE_INTERVAL = LONGEST_WITHOUT_SESSION.dividedBy(2);
    private static final int RENEWAL_SECONDS = 2;
    private static final long USES_IN_RENEWAL =
            Duration.ofSeconds(RENEWAL_SECONDS).dividedBy(USE_INTERVAL);
    private static final int MAX_NAME = 100;
    private static final String SILENCE =
            "it was suspended or the database did not answer for " + LENGTH.toSeconds() + " s";

    private final DataSource database;
    private final JdbcTemplate jdbc;
    private final LongSupplier nanos;
    private final long id;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper;
    private volatile long validUntil;
    private volatile boolean lost;
    private @Nullable Connection session;

    private WorkerLease(DataSource database, LongSupplier nanos, @Nullable Long run, boolean leads) {
        this.database = database;
        this.jdbc = new JdbcTemplate(database);
        this.nanos = nanos;
        jdbc.update("delete from worker where lease_until < now() - interval '1 hour'"); // processes that were killed
        long start = nanos.getAsLong();
        Long number = jdbc.queryForObject("""
                insert into worker (name, renewed_at, lease_until, run_id, leads)
                values (?, now(), now() + ? * interval '1 second', ?, ?) returning id""", Long.class, name(), LENGTH.toSeconds(), run, leads);
        this.id = number == null ? 0 : number;
        this.validUntil = start + LENGTH.toNanos();
        // a virtual thread would wait for its turn behind all crawler threads
        this.keeper = Thread.ofPlatform().daemon().name("worker-lease").unstarted(this::keep);
    }

    /**
     * Takes a lease for a process that waits for a run.
     *
     * @param nanos monotonic clock in nanoseconds
     */
    public static WorkerLease take(DataSource database, LongSupplier nanos) throws SQLException {
        return take(new WorkerLease(database, nanos, null, false));
    }

    /**
     * Takes a lease for a process that works on a run.
     *
     * @param nanos monotonic clock in nanoseconds
     * @param leads whether the process has started the run
     */
    public static WorkerLease take(DataSource database, LongSupplier nanos, long run, boolean leads)
            throws SQLException {
        return take(new WorkerLease(database, nanos, run, leads));
    }

    private static WorkerLease take(WorkerLease lease) throws SQLException {
        lease.open();
        lease.keeper.start();
        return lease;
    }

    /** Takes a lease as {@link #take(DataSource, LongSupplier)} does; the caller keeps its session. */
    static WorkerLease withoutKeeper(DataSource database, LongSupplier nanos) throws SQLException {
        WorkerLease lease = new WorkerLease(database, nanos, null, false);
        lease.open();
        return lease;
    }

    private void open() throws SQLException {
        try {
            lockSession();
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** Returns the name of this process: its number and the name of the machine. */
    static String name() {
        String name = ManagementFactory.getRuntimeMXBean().getName();
        return name.substring(0, Math.min(name.length(), MAX_NAME));
    }

    /** Returns the id of the worker. */
    public long id() {
        return id;
    }

    /** Returns the time of the monotonic clock in nanoseconds. */
    long nanos() {
        return nanos.getAsLong();
    }

    /** Whether the process may send requests. Once it may not, it never may again under this lease. */
    public boolean isValid() {
        if (validUntil - nanos.getAsLong() <= 0) {
            lose(SILENCE); // for good: a late renewal would continue a crawl that has left out requests
        }
        return !lost;
    }

    /**
     * Asserts that the lease is valid.
     *
     * @throws LeaseLostException if it has ended, since others may work on the partitions
     */
    public void assertValid() {
        if (!isValid()) {
            throw new LeaseLostException(
                    "the lease of this process has ended, since the database did not answer in"
                            + " time or the process was suspended; its partitions are continued by others or by the next start");
        }
    }

    private void keep() {
        try {
            long uses = 0;
            while (!lost && !closed.await(USE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    keepSession();
                    uses++;
                    if (uses % USES_IN_RENEWAL == 0) {
                        renew();
                    }
                } catch (DataAccessException | SQLException e) {
                    LOG.debug("Database unavailable; the lease of worker {} is renewed later", id, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        long start = nanos.getAsLong();
        int renewed = jdbc.update(
                "update worker set renewed_at = now(), lease_until = now() + ? * interval '1 second'"
                        + " where id = ? and lease_until > now()",
                LENGTH.toSeconds(),
                id);
        if (renewed == 0) {
            lose(SILENCE);
        } else if (!lost) {
            validUntil = start + LENGTH.toNanos();
        }
    }

    /** Ends the lease, since others may have claimed the partitions. */
    private void lose(String reason) {
        if (!lost) {
            lost = true;
            LOG.warn(
                    "The lease of this process (worker {}) has ended, since {}; its partitions are continued by other processes",
                    id,
                    reason);
        }
    }

    /**
     * Uses the session. If it has ended, others take the process for dead, so the lease ends; but after a restart of the database,
     * which others allow for until the next renewal, it opens another session.
     */
    synchronized void keepSession() throws SQLException {
        if (closed.getCount() == 0 || session != null && session.isValid((int) LENGTH.toSeconds())) {
            return;
        }
        if (session != null) {
            session.close();
            session = null;
        }
        boolean restarted = Boolean.TRUE.equals(jdbc.queryForObject(
                "select renewed_at < pg_postmaster_start_time() from worker where id = ?", Boolean.class, id));
        if (restarted) {
            lockSession();
        } else {
            lose("its session of the database has ended");
        }
    }

    /** Uses the session of a lease. */
    @FunctionalInterface
    interface SessionUse<T> {
        T use(Connection session) throws SQLException;
    }

    /**
     * Uses the session of the lease, one thread at a time. Its advisory locks end with it.
     *
     * @throws LeaseLostException    if the session has ended
     * @throws IllegalStateException if the database fails
     */
    synchronized <T> T inSession(SessionUse<T> use) {
        if (session == null) {
            throw new LeaseLostException("the session of the lease of worker " + id + " has ended");
        }
        try {
            return use.use(session);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the session of the lease of worker " + id + " failed: " + e.getMessage(), e);
        }
    }

    private synchronized void lockSession() throws SQLException {
        Connection opened = database.getConnection();
        try (Statement limit = opened.createStatement();
                PreparedStatement lock = opened.prepareStatement("select pg_advisory_lock(?, ?)")) {
            limit.execute("set idle_session_timeout = " + LENGTH.toMillis());
            opened.setNetworkTimeout(Runnable::run, (int) LENGTH.toMillis()); // its statements do not wait
            lock.setInt(1, LOCK_CLASS);
            lock.setInt(2, (int) id);
            lock.execute();
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        session = opened;
    }

    /** Ends the lease; the process sends no more requests. */
    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        lost = true;
        try {
            keeper.join();
            jdbc.update("delete from worker where id = ?", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            LOG.debug("The lease of worker {} ends by itself, since the database is unavailable", id, e);
        } finally {
            closeSession();
        }
    }

    private synchronized void closeSession() {
        if (session == null) {
            return;
        }
        try (Connection ending = session;
                Statement reset = ending.createStatement();
                Statement unlock = ending.createStatement()) {
            reset.execute("reset idle_session_timeout"); // the pool keeps the connection
            // those of addresses too: a thread that hangs in its request may not have released its own
            unlock.execute("select pg_advisory_unlock_all()");
        } catch (SQLException e) {
            LOG.debug("The session of worker {} has ended before", id, e);
        }
    }
}
