package db.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Lays the tables of Spring Batch and Quartz from the scripts in their own jars, once, in the transaction of the migration.
 * Their ready-made initialisers would run at each start, and Quartz's begins by dropping its tables.
 */
public final class V1__libraries extends BaseJavaMigration {
    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(script("/org/springframework/batch/core/schema-postgresql.sql"));
            statement.execute(script("/org/quartz/impl/jdbcjobstore/tables_postgres.sql"));
        }
    }

    private static String script(String resource) throws IOException {
        try (InputStream in = V1__libraries.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            // a COMMIT of theirs would end Flyway's transaction
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.strip().equalsIgnoreCase("COMMIT;"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
