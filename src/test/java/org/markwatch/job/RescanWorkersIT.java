package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A rescan that two processes share, of which one fails between two commits of a partition. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RescanWorkersIT {
    private static final int PAGES = 900;
    private static final int GATE = 42;

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(3, PAGES / 3, 1024, 5));
    private ConfigurableApplicationContext leader;
    private ConfigurableApplicationContext helper;
    private Watchlist plain;
    private Watchlist wider;

    RescanWorkersIT() throws IOException {}

    @BeforeEach
    void crawlOnce() throws Exception {
        plain = watchlist("plain", "");
        wider = watchlist("wider", """
                id,type,pattern,group,weight,scope,state,source,match
                trial.article,phrase,Article,voucher,35,heading,live,made up,Article
                """);
        leader = NightContext.start(plain, database);
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(database.getUrl());
        other.setUser(database.getUser());
        other.setPassword(database.getPassword());
        other.setApplicationName("helper");
        helper = NightContext.start(plain, other);
        assertThat(leader.getBean(NightlyJob.class).run(plain, false).status()).isEqualTo(Runs.Status.COMPLETE);
    }

    @AfterEach
    void end() {
        helper.close();
        leader.close();
        web.close();
    }

    @Test
    void findsTheSameAsOneProcessWhenAWorkerFails() throws Exception {
        RescanJob rescan = leader.getBean(RescanJob.class);
        rescan.run(wider, start -> {});
        List<String> expected = findings();
        rescan.run(plain, start -> {});
        assertThat(findings()).isNotEqualTo(expected);
        failHelperInEachPartitionAfterItsFirstCommit();

        RunOutcome outcome;
        try (Connection gate = database.getConnection();
                Statement statement = gate.createStatement()) {
            statement.execute("select pg_advisory_lock(" + GATE + ")");
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return rescan.run(wider, start -> {});
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitLeaderAtGate(run);
            assertThatThrownBy(this::help).hasStackTraceContaining("the helper fails");
            assertThat(committed()).isBetween(1L, PAGES - 1L);
            assertThat(leader.getBean(Runs.class).active()).hasValueSatisfying(active -> {
                assertThat(active.known()).isEqualTo(PAGES);
                assertThat(active.done()).isEqualTo(committed());
            });
            statement.execute("select pg_advisory_unlock(" + GATE + ")");
            outcome = run.get();
        }

        assertThat(outcome.status()).as(String.valueOf(outcome.failure())).isEqualTo(Runs.Status.COMPLETE);
        assertThat(findings()).isEqualTo(expected);
        assertThat(committed()).isEqualTo(PAGES);
        assertThat(jdbc.queryForObject(
                        "select n from run_count where run_id = ? and name = 'judged-again'",
                        Long.class,
                        outcome.run()))
                .isEqualTo(PAGES);
        assertThat(jdbc.queryForMap("""
                        select count(*) as partitions, sum(read_count) as read, sum(write_count) as written
                        from batch_step_execution where step_name like 'rescan:%' and status = 'COMPLETED' and job_execution_id =
                            (select max(job_execution_id) from batch_job_execution)"""))
                .containsValues(3L)
                .extractingByKeys("read", "written")
                .allSatisfy(count -> assertThat(count).hasToString(Integer.toString(PAGES)));
        assertThat(jdbc.queryForObject(
                        "select write_count from batch_step_execution where step_name = 'queue' order by 1 desc limit 1",
                        Integer.class))
                .isEqualTo(PAGES);
    }

    /** The leader waits before it takes its lease, so that all partitions are free for the helper. */
    private void failHelperInEachPartitionAfterItsFirstCommit() {
        jdbc.execute("""
                create function wait_at_gate() returns trigger language plpgsql as $$
                begin
                    if current_setting('application_name') <> 'helper' then
                        perform pg_advisory_lock_shared(%1$d);
                        perform pg_advisory_unlock_shared(%1$d);
                    end if;
                    return new;
                end $$""".formatted(GATE));
        jdbc.execute(
                "create trigger wait_at_gate before insert on worker for each row execute function wait_at_gate()");
        jdbc.execute("""
                create function fail() returns trigger language plpgsql as $$
                begin
                    if current_setting('application_name') = 'helper' and old.visited > 0 and new.visited > old.visited then
                        raise exception 'the helper fails';
                    end if;
                    return new;
                end $$""");
        jdbc.execute("create trigger fail before update on crawl_partition for each row execute function fail()");
    }

    private void awaitLeaderAtGate(CompletableFuture<RunOutcome> run) {
        while (!Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from pg_locks where locktype = 'advisory' and objid = ? and not granted)",
                Boolean.class,
                GATE))) {
            assertThat(run.isDone()).as("the rescan takes a lease").isFalse();
        }
    }

    private void help() throws InterruptedException {
        RunConfigs.SharedRun shared = jdbc.queryForObject(
                "select id, epoch from run order by id desc limit 1",
                (row, number) -> new RunConfigs.SharedRun(row.getLong("id"), row.getInt("epoch"), "", new byte[0]));
        helper.getBean(RunWorkers.class).work(shared, wider, new CountDownLatch(1));
    }

    private long committed() {
        return JdbcClient.create(database)
                .sql("select sum(visited) from crawl_partition where run_id = (select max(id) from run)")
                .query(Long.class)
                .single();
    }

    private List<String> findings() {
        return jdbc.query("""
                select concat_ws('|', url, score, severity, lane, flagged, suppressed, evidence_sha256, reasons, matches)
                from finding where to_run is null order by url""", (row, number) -> row.getString(1));
    }

    /** Returns the shipped rules, or one brand with these indicators. */
    private Watchlist watchlist(String name, String indicators) throws Exception {
        Path config = Files.createDirectories(folder.resolve(name));
        if (indicators.isEmpty()) {
            web.writeConfig(config, "", web.web().seeds());
        } else {
            web.writeConfigWithIndicators(config, indicators);
        }
        return WatchlistReader.read(config).withAddresses(web.resolve());
    }
}
