package org.markwatch.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.markwatch.schema.Schema;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Creates databases for tests: one server for each JVM, a new database for each call. The time zone of sessions has an
 * offset of 12:45 hours, so that a time stored without its zone makes a test fail.
 *
 * <p>A shell reads from a pipe until this JVM ends, even by a kill. It then stops the server and deletes its folder.
 */
public final class TestDatabase {
    private static final String ZONE = "Pacific/Chatham";
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String SET_ZONE = "SET TIME ZONE '" + ZONE + "'";
    private static final IdleConnections IDLE = new IdleConnections(SET_ZONE);

    private TestDatabase() {}

    /** Returns a new database with all migrations. */
    public static PGSimpleDataSource fresh() {
        return copyOf(TEMPLATE);
    }

    /** Returns a new empty database. */
    public static PGSimpleDataSource empty() {
        return copyOf("template1");
    }

    /** Returns a copy of a database that this class has created and whose connections are closed. */
    public static PGSimpleDataSource copyOf(PGSimpleDataSource database) {
        return copyOf(String.valueOf(database.getDatabaseName()));
    }

    private static PGSimpleDataSource copyOf(String template) {
        String name = "test" + COUNT.incrementAndGet();
        Server.copy(template, name);
        return Server.database(name);
    }

    /** Holds the server, which starts on first use. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        static {
            // nothing here has to survive a crash
            execute("ALTER SYSTEM SET fsync = off");
            execute("ALTER SYSTEM SET synchronous_commit = off");
            execute("SELECT pg_reload_conf()");
            execute("SET scram_iterations = 1; ALTER ROLE " + POSTGRES.user() + " PASSWORD '" + POSTGRES.password()
                    + "'");
            execute("CREATE DATABASE " + TEMPLATE);
            new Schema(database(TEMPLATE)).migrate();
        }

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("markwatch-test-");
                cleanUpAtEnd(folder);
                return EmbeddedPostgres.start(folder, Path.of("target", "postgresql"), false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void cleanUpAtEnd(Path folder) throws IOException {
            new ProcessBuilder("sh", "-c", """
                            trap '' INT TERM HUP
                            read -r line
                            pid=$(head -n 1 "$1/pgdata/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
                            for i in 1 2 3 4 5 6 7 8 9 10; do
                              kill -0 "$pid" 2>/dev/null || break
                              sleep 0.2
                            done
                            rm -rf "$1"
                            """, "clean-up", folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        }

        static void copy(String template, String name) {
            try {
                IDLE.close(template);
            } catch (SQLException e) {
                throw new IllegalStateException(template, e);
            }
            // writes no log of the copied pages, which takes three times as long
            execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY FILE_COPY");
        }

        static void execute(String sql) {
            try (Connection connection = database("postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        }

        static PGSimpleDataSource database(String name) {
            PGSimpleDataSource database = new ZonedDataSource();
            database.setUrl(POSTGRES.jdbcUrl().replaceFirst("/[^/]+$", "/" + name));
            database.setUser(POSTGRES.user());
            database.setPassword(POSTGRES.password());
            return database;
        }
    }

    /** Sets the time zone after connecting, because the driver sets it to that of the JVM when it connects. */
    private static final class ZonedDataSource extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        @Override
        public Connection getConnection() throws SQLException {
            return IDLE.get(this, () -> inZone(super.getConnection()));
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return inZone(super.getConnection(user, password));
        }

        private static Connection inZone(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(SET_ZONE);
            }
            return connection;
        }
    }
}
