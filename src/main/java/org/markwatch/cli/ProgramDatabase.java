package org.markwatch.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.markwatch.database.DatabaseException;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.schema.ApplicationRole;
import org.markwatch.schema.DatabaseVersions;
import org.markwatch.schema.Schema;

/** Migrates a database or checks that it needs no migration, and gives the Spring properties of the connection pool by which the program works on it. */
final class ProgramDatabase {
    private ProgramDatabase() {}

    /**
     * Migrates an embedded database as its owner. The program works by the {@link ApplicationRole}.
     *
     * @throws SQLException if the database cannot be reached
     */
    static Map<String, Object> of(EmbeddedPostgres postgres, Path folder) throws SQLException {
        DataSource owner = OpenDatabase.source(postgres.jdbcUrl(), postgres.user(), postgres.password());
        DatabaseVersions.check(owner);
        if (postgres.isJoined()) {
            requireCurrentSchema(folder, owner);
        }
        new Schema(owner).migrate();
        new ApplicationRole(owner, ApplicationRole.EMBEDDED).provide(postgres.applicationPassword());
        return properties(postgres);
    }

    /**
     * Gives the properties for a worker, which changes no table: processes of another version may use them.
     *
     * @throws SQLException      if the database cannot be reached
     * @throws DatabaseException if it needs a migration
     */
    static Map<String, Object> forWorker(EmbeddedPostgres postgres) throws SQLException {
        requireCurrentSchema(OpenDatabase.source(postgres.jdbcUrl(), postgres.user(), postgres.password()));
        return properties(postgres);
    }

    /**
     * Gives the properties for a worker as {@link #forWorker(EmbeddedPostgres)} does.
     *
     * @throws SQLException      if the database cannot be reached
     * @throws DatabaseException if it needs a migration
     */
    static Map<String, Object> forWorker(ExternalDatabase external) throws SQLException {
        requireCurrentSchema(OpenDatabase.source(external.url(), external.user(), external.password()));
        return external.properties();
    }

    private static Map<String, Object> properties(EmbeddedPostgres postgres) {
        return Map.of(
                "spring.datasource.url", postgres.jdbcUrl(),
                "spring.datasource.username", ApplicationRole.EMBEDDED,
                "spring.datasource.password", postgres.applicationPassword());
    }

    /**
     * Migrates the database of {@code --db}, if the role of the connection may; the program works by this role.
     *
     * @throws SQLException      if the database cannot be reached
     * @throws DatabaseException if the database needs a migration, which the role may not make
     */
    static Map<String, Object> of(ExternalDatabase external) throws SQLException {
        DataSource database = OpenDatabase.source(external.url(), external.user(), external.password());
        DatabaseVersions.check(database);
        Schema schema = new Schema(database);
        if (!ApplicationRole.isRestricted(database)) {
            schema.migrate();
        } else if (schema.version() < schema.latestVersion()) {
            throw new DatabaseException("the database has schema version " + schema.version()
                    + ", this markwatch needs version " + schema.latestVersion()
                    + ", and this role may not change tables; stop all other processes on the database, run 'markwatch"
                    + " migrate --db URL --grant ROLE' as the owner of the tables, then the same command again");
        }
        return external.properties();
    }

    /**
     * Checks that a database has the tables of this version.
     *
     * @throws SQLException      if the database cannot be reached
     * @throws DatabaseException if it needs a migration, or its tables are those of a newer version
     */
    static void requireCurrentSchema(DataSource database) throws SQLException {
        DatabaseVersions.check(database);
        Schema schema = new Schema(database);
        int version = schema.version();
        int latest = schema.latestVersion();
        if (version < latest) {
            throw new DatabaseException("the database has schema version " + version + ", this worker needs version "
                    + latest + ", and a worker changes no tables, since processes of the older version may use them; "
                    + (version == 0
                            ? "start 'markwatch serve' or 'run' on it first"
                            : "start a worker of the version of those, or stop them and start 'markwatch serve' or 'run' of this"
                                    + " version first"));
        }
    }

    /**
     * Checks that a database that another process uses needs no migration, which would change the tables under that
     * process.
     */
    private static void requireCurrentSchema(Path folder, DataSource database) {
        Schema schema = new Schema(database);
        int version = schema.version();
        int latest = schema.latestVersion();
        if (version < latest) {
            throw new DatabaseException("the database of data folder " + folder + " has schema version " + version
                    + " and is in use by another process of an older markwatch; this one would change its tables to"
                    + " version " + latest
                    + ". Stop markwatch serve or run in this folder, then run the same command again");
        }
    }
}
