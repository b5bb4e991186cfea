package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.GatedWeb;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.DatabaseRelay;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.context.ConfigurableApplicationContext;

/** A scheduled run during which the database is away for longer than the connection pool waits. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OutageIT {
    private static final Settings.ScheduleSettings NEVER =
            new Settings.ScheduleSettings("0 30 1 1 1 ? 2099", ZoneId.of("UTC"));

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(2, 10, 1024, 5));
    private DatabaseRelay relay;

    OutageIT() throws IOException {}

    @BeforeEach
    void start() throws IOException {
        relay = new DatabaseRelay(database);
    }

    @AfterEach
    void end() throws IOException {
        web.close();
        relay.close();
    }

    @Test
    void resumesTheRunOfADeadMachineWhenTheDatabaseHasEndedItsSession() throws Exception {
        web.writeConfig(
                Files.createDirectories(folder.resolve("config")), "", web.web().seeds());
        Watchlist watchlist = WatchlistReader.read(folder.resolve("config")).withAddresses(web.resolve());
        try (ConfigurableApplicationContext context = NightContext.scheduled(watchlist, () -> watchlist, database);
                LogLines log = LogLines.of(NightLog.class, RunLog.class)) {
            context.getBean(NightlySchedule.class).start(NEVER);
            new Runs(database).begin(watchlist.rulesetSha256(), Instant.now());
            try (RunLock ofDeadMachine = RunLock.acquire(database)) {
                context.getBean(Scheduler.class)
                        .triggerJob(JobKey.jobKey(NightlySchedule.NAME), StartCause.RECOVERY.data());
                log.await("The run is still held");
            }

            log.await("Run 1 complete");
        }
    }

    @Test
    void resumesTheRunWhenTheDatabaseIsBack() throws Exception {
        web.writeConfig(
                Files.createDirectories(folder.resolve("config")), "", web.web().seeds());
        Watchlist watchlist = WatchlistReader.read(folder.resolve("config")).withAddresses(web.resolve());
        try (ConfigurableApplicationContext context =
                        NightContext.scheduled(watchlist, () -> watchlist, relay.via(database));
                LogLines log = LogLines.of(NightLog.class, RunLog.class)) {
            context.getBean(NightlySchedule.class).start(NEVER);
            web.openForPages(5);
            context.getBean(NightlySchedule.class).startNow();
            log.await("Run 1 begins");
            assertThat(web.awaitBlockedRequest(TimeUnit.MINUTES.toMillis(1))).isTrue();

            relay.cut();
            web.open();
            log.await("is resumed when the database answers again");
            relay.restore();

            log.await("Run 1 complete");
            Runs runs = new Runs(database);
            assertThat(runs.executions(1)).hasSize(2);
            assertThat(runs.latest())
                    .hasValueSatisfying(run -> assertThat(run.id()).isOne());
        }
    }
}
