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

/** The files of one PostgreSQL server, and the programs that make, start and stop it. */
final class Cluster {
    static final String USER = "markwatch";

    /** Longest wait for a start, crash recovery included. */
    private static final int START_SECONDS = 600;

    private static final int STOP_SECONDS = 60;
    /** Ports to try. */
    private static final int ATTEMPTS = 5;

    /** How long the last processes of a killed server may take to go: one that waits for a busy disk does so first. */
    private static final Duration LAST_WORDS = Duration.ofMinutes(1);

    private final Path folder;
    private final Path pgdata;
    private final Path log;
    private final PostgresBinaries binaries;
    private final OsAccount account;
    private final boolean durable;

    /**
     * @param folder   data folder by its real path; files go to {@code pgdata} and {@code postgresql.log} in it
     * @param programs folder that the programs of PostgreSQL are taken out to, if the account can reach it
     * @param durable whether a commit survives a power cut; false only for throw-away databases of tests
     */
    Cluster(Path folder, Path programs, boolean durable) throws IOException {
        this.folder = folder;
        this.pgdata = folder.resolve("pgdata");
        this.log = folder.resolve("postgresql.log");
        this.account = OsAccount.forDataDirectory(pgdata);
        this.binaries = PostgresBinaries.extractTo(account.executableFolder(programs));
        this.durable = durable;
    }

    Path pgdata() {
        return pgdata;
    }

    /** Makes the files unless they are there; a killed attempt leaves nothing under the final name. */
    void createIfMissing(Path passwordFile) throws IOException {
        if (Files.exists(pgdata)) {
            account.takeOwnership(pgdata);
            return;
        }
        Path half = folder.resolve("pgdata.new");
        Folders.delete(half);
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.takeOwnership(half);
        List<String> words = new ArrayList<>(List.of(
                "--pgdata=" + half,
                "--username=" + USER,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                // Sorts by code point everywhere, whatever the machine's libc or ICU thinks of an alphabet.
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            words.add("--no-sync");
        }
        ProcessResult initdb = run("initdb", words);
        if (initdb.exitCode() != 0) {
            Folders.delete(half);
            throw fault("cannot make a database in " + folder, initdb.output().lines());
        }
        Files.move(half, pgdata, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The server that a killed process left running, as PostgreSQL's own lock file tells.
     *
     * @return empty if there is none: PostgreSQL itself cleans up after a dead server
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
            // Left empty by a power cut or a full disk. Nobody cleans up after that: PostgreSQL would refuse to start.
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        long pid = Long.parseLong(lines.getFirst().strip());
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return Optional.empty();
        }
        if (!isServer(pid)) {
            // The number has gone to another program (usual in containers, after a reboot too). PostgreSQL asks no more
            // than whether the number lives, and would refuse to start.
            Files.deleteIfExists(file);
            return Optional.empty();
        }
        boolean hasPort = lines.size() > 3 && lines.get(3).strip().matches("\\d+");
        return Optional.of(new Postmaster(
                pid, hasPort ? OptionalInt.of(Integer.parseInt(lines.get(3).strip())) : OptionalInt.empty()));
    }

    /**
     * A server's process.
     *
     * @param port empty while it is just coming up
     */
    record Postmaster(long pid, OptionalInt port) {}

    /** Starts the server on a free port of 127.0.0.1 and waits until it answers. */
    int start() throws IOException {
        long patience = System.nanoTime() + LAST_WORDS.toNanos();
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
            List<String> said = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.ISO_8859_1) : List.of();
            // the port was taken meanwhile, or the last processes of a killed server are on their way out
            boolean passes = attempt < ATTEMPTS && says(said, "Address already in use")
                    || System.nanoTime() < patience && says(said, "pre-existing shared memory block");
            if (!passes) {
                throw fault(
                        "PostgreSQL does not start in " + folder,
                        Stream.concat(start.output().lines(), said.stream()));
            }
            PollInterval.sleep();
        }
    }

    /** Ends it: sessions are cut off, what was committed is on disk. Fine if it has ended already. */
    void stop() throws IOException {
        ProcessResult fast = stop("fast");
        if (fast.exitCode() != 0 && runningPostmaster().isPresent()) {
            ProcessResult immediate = stop("immediate"); // as a crash: recovered at the next start
            if (immediate.exitCode() != 0 && runningPostmaster().isPresent()) {
                throw fault(
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
                // After a kill, one call for the file system instead of one for each of 1,500 files, which takes
                // seconds on a busy disk.
                "recovery_init_sync_method=syncfs",
                // Lets go of the locks of a killed run within seconds.
                "client_connection_check_interval=2s"));
        if (!durable) {
            settings.addAll(List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
        }
        return String.join(" ", settings.stream().map(s -> "-c " + s).toList());
    }

    private ProcessResult run(String program, List<String> words) throws IOException {
        return ProcessResult.run(
                Stream.of(account.prefix().stream(), Stream.of(binaries.program(program)), words.stream())
                        .flatMap(s -> s)
                        .toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean says(List<String> log, String words) {
        return log.stream().anyMatch(line -> line.contains(words));
    }

    /** A process counts as a server by its name, which everybody may read; a zombie is none. */
    private static boolean isServer(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            int end = stat.lastIndexOf(')');
            char state = stat.charAt(end + 2);
            return stat.substring(stat.indexOf('(') + 1, end).equals("postgres") && state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false; // gone meanwhile
        }
    }

    private DatabaseException fault(String what, Stream<String> said) {
        List<String> lines = said.filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|HINT|DETAIL).*"))
                .map(line -> line.replaceFirst("^.*?(FATAL|PANIC|ERROR|HINT|DETAIL):\\s*", ""))
                .map(String::strip)
                .distinct()
                .toList();
        String last = String.join("; ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
        if (last.contains("No space left on device") || last.contains("Check free disk space")) {
            return EmbeddedPostgres.diskFull(folder, null);
        }
        if (last.contains("initialized by PostgreSQL version")) {
            last += "; use another folder (--data), or bring this one over with pg_upgrade";
        }
        return new DatabaseException(what + ": " + (last.isEmpty() ? "no reason given" : last) + " (log: " + log + ")");
    }
}
