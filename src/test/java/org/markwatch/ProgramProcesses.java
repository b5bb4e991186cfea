package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.markwatch.cli.Markwatch;
import org.markwatch.database.EmbeddedPostgres;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Verbs of the program as processes of their own over one data folder, which a test starts and kills. */
public final class ProgramProcesses implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 300;

    /** Exit code of a process that SIGKILL has ended. */
    public static final int KILLED = 128 + 9;

    private final Path folder;
    private final List<String> options;
    private final List<Process> processes = new ArrayList<>();

    /**
     * @param folder  folder for the data and the output of the processes
     * @param options further options of the JVM
     */
    public ProgramProcesses(Path folder, String... options) {
        this.folder = folder;
        this.options = List.of(options);
    }

    /** Returns the data folder. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Starts a verb with the data folder and further arguments. */
    public Process start(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Markwatch.class.getName()));
        words.addAll(List.of(verb));
        words.addAll(List.of("--data", data().toString()));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(outputFile(processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Waits for the end of a process; returns its exit code. */
    public int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends within %d s", PATIENCE_SECONDS)
                .isTrue();
        return process.exitValue();
    }

    /** Waits for the successful end of a verb. */
    public void complete(String... verb) throws IOException, InterruptedException {
        Process process = start(verb);
        assertThat(end(process)).as(output(process)).isZero();
    }

    /** Kills a process and waits for its end. */
    public void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor()).isEqualTo(KILLED);
    }

    /** Kills the first process of the database server. */
    public void killDatabase() throws IOException {
        String first =
                Files.readAllLines(data().resolve("pgdata/postmaster.pid")).getFirst();
        ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();
    }

    /** What a test waits for, in steps of its own. */
    @FunctionalInterface
    public interface Condition {
        /** Returns whether it holds, after a short wait of its own. */
        boolean holds() throws Exception;
    }

    /** Waits until a condition holds, while a process is alive. */
    public void await(Process process, String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            assertThat(process.isAlive())
                    .as("is alive until %s: %s", what, output(process))
                    .isTrue();
            assertThat(System.nanoTime()).as("%s in time", what).isLessThan(deadline);
        }
    }

    /** Returns what a process has written to standard output and standard error. */
    public String output(Process process) throws IOException {
        return Files.readString(outputFile(processes.indexOf(process)));
    }

    private Path outputFile(int number) {
        return folder.resolve("output-" + number);
    }

    /** Reads the database, whose server is started if no process uses it. */
    public <T extends @Nullable Object> T read(Function<JdbcTemplate, T> reading) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data())) {
            return reading.apply(new JdbcTemplate(source(postgres)));
        }
    }

    /** Returns the database of a server as its owner. */
    public static PGSimpleDataSource source(EmbeddedPostgres postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    /** Kills what is left, and stops the database server. */
    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        if (Files.exists(data().resolve("pgdata/postmaster.pid"))) {
            EmbeddedPostgres.start(data()).close(); // attaches to the remaining server and stops it
        }
    }
}
