package org.markwatch.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;

/**
 * Connections to one database, which may be restarted meanwhile: whoever asks for one waits a few seconds for it to come back. Once
 * somebody has waited in vain, the others are told at once, until it answers again, since what ends after its database asks for it
 * several times over. Safe for use by several threads.
 */
public final class ConnectionPool extends HikariDataSource {
    /** Longest wait for a database that does not answer; a restart of PostgreSQL takes less. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int MOST = 16;
    /** Others are opened when they are wanted. */
    private static final int IDLE = 2;

    private volatile boolean gone;

    /** Opens no connection before the first is asked for. */
    public ConnectionPool() {
        setMaximumPoolSize(MOST);
        setMinimumIdle(IDLE);
        setConnectionTimeout(PATIENCE.toMillis());
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
