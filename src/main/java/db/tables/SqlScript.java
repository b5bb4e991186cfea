package db.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.flywaydb.core.api.migration.Context;

/**
 * SQL scripts that more than one migration executes.
 *
 * <p>The tables of Spring Batch and Quartz are copies of the scripts in the jars of these versions, unchanged, so that a
 * release of theirs does not change how a database is made. {@code LibraryTablesTest} fails if a release has another
 * script; a migration then makes the same change.
 */
public final class SqlScript {
    /** The tables of Spring Batch 6. */
    public static final String SPRING_BATCH = "/db/tables/spring-batch-6.0.6.sql";

    /** The tables of Quartz 2.5. */
    public static final String QUARTZ = "/db/tables/quartz-2.5.2.sql";

    /** The tables of the program in schema version 33. */
    public static final String MARKWATCH = "/db/tables/markwatch-33.sql";

    private SqlScript() {}

    /**
     * Executes a script in the transaction of a migration.
     *
     * @param resource absolute name on the class path
     */
    public static void execute(Context context, String resource) throws IOException, SQLException {
        try (InputStream in = SqlScript.class.getResourceAsStream(resource);
                Statement statement = context.getConnection().createStatement()) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            // a COMMIT of a script would end Flyway's transaction
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().equalsIgnoreCase("COMMIT;"))
                    .collect(Collectors.joining("\n")));
        }
    }
}
