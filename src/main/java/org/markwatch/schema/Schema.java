package org.markwatch.schema;

import java.util.Arrays;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The schema of a database: the tables of the program, of Spring Batch and of Quartz. Its version is the number of the
 * last migration that has been applied.
 *
 * <p>A new database is made by the baseline of {@code db/baseline} and the later migrations of {@code db/migration}, an
 * older one by its missing migrations.
 */
public final class Schema {
    /** Table in which Flyway records the migrations that it has applied. */
    public static final String HISTORY_TABLE = "flyway_schema_history";

    private static final String MIGRATIONS = "classpath:db/migration";
    private static final String BASELINE = "classpath:db/baseline";

    private final DataSource database;

    /** The schema of this database. */
    public Schema(DataSource database) {
        this.database = database;
    }

    /** Returns the version of the database, 0 if it has no schema. */
    public int version() {
        return last(flyway().load().info().applied());
    }

    /** Returns the version to which this build of the program migrates. */
    public int latestVersion() {
        return last(Arrays.stream(flyway().load().info().all())
                .filter(migration -> migration.getState().isResolved())
                .toArray(MigrationInfo[]::new));
    }

    /** Migrates to the latest version; does nothing if the database has it. */
    public void migrate() {
        flyway().load().migrate();
    }

    /** Migrates to a version, at most the latest; does nothing if the database has it or a newer one. */
    public void migrateTo(int version) {
        int current = version();
        if (current >= version) {
            return;
        }
        FluentConfiguration flyway = flyway();
        if (current == 0 && version < latestVersion()) {
            flyway.locations(MIGRATIONS); // Flyway would apply a baseline that is newer than the target
        }
        flyway.target(Integer.toString(version)).load().migrate();
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database).locations(MIGRATIONS, BASELINE);
    }

    private static int last(MigrationInfo[] migrations) {
        return Arrays.stream(migrations)
                .map(MigrationInfo::getVersion)
                .filter(Objects::nonNull)
                .mapToInt(version -> version.getMajor().intValueExact())
                .max()
                .orElse(0);
    }
}
