package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Politeness of a run whose process ends without a word and that another one resumes, measured by the servers. */
@Timeout(60)
class ResumedPolitenessIT {
    private static final Duration DELAY = Duration.ofMillis(400);
    private static final List<String> HOSTS =
            List.of("plain.example", "delayed.example", "hop.example", "busy.example", "gone.example");

    private final DataSource database = TestDatabase.fresh();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Map<String, Disposition> ends = new LinkedHashMap<>();

    @Test
    void keepsSpacingAndRulesOfHostsOverStarts() throws Exception {
        try (TraceServer server = new TraceServer(ResumedPolitenessIT::web)) {
            Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.now());
            for (int start = 1; start <= 4; start++) {
                crawl(server, run, HOSTS, start < 4 ? 6 : Integer.MAX_VALUE);
            }

            for (String host : List.of("plain.example", "delayed.example", "hop.example", "www.hop.example")) {
                assertThat(server.mostInFlight(host)).as(host).isEqualTo(1);
                assertThat(server.gaps(host)).as(host).isNotEmpty().allMatch(gap -> gap.compareTo(DELAY) >= 0);
            }
            assertThat(server.gaps("delayed.example").stream().skip(1))
                    .as("crawl-delay of 1 s")
                    .allMatch(gap -> gap.toMillis() >= 1000);
            assertThat(server.gaps("busy.example"))
                    .as("Retry-After: 2")
                    .filteredOn(gap -> gap.toMillis() >= 2000)
                    .hasSizeGreaterThanOrEqualTo(server.paths("busy.example").size() - 2);
            assertThat(server.paths("delayed.example"))
                    .filteredOn("/robots.txt"::equals)
                    .as("its rules are stored")
                    .hasSize(1);
            assertThat(ends).hasSize(4 * 4 + 1 - 3);
        }
    }

    @Test
    void keepsDueTimesOfHostsForTheNextRun() throws Exception {
        List<String> hosts = List.of("plain.example", "hop.example");
        try (TraceServer server = new TraceServer(ResumedPolitenessIT::web)) {
            crawl(server, new Runs(database).begin("0".repeat(64), Instant.now()), hosts, 4);
            long then = System.nanoTime();
            List<String> waiting = new JdbcTemplate(database)
                    .query(
                            "update host set due_at = clock_timestamp() + interval '3 s' returning substring(host, 8) as name",
                            (row, number) -> row.getString("name"));

            crawl(server, new Runs(database).begin("1".repeat(64), Instant.now()), hosts, Integer.MAX_VALUE);

            assertThat(waiting).contains("plain.example");
            for (String host : waiting) {
                assertThat(server.of(host))
                        .extracting(exchange -> TimeUnit.NANOSECONDS.toMillis(exchange.came() - then))
                        .filteredOn(millis -> millis > 0)
                        .as(host)
                        .isNotEmpty()
                        .allMatch(millis -> millis >= 2990);
            }
        }
    }

    private static Reply web(String host, String path) {
        boolean robots = path.equals("/robots.txt");
        return switch (host) {
            case "delayed.example" -> robots ? Reply.text("User-agent: *\nCrawl-delay: 1\n") : page(path);
            case "hop.example" -> robots ? Reply.missing() : Reply.moved("http://www.hop.example" + path);
            case "busy.example" ->
                robots ? Reply.missing() : new Reply(503, Map.of("Retry-After", "2"), "", Duration.ZERO);
            default -> robots ? Reply.missing() : page(path);
        };
    }

    private static Reply page(String path) {
        return Reply.page(
                path.equals("/") ? "<a href=\"/p1\"> <a href=\"/p2\"> <a href=\"/p3\">" : "end", Duration.ofMillis(5));
    }

    /** Crawls until some visits are committed, then drops what is in flight as a kill does. */
    private void crawl(TraceServer server, Runs.RunRecord run, List<String> hosts, int visits)
            throws InterruptedException {
        Map<String, String> resolve = new LinkedHashMap<>();
        List<Seed> seeds = new ArrayList<>();
        for (String host : hosts) {
            resolve.put(host, server.address());
            seeds.add(new Seed(HttpUrl.of("http://" + host + "/"), "", "", Scope.DOMAIN, 5, 100, DELAY, Set.of()));
        }
        resolve.put("www.hop.example", server.address());
        resolve.put("gone.example", "127.0.0.1:1"); // nothing listens there
        Settings.CrawlSettings settings = Crawling.settings(Duration.ofSeconds(10), resolve);
        try (Crawl<String> crawl = Crawling.whole(
                run,
                settings,
                seeds,
                new LinkAnalyser(),
                Set.of(),
                database,
                Clock.systemUTC(),
                new BackOff(Duration.ofMillis(100), Duration.ofMillis(200), RandomGenerator.getDefault()))) {
            for (int committed = 0; committed < visits; ) {
                List<Visit<String>> batch = crawl.take(1, Duration.ZERO);
                if (batch.isEmpty()) {
                    return;
                }
                transaction.executeWithoutResult(status -> crawl.commit(batch));
                batch.forEach(visit -> ends.put(visit.url().toString(), visit.disposition()));
                committed += batch.size();
            }
        }
    }
}
