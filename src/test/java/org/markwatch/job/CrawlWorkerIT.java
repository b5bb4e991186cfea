package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.NightContext;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a worker stores while no visit ends, and which runs it leaves alone. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CrawlWorkerIT {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(10);

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TraceServer web = new TraceServer((host, path) -> path.equals("/robots.txt")
            ? Reply.missing()
            : new Reply(503, Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())), "", Duration.ZERO));

    @AfterEach
    void end() {
        web.close();
    }

    @Test
    void storesHowLongTheLastHostWaitsAlthoughNoVisitEnds() throws Exception {
        Watchlist watchlist = watchlist();
        try (ConfigurableApplicationContext context = NightContext.start(watchlist, database)) {
            NightlyJob nightly = context.getBean(NightlyJob.class);
            CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return nightly.run(watchlist, true);
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });
            while (!isStoredAsWaiting()) {
                assertThat(run).isNotDone();
                TimeUnit.MILLISECONDS.sleep(10); // the time limit of the test bounds the wait
            }

            nightly.stop();

            assertThat(run.get(30, TimeUnit.SECONDS).status()).isEqualTo(Runs.Status.STOPPED);
            assertThat(isStoredAsWaiting()).isTrue();
        }
    }

    @Test
    void sendsNoRequestForARunThatHasFailedWhileTheWorkerStarted() throws Exception {
        Watchlist watchlist = watchlist();
        Runs runs = new Runs(database);
        Runs.RunRecord run = runs.begin(watchlist.rulesetSha256(), Instant.now());
        try (ConfigurableApplicationContext context = NightContext.start(watchlist, database)) {
            context.getBean(CrawlWork.class)
                    .prepare(new StartedRun(
                            run, RunFence.take(database, run.id()), watchlist, database, Clock.systemUTC()));
            runs.end(run.id(), Runs.Status.FAILED, Instant.now());

            context.getBean(RunWorkers.class)
                    .work(
                            new RunConfigs.SharedRun(run.id(), 1, watchlist.rulesetSha256(), new byte[0]),
                            watchlist,
                            new CountDownLatch(1));
        }
        assertThat(web.of("busy.example")).isEmpty();
    }

    private boolean isStoredAsWaiting() {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from host where due_at > now() + ? * interval '1 second')",
                Boolean.class,
                RETRY_AFTER.toSeconds() - 60));
    }

    private Watchlist watchlist() throws Exception {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  allowed-private-ranges: [127.0.0.0/8]
                """.formatted(
                        Path.of("job-config").toAbsolutePath()));
        Files.writeString(folder.resolve("seeds.csv"), "url\nhttp://busy.example/\n");
        return WatchlistReader.read(folder).withAddresses(Map.of("busy.example", web.address()));
    }
}
