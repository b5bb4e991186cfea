package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.ClosedPort;
import org.markwatch.GatedWeb;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.springframework.context.ConfigurableApplicationContext;

/** The nights of {@code serve}, as its log tells them. */
class NightLogIT {
    private static final Settings.ScheduleSettings NEW_YEAR_2099 =
            new Settings.ScheduleSettings("0 0 1 1 1 ? 2099", ZoneId.of("Europe/Paris"));
    private static final String NEXT = "Next run: 2099-01-01 01:00:00 Europe/Paris (UTC+01:00)";

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final ClosedPort closed = new ClosedPort();
    private final GatedWeb web = new GatedWeb(new SyntheticWeb.Plan(1, 5, 1024, 5));

    NightLogIT() throws IOException {}

    @AfterEach
    void close() {
        web.close();
        closed.close();
    }

    @Test
    void tellsStartStepsClaimsEndAttestationUnreadSeedsAndNextRun() throws Exception {
        Watchlist watchlist = watchlist();
        try (ConfigurableApplicationContext context = NightContext.scheduled(watchlist, () -> watchlist, database);
                LogLines log = LogLines.of(NightLog.class, RunLog.class)) {
            context.getBean(NightlySchedule.class).start(NEW_YEAR_2099);
            context.getBean(Scheduler.class).triggerJob(JobKey.jobKey("nightly"));

            log.await(NEXT);

            assertThat(log.lines())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("Run 1 begins."),
                            line -> assertThat(line).isEqualTo("Run 1 begins step prepare"),
                            line -> assertThat(line).matches("Run 1 ends step prepare after [0-9.]+ s"),
                            line -> assertThat(line).isEqualTo("Run 1 begins step crawl"),
                            line -> assertThat(line).isEqualTo("Claimed 2 partitions of run 1"),
                            line -> assertThat(line).matches("Run 1 ends step crawl after [0-9.]+ s"),
                            line -> assertThat(line).isEqualTo("Run 1 begins step queue"),
                            line -> assertThat(line).matches("Run 1 ends step queue after [0-9.]+ s"),
                            line -> assertThat(line).isEqualTo("Run 1 begins step report"),
                            line -> assertThat(line).matches("Run 1 ends step report after [0-9.]+ s"),
                            line -> assertThat(line)
                                    .matches("Run 1 complete after .* s: 5 of 6 pages read, .* items: .*"),
                            line -> assertThat(line)
                                    .matches("Attestation of run 1: audit entry 1, sha256 [0-9a-f]{64} .*"),
                            line -> assertThat(line)
                                    .startsWith("Run 1 obtained no text from 1 of its seeds: http://down.example/"
                                            + " (failed: no connection"),
                            line -> assertThat(line).isEqualTo(NEXT));
        }
    }

    @Test
    void resumesTheRunOfAKilledProcessAtTheStart() throws Exception {
        Watchlist watchlist = watchlist();
        Runs runs = new Runs(database);
        runs.begin(watchlist.rulesetSha256(), Clock.systemUTC().instant());
        try (ConfigurableApplicationContext context = NightContext.scheduled(watchlist, () -> watchlist, database);
                LogLines log = LogLines.of(NightLog.class, RunLog.class)) {
            context.getBean(NightlySchedule.class).start(NEW_YEAR_2099);

            log.await(NEXT);

            assertThat(log.lines()).first().asString().matches("Run 1 of .* is resumed \\(start 2\\): it has not .*");
            assertThat(runs.before(Long.MAX_VALUE, 5))
                    .extracting(Runs.RunRecord::status)
                    .containsExactly(Runs.Status.COMPLETE);
        }
    }

    private Watchlist watchlist() throws IOException, WatchlistException {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 5ms
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                    down.example: 127.0.0.1:%d
                """.formatted(
                        Path.of("job-config").toAbsolutePath(), closed.number()));
        Files.writeString(
                folder.resolve("seeds.csv"),
                "url\nhttp://down.example/\n" + String.join("\n", web.web().seeds()) + "\n");
        Watchlist read = WatchlistReader.read(folder);
        Map<String, String> addresses = new HashMap<>(web.resolve());
        addresses.putAll(read.settings().crawl().resolve());
        return read.withAddresses(addresses);
    }
}
