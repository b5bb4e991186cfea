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
 * Connections to one database, which may be restarted meanwhile: whoever asks for one waits a few seconds for it to come back. Once
 * somebody has waited in vain, the others are told at once, until it answers again, since what ends after its database asks for it
 * several times over. When a connection breaks all others go with it: most likely their server has gone too, and the pool would hand
 * them out unasked for another half second. Safe for use by several threads.
 */
public final class ConnectionPool extends HikariDataSource {
    /** Longest wait for a database that does not answer; a restart of PostgreSQL takes less. */
    static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(6);

    private static final int MOST = 16;
    /** Others are opened when they are wanted. */
    private static final int IDLE = 2;

    private volatile boolean gone;

    /** Opens no connection before the first is asked for. */
    public ConnectionPool() {
        setMaximumPoolSize(MOST);
        setMinimumIdle(IDLE);
        setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        setExceptionOverride(new SQLExceptionOverride() {
            @java.lang.Override // which has a namesake here
            public Override adjudicate(SQLException fault) {
                if (isLoss(fault)) {
                    getHikariPoolMXBean().softEvictConnections();
                }
                return Override.CONTINUE_EVICT; // as the pool itself thinks right
            }
        });
    }

    /** SQLSTATE class 08, connection exceptions, and 57P, the end of a session by the server. */
    private static boolean isLoss(SQLException fault) {
        String state = fault.getSQLState();
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (gone) {
            knock();
            gone = false;
        }
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException e) {
            if (e.getCause() instanceof SQLException refused) { // otherwise all were in use
                gone = true;
                throw new SQLTransientConnectionException(refused.getMessage(), refused.getSQLState(), e);
            }
            throw e;
        }
    }

    /** Of a database that is gone nothing is open any more, and the pool would only wait for the end of its own next attempt. */
    @Override
    public void close() {
        if (gone) {
            Thread.ofVirtual().name("close-pool").start(super::close);
        } else {
            super.close();
        }
    }

    /** Fails at once if the database is still gone; the pool itself takes no answer but a late one. */
    private void knock() throws SQLException {
        Properties login = new Properties();
        if (getUsername() != null) {
            login.setProperty("user", getUsername());
        }
        if (getPassword() != null) {
            login.setProperty("password", getPassword());
        }
        login.setProperty("connectTimeout", "1");
        DriverManager.getConnection(getJdbcUrl(), login).close();
    }
}
