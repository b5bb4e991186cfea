package org.markwatch.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;

/**
 * A HikariCP pool for a database that may restart.
 *
 * <p>{@link #getConnection} waits up to {@link #CONNECTION_TIMEOUT} for a database that does not accept connections.
 * After such a time-out, later calls probe the database and fail at once until it accepts connections again, because a
 * shutdown requests several connections in sequence.
 *
 * <p>When a connection breaks, the pool evicts all connections: the server has most likely ended, and HikariCP
 * would not test recently used connections for another 500 ms. Thread-safe.
 */
public final class ConnectionPool extends HikariDataSource {
    /** Longest wait for a database that does not accept connections; a restart of PostgreSQL takes less. */
    static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(6);

    /** Longest statement; statements of a run are batches of seconds, an export of a large run takes minutes. */
    static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(30);

    /**
     * Longest pause within a transaction: the locks of a process that is suspended within one, or whose machine has lost power, must
     * not stop others for longer.
     */
    static final Duration TRANSACTION_PAUSE = Duration.ofSeconds(30);

    /** Longest silence of the server: more than a statement may take, so that its own time-out comes first. */
    static final Duration SOCKET_TIMEOUT = STATEMENT_TIMEOUT.plusMinutes(1);

    /**
     * Cost of a page read out of order, compared with 1 in order: pages in memory or on flash. With PostgreSQL's 4, of magnetic disks, it
     * reads a whole index rather than some hundred rows in their order.
     */
    private static final double RANDOM_PAGE_COST = 1.1;

    private static final int MAX_CONNECTIONS = 16;
    private static final int MIN_IDLE_CONNECTIONS = 2;

    private volatile boolean unavailable;

    /** Creates a pool that opens its first connection on request. */
    public ConnectionPool() {
        setMaximumPoolSize(MAX_CONNECTIONS);
        setMinimumIdle(MIN_IDLE_CONNECTIONS);
        setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        // parameters of the JDBC URL take precedence
        addDataSourceProperty("connectTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
        addDataSourceProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toSeconds()));
        // one statement for many rows: the functions of generated columns are planned once for each statement
        addDataSourceProperty("reWriteBatchedInserts", "true");
        addDataSourceProperty(
                "options",
                "-c statement_timeout=" + STATEMENT_TIMEOUT.toMillis() + " -c idle_in_transaction_session_timeout="
                        + TRANSACTION_PAUSE.toMillis() + " -c random_page_cost=" + RANDOM_PAGE_COST);
        setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override // SQLExceptionOverride has a nested enum of that name
            public Override adjudicate(SQLException fault) {
                if (isConnectionLoss(fault)) {
                    getHikariPoolMXBean().softEvictConnections();
                }
                return Override.CONTINUE_EVICT; // leaves the decision on this connection to HikariCP
            }
        });
    }

    /**
     * Returns whether the server closed the connection: SQLSTATE class 08 (connection exception), 57P (operator
     * intervention) or 25P03 (time-out of a transaction in which the client was suspended).
     */
    private static boolean isConnectionLoss(SQLException fault) {
        String state = fault.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03"));
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (unavailable) {
            probe();
            unavailable = false;
        }
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException e) {
            if (e.getCause() instanceof SQLException refused) { // without a cause, all connections were in use
                unavailable = true;
                throw new SQLTransientConnectionException(refused.getMessage(), refused.getSQLState(), e);
            }
            throw e;
        }
    }

    /**
     * Closes the pool. If the database is unavailable, closes it in the background: no connection is open, and HikariCP
     * would wait for its current connection attempt.
     */
    @Override
    public void close() {
        if (unavailable) {
            Thread.ofVirtual().name("close-pool").start(super::close);
        } else {
            super.close();
        }
    }

    /**
     * Connects directly and fails at once if the database is still unavailable; HikariCP would retry until its
     * time-out.
     */
    private void probe() throws SQLException {
        Properties login = new Properties();
        if (getUsername() != null) {
            login.setProperty("user", getUsername());
        }
        if (getPassword() != null) {
            login.setProperty("password", getPassword());
        }
        login.setProperty("connectTimeout", "1");
        login.setProperty("socketTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
        DriverManager.getConnection(getJdbcUrl(), login).close();
    }
}
