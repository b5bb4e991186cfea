package org.markwatch.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with its files in a folder, for one process at a time.
 *
 * <p>It listens on 127.0.0.1 only and asks for a password that lies in the folder, readable by its owner alone. A server
 * that a killed process left behind is taken over. There is no shutdown hook: the owner closes it after everything that
 * uses it, in its own hook where the process may be told to end. If the process is killed, the server goes on until the
 * next start takes it over.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "markwatch";
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final Path folder;
    private final FolderLock lock;
    private final Cluster cluster;
    private final int port;
    private final String password;
    private boolean closed;

    private EmbeddedPostgres(Path folder, FolderLock lock, Cluster cluster, int port, String password) {
        this.folder = folder;
        this.lock = lock;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server of a folder, or takes over the one that runs there. The first start takes some seconds.
     *
     * @param dataFolder made if it is not there
     * @throws DatabaseException if it cannot be had; the message says what to do
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, dataFolder, true);
    }

    /**
     * @param programs folder that the programs of PostgreSQL are taken out to; tests share one
     * @param durable  see {@link Cluster}
     */
    static EmbeddedPostgres start(Path dataFolder, Path programs, boolean durable) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        try {
            folder = Files.createDirectories(folder).toRealPath();
            return open(folder, Files.createDirectories(programs).toRealPath(), durable);
        } catch (IOException e) {
            throw fault(folder, e);
        }
    }

    private static EmbeddedPostgres open(Path folder, Path programs, boolean durable) throws IOException {
        FolderLock lock = FolderLock.acquire(folder);
        EmbeddedPostgres server = null;
        Cluster cluster = null;
        try {
            if (programs.equals(folder)) {
                PostgresBinaries.deletePartialExtractions(folder); // the lock is ours
            }
            cluster = new Cluster(folder, programs, durable);
            Path passwordFile = passwordFile(folder);
            cluster.createIfMissing(passwordFile);
            String password = Files.readString(passwordFile).strip();
            OptionalInt adopted = adopt(cluster, password);
            int port = adopted.isPresent() ? adopted.getAsInt() : cluster.start();
            server = new EmbeddedPostgres(folder, lock, cluster, port, password);
            server.createDatabase();
            return server;
        } finally {
            if (server == null) {
                stopHalfStarted(cluster);
                lock.close();
            }
        }
    }

    /** Ctrl-C reaches the program that waits for the server's start too, but not the server. */
    private static void stopHalfStarted(@Nullable Cluster cluster) throws IOException {
        if (cluster != null && cluster.runningPostmaster().isPresent()) {
            cluster.stop();
        }
    }

    /** {@code jdbc:postgresql://127.0.0.1:PORT/markwatch}. */
    public String jdbcUrl() {
        return jdbcUrl(port, DATABASE);
    }

    /** Owner of the database. */
    public String user() {
        return Cluster.USER;
    }

    /** Not to be logged. */
    public String password() {
        return password;
    }

    /** Stops the server and lets go of the folder; connections still open are cut off. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            cluster.stop();
        } catch (IOException e) {
            throw fault(folder, e);
        }
    }

    /** Port of the left-over server, once it answers; empty when there is none, or when it was just ending. */
    private static OptionalInt adopt(Cluster cluster, String password) throws IOException {
        long deadline = System.nanoTime() + ANSWER.toNanos();
        Optional<Cluster.Postmaster> server = cluster.runningPostmaster();
        while (server.isPresent()) {
            OptionalInt port = server.get().port();
            if (port.isPresent() && answers(port.getAsInt(), password, cluster.pgdata())) {
                return port;
            }
            if (System.nanoTime() > deadline) {
                throw new DatabaseException(
                        "a PostgreSQL server (process " + server.get().pid() + ") holds "
                                + cluster.pgdata() + " but does not answer; stop it with: kill -INT "
                                + server.get().pid());
            }
            PollInterval.sleep();
            server = cluster.runningPostmaster();
        }
        return OptionalInt.empty();
    }

    /** Whether the server on the port takes our password and serves our files; a number can name another program by now. */
    private static boolean answers(int port, String password, Path pgdata) throws IOException {
        try (Connection connection = connect(port, "postgres", password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            return row.next() && Files.isSameFile(Path.of(row.getString(1)), pgdata);
        } catch (SQLException e) {
            return false;
        }
    }

    private void createDatabase() {
        try (Connection connection = connect(port, "postgres", password);
                Statement statement = connection.createStatement()) {
            boolean missing;
            try (ResultSet row =
                    statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                missing = !row.next();
            }
            if (missing) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            close();
            throw new DatabaseException(
                    "the PostgreSQL server in " + folder + " has started but cannot be used: " + e.getMessage(), e);
        }
    }

    private static Connection connect(int port, String database, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Cluster.USER);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "60");
        return DriverManager.getConnection(jdbcUrl(port, database), properties);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** The password is made once, before the database that is to know it; both stay. */
    private static Path passwordFile(Path folder) throws IOException {
        Path file = folder.resolve("password");
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path half = folder.resolve("password.new");
            Files.deleteIfExists(half);
            Files.createFile(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, Base64.getUrlEncoder().encodeToString(random) + "\n", StandardOpenOption.WRITE);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private static DatabaseException fault(Path folder, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device")) {
            return diskFull(folder, e);
        }
        String reason = switch (e) {
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case NoSuchFileException none -> none.getFile() + " cannot be made";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException other -> other.getClass().getSimpleName() + " " + message;
            default -> message;
        };
        return new DatabaseException(
                "data folder " + folder + " cannot be used (" + reason + "); use another folder (--data)", e);
    }

    static DatabaseException diskFull(Path folder, @Nullable IOException cause) {
        String message = "the disk of data folder " + folder
                + " is full; free some space or use a folder on another disk (--data)";
        return cause == null ? new DatabaseException(message) : new DatabaseException(message, cause);
    }
}
