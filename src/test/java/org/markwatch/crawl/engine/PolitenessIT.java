package org.markwatch.crawl.engine;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.visit.VisitEnding;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.TlsPolicy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Politeness of whole crawls, measured by the servers. */
@Timeout(60)
class PolitenessIT {
    private static final Duration DELAY = Duration.ofMillis(60);
    private static final Duration BACK_OFF = Duration.ofMillis(100);

    private final DataSource database = TestDatabase.fresh();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    @Test
    void keepsDelayBetweenAllRequestsToHost() throws Exception {
        try (TraceServer server = new TraceServer(this::web)) {
            Map<String, Disposition> ends = crawl(
                    server,
                    Settings.PolitenessSettings.DEFAULTS,
                    List.of(
                            "plain.example",
                            "delayed.example",
                            "borrowed.example",
                            "circle-a.example",
                            "circle-b.example",
                            "hop.example",
                            "busy.example",
                            "endless.example",
                            "slow.example"));

            List<String> hosts = List.of(
                    "plain.example",
                    "delayed.example",
                    "borrowed.example",
                    "circle-a.example",
                    "circle-b.example",
                    "hop.example",
                    "www.hop.example",
                    "busy.example",
                    "endless.example",
                    "slow.example");
            for (String host : hosts) {
                assertThat(server.mostInFlight(host)).as(host).isEqualTo(1);
                assertThat(server.gaps(host)).as(host).allMatch(gap -> gap.compareTo(DELAY) >= 0);
            }
            assertThat(server.gaps("delayed.example").subList(1, 4))
                    .as("crawl-delay of 0.2 s")
                    .allMatch(gap -> gap.toMillis() >= 200);
            assertThat(server.gaps("slow.example").subList(1, 4))
                    .as("half of 300 ms")
                    .allMatch(gap -> gap.toMillis() >= 150);
            assertThat(server.gaps("busy.example")).as("Retry-After: 1").anyMatch(gap -> gap.toMillis() >= 1000);
            assertThat(server.gaps("endless.example").subList(1, 4))
                    .as("back-off that doubles, with 20 % jitter")
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .isGreaterThanOrEqualTo(
                                            BACK_OFF.multipliedBy(8).dividedBy(10)),
                            second -> assertThat(second)
                                    .isGreaterThanOrEqualTo(
                                            BACK_OFF.multipliedBy(16).dividedBy(10)),
                            third -> assertThat(third)
                                    .isGreaterThanOrEqualTo(
                                            BACK_OFF.multipliedBy(32).dividedBy(10)));

            assertThat(server.paths("plain.example"))
                    .as("its own, and the redirect of borrowed.example")
                    .filteredOn("/robots.txt"::equals)
                    .hasSize(2);
            assertThat(server.paths("borrowed.example")).containsExactly("/robots.txt", "/", "/p1", "/p2", "/p3");
            assertThat(server.paths("circle-a.example")).contains("/");
            assertThat(server.paths("circle-b.example")).contains("/");
            assertThat(ends.get("http://busy.example/")).isInstanceOf(Disposition.Fetched.class);
            assertThat(ends.get("http://endless.example/"))
                    .isInstanceOfSatisfying(
                            Disposition.Failed.class,
                            failed -> assertThat(failed.status()).isEqualTo(503));
            assertThat(server.paths("endless.example")).filteredOn("/"::equals).hasSize(VisitEnding.MAX_ATTEMPTS);
            assertThat(ends.values())
                    .filteredOn(not(Disposition.Fetched.class::isInstance))
                    .hasSize(1);
        }
    }

    private Reply web(String host, String path) {
        boolean robots = path.equals("/robots.txt");
        return switch (host) {
            case "delayed.example" ->
                robots ? Reply.text("User-agent: *\nCrawl-delay: 0.2\n") : page(path, Duration.ZERO);
            case "borrowed.example" ->
                robots ? Reply.moved("http://plain.example/robots.txt") : page(path, Duration.ZERO);
            case "circle-a.example" ->
                robots ? Reply.moved("http://circle-b.example/robots.txt") : page(path, Duration.ZERO);
            case "circle-b.example" ->
                robots ? Reply.moved("http://circle-a.example/robots.txt") : page(path, Duration.ZERO);
            case "hop.example" -> robots ? Reply.missing() : Reply.moved("http://www.hop.example" + path);
            case "busy.example" ->
                path.equals("/") && asked.merge(host, 1, Integer::sum) == 1
                        ? new Reply(503, Map.of("Retry-After", "1"), "", Duration.ZERO)
                        : robots ? Reply.missing() : page(path, Duration.ZERO);
            case "endless.example" -> robots ? Reply.missing() : new Reply(503, Map.of(), "", Duration.ZERO);
            case "slow.example" ->
                new Reply(
                        robots ? 404 : 200,
                        Map.of("Content-Type", "text/html"),
                        page(path, Duration.ZERO).body(),
                        Duration.ofMillis(300));
            default -> robots ? Reply.missing() : page(path, Duration.ofMillis(5));
        };
    }

    private static Reply page(String path, Duration latency) {
        return Reply.page(path.equals("/") ? "<a href=\"/p1\"> <a href=\"/p2\"> <a href=\"/p3\">" : "end", latency);
    }

    @Test
    void limitsRequestsInFlightToOneAddress() throws Exception {
        int budget = 3;
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            hosts.add("host" + i + ".example");
        }
        CountDownLatch together = new CountDownLatch(budget); // else a slow machine makes one request after the other
        try (TraceServer server = new TraceServer((host, path) -> {
            await(together);
            return path.equals("/robots.txt") ? Reply.missing() : page(path, Duration.ofMillis(20));
        })) {
            Map<String, Disposition> ends = crawl(
                    server, new Settings.PolitenessSettings(budget, RobotsMetaPolicy.IGNORE, TlsPolicy.RECORD), hosts);
            assertThat(ends).hasSize(20 * 4);
            assertThat(ends.values()).allMatch(Disposition.Fetched.class::isInstance);
            assertThat(server.mostInFlight()).isEqualTo(budget);
        }
    }

    /** Waits for the other requests, until the request times out. */
    private static void await(CountDownLatch others) {
        others.countDown();
        try {
            others.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is closed
        }
    }

    @Test
    void defersHostThatAsksForLongDelayToTheNextRun() throws Exception {
        String later = "Thu, 31 Dec 2099 23:59:59 GMT";
        try (TraceServer server =
                new TraceServer((host, path) -> path.equals("/p1") && asked.merge(path, 1, Integer::sum) == 1
                        ? new Reply(429, Map.of("Retry-After", later), "", Duration.ZERO)
                        : path.equals("/robots.txt") ? Reply.missing() : page(path, Duration.ZERO))) {
            List<String> hosts = List.of("shop.example", "news.example");
            Map<String, Disposition> ends = crawl(server, Settings.PolitenessSettings.DEFAULTS, hosts);
            List<String> first = Stream.of("shop.example", "news.example")
                    .flatMap(host -> server.paths(host).stream())
                    .toList();
            assertThat(first).hasSize(3 + 5);
            List<String> left = ends.entrySet().stream()
                    .filter(end -> end.getValue() instanceof Disposition.Failed failed
                            && failed.cause().equals("retry-after")
                            && failed.reason().contains("the next run fetches it first"))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(ends).hasSize(2 * 4);
            assertThat(left).hasSize(3);
            String host = HttpUrl.of(left.getFirst()).host();

            Map<String, Disposition> next = crawl(server, Settings.PolitenessSettings.DEFAULTS, hosts);
            assertThat(next.values()).hasSize(2 * 4).allMatch(Disposition.Fetched.class::isInstance);
            assertThat(server.paths(host))
                    .containsExactly("/robots.txt", "/", "/p1", "/robots.txt", "/p1", "/p2", "/p3", "/");
        }
    }

    @Test
    void treatsRobotsFileOfDeferredHostAsUnreachable() throws Exception {
        try (TraceServer server = new TraceServer((host, path) -> !path.equals("/robots.txt")
                ? page(path, Duration.ZERO)
                : host.equals("shop.example")
                        ? Reply.moved("http://www.hop.example/robots.txt")
                        : new Reply(503, Map.of("Retry-After", "86400"), "", Duration.ZERO))) {
            Map<String, Disposition> ends =
                    crawl(server, Settings.PolitenessSettings.DEFAULTS, List.of("shop.example"));
            assertThat(ends).hasSize(1);
            assertThat(ends.get("http://shop.example/")).isInstanceOf(Disposition.Disallowed.class);
        }
    }

    @Test
    void retriesSoonWhenRetryAfterIsInThePast() throws Exception {
        try (TraceServer server =
                new TraceServer((host, path) -> path.equals("/") && asked.merge(host, 1, Integer::sum) < 3
                        ? new Reply(503, Map.of("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), "", Duration.ZERO)
                        : path.equals("/robots.txt") ? Reply.missing() : page(path, Duration.ZERO))) {
            Map<String, Disposition> ends =
                    crawl(server, Settings.PolitenessSettings.DEFAULTS, List.of("shop.example"));
            assertThat(ends.values()).hasSize(4).allMatch(Disposition.Fetched.class::isInstance);
            assertThat(server.gaps("shop.example")).allMatch(gap -> gap.compareTo(DELAY) >= 0);
        }
    }

    @Test
    void disallowsHostWhoseRobotsRedirectToRefusedUrl() throws Exception {
        try (TraceServer server = new TraceServer((host, path) -> switch (host) {
            case "private.example" ->
                path.equals("/robots.txt") ? Reply.moved("http://10.0.0.1/robots.txt") : page(path, Duration.ZERO);
            case "port.example" ->
                path.equals("/robots.txt")
                        ? Reply.moved("http://port.example:25/robots.txt")
                        : page(path, Duration.ZERO);
            default -> page(path, Duration.ZERO);
        })) {
            Map<String, Disposition> ends =
                    crawl(server, Settings.PolitenessSettings.DEFAULTS, List.of("private.example", "port.example"));
            assertThat(server.paths("private.example")).containsExactly("/robots.txt");
            assertThat(server.paths("port.example")).containsExactly("/robots.txt");
            assertThat(ends).hasSize(2);
            assertThat(ends.get("http://private.example/"))
                    .isInstanceOfSatisfying(
                            Disposition.Disallowed.class,
                            disallowed -> assertThat(disallowed.reason()).contains("10.0.0.0/8"));
            assertThat(ends.get("http://port.example/"))
                    .isInstanceOfSatisfying(
                            Disposition.Disallowed.class,
                            disallowed -> assertThat(disallowed.reason()).contains("port 25"));
        }
    }

    @Test
    void disallowsHostWhoseRobotsRedirectToUnreachableHost() throws Exception {
        try (TraceServer server = new TraceServer((host, path) -> path.equals("/robots.txt")
                ? Reply.moved("http://gone.example/robots.txt")
                : page(path, Duration.ZERO))) {
            Map<String, Disposition> ends =
                    crawl(server, Settings.PolitenessSettings.DEFAULTS, List.of("shop.example"));
            assertThat(server.paths("shop.example")).containsExactly("/robots.txt");
            assertThat(ends.get("http://shop.example/")).isInstanceOf(Disposition.Disallowed.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "IGNORE,   /p1 /p2 /p3, 0",
        "NOFOLLOW, /p1 /p3,     0",
        "OBEY,     /p1 /p3,     1",
    })
    void appliesRobotsMetaAsConfigured(RobotsMetaPolicy policy, String followed, int disallowed) throws Exception {
        try (TraceServer server = new TraceServer((host, path) -> switch (path) {
            case "/robots.txt" -> Reply.missing();
            case "/" ->
                Reply.page("<a href=\"/p1\"> <a href=\"/p2\" rel=\"nofollow\"> <a href=\"/p3\">", Duration.ZERO);
            case "/p3" -> Reply.page("noindex", Duration.ZERO);
            default -> Reply.page("end", Duration.ZERO);
        })) {
            Map<String, Disposition> ends = crawl(
                    server, new Settings.PolitenessSettings(0, policy, TlsPolicy.RECORD), List.of("shop.example"));
            List<String> paths = new ArrayList<>(List.of("/robots.txt", "/"));
            paths.addAll(List.of(followed.split(" ", -1)));
            assertThat(server.paths("shop.example")).containsExactlyElementsOf(paths);
            assertThat(ends.values())
                    .filteredOn(Disposition.Disallowed.class::isInstance)
                    .hasSize(disallowed);
        }
    }

    private Map<String, Disposition> crawl(
            TraceServer server, Settings.PolitenessSettings politeness, List<String> hosts)
            throws InterruptedException {
        Map<String, String> resolve = new LinkedHashMap<>();
        List<Seed> seeds = new ArrayList<>();
        for (String host : hosts) {
            resolve.put(host, server.address());
            seeds.add(new Seed(HttpUrl.of("http://" + host + "/"), "", "", Scope.DOMAIN, 5, 100, DELAY, Set.of()));
        }
        resolve.put("www.hop.example", server.address());
        resolve.put("gone.example", "127.0.0.1:1"); // nothing listens there
        Settings.CrawlSettings settings = new Settings.CrawlSettings(
                "markwatch/test",
                "abuse@shop.example",
                20,
                DELAY,
                5,
                100,
                8,
                Duration.ofSeconds(10),
                1 << 20,
                Set.of(),
                resolve,
                List.of("127.0.0.0/8"),
                politeness);
        Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.now());
        Map<String, Disposition> ends = new LinkedHashMap<>();
        try (Crawl<String> crawl = Crawling.whole(
                run,
                settings,
                seeds,
                new LinkAnalyser(),
                Set.of(),
                database,
                Clock.systemUTC(),
                new BackOff(BACK_OFF, Duration.ofSeconds(2), RandomGenerator.getDefault()))) {
            for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
                List<Visit<String>> visits = batch;
                transaction.executeWithoutResult(status -> crawl.commit(visits));
                visits.forEach(visit -> ends.put(visit.url().toString(), visit.disposition()));
            }
        }
        return ends;
    }

    private static List<Visit<String>> take(Crawl<String> crawl) throws InterruptedException {
        return crawl.take(50, Duration.ofMillis(20));
    }
}
