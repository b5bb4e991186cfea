package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.SyntheticWeb;
import org.springframework.jdbc.core.JdbcTemplate;

/** A short version of {@code scripts/kill-test}. Processes are killed after a number of pages, controlled by a gate. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
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
    void losesAndRepeatsNothingWhenRunWorkerOrDatabaseIsKilled() throws Exception {
        killRunAfter(1);
        killDatabaseAfter(50);
        killRunAfter(50);
        killWorkerOfRunThatCompletes();
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

    private void killWorkerOfRunThatCompletes() throws Exception {
        Process run = startAndAwait(1);
        Process worker = processes.start("worker"); // earlier, it would continue the run without its leader
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(processes.data())) {
            JdbcTemplate jdbc = new JdbcTemplate(ProgramProcesses.source(postgres));
            processes.await(worker, "the worker has a lease for the run", () -> pause() && works(jdbc, worker));
            // the run gives partitions back when their requests have ended
            processes.await(worker, "the worker has a partition", () -> admit() && visited(jdbc, worker) != null);
            long before = Objects.requireNonNull(visited(jdbc, worker));
            processes.await(
                    worker,
                    "the worker has committed more than " + before + " pages",
                    () -> admit() && Objects.requireNonNull(visited(jdbc, worker)) > before);
            processes.kill(worker);
        }
        web.open();
        assertThat(processes.end(run)).as(processes.output(run)).isZero();
        assertThat(processes.output(run)).contains("event=partitions.takeover");
    }

    private boolean admit() throws InterruptedException {
        web.admit();
        return pause();
    }

    private static boolean pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(100); // the database has no event for this
        return true;
    }

    private static boolean works(JdbcTemplate jdbc, Process worker) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from worker where name like ? and run_id is not null)",
                Boolean.class,
                worker.pid() + "@%"));
    }

    /** Returns the committed pages of the partitions that a process has, or has finished; null if there are none. */
    private static @Nullable Long visited(JdbcTemplate jdbc, Process worker) {
        return jdbc.queryForObject("""
                select sum(p.visited) from worker w join crawl_partition p on w.id in (p.worker, p.done_by)
                where w.name like ? and p.run_id = w.run_id""", Long.class, worker.pid() + "@%");
    }

    private void assertComplete() throws Exception {
        assertThat(processes.<@Nullable Long>read(jdbc -> jdbc.queryForObject("""
                        select sum(visited) from crawl_partition where run_id = (select max(id) from run)""", Long.class)))
                .as("visits that were committed")
                .isEqualTo(web.web().pages().count());
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
