package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Scope of whole crawls, measured by the servers of several domains. */
@Timeout(60)
class ScopeIT {
    private final DataSource database = TestDatabase.fresh();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));

    @Test
    void staysInRegisteredDomainBelowPublicSuffixOfTwoLabels() throws Exception {
        Map<String, Reply> web = Map.of(
                "www.a.co.uk/",
                        links(
                                "http://shop.a.co.uk/",
                                "http://b.co.uk/",
                                "http://co.uk/",
                                "http://nota.co.uk/",
                                "/out",
                                "/in"),
                "shop.a.co.uk/", links("http://a.co.uk/", "http://a.co.uk.evil.com/", "http://a.co.uk@b.co.uk/"),
                "a.co.uk/", links("https://b.co.uk/pay"),
                "www.a.co.uk/out", Reply.moved("//b.co.uk/out"),
                "www.a.co.uk/in", Reply.moved("http://pay.a.co.uk/"),
                "pay.a.co.uk/", links());
        Crawled crawled = crawl("http://www.a.co.uk/", Scope.DOMAIN, web);
        assertThat(crawled.requested)
                .containsExactly(
                        "a.co.uk/",
                        "pay.a.co.uk/",
                        "shop.a.co.uk/",
                        "www.a.co.uk/",
                        "www.a.co.uk/in",
                        "www.a.co.uk/out");
        assertThat(crawled.ends.get("http://www.a.co.uk/out"))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.SCOPE));
        assertThat(crawled.ends).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://b\u00fccher.de/", "http://xn--bcher-kva.de/", "http://B\u00dcCHER.de/"})
    void treatsUnicodeAndPunycodeNamesAsEqual(String seed) throws Exception {
        Map<String, Reply> web = Map.of(
                "xn--bcher-kva.de/",
                        links(
                                "http://b\u00fccher.de/a",
                                "http://xn--bcher-kva.de/a",
                                "http://shop.b\u00fccher.de/",
                                "http://bucher.de/",
                                "http://b\u0443cher.de/",
                                "http://xn--bcher-kva.de.evil.com/"),
                "xn--bcher-kva.de/a", links(),
                "shop.xn--bcher-kva.de/", links());
        Crawled crawled = crawl(seed, Scope.DOMAIN, web);
        assertThat(crawled.requested)
                .containsExactly("shop.xn--bcher-kva.de/", "xn--bcher-kva.de/", "xn--bcher-kva.de/a");
        assertThat(crawled.ends).hasSize(3);
    }

    @Test
    void staysBelowFolderOfSeed() throws Exception {
        Map<String, Reply> web = Map.of(
                "shop.example/eu/",
                        links(
                                "a",
                                "../us/",
                                "/eu/../us/",
                                "/eu/%2e%2e/us/",
                                "/europe/",
                                "//other.example/eu/",
                                "/EU/",
                                "out",
                                "in"),
                "shop.example/eu/a", links("/eu/b"),
                "shop.example/eu/b", links(),
                "shop.example/eu/out", Reply.moved("/us/"),
                "shop.example/eu/in", Reply.moved("/eu/c"),
                "shop.example/eu/c", links());
        Crawled crawled = crawl("http://shop.example/eu/", Scope.PATH, web);
        assertThat(crawled.requested)
                .containsExactly(
                        "shop.example/eu/",
                        "shop.example/eu/a",
                        "shop.example/eu/b",
                        "shop.example/eu/c",
                        "shop.example/eu/in",
                        "shop.example/eu/out");
        assertThat(crawled.ends.get("http://shop.example/eu/out")).isInstanceOf(Disposition.Refused.class);
        assertThat(crawled.ends).hasSize(5);
    }

    private static Reply links(String... urls) {
        return Reply.page(
                Stream.of(urls).map(url -> "<a href=\"" + url + "\">").collect(Collectors.joining(" words ")),
                Duration.ZERO);
    }

    /** @param requested host and path of every request except robots.txt */
    private record Crawled(Set<String> requested, Map<String, Disposition> ends) {}

    private Crawled crawl(String seed, Scope scope, Map<String, Reply> web) throws Exception {
        Set<String> requested = new TreeSet<>();
        Map<String, Disposition> ends = new TreeMap<>();
        try (TraceServer server = new TraceServer((host, path) -> {
            if (path.equals("/robots.txt")) {
                return Reply.missing();
            }
            synchronized (requested) {
                requested.add(host + path);
            }
            return web.getOrDefault(host + path, Reply.missing());
        })) {
            Map<String, String> resolve = new HashMap<>();
            Stream.of(
                            "co.uk a.co.uk www.a.co.uk shop.a.co.uk pay.a.co.uk nota.co.uk b.co.uk a.co.uk.evil.com",
                            "xn--bcher-kva.de shop.xn--bcher-kva.de bucher.de xn--bcher-9ye.de xn--bcher-kva.de.evil.com",
                            "shop.example other.example")
                    .flatMap(names -> Stream.of(names.split(" ", -1)))
                    .forEach(name -> resolve.put(name, server.address()));
            Seed site = new Seed(
                    HttpUrl.parse(seed).map(HttpUrl::toString).map(HttpUrl::of).orElseThrow(),
                    "",
                    "",
                    scope,
                    5,
                    100,
                    Duration.ZERO,
                    Set.of());
            Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.EPOCH);
            try (Crawl<String> crawl = Crawling.whole(
                    run,
                    Crawling.settings(Duration.ofSeconds(20), resolve),
                    List.of(site),
                    new LinkAnalyser(),
                    Set.of(),
                    database,
                    Clock.systemUTC(),
                    new BackOff(Duration.ofMillis(5), Duration.ofMillis(20), RandomGenerator.getDefault()))) {
                List<Visit<String>> visits = crawl.take(50, Duration.ofMillis(20));
                while (!visits.isEmpty()) {
                    List<Visit<String>> batch = List.copyOf(visits);
                    transaction.executeWithoutResult(status -> crawl.commit(batch));
                    batch.forEach(visit -> ends.put(visit.url().toString(), visit.disposition()));
                    visits = crawl.take(50, Duration.ofMillis(20));
                }
            }
        }
        return new Crawled(requested, ends);
    }
}
