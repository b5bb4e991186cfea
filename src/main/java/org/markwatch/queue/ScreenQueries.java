package org.markwatch.queue;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Queries for which a person waits. They are cancelled after {@link #TIMEOUT}, and PostgreSQL plans each one for the
 * values of its parameters: a plan for any value, which it makes for a prepared statement after some executions, reads
 * the whole queue for a word or a group that few items have.
 */
public final class ScreenQueries {
    /** Longest query. */
    public static final Duration TIMEOUT = Duration.ofSeconds(5);

    private ScreenQueries() {}

    /**
     * Returns a client for such queries. They throw {@link org.springframework.dao.QueryTimeoutException} after {@link
     * #TIMEOUT}.
     */
    public static JdbcClient client(DataSource database) {
        return JdbcClient.create(withTimeout(new JdbcTemplate(database) {
            @Override
            protected void applyStatementSettings(Statement statement) throws SQLException {
                super.applyStatementSettings(statement);
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
        }));
    }

    /**
     * Returns a client for queries with the same time-out that one plan serves, whatever the values of their parameters. To
     * plan a query over many parts again costs PostgreSQL as much as to execute it.
     */
    static JdbcClient planned(DataSource database) {
        return JdbcClient.create(withTimeout(new JdbcTemplate(database)));
    }

    private static JdbcTemplate withTimeout(JdbcTemplate template) {
        template.setQueryTimeout((int) TIMEOUT.toSeconds());
        return template;
    }
}
