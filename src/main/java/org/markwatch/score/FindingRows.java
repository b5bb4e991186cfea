package org.markwatch.score;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.UncategorizedSQLException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads rows of table {@code finding}. Thread-safe. */
final class FindingRows {
    private static final int FETCH_ROWS = 500;
    /** Condition with the run as two parameters: a finding holds from the run that made it to the one that ended it. */
    static final String HOLDS = "from_run <= ? and (to_run is null or to_run > ?)";

    static final String SELECT = """
            select url, title, language, score, severity, lane, flagged, suppressed, brand_uses, reasons, ruleset_sha256,
                   evidence_sha256, dropped,
                   case when flagged then array(select trait from page_trait where finding_id = finding.id order by trait) end as traits
            from finding
            """;
    private static final TypeReference<List<Finding.BrandUse>> BRAND_USES = new TypeReference<>() {};
    private static final TypeReference<List<Reason>> REASONS = new TypeReference<>() {};

    private final DataSource dataSource;
    private final JsonMapper json = JsonMapper.builder().build();

    FindingRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Returns the finding in a row of {@link #SELECT}, without matches. */
    Finding finding(ResultSet row) throws SQLException {
        return new Finding(
                HttpUrl.of(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                row.getBoolean(7),
                row.getString(8),
                json.readValue(row.getString(9), BRAND_USES),
                reasons(row.getString(10)),
                List.of(),
                row.getString(11),
                row.getString(12),
                traits(row),
                row.getInt(13));
    }

    private static List<String> traits(ResultSet row) throws SQLException {
        Array traits = row.getArray(14);
        return traits == null ? List.of() : List.of((String[]) traits.getArray());
    }

    /** Returns the reasons that column {@code reasons} holds. */
    List<Reason> reasons(String stored) {
        return json.readValue(stored, REASONS);
    }

    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /**
     * Passes each row to a reader, through a cursor on a connection of its own. Turns auto-commit off, because the
     * driver uses a cursor only inside a transaction (pgjdbc, 'Getting results based on a cursor').
     */
    void read(String sql, RowReader reader, Object... parameters) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Statement setting = connection.createStatement();
                    PreparedStatement select = connection.prepareStatement(sql)) {
                // the reader may wait for whoever receives the rows; it holds no lock that others wait for
                setting.execute("set local idle_in_transaction_session_timeout = 0");
                select.setFetchSize(FETCH_ROWS);
                for (int i = 0; i < parameters.length; i++) {
                    select.setObject(i + 1, parameters[i]);
                }
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        reader.read(row);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("read findings of run " + parameters[0], sql, e);
        }
    }
}
