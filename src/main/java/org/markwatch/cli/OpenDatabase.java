package org.markwatch.cli;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.database.ConnectionPool;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.schema.DatabaseVersions;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that a verb opens without a Spring context, and therefore without a job-config and without migrating it.
 * Closing stops the embedded server, unless another process uses it.
 */
final class OpenDatabase implements AutoCloseable {
    private static final int CONNECT_SECONDS = 10;

    /** Longest silence of the server: more than the longest statement of a backup or restore. */
    private static final int SOCKET_SECONDS = 7 * 3600;

    private final @Nullable EmbeddedPostgres postgres;
    private final PGSimpleDataSource source;

    private OpenDatabase(@Nullable EmbeddedPostgres postgres, PGSimpleDataSource source) {
        this.postgres = postgres;
        this.source = source;
    }

    /**
     * Opens the database of the options; creates the embedded one if it is missing.
     *
     * @throws SQLException if {@code --db} cannot be connected to
     */
    static OpenDatabase open(Options.Data data) throws SQLException {
        ShutdownHandler.throwIfStopping();
        if (data.db != null) {
            ExternalDatabase external = ExternalDatabase.connect(data.db, System.getenv());
            return checked(new OpenDatabase(null, source(external.url(), external.user(), external.password())));
        }
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data.folder);
        return checked(new OpenDatabase(postgres, source(postgres.jdbcUrl(), postgres.user(), postgres.password())));
    }

    private static OpenDatabase checked(OpenDatabase database) throws SQLException {
        boolean usable = false;
        try {
            DatabaseVersions.check(database.source);
            usable = true;
            return database;
        } finally {
            if (!usable) {
                database.close();
            }
        }
    }

    /** Returns a source of connections, without a pool. */
    static PGSimpleDataSource source(String url, @Nullable String user, @Nullable String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(SOCKET_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    /** Returns a small pool of connections, which the caller closes. */
    ConnectionPool pool() {
        ConnectionPool pool = new ConnectionPool();
        pool.setJdbcUrl(source.getURL());
        pool.setUsername(source.getUser());
        pool.setPassword(source.getPassword());
        pool.setMaximumPoolSize(3);
        pool.setMinimumIdle(1);
        return pool;
    }

    DataSource source() {
        return source;
    }

    @Override
    public void close() {
        if (postgres != null) {
            postgres.close();
        }
    }
}
