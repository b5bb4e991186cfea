package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.ClosedPort;
import org.markwatch.NightContext;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A night that reads no page is not complete, since it could find nothing. */
class UnreadNightIT {
    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final ClosedPort closed = new ClosedPort();
    private final TraceServer web = new TraceServer((host, path) -> switch (path) {
        case "/robots.txt" ->
            host.equals("closed.example") ? Reply.text("User-agent: *\nDisallow: /\n") : Reply.missing();
        case "/" -> Reply.page("<a href=/next>terms of sale</a>", Duration.ZERO);
        default -> Reply.page("next page", Duration.ZERO);
    });

    @AfterEach
    void close() {
        web.close();
        closed.close();
    }

    @Test
    void isUnreadIfNoSeedAnswers() throws Exception {
        assertThat(night("a.example", unreachable()).status()).isEqualTo(Runs.Status.UNREAD);
    }

    @Test
    void isUnreadIfRobotsDisallowsEverySeed() throws Exception {
        assertThat(night("closed.example", web.address()).status()).isEqualTo(Runs.Status.UNREAD);
    }

    @Test
    void isUnreadAlthoughPagesOfAnEarlierNightHaveText() throws Exception {
        assertThat(night("a.example", web.address()).status()).isEqualTo(Runs.Status.COMPLETE);
        new JdbcTemplate(database).update("update schedule set due_at = now() + interval '5 days', nights = 5");

        RunOutcome second = night("a.example", unreachable());

        assertThat(second.status()).isEqualTo(Runs.Status.UNREAD);
        try (ConfigurableApplicationContext context = NightContext.start(watchlist(Map.of()), database)) {
            RunSummary summary =
                    context.getBean(Reports.class).find(second.run()).orElseThrow();
            assertThat(summary.status()).isEqualTo("unread");
            assertThat(summary.pages().notModified()).isPositive();
            assertThat(summary.toText(false)).contains("no page was read");
            assertThat(context.getBean(Runs.class).unfinished()).isEmpty();
        }
    }

    @Test
    void isCompleteIfOneSeedAnswersAndNamesTheOther() throws Exception {
        RunOutcome night = night(Map.of("a.example", web.address(), "b.example", unreachable()));

        assertThat(night.status()).isEqualTo(Runs.Status.COMPLETE);
        List<String> seeds = new ArrayList<>();
        new DispositionStore(database)
                .forEachSeed(night.run(), seed -> seeds.add(seed.disposition() + " " + seed.url()));
        assertThat(seeds).containsExactlyInAnyOrder("fetched http://a.example/", "failed http://b.example/");
    }

    private RunOutcome night(String seed, String address) throws Exception {
        return night(Map.of(seed, address));
    }

    private RunOutcome night(Map<String, String> addresses) throws Exception {
        Watchlist watchlist = watchlist(addresses);
        try (ConfigurableApplicationContext context = NightContext.start(watchlist, database)) {
            return context.getBean(NightlyJob.class).run(watchlist, false);
        }
    }

    private String unreachable() {
        return "127.0.0.1:" + closed.number();
    }

    private Watchlist watchlist(Map<String, String> addresses) throws IOException, WatchlistException {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  allowed-private-ranges: [127.0.0.0/8]
                """.formatted(
                        Path.of("job-config").toAbsolutePath()));
        StringBuilder seeds = new StringBuilder("url\n");
        addresses.keySet().forEach(host -> seeds.append("http://").append(host).append("/\n"));
        Files.writeString(
                folder.resolve("seeds.csv"), addresses.isEmpty() ? "url\nhttp://a.example/\n" : seeds.toString());
        return WatchlistReader.read(folder).withAddresses(addresses);
    }
}
