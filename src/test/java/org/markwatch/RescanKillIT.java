package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.SyntheticWeb;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A rescan whose workers, leader and database are killed within a commit. Advisory locks of the database are gates: a commit
 * waits for the one whose number is the count of pages that its partition has reached.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RescanKillIT {
    private static final int HOSTS = 3;
    private static final int PAGES_OF_HOST = 300;
    private static final int PAGES = HOSTS * PAGES_OF_HOST;
    private static final int SECOND_COMMIT = 200;
    private static final int THIRD_COMMIT = 300;

    private static final String HEADER = "id,type,pattern,group,weight,scope,state,source,match\n";
    private static final String OTHER = "trial.nothing,phrase,Nowhere,voucher,35,heading,live,made up,Nowhere\n";
    private static final String WIDER = "trial.article,phrase,Article,voucher,35,heading,live,made up,Article\n";

    @TempDir
    private Path folder;

    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(HOSTS, PAGES_OF_HOST, 1024, 5));
    private ProgramProcesses processes;

    RescanKillIT() throws IOException {}

    @BeforeEach
    void crawlByTheRulesOfTheRescan() throws Exception {
        // one thread and so one partition for each process: some are left for workers
        processes = new ProgramProcesses(folder, "-XX:ActiveProcessorCount=1");
        web.writeConfigWithIndicators(Files.createDirectories(folder.resolve("wider")), HEADER + WIDER);
        web.writeConfigWithIndicators(Files.createDirectories(folder.resolve("other")), HEADER + OTHER);
        processes.complete("run", "--config", config("wider"));
    }

    @AfterEach
    void end() throws InterruptedException {
        processes.close();
        web.close();
    }

    @Test
    void analysesEachKeptPageOnceWhenWorkersLeaderAndDatabaseAreKilled() throws Exception {
        List<String> expected = processes.read(RescanKillIT::findings);
        assertThat(expected).hasSize(PAGES);
        processes.complete("rescan", "--config", config("other"));
        assertThat(processes.read(RescanKillIT::findings)).isNotEqualTo(expected);

        Process leader;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(processes.data());
                SingleConnectionDataSource gates = new SingleConnectionDataSource(
                        ProgramProcesses.source(postgres).getConnection(), true)) {
            JdbcTemplate jdbc = new JdbcTemplate(gates);
            shut(jdbc);
            leader = processes.start("rescan", "--config", config("wider"));
            Process worker = processes.start("worker");
            processes.await(worker, "two processes are within their second commit", () -> waiting(jdbc) == 2);
            processes.kill(worker);
            Process other = processes.start("worker");
            processes.await(other, "another worker is within its second commit", () -> held(jdbc, other));
            processes.kill(leader);
            processes.kill(other);
            jdbc.execute("select pg_advisory_unlock(" + SECOND_COMMIT + ")");
            leader = processes.start("rescan", "--config", config("wider"));
            processes.await(leader, "the next leader is within a third commit", () -> waiting(jdbc) > 0);
            processes.killDatabase();
        }
        assertThat(processes.end(leader)).as(processes.output(leader)).isEqualTo(1);

        processes.complete("rescan", "--config", config("wider"));

        assertThat(processes.read(RescanKillIT::findings)).isEqualTo(expected);
        assertThat(processes.read(RescanKillIT::countsOfTheRescan))
                .as(
                        "pages visited, analysed, counted, judged by this run; new findings and their pages; items and their pages")
                .isEqualTo("%1$d %1$d %1$d %1$d %1$d %1$d %1$d %1$d".formatted(PAGES));
    }

    private String config(String name) {
        return folder.resolve(name).toString();
    }

    /** Shuts the gates. */
    private static void shut(JdbcTemplate jdbc) {
        jdbc.execute("select pg_advisory_lock(" + SECOND_COMMIT + "), pg_advisory_lock(" + THIRD_COMMIT + ")");
        jdbc.execute("""
                create function pass_gate() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(new.visited);
                    return new;
                end $$""");
        jdbc.execute("""
                create trigger pass_gate after update of after_key on crawl_partition for each row when (new.visited > 100)
                execute function pass_gate()""");
    }

    /** Returns the number of commits that wait at a gate. */
    private static int waiting(JdbcTemplate jdbc) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(50); // the database has no event for this
        Integer waiting = jdbc.queryForObject("""
                select count(*) from pg_locks where locktype = 'advisory' and not granted and mode = 'ShareLock'
                    and objid in (%d, %d)""".formatted(SECOND_COMMIT, THIRD_COMMIT), Integer.class);
        return waiting == null ? 0 : waiting;
    }

    /** Whether a process has a partition and waits at a gate. */
    private static boolean held(JdbcTemplate jdbc, Process process) throws InterruptedException {
        return waiting(jdbc) == 2 && Boolean.TRUE.equals(jdbc.queryForObject("""
                        select exists (select from worker w join crawl_partition p on p.worker = w.id
                            where w.name like ? and p.visited = 100)""", Boolean.class, process.pid() + "@%"));
    }

    private static List<String> findings(JdbcTemplate jdbc) {
        return jdbc.query("""
                select concat_ws('|', url, score, severity, lane, flagged, suppressed, evidence_sha256, reasons, matches)
                from finding where to_run is null order by url""", (row, number) -> row.getString(1));
    }

    private static @Nullable String countsOfTheRescan(JdbcTemplate jdbc) {
        return jdbc.queryForObject("""
                with r as (select max(id) as id from run)
                select concat_ws(' ',
                    (select sum(visited) from crawl_partition, r where run_id = r.id),
                    (select sum(analysed) from crawl_partition, r where run_id = r.id),
                    (select n from run_count, r where run_id = r.id and name = 'judged-again'),
                    (select count(*) from page_text, r where run_id = r.id),
                    (select count(*) from finding, r where from_run = r.id),
                    (select count(distinct url) from finding, r where from_run = r.id),
                    (select count(*) from item where state <> 'decided'),
                    (select count(distinct url) from item where state <> 'decided'))""", String.class);
    }
}
