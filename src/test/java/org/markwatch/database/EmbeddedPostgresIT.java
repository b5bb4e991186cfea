package org.markwatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Path PROGRAMS = Path.of("target", "postgresql").toAbsolutePath();

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        if (Files.exists(folder.resolve("pgdata/postmaster.pid"))) {
            start().close();
        }
    }

    @Test
    void keepsDataAcrossRestarts() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')");
        }
        assertThat(folder.resolve("pgdata/postmaster.pid")).doesNotExist();
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres, "SELECT word FROM kept")).isEqualTo("here");
        }
    }

    @Test
    void hasSafeDefaults() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThat(query(postgres, "SHOW recovery_init_sync_method")).isEqualTo("syncfs");
            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(postgres, "SELECT string_agg(auth_method, ',') FROM pg_hba_file_rules"))
                    .matches("(scram-sha-256,?)+");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void rejectsSecondStartInSameProcess() {
        try (EmbeddedPostgres postgres = start()) {
            assertThatThrownBy(this::start)
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            assertThat(postgres.jdbcUrl()).isNotEmpty();
        }
        start().close();
    }

    @Test
    void joinsServerOfAnotherProcessAndLeavesItRunning() throws Exception {
        Process first = otherProcess();
        String url = line(first);

        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(postgres.isJoined()).isTrue();
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }

        assertThat(postmaster()).isPositive();
        first.getOutputStream().close();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void keepsServerForOthersWhenTheProcessThatStartedItEnds() throws Exception {
        Process first = otherProcess();
        String url = line(first);

        try (EmbeddedPostgres postgres = start()) {
            first.getOutputStream().close();
            assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }

        assertThat(folder.resolve("pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void adoptsServerOfKilledProcess() throws Exception {
        Process first = otherProcess();
        String url = line(first);

        first.destroyForcibly().waitFor();
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.jdbcUrl()).isEqualTo(url);
            assertThat(postgres.isJoined()).isFalse();
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
        assertThat(folder.resolve("pgdata/postmaster.pid")).doesNotExist();
    }

    @Test
    void reportsServerThatEndedUnderAProcessThatUsesIt() throws Exception {
        Process first = otherProcess();
        line(first);
        ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(60, TimeUnit.SECONDS);

        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, PROGRAMS, true, Duration.ofMillis(1)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("has ended")
                .hasMessageContaining("process " + first.pid());
    }

    @Test
    void createsNothingToTellWhetherThereIsADatabase() {
        Path none = folder.resolve("none");

        assertThat(EmbeddedPostgres.exists(none)).isFalse();
        assertThat(none).doesNotExist();
    }

    @Test
    void permitsOnlyTheOwnerToJoin() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.isJoined()).isFalse();
            assertThat(EmbeddedPostgres.exists(folder)).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("pgdata"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void recoversCommittedDataWhenServerIsKilled() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            execute(postgres, "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('here')");
            ProcessHandle server = ProcessHandle.of(postmaster()).orElseThrow();
            server.destroyForcibly();
        }
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres, "SELECT word FROM kept")).isEqualTo("here");
        }
    }

    /**
     * A stopped process stands for one that waits for the disk when its server is killed: it holds the shared memory.
     */
    @Test
    void waitsForRemainingProcessOfKilledServer() throws Exception {
        try (EmbeddedPostgres postgres = start();
                Connection session = connect(postgres);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            long process = row.getLong(1);
            signal("STOP", process);
            ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
            Executor later = CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS);
            CompletableFuture<Void> wakes = CompletableFuture.runAsync(() -> signal("CONT", process), later);
            try {
                postgres.close();
                start().close();
            } finally {
                wakes.join();
            }
        }
    }

    private static void signal(String name, long process) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void startsWhenAnotherProgramHasProcessIdOfDeadServer() throws Exception {
        start().close();
        Files.writeString(
                folder.resolve("pgdata/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("pgdata") + "\n1\n5432\n\n127.0.0.1\n");
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsWithIncompletePostmasterPid() throws Exception {
        start().close();
        for (String left : List.of("", "\0\0\0\0")) {
            Files.writeString(folder.resolve("pgdata/postmaster.pid"), left);
            try (EmbeddedPostgres postgres = start()) {
                assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void deletesTemporaryFolderOfKilledExtraction() throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("postgresql-extracting-1/bin"));
        EmbeddedPostgres.start(folder).close();
        assertThat(temporary.getParent()).doesNotExist();
    }

    @Test
    void runsAsAnotherUserWithoutNamespaces() throws Exception {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can switch");
        start().close();
        OsAccount.ofUid(65534).takeOwnership(folder.resolve("pgdata"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(Files.readString(Path.of("/proc/" + postmaster() + "/status")))
                    .containsPattern("Uid:\\s+65534");
        }
    }

    @Test
    void extractsToCacheWhenUserCannotAccessFolder() throws Exception {
        assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "only root can switch");
        Path home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path programs = Files.createDirectory(home.resolve("programs"));

        assertThat(OsAccount.ofUid(65534).executableFolder(programs)).isNotEqualTo(programs);
        assertThat(OsAccount.ofUid(65534).executableFolder(Path.of("/usr/bin"))).isEqualTo(Path.of("/usr/bin"));
    }

    @Test
    void reportsWhyServerDoesNotStart() throws Exception {
        start().close();
        Files.writeString(folder.resolve("pgdata/PG_VERSION"), "17\n");
        assertThatThrownBy(this::start)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("database files are incompatible with server")
                .hasMessageContaining(folder.resolve("postgresql.log").toString())
                .hasMessageNotContaining("\n");
        Files.writeString(folder.resolve("pgdata/PG_VERSION"), "18\n");
    }

    @Test
    void reportsUnusableFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedPostgres.start(file.resolve("below")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(file.resolve("below").toString())
                .hasMessageContaining("--data");
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(folder, PROGRAMS, true);
    }

    private Process otherProcess() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HoldDatabase.class.getName(),
                        folder.toString(),
                        PROGRAMS.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    private static String line(Process process) throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(reader.readLine());
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("pgdata/postmaster.pid")).getFirst());
    }

    private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
