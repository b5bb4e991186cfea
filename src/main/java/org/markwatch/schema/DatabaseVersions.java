package org.markwatch.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.markwatch.database.DatabaseException;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The versions of a database, and whether this build can use it.
 *
 * @param server       where the server is, as {@code HOST:PORT}
 * @param serverMajor  major version of the PostgreSQL server
 * @param serverName   version of the server as it names it, for example {@code 15.6 (Debian 15.6-1)}
 * @param schema       version of the schema, 0 if there is none
 * @param latestSchema version of the schema that this build makes and reads
 */
public record DatabaseVersions(String server, int serverMajor, String serverName, int schema, int latestSchema) {
    /** The oldest major version of PostgreSQL whose SQL the program's statements are in. */
    static final int OLDEST_SERVER = 16;

    /**
     * Checks the versions of a database. Changes nothing, so that a verb can call it before any migration.
     *
     * @throws DatabaseException if the server is too old or the schema is newer than the program
     * @throws SQLException      if the database cannot be reached
     */
    public static void check(DataSource database) throws SQLException {
        DatabaseVersions server = ofServer(database);
        server.checkServer();
        // Flyway's own statements are for a server that is new enough
        Schema schema = new Schema(database);
        new DatabaseVersions(
                        server.server, server.serverMajor, server.serverName, schema.version(), schema.latestVersion())
                .checkSchema();
    }

    private static DatabaseVersions ofServer(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Properties url = Driver.parseURL(connection.getMetaData().getURL(), null);
            return new DatabaseVersions(
                    url == null
                            ? "unknown"
                            : PGProperty.PG_HOST.getOrDefault(url) + ":" + PGProperty.PG_PORT.getOrDefault(url),
                    connection.getMetaData().getDatabaseMajorVersion(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    0,
                    0);
        }
    }

    /** @throws DatabaseException if the server is older than {@link #OLDEST_SERVER} */
    void checkServer() {
        if (serverMajor < OLDEST_SERVER) {
            throw new DatabaseException("needs PostgreSQL " + OLDEST_SERVER + " or newer, this is "
                    + serverName.replaceFirst(" .*", "") + " (server at " + server
                    + "); nothing was changed. Upgrade that server, name a newer one with --db, or omit --db to use the"
                    + " embedded one");
        }
    }

    /** @throws DatabaseException if the schema is newer than this build */
    void checkSchema() {
        if (schema > latestSchema) {
            throw new DatabaseException("the database has schema version " + schema
                    + ", made by a newer markwatch; this one reads up to version " + latestSchema + " (server at "
                    + server
                    + "); nothing was changed. Update markwatch, or restore a backup of that version into an empty"
                    + " database");
        }
    }
}
