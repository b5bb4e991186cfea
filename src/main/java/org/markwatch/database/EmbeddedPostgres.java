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
 * A PostgreSQL server with its files in a data folder. The processes that use the folder share the server: the first
 * starts it, or adopts one that a killed process left running, and the last stops it.
 *
 * <p>The server listens on 127.0.0.1 only and requires a password, which is in a file that only its owner may read.
 * The port is in a folder that only its owner may open. Whoever can read both can join.
 *
 * <p>There is no shutdown hook. The owner closes the server after everything that uses it, in a hook of its own if the
 * process may receive a signal. If the last process is killed, the server keeps running until the next start adopts
 * it. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "markwatch";
    private static final String PASSWORD = "password";
    private static final String APPLICATION_PASSWORD = "application.password";
    private static final Duration ADOPT_TIMEOUT = Duration.ofSeconds(60);

    /** Longest wait for a process that starts or stops the server; a crash recovery may take longer. */
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final FolderLock lock;
    private final Cluster cluster;
    private final int port;
    private final String password;
    private final boolean joined;
    private boolean closed;

    private EmbeddedPostgres(Path folder, FolderLock lock, Cluster cluster, int port, String password, boolean joined) {
        this.folder = folder;
        this.lock = lock;
        this.cluster = cluster;
        this.port = port;
        this.password = password;
        this.joined = joined;
    }

    /** Returns whether a folder has a database. Creates nothing. */
    public static boolean exists(Path dataFolder) {
        return Files.isDirectory(dataFolder.resolve(Cluster.PGDATA));
    }

    /**
     * Starts the server of a data folder, or joins or adopts the running one. The first start creates the database and
     * takes some seconds.
     *
     * @param dataFolder created if missing
     * @throws DatabaseException if the server cannot be started or the folder is in use by this JVM; the message says
     *     what to do
     */
    public static EmbeddedPostgres start(Path dataFolder) {
        return start(dataFolder, dataFolder, true, TURN_TIMEOUT);
    }

    /**
     * Starts the server of a data folder.
     *
     * @param programs folder to extract the PostgreSQL programs to; tests share one
     * @param durable  whether commits survive a power failure; false only for temporary databases of tests
     */
    static EmbeddedPostgres start(Path dataFolder, Path programs, boolean durable) {
        return start(dataFolder, programs, durable, TURN_TIMEOUT);
    }

    /** @param turnTimeout longest wait for a process that holds the folder alone */
    static EmbeddedPostgres start(Path dataFolder, Path programs, boolean durable, Duration turnTimeout) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        try {
            folder = Files.createDirectories(folder).toRealPath();
            return open(folder, Files.createDirectories(programs).toRealPath(), durable, turnTimeout);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static EmbeddedPostgres open(Path folder, Path programs, boolean durable, Duration turnTimeout)
            throws IOException {
        FolderLock lock = FolderLock.open(folder);
        EmbeddedPostgres server = null;
        try {
            long deadline = System.nanoTime() + turnTimeout.toNanos();
            boolean started = false;
            boolean ended = false;
            while (server == null) {
                if (lock.tryAlone()) {
                    startAlone(folder, programs, durable);
                    started = true;
                    lock.release();
                }
                // The server may have been stopped in between, by a process that was alone then.
                if (lock.tryTogether()) {
                    server = join(folder, programs, durable, lock, !started);
                    ended = server == null;
                }
                if (server == null) {
                    lock.release();
                    if (System.nanoTime() > deadline) {
                        throw lock.inUse(ended);
                    }
                    PollInterval.sleep();
                }
            }
            return server;
        } finally {
            if (server == null) {
                lock.close();
            }
        }
    }

    /** Starts or adopts the server and creates what is missing. The caller holds the folder alone. */
    private static void startAlone(Path folder, Path programs, boolean durable) throws IOException {
        if (programs.equals(folder)) {
            PostgresBinaries.deletePartialExtractions(folder);
        }
        Cluster cluster = new Cluster(folder, programs, durable);
        boolean usable = false;
        try {
            Path passwordFile = passwordFile(folder, PASSWORD);
            passwordFile(folder, APPLICATION_PASSWORD);
            cluster.createIfMissing(passwordFile);
            String password = Files.readString(passwordFile).strip();
            OptionalInt adopted = adopt(cluster, password);
            createDatabase(folder, adopted.isPresent() ? adopted.getAsInt() : cluster.start(), password);
            usable = true;
        } finally {
            if (!usable) {
                stopPartlyStarted(cluster);
            }
        }
    }

    /** Returns the running server, or null if there is none. The caller holds the folder together with others. */
    private static @Nullable EmbeddedPostgres join(
            Path folder, Path programs, boolean durable, FolderLock lock, boolean joined) throws IOException {
        Cluster cluster = new Cluster(folder, programs, durable);
        String password = Files.readString(folder.resolve(PASSWORD)).strip();
        OptionalInt port = adopt(cluster, password);
        return port.isPresent() ? new EmbeddedPostgres(folder, lock, cluster, port.getAsInt(), password, joined) : null;
    }

    /** Stops a server whose start was interrupted: Ctrl-C ends pg_ctl, but not the server that it started. */
    private static void stopPartlyStarted(Cluster cluster) throws IOException {
        if (cluster.runningPostmaster().isPresent()) {
            cluster.stop();
        }
    }

    /** Returns {@code jdbc:postgresql://127.0.0.1:PORT/markwatch}. */
    public String jdbcUrl() {
        return jdbcUrl(port, DATABASE);
    }

    /** Returns the database user, who owns the database. */
    public String user() {
        return Cluster.USER;
    }

    /** Returns the password of {@link #user}. Do not log it. */
    public String password() {
        return password;
    }

    /**
     * Returns the password for a role that is not the owner, which the caller creates; another one than {@link #password},
     * and the same in each process. Do not log it.
     */
    public String applicationPassword() {
        try {
            return Files.readString(passwordFile(folder, APPLICATION_PASSWORD)).strip();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Returns whether another process used the server when this one began to; it may be of another version. */
    public boolean isJoined() {
        return joined;
    }

    /**
     * Releases the folder. Stops the server, closing open connections, unless another process uses it. Further calls
     * do nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (lock) {
            lock.release();
            // Of processes that end at the same time, the last to release the lock finds it free.
            if (lock.tryAlone()) {
                cluster.stop();
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Waits until a server that is still running accepts connections, and returns its port.
     *
     * @return empty if no server is running or the server has ended meanwhile
     * @throws DatabaseException if the server does not accept connections within {@link #ADOPT_TIMEOUT}
     */
    private static OptionalInt adopt(Cluster cluster, String password) throws IOException {
        long deadline = System.nanoTime() + ADOPT_TIMEOUT.toNanos();
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

    /**
     * Returns whether the server on the port accepts the password and serves this data directory; another program may
     * use the port.
     */
    private static boolean answers(int port, String password, Path pgdata) throws IOException {
        try (Connection connection = connect(port, "postgres", password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            return row.next() && Files.isSameFile(Path.of(row.getString(1)), pgdata);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void createDatabase(Path folder, int port, String password) {
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

    /** Returns a password file. Creates it if it is missing. */
    private static Path passwordFile(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            Path temporary = folder.resolve(name + ".new");
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    temporary, Base64.getUrlEncoder().encodeToString(random) + "\n", StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    private static DatabaseException unusable(Path folder, IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device")) {
            return diskFull(folder, e);
        }
        String reason = switch (e) {
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case NoSuchFileException none -> none.getFile() + " cannot be created";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException other -> other.getClass().getSimpleName() + " " + message;
            default -> message;
        };
        return new DatabaseException(
                "data folder " + folder + " cannot be used (" + reason + "); use another folder (--data)", e);
    }

    static DatabaseException diskFull(Path folder, @Nullable IOException cause) {
        String message = "the disk of data folder " + folder
                + " is full; free disk space, or use a folder on another disk (--data)";
        return cause == null ? new DatabaseException(message) : new DatabaseException(message, cause);
    }
}
