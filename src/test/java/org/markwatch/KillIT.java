package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.cli.Markwatch;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.SyntheticWeb;

/** A short version of {@code scripts/kill-test}. Processes are killed after a number of pages, controlled by a gate. */
class KillIT {
    private static final int PATIENCE_SECONDS = 300;
    private static final int KILLED = 128 + 9;

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();
    private final GatedWeb web;

    KillIT() throws IOException {
        web = new GatedWeb(new SyntheticWeb.Plan(4, 50, 1024, 42));
    }

    @BeforeEach
    void writeConfig() throws IOException {
        web.writeConfig(
                Files.createDirectories(folder.resolve("config")), "", web.web().seeds());
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        web.close();
        if (Files.exists(folder.resolve("data/pgdata/postmaster.pid"))) {
            EmbeddedPostgres.start(folder.resolve("data")).close(); // attaches to the remaining server and stops it
        }
    }

    @Test
    void losesAndRepeatsNothingWhenRunOrDatabaseIsKilled() throws Exception {
        killRunAfter(1);
        killDatabaseAfter(50);
        killRunAfter(50);
        assertComplete();
    }

    private void killRunAfter(int pages) throws Exception {
        Process run = startAndAwait(pages);
        run.destroyForcibly();
        assertThat(run.waitFor()).isEqualTo(KILLED);
        web.open();
    }

    private void killDatabaseAfter(int pages) throws Exception {
        Process run = startAndAwait(pages);
        ProcessHandle.of(postmaster()).orElseThrow().destroyForcibly();
        web.open();
        assertThat(end(run)).as(output(run)).isEqualTo(1);
    }

    private void assertComplete() throws Exception {
        Process run = start("run");
        assertThat(end(run)).as(output(run)).isZero();
        assertThat(exported("pages"))
                .containsExactlyInAnyOrderElementsOf(web.web().pages().toList());
        assertThat(exported("items"))
                .containsExactlyInAnyOrderElementsOf(web.web().markedPages().toList());
        assertThat(web.resolve().keySet())
                .flatMap(web::of)
                .isNotEmpty()
                .noneMatch(exchange -> exchange.path().matches("(?i).*\\.(png|jpg|svg|ico)"));
    }

    /** Returns the URLs of an export, one per row. */
    private List<String> exported(String what) throws Exception {
        Path file = folder.resolve(what + ".tsv");
        Process export = start("export", what, "--out", file.toString());
        assertThat(end(export)).as(output(export)).isZero();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1)
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .toList();
        }
    }

    private Process start(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Markwatch.class.getName()));
        words.addAll(List.of(verb));
        words.addAll(List.of("--config", folder.resolve("config").toString()));
        words.addAll(List.of("--data", folder.resolve("data").toString()));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output-" + processes.size()).toFile())
                .start();
        processes.add(process);
        return process;
    }

    private int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ends within %d s", PATIENCE_SECONDS)
                .isTrue();
        return process.exitValue();
    }

    /** Starts a run and waits until it is blocked by the gate after the given number of pages. */
    private Process startAndAwait(int pages) throws Exception {
        web.openForPages(pages);
        Process run = start("run");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!web.awaitBlockedRequest(100)) {
            assertThat(run.isAlive())
                    .as("requests more than %d pages: %s", pages, output(run))
                    .isTrue();
            assertThat(System.nanoTime()).as("requests %d pages in time", pages).isLessThan(deadline);
        }
        return run;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("data/pgdata/postmaster.pid")).getFirst());
    }

    private String output(Process process) throws IOException {
        return Files.readString(folder.resolve("output-" + processes.indexOf(process)));
    }
}
