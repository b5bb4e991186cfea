package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.ClosedPort;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.RawServer;
import org.markwatch.crawl.fetch.TestWeb;
import org.markwatch.crawl.run.RunInProgressException;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.HostConnections;
import org.markwatch.crawl.store.StoredReferences;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class CrawlIT {
    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Runs runs = new Runs(database);
    private final Runs.RunRecord run = runs.begin("0".repeat(64), Instant.EPOCH);
    private final TestWeb web = new TestWeb();

    @AfterEach
    void closeWeb() {
        web.close();
    }

    @Test
    void visitsEveryLinkedPageOnce() throws Exception {
        web.page("/", "<a href=\"/a\"> <a href=\"/b#x\"> <a href=\"./a\"> <img src=x.png>")
                .page("/a", "<a href=\"/\"> <a href=\"/b\"> <a href=\"/missing\">")
                .page("/b", "<a href=\"/picture.jpg\"> <a href=\"https://elsewhere.example/\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactlyInAnyOrder("/robots.txt", "/", "/a", "/b", "/missing");
        assertThat(dispositions())
                .isEqualTo(Map.of(
                        web.url("/").toString(), "fetched",
                        web.url("/a").toString(), "fetched",
                        web.url("/b").toString(), "fetched",
                        web.url("/missing").toString(), "failed",
                        web.url("/picture.jpg").toString(), "refused"));
        Runs.Counts counts = runs.counts(run.id());
        assertThat(counts.requests()).isEqualTo(Map.of("page", 4L, "robots", 1L));
        assertThat(counts.refused()).isEqualTo(Map.of(Disposition.RefusalKind.IMAGE, 1L));
        assertThat(counts.references()).isEqualTo(Map.of("IMAGE", 1L));
        assertThat(counts.skipped()).isEqualTo(Map.of("scope", 1L));
    }

    @Test
    void storesWhereAHostAnsweredOnceAndWhatBecameOfTheLinksOfAPage() throws Exception {
        web.page(
                        "/",
                        "<a href=\"/a\"> <a href=\"/a.zip\"> <a href=\"https://elsewhere.example/\"> <img src=x.png> <img src=y.png>")
                .page("/a", "<a href=\"/\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }

        assertThat(new HostConnections(database).of(web.url("/").origin(), 5))
                .containsExactly(new HostConnections.SeenConnection(
                        new HostConnection(web.url("/").origin(), "127.0.0.1", null), run.id(), run.id()));
        StoredReferences.Referred referred =
                new StoredReferences(database).of(web.url("/")).orElseThrow();
        assertThat(referred.files()).isEqualTo(Map.of("image", 2));
        assertThat(referred.links())
                .containsExactly(
                        new StoredReferences.LinkCount("not-visited", "", 1),
                        new StoredReferences.LinkCount("read", "", 1),
                        new StoredReferences.LinkCount("refused", "archive", 1));
    }

    @Test
    void fetchesPageAgainAfterRollback() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "end");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> {
                crawl.commit(visits);
                status.setRollbackOnly();
            });
            assertThat(dispositions()).isEmpty();
        }
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            assertThat(crawlAll(crawl)).extracting(Visit::url).containsExactly(web.url("/"), web.url("/a"));
        }
        assertThat(dispositions())
                .containsOnlyKeys(web.url("/").toString(), web.url("/a").toString());
    }

    @Test
    void commitsTheSameVisitsAgainAfterRollback() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "end");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> {
                crawl.commit(visits);
                status.setRollbackOnly();
            });
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            assertThat(crawlAll(crawl)).extracting(Visit::url).containsExactly(web.url("/a"));
        }
        assertThat(runs.counts(run.id()).requests()).isEqualTo(Map.of("page", 2L, "robots", 1L));
    }

    @Test
    void continuesWithOpenUrlsAfterRestart() throws Exception {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            links.append("<a href=\"/p").append(i).append("\">");
            web.page("/p" + i, "page " + i);
        }
        web.page("/", links.toString());
        Set<HttpUrl> before = new HashSet<>();
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 1000))) {
            while (before.size() < 40) {
                List<Visit<String>> visits = take(crawl);
                transaction.executeWithoutResult(status -> crawl.commit(visits));
                visits.forEach(visit -> before.add(visit.url()));
            }
        }
        List<HttpUrl> after;
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 1000))) {
            after = crawlAll(crawl).stream().map(Visit::url).toList();
        }
        assertThat(after).doesNotContainAnyElementsOf(before).doesNotHaveDuplicates();
        assertThat(before.size() + after.size()).isEqualTo(121);
        assertThat(dispositions()).hasSize(121);
        assertThat(new HashSet<>(dispositions().values())).containsExactly("fetched");
    }

    @Test
    void rejectsCommitOfCrawlWhoseRunHasBeenTakenOver() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "end");
        try (Crawl<String> asleep = open(Crawling.seed(web.url("/"), 5, 100))) {
            List<Visit<String>> visits = take(asleep);
            JdbcClient.create(database)
                    .sql("update worker set lease_until = now() - interval '1 second'")
                    .update();
            try (Crawl<String> successor = open(Crawling.seed(web.url("/"), 5, 100))) {
                assertThatThrownBy(() -> transaction.executeWithoutResult(status -> asleep.commit(visits)))
                        .hasMessageContaining("taken over by another process");
                assertThat(crawlAll(successor)).hasSize(2);
            }
        }
        assertThat(dispositions()).hasSize(2);
    }

    @Test
    void stopsOnRequestInTheDatabase() throws Exception {
        for (int i = 0; i < 10_000; i++) { // endless without a stop
            String uniqueText =
                    Integer.toString(i, 36).replaceAll("\\d", "") + "x".repeat(i % 1000); // else it counts as a trap
            web.page("/p" + i, uniqueText + "<a href=\"/p" + (i + 1) + "\">");
        }
        Seed endless = new Seed(web.url("/p0"), "", "", Scope.HOST, 10_000, 10_000, Duration.ofMillis(20), Set.of());
        try (Crawl<String> crawl = open(endless)) {
            runs.requestStop(run.id());
            crawlAll(crawl);
            assertThat(crawl.stopped()).isTrue();
        }
    }

    @Test
    void findsActiveRunByItsLock() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "end");
        assertThat(runs.active()).as("no session holds the lock").isEmpty();
        try (RunLock lock = RunLock.acquire(database);
                Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            assertThatThrownBy(() -> RunLock.acquire(database)).isInstanceOf(RunInProgressException.class);
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            assertThat(runs.active()).contains(new Runs.ActiveRun(run.id(), 2, 1, false));
        }
        assertThat(runs.active()).isEmpty();
    }

    @Test
    void refusesUrlsBeyondThePageBudget() throws Exception {
        web.page("/", "<a href=\"/missing\"> <a href=\"/a\"> <a href=\"/b\"> <a href=\"/c\"> <a href=\"/d\">");
        for (String path : List.of("/a", "/b", "/c", "/d")) {
            web.page(path, "<a href=\"/more" + path + "\">");
        }
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 3))) {
            crawlAll(crawl);
        }
        List<String> ends = List.copyOf(dispositions().values());
        assertThat(ends).filteredOn("fetched"::equals).hasSize(2);
        assertThat(ends)
                .filteredOn("failed"::equals)
                .as("counts for the budget")
                .hasSize(1);
        assertThat(jdbc.queryForObject("select count(*) from frontier", Integer.class))
                .isZero();
        assertThat(jdbc.queryForList("select distinct reason from page where kind = 'LIMIT'", String.class))
                .containsExactly("beyond max_pages = 3 of " + web.url("/"));
    }

    @Test
    void refusesUrlsWhenTheBudgetIsLoweredBetweenStarts() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "end");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> crawl.commit(visits));
        }
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 1))) {
            assertThat(crawlAll(crawl)).isEmpty();
        }
        assertThat(dispositions().get(web.url("/a").toString())).isEqualTo("refused");
    }

    @Test
    void followsNoLinkBeyondDepth() throws Exception {
        web.page("/", "<a href=\"/1\">").page("/1", "<a href=\"/2\">").page("/2", "<a href=\"/3\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 1, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactly("/robots.txt", "/", "/1");
    }

    @Test
    void obeysRobotsTxt() throws Exception {
        web.page(
                        "/robots.txt",
                        200,
                        Map.of("Content-Type", "application/octet-stream"),
                        "User-agent: MarkWatch\nDisallow: /private\n")
                .page("/", "<a href=\"/private/a\"> <a href=\"/open\">")
                .page("/open", "end");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactly("/robots.txt", "/", "/open");
        assertThat(dispositions().get(web.url("/private/a").toString())).isEqualTo("disallowed");
    }

    @Test
    void visitsPagesOfSitemapsNamedByRobotsTxt() throws Exception {
        web.page(
                        "/robots.txt",
                        200,
                        Map.of("Content-Type", "text/plain"),
                        "User-agent: *\nDisallow: /private\nSitemap: " + web.url("/index.xml") + "\nSitemap: "
                                + web.url("/private/map.xml") + "\n")
                .page(
                        "/index.xml",
                        200,
                        Map.of("Content-Type", "application/xml"),
                        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>"
                                + web.url("/map.txt.gz") + "</loc></sitemap><sitemap><loc>" + web.url("/bomb.xml.gz")
                                + "</loc></sitemap></sitemapindex>")
                .file(
                        "/map.txt.gz",
                        200,
                        Map.of("Content-Type", "application/gzip"),
                        gzip((web.url("/island") + "\n" + web.url("/checkout") + "\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .file("/bomb.xml.gz", 200, Map.of(), gzip(new byte[50 << 20]))
                .page("/", "home")
                .page("/island", "linked from nowhere")
                .page("/checkout", "pay here");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked())
                .containsExactly(
                        "/robots.txt", "/index.xml", "/map.txt.gz", "/bomb.xml.gz", "/", "/checkout", "/island");
        assertThat(runs.counts(run.id()).requests()).containsEntry("sitemap", 3L);
    }

    @Test
    void asksForASitemapOnceForAllSeedsOfAHost() throws Exception {
        web.page("/robots.txt", 200, Map.of("Content-Type", "text/plain"), "Sitemap: " + web.url("/old.xml") + "\n")
                .page("/old.xml", 301, Map.of("Location", "/map.txt"), "")
                .page(
                        "/map.txt",
                        200,
                        Map.of("Content-Type", "text/plain"),
                        web.url("/a/listed") + "\n" + web.url("/b/listed") + "\n")
                .page("/a/", "a")
                .page("/b/", "b")
                .page("/a/listed", "listed")
                .page("/b/listed", "listed");
        Seed a = new Seed(web.url("/a/"), "", "", Scope.PATH, 5, 100, Duration.ZERO, Set.of());
        Seed b = new Seed(web.url("/b/"), "", "", Scope.PATH, 5, 100, Duration.ZERO, Set.of());
        try (Crawl<String> crawl = Crawling.open(database, run, new LinkAnalyser(), a, b)) {
            crawlAll(crawl);
        }
        assertThat(web.asked())
                .containsExactlyInAnyOrder(
                        "/robots.txt", "/old.xml", "/map.txt", "/a/", "/b/", "/a/listed", "/b/listed");
    }

    @Test
    void followsRedirectedAndCrossSubmittedSitemaps() throws Exception {
        int port = web.url("/").port();
        String elsewhere = "http://maps.example:" + port;
        web.page(
                        "/robots.txt",
                        200,
                        Map.of("Content-Type", "text/plain"),
                        "Sitemap: " + web.url("/old.xml") + "\nSitemap: " + elsewhere + "/theirs.xml\nSitemap: "
                                + elsewhere + "/packed.xml.gz\n")
                .page("/old.xml", 301, Map.of("Location", "/new.xml"), "")
                .page(
                        "/new.xml",
                        200,
                        Map.of("Content-Type", "text/xml"),
                        sitemap(web.url("/moved").toString()))
                .page(
                        "/theirs.xml",
                        200,
                        Map.of("Content-Type", "text/xml"),
                        "<urlset><!-- href=\"" + web.url("/listed") + "\" href=\"" + elsewhere + "/unlisted\" -->")
                .page("/", "home")
                .page("/moved", "linked from nowhere")
                .page("/listed", "linked from nowhere too")
                .file(
                        "/packed.xml.gz",
                        200,
                        Map.of("Content-Type", "application/gzip"),
                        gzip(("<urlset><!-- href=\"" + web.url("/packed") + "\" -->").getBytes(StandardCharsets.UTF_8)))
                .page("/packed", "linked from a compressed sitemap");
        try (Crawl<String> crawl = Crawling.open(
                database,
                run,
                new LinkAnalyser(),
                Map.of("maps.example", "127.0.0.1:" + port),
                Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked())
                .containsExactlyInAnyOrder(
                        "/robots.txt",
                        "/old.xml",
                        "/new.xml",
                        "/",
                        "/moved",
                        "/robots.txt",
                        "/theirs.xml",
                        "/packed.xml.gz",
                        "/packed",
                        "/listed");
        assertThat(dispositions())
                .containsEntry(elsewhere + "/theirs.xml", "fetched")
                .containsEntry(elsewhere + "/packed.xml.gz", "fetched")
                .hasSize(6);
    }

    @Test
    void followsNoSitemapOnAnotherHostNamedByAnIndexOnly() throws Exception {
        String elsewhere = "http://maps.example:" + web.url("/").port() + "/theirs.xml";
        web.page("/robots.txt", 200, Map.of("Content-Type", "text/plain"), "Sitemap: " + web.url("/index.xml") + "\n")
                .page(
                        "/index.xml",
                        200,
                        Map.of("Content-Type", "text/xml"),
                        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>" + elsewhere
                                + "</loc></sitemap></sitemapindex>")
                .page("/", "home");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactly("/robots.txt", "/index.xml", "/");
    }

    @Test
    void requestsNoSitemapWhoseExtensionIndicatesAnImageOrVideo() throws Exception {
        web.page(
                        "/robots.txt",
                        200,
                        Map.of("Content-Type", "text/plain"),
                        "Sitemap: " + web.url("/named.png") + "\nSitemap: " + web.url("/old.xml") + "\nSitemap: "
                                + web.url("/index.xml") + "\n")
                .page("/old.xml", 301, Map.of("Location", "/redirected.jpg"), "")
                .page(
                        "/index.xml",
                        200,
                        Map.of("Content-Type", "text/xml"),
                        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>"
                                + web.url("/listed.mp4") + "</loc></sitemap></sitemapindex>")
                .page("/", "home");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).containsExactly("/robots.txt", "/old.xml", "/index.xml", "/");
        assertThat(dispositions())
                .containsEntry(web.url("/named.png").toString(), "refused")
                .containsEntry(web.url("/redirected.jpg").toString(), "refused")
                .containsEntry(web.url("/listed.mp4").toString(), "refused")
                .hasSize(4);
        assertThat(runs.counts(run.id()).requests()).doesNotContainKey("picture");
        assertThat(runs.counts(run.id()).refused())
                .containsEntry(Disposition.RefusalKind.IMAGE, 2L)
                .containsEntry(Disposition.RefusalKind.VIDEO, 1L);
    }

    private static String sitemap(String page) {
        return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>" + page
                + "</loc></url></urlset>";
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void visitsEndlessCalendarLast() throws Exception {
        StringBuilder home = new StringBuilder();
        for (int day = 1; day <= 400; day++) {
            home.append("<a href=\"/calendar/").append(day).append("\"> ");
            web.page("/calendar/" + day, "nothing on this day");
        }
        web.page("/", home + "<a href=\"/offers/all\">").page("/offers/all", "what there is");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 150))) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).contains("/offers/all").hasSize(152); // with robots.txt and the soft-404 probe
    }

    @Test
    void addsNoLinksBeyondTheBudget() throws Exception {
        web.page("/", "<a href=\"/a\">").page("/a", "<a href=\"/b\"> <a href=\"/c\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 2))) {
            crawlAll(crawl);
        }
        assertThat(dispositions().keySet())
                .containsExactlyInAnyOrder(
                        web.url("/").toString(), web.url("/a").toString());
        assertThat(jdbc.queryForObject(
                        "select n from run_count where about = 'skipped' and name = 'beyond-budget'", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void disallowsEverythingIfRobotsTxtIsUnreachable() throws Exception {
        web.page("/robots.txt", 500, Map.of(), "").page("/", "end");
        List<Visit<String>> visits;
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            visits = crawlAll(crawl);
        }
        assertThat(visits.getFirst().disposition())
                .isInstanceOfSatisfying(
                        Disposition.Disallowed.class,
                        disallowed -> assertThat(disallowed.reason()).isEqualTo("robots.txt cannot be used: HTTP 500"));
        assertThat(web.asked()).containsOnly("/robots.txt").hasSize(4);
    }

    @Test
    void followsRedirects() throws Exception {
        web.page("/", 301, Map.of("Location", "/one"), "")
                .page("/one", 302, Map.of("Location", "/two"), "")
                .page("/two", "there");
        List<Visit<String>> visits;
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            visits = crawlAll(crawl);
        }
        assertThat(visits).hasSize(1);
        assertThat(visits.getFirst().disposition())
                .isInstanceOfSatisfying(
                        Disposition.Fetched.class,
                        captured -> assertThat(captured.capture().redirects())
                                .containsExactly(web.url("/"), web.url("/one"), web.url("/two")));
        assertThat(runs.counts(run.id()).requests()).isEqualTo(Map.of("page", 1L, "redirect", 2L, "robots", 1L));
    }

    @Test
    void failsPagesOfUnreachableHost() throws Exception {
        List<Visit<String>> visits;
        try (ClosedPort port = new ClosedPort();
                Crawl<String> crawl =
                        open(Crawling.seed(HttpUrl.of("http://127.0.0.1:" + port.number() + "/"), 5, 100))) {
            visits = crawlAll(crawl);
        }
        assertThat(visits.getFirst().disposition())
                .isInstanceOfSatisfying(
                        Disposition.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo("connect"));
    }

    @Test
    void retriesBusyHost() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (RawServer server = new RawServer((request, out) -> {
            if (request.contains("robots")) {
                out.head("HTTP/1.1 404 Not Found", "Connection: close", "Content-Length: 0");
            } else if (asked.incrementAndGet() < 3) {
                out.head("HTTP/1.1 503 Busy", "Retry-After: 0", "Connection: close", "Content-Length: 0");
            } else {
                out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close", "Content-Length: 2");
                out.bytes("ok".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            List<Visit<String>> visits;
            try (Crawl<String> crawl = open(Crawling.seed(server.url("/"), 5, 100))) {
                visits = crawlAll(crawl);
            }
            assertThat(visits.getFirst().disposition()).isInstanceOf(Disposition.Fetched.class);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void keepsDelayBetweenRequests() throws Exception {
        web.page("/", "<a href=\"/a\"> <a href=\"/b\"> <a href=\"/c\">")
                .page("/a", "a")
                .page("/b", "b")
                .page("/c", "c");
        Duration delay = Duration.ofMillis(60);
        Seed polite = new Seed(web.url("/"), "", "", Scope.HOST, 5, 100, delay, Set.of());
        try (Crawl<String> crawl = open(polite)) {
            crawlAll(crawl);
        }
        assertThat(web.asked()).hasSize(5);
        assertThat(web.pauses()).allMatch(pause -> pause >= delay.toNanos() * 95 / 100);
    }

    @Test
    void recordsPageWhoseAnalysisFailsAsFailed() throws Exception {
        web.page("/", "<a href=\"/a\">");
        PageAnalyser<String> broken = new LinkAnalyser(new UUID(0, 1)) {
            @Override
            public PageAnalysis<String> analyse(Capture capture) {
                throw new IllegalStateException("broken analyser");
            }
        };
        List<Visit<String>> visits;
        try (Crawl<String> crawl = Crawling.open(database, run, broken, Crawling.seed(web.url("/"), 5, 1))) {
            visits = crawlAll(crawl);
        }
        assertThat(visits.getFirst().disposition())
                .isInstanceOfSatisfying(
                        Disposition.Failed.class,
                        failed -> assertThat(failed.cause()).isEqualTo("analysis"));
    }

    @Test
    void rejectsTakeBeforeCommitWhenNoOtherVisitIsLeft() throws Exception {
        web.page("/", "<a href=\"/a\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 100))) {
            take(crawl);
            assertThatThrownBy(() -> take(crawl))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call commit before take");
        }
    }

    @Test
    void endsSoonAfterStopAndLeavesOpenUrls() throws Exception {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            links.append("<a href=\"/p").append(i).append("\">");
        }
        byte[] home = links.toString().getBytes(StandardCharsets.US_ASCII);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
                    if (request.startsWith("GET / ")) {
                        out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close");
                        out.bytes(home);
                        return;
                    }
                    if (request.startsWith("GET /p")) {
                        asked.countDown();
                        stopped.await();
                    }
                    out.head("HTTP/1.1 404 Not Found", "Connection: close", "Content-Length: 0");
                });
                Crawl<String> crawl = open(Crawling.seed(server.url("/"), 5, 1000))) {
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            asked.await();
            crawl.stop();
            stopped.countDown();
            crawlAll(crawl);
            assertThat(crawl.stopped()).isTrue();
            assertThat(server.requests()).hasSize(3);
        }
        assertThat(jdbc.queryForObject("select count(*) from frontier", Integer.class))
                .as("all but the request in flight, which may end in time")
                .isGreaterThanOrEqualTo(499);
    }

    /** A request may take 20 s; a stop does not wait for it, whatever it blocks in, and releases the locks of its address. */
    @Test
    void endsSoonAfterStopDespiteSlowHosts() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (RawServer drip = new RawServer((request, out) -> {
                    asked.countDown();
                    out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
                    for (int i = 0; i < 60; i++) {
                        out.bytes("<p>slow and steady, slow and steady, slow and steady"
                                .repeat(10)
                                .getBytes(StandardCharsets.US_ASCII));
                        TimeUnit.SECONDS.sleep(1);
                    }
                });
                FullBacklog full = new FullBacklog();
                Crawl<String> crawl = Crawling.openLimited(
                        database,
                        run,
                        new LinkAnalyser(),
                        Crawling.seed(drip.url("/"), 5, 100),
                        Crawling.seed(full.url("/"), 5, 100))) {
            asked.await();
            crawl.stop();
            crawlAll(crawl);
            assertThat(crawl.stopped()).isTrue();
        }
        assertThat(jdbc.queryForObject("select count(*) from frontier", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void visitsNoPageTwiceOnManyHosts() throws Exception {
        int hosts = 6;
        int pages = 100; // more than the window of a host
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < pages; i++) {
            links.append("<a href=\"/p").append(i).append("\"> ");
        }
        for (int i = 0; i < pages; i++) {
            web.page("/p" + i, links.toString());
        }
        web.page("/", links.toString());
        Map<String, String> resolve = new TreeMap<>();
        Seed[] seeds = new Seed[hosts];
        for (int i = 0; i < hosts; i++) {
            resolve.put("shop" + i + ".example", "127.0.0.1:" + web.url("/").port());
            seeds[i] = Crawling.seed(HttpUrl.of("http://shop" + i + ".example/"), 5, 1000);
        }
        List<Visit<String>> visits;
        try (Crawl<String> crawl = Crawling.open(database, run, new LinkAnalyser(), resolve, seeds)) {
            visits = crawlAll(crawl);
        }
        assertThat(visits).hasSize(hosts * (pages + 1));
        assertThat(visits).extracting(Visit::url).doesNotHaveDuplicates();
        assertThat(web.asked()).hasSize(hosts * (pages + 3)); // with robots.txt and the soft-404 probe
    }

    @Test
    void maintainsTheCountsOfEachSeed() throws Exception {
        web.page("/", "<a href=\"/a\"> <a href=\"/missing\"> <a href=\"/picture.jpg\"> <a href=\"/b\"> <a href=\"/c\">")
                .page("/a", "<a href=\"/b\">")
                .page("/b", "<a href=\"/d\">");
        try (Crawl<String> crawl = open(Crawling.seed(web.url("/"), 5, 3))) {
            List<Visit<String>> visits = take(crawl);
            transaction.executeWithoutResult(status -> {
                crawl.commit(visits);
                status.setRollbackOnly();
            });
            assertCountsAreRight();
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            assertCountsAreRight();
            crawlAll(crawl);
        }
        assertCountsAreRight();
        assertThat(jdbc.queryForObject("select asked from run_seed", Integer.class))
                .isEqualTo(3);
    }

    @Test
    void countsThePagesOfASeedForTheSeedThatReplacesIt() throws Exception {
        web.page("/", "<a href=\"/a\"> <a href=\"/b\">")
                .page("/a", "<a href=\"/\">")
                .page("/b", "end");
        Seed replaced = Crawling.seed(web.url("/"), 5, 100);
        Seed other = Crawling.seed(web.url("/a"), 5, 100);
        for (Seed seed : List.of(replaced, other, other, replaced, replaced)) {
            Runs.RunRecord night = runs.begin("0".repeat(64), Instant.now());
            try (Crawl<String> crawl = Crawling.open(database, night, new LinkAnalyser(), seed)) {
                crawlAll(crawl);
            }

            assertThat(runs.counts(night.id()).pages().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(3);
            assertThat(jdbc.queryForList("select known, texts from seed order by id"))
                    .isEqualTo(jdbc.queryForList("""
                            select count(p.id) as known, count(p.id) filter (where disposition in ('fetched', 'not-modified')) as texts
                            from seed s left join page p on p.seed = s.id group by s.id order by s.id"""));
        }
    }

    private void assertCountsAreRight() {
        assertThat(jdbc.queryForMap("select known, done, texts from run_seed")).isEqualTo(jdbc.queryForMap("""
                        select count(*)::int as known, count(*) filter (where page_id is null)::int as done,
                            count(*) filter (where disposition = 'fetched')::int as texts
                        from page left join frontier on page_id = id"""));
        assertThat(jdbc.queryForMap("select known::int, texts::int from seed"))
                .isEqualTo(jdbc.queryForMap("select known, texts from run_seed"));
    }

    /** A port whose backlog is full, so that the next connect blocks. */
    private static final class FullBacklog implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        FullBacklog() throws IOException {
            for (int i = 0; i < 100; i++) {
                Socket next = new Socket();
                waiting.add(next);
                try {
                    next.connect(socket.getLocalSocketAddress(), 200);
                } catch (SocketTimeoutException e) {
                    return;
                }
            }
            throw new IllegalStateException("the port still accepts connections");
        }

        HttpUrl url(String path) {
            return HttpUrl.of("http://127.0.0.1:" + socket.getLocalPort() + path);
        }

        @Override
        public void close() throws IOException {
            for (Socket each : waiting) {
                each.close();
            }
            socket.close();
        }
    }

    private Crawl<String> open(Seed seed) {
        return Crawling.open(database, run, new LinkAnalyser(), seed);
    }

    private List<Visit<String>> crawlAll(Crawl<String> crawl) throws InterruptedException {
        List<Visit<String>> all = new ArrayList<>();
        for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
            List<Visit<String>> visits = batch;
            transaction.executeWithoutResult(status -> crawl.commit(visits));
            all.addAll(visits);
        }
        return all;
    }

    private static List<Visit<String>> take(Crawl<String> crawl) throws InterruptedException {
        return crawl.take(50, Duration.ofMillis(20));
    }

    private Map<String, String> dispositions() {
        Map<String, String> dispositions = new TreeMap<>();
        jdbc.query(
                "select url, disposition from page where run_id = ?",
                row -> {
                    dispositions.put(row.getString(1), row.getString(2));
                },
                run.id());
        return dispositions;
    }
}
