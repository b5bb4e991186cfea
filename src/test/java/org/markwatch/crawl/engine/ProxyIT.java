package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.ProxyServer;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests crawls through a proxy that fails during the crawl. */
@Timeout(60)
class ProxyIT {
    private static final List<String> HOSTS = List.of("shop.invalid", "news.invalid", "third.invalid");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    /**
     * The proxy resolves the host names to the web; the configuration of the crawl resolves them to another server,
     * which would receive every direct connection.
     */
    @ParameterizedTest
    @EnumSource(Proxy.Protocol.class)
    void endsEveryUrlOnceWithoutDirectConnectionWhenProxyFails(Proxy.Protocol kind) throws Exception {
        CompletableFuture<ProxyServer> proxy = new CompletableFuture<>();
        CountDownLatch others = new CountDownLatch(HOSTS.size() - 1);
        try (TraceServer trap = new TraceServer((host, path) -> Reply.text("leaked"));
                TraceServer web = new TraceServer((host, path) -> page(host, path, proxy, others));
                ProxyServer failing = new ProxyServer(
                        kind,
                        Map.of("shop.invalid", port(web), "news.invalid", port(web), "third.invalid", port(web)))) {
            proxy.complete(failing);
            Map<String, String> resolve = Map.of(
                    "shop.invalid", trap.address(), "news.invalid", trap.address(), "third.invalid", trap.address());
            List<Seed> seeds = HOSTS.stream()
                    .map(host -> new Seed(
                            HttpUrl.of("http://" + host + "/"),
                            "",
                            "",
                            Scope.HOST,
                            5,
                            100,
                            Duration.ZERO,
                            failing.proxy(),
                            "",
                            Set.of()))
                    .toList();
            crawl(seeds, resolve);

            assertThat(HOSTS).allMatch(host -> trap.of(host).isEmpty());
            assertThat(HOSTS).allMatch(host -> !web.of(host).isEmpty());
        }
        assertThat(jdbc.queryForObject("select count(*) from page", Integer.class))
                .isEqualTo(jdbc.queryForObject("select count(disposition) from page", Integer.class))
                .isGreaterThanOrEqualTo(3 + 8);
        assertThat(jdbc.queryForList(
                        "select distinct disposition || coalesce(' ' || cause, '') from page", String.class))
                .contains("fetched", "failed proxy")
                .isSubsetOf("fetched", "failed proxy", "failed io", "failed protocol", "disallowed");
    }

    /**
     * Stops the proxy during the crawl of the first host, once the others have started. Answers soft-404 probes with
     * 404.
     */
    private static Reply page(String host, String path, CompletableFuture<ProxyServer> proxy, CountDownLatch others)
            throws InterruptedException {
        if (!path.matches("/(p\\d)?")) {
            return Reply.missing();
        }
        if (path.equals("/") && !host.equals("shop.invalid")) {
            others.countDown();
        }
        if (path.equals("/p3") && host.equals("shop.invalid")) {
            others.await();
            proxy.join().close();
        }
        StringBuilder links = new StringBuilder("words of " + host + path);
        for (int i = 0; i < 8; i++) {
            links.append(" <a href=\"/p").append(i).append("\">");
        }
        return Reply.page(links.toString(), Duration.ZERO);
    }

    private void crawl(List<Seed> seeds, Map<String, String> resolve) throws InterruptedException {
        Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.EPOCH);
        BackOff shortBackOff = new BackOff(Duration.ofMillis(5), Duration.ofMillis(20), RandomGenerator.getDefault());
        try (Crawl<String> crawl = Crawling.whole(
                run,
                Crawling.settings(Duration.ofSeconds(20), resolve),
                seeds,
                new LinkAnalyser(),
                Set.of(),
                database,
                Clock.systemUTC(),
                shortBackOff)) {
            List<Visit<String>> visits = crawl.take(50, Duration.ofMillis(20));
            while (!visits.isEmpty()) {
                List<Visit<String>> batch = new ArrayList<>(visits);
                transaction.executeWithoutResult(status -> crawl.commit(batch));
                visits = crawl.take(50, Duration.ofMillis(20));
            }
        }
    }

    private static int port(TraceServer server) {
        return Integer.parseInt(server.address().replaceFirst(".*:", ""));
    }
}
