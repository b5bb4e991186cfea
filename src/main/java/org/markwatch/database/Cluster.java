package org.markwatch.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A PostgreSQL database cluster: its files, and the operations that create, start and stop its server. */
final class Cluster {
    static final String USER = "markwatch";

    /** Name of the data directory in the data folder. */
    static final String PGDATA = "pgdata";

    /** Longest wait for a start, including crash recovery. */
    private static final int START_SECONDS = 600;

    /** System property with a folder in which the data folders of an installation share the extracted programs. */
    private static final String SHARED_PROGRAMS = "markwatch.programs";

    private static final int STOP_SECONDS = 60;
    /** Attempts with a new port, if another process has taken the port meanwhile. */
    private static final int MAX_PORT_ATTEMPTS = 5;

    /**
     * Longest wait for the remaining processes of a killed server; a process that waits for the disk ends only after
     * that.
     */
    private static final Duration KILLED_SERVER_TIMEOUT = Duration.ofMinutes(1);

    private final Path folder;
    private final Path pgdata;
    private final Path log;
    private final PostgresBinaries binaries;
    private final OsAccount account;
    private final boolean durable;

    /**
     * @param folder   real path of the data folder, for {@code pgdata} and {@code postgresql.log}
     * @param programs folder to extract the PostgreSQL programs to, if the account can access it
     * @param durable  whether commits survive a power failure; false only for temporary databases of tests
     */
    Cluster(Path folder, Path programs, boolean durable) throws IOException {
        this.folder = folder;
        this.pgdata = folder.resolve(PGDATA);
        this.log = folder.resolve("postgresql.log");
        this.account = OsAccount.forDataDirectory(pgdata);
        String shared = System.getProperty(SHARED_PROGRAMS);
        this.binaries =
                PostgresBinaries.extractTo(account.executableFolder(programs), shared == null ? null : Path.of(shared));
        this.durable = durable;
    }

    Path pgdata() {
        return pgdata;
    }

    /** Creates the data directory unless it exists. After a kill, no incomplete directory has the final name. */
    void createIfMissing(Path passwordFile) throws IOException {
        if (Files.exists(pgdata)) {
            account.takeOwnership(pgdata);
            return;
        }
        Path temporary = folder.resolve("pgdata.new");
        Folders.delete(temporary);
        Files.createDirectory(
                temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.takeOwnership(temporary);
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + temporary,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts by code point on every machine, independent of the versions of libc and ICU.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            arguments.add("--no-sync");
        }
        ProcessResult initdb = run("initdb", arguments);
        if (initdb.exitCode() != 0) {
            Folders.delete(temporary);
            throw failure(
                    "cannot create a database in " + folder, initdb.output().lines());
        }
        Files.move(temporary, pgdata, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns the server that {@code postmaster.pid} names, if it is running. Deletes that file if it is incomplete, or
     * if another program has the process id.
     *
     * @return empty if no server is running
     */
    Optional<Postmaster> runningPostmaster() throws IOException {
        Path file = pgdata.resolve("postmaster.pid");
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d+")) {
            // Incomplete after a power failure or a full disk. PostgreSQL would refuse to start.
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return Optional.empty();
        }
        if (!isServer(pid)) {
            // Another program has the process id, as often in containers and after a reboot. PostgreSQL checks only
            // whether the process exists, and would refuse to start.
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        boolean hasPort = lines.size() > 3 && lines.get(3).strip().matches("\\d+");
        return Optional.of(new Postmaster(
                pid, hasPort ? OptionalInt.of(Integer.parseInt(lines.get(3).strip())) : OptionalInt.empty()));
    }

    /**
     * The main process of a server.
     *
     * @param pid  process id
     * @param port TCP port, empty early in the start
     */
    record Postmaster(long pid, OptionalInt port) {}

    /**
     * Starts the server on a free port of 127.0.0.1 and waits until it accepts connections.
     *
     * @return the port
     */
    int start() throws IOException {
        long deadline = System.nanoTime() + KILLED_SERVER_TIMEOUT.toNanos();
        for (int attempt = 1; ; attempt++) {
            int port = freePort();
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessResult start = run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "--wait",
                            "--timeout=" + START_SECONDS,
                            "--pgdata=" + pgdata,
                            "--log=" + log,
                            "--options=" + options(port)));
            if (start.exitCode() == 0) {
                return port;
            }
            List<String> output = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
            // another process has taken the port meanwhile, or processes of a killed server have not ended yet
            boolean isTransient = attempt < MAX_PORT_ATTEMPTS && contains(output, "Address already in use")
                    || System.nanoTime() < deadline && contains(output, "pre-existing shared memory block");
            if (!isTransient) {
                throw failure(
                        "PostgreSQL does not start in " + folder,
                        Stream.concat(start.output().lines(), output.stream()));
            }
            PollInterval.sleep();
        }
    }

    /** Stops the server and closes its sessions; committed data is on disk. Does nothing if no server is running. */
    void stop() throws IOException {
        ProcessResult fast = stop("fast");
        if (fast.exitCode() != 0 && runningPostmaster().isPresent()) {
            ProcessResult immediate = stop("immediate"); // like a crash; the next start recovers
            if (immediate.exitCode() != 0 && runningPostmaster().isPresent()) {
                throw failure(
                        "PostgreSQL does not stop in " + folder,
                        immediate.output().lines());
            }
        }
    }

    private ProcessResult stop(String mode) throws IOException {
        return run(
                "pg_ctl",
                List.of("stop", "--wait", "--timeout=" + STOP_SECONDS, "--mode=" + mode, "--pgdata=" + pgdata));
    }

    private String options(int port) {
        List<String> settings = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=60",
                "timezone=UTC",
                "log_timezone=UTC",
                "wal_compression=on",
                // Crash recovery syncs the file system in one call instead of each of some 1,500 files, which takes
                // seconds on a busy disk.
                "recovery_init_sync_method=syncfs",
                // Releases the locks of a killed run within seconds.
                "client_connection_check_interval=2s"));
        if (!durable) {
            settings.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
        }
        return String.join(" ", settings.stream().map(s -> "-c " + s).toList());
    }

    private ProcessResult run(String program, List<String> arguments) throws IOException {
        return ProcessResult.run(
                Stream.of(account.prefix().stream(), Stream.of(binaries.program(program)), arguments.stream())
                        .flatMap(s -> s)
                        .toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean contains(List<String> lines, String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** Returns whether a process is a server, by its name, which every user may read. A zombie is not. */
    private static boolean isServer(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            int end = stat.lastIndexOf(')');
            char state = stat.charAt(end + 2);
            return stat.substring(stat.indexOf('(') + 1, end).equals("postgres") && state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false; // the process has ended
        }
    }

    private DatabaseException failure(String what, Stream<String> output) {
        List<String> lines = output.filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|HINT|DETAIL).*"))
                .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|ERROR|HINT|DETAIL):\\s*", ""))
                .map(String::strip)
                .distinct()
                .toList();
        String last = String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        if (last.contains("No space left on device") || last.contains("Check free disk space")) {
            return EmbeddedPostgres.diskFull(folder, null);
        }
        if (last.contains("initialized by PostgreSQL version")) {
            last += "; use another folder (--data), or convert this one with pg_upgrade";
        }
        return new DatabaseException(what + ": " + (last.isEmpty() ? "no reason given" : last) + " (log: " + log + ")");
    }
}
