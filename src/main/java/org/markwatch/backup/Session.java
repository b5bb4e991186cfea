package org.markwatch.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/** Opens connections whose settings give values the same text on every server. */
final class Session {
    /** Longest statement: copying or checking the largest table. */
    static final Duration STATEMENT_TIMEOUT = Duration.ofHours(6);

    /** Longest wait for a table that another transaction alters or drops. */
    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);

    private Session() {}

    /** Opens a connection in a transaction, which ends without effect unless it is committed. */
    static Connection begin(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            execute(
                    connection,
                    "set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex';"
                            + " set statement_timeout = " + STATEMENT_TIMEOUT.toMillis() + "; set lock_timeout = "
                            + LOCK_TIMEOUT.toMillis());
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
