package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.demo.SyntheticWeb;

/** A short version of {@code scripts/kill-test}. Processes are killed after a number of pages, controlled by a gate. */
class KillIT {
    @TempDir
    Path folder;

    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(4, 50, 1024, 42));
    private ProgramProcesses processes;

    KillIT() throws IOException {}

    @BeforeEach
    void writeConfig() throws IOException {
        processes = new ProgramProcesses(folder);
        web.writeConfig(
                Files.createDirectories(folder.resolve("config")), "", web.web().seeds());
    }

    @AfterEach
    void endAll() throws InterruptedException {
        processes.close();
        web.close();
    }

    @Test
    void losesAndRepeatsNothingWhenRunOrDatabaseIsKilled() throws Exception {
        killRunAfter(1);
        killDatabaseAfter(50);
        killRunAfter(50);
        assertComplete();
    }

    private void killRunAfter(int pages) throws Exception {
        processes.kill(startAndAwait(pages));
        web.open();
    }

    private void killDatabaseAfter(int pages) throws Exception {
        Process run = startAndAwait(pages);
        processes.killDatabase();
        web.open();
        assertThat(processes.end(run)).as(processes.output(run)).isEqualTo(1);
    }

    private void assertComplete() throws Exception {
        processes.complete("run", "--config", config());
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
        processes.complete("export", what, "--out", file.toString(), "--config", config());
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(1)
                    .map(line -> line.substring(0, line.indexOf('\t')))
                    .toList();
        }
    }

    private String config() {
        return folder.resolve("config").toString();
    }

    /** Starts a run and waits until it is blocked by the gate after the given number of pages. */
    private Process startAndAwait(int pages) throws Exception {
        web.openForPages(pages);
        Process run = processes.start("run", "--config", config());
        processes.await(run, "it requests more than " + pages + " pages", () -> web.awaitBlockedRequest(100));
        return run;
    }
}
