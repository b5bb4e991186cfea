package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.RawServer;
import org.markwatch.crawl.frontier.SoftNotFoundDetector;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Outlinks;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.scope.Traps;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Endless sites with a depth and page budget for hours of crawling: trap detection ends each crawl. */
@Timeout(300)
class TrapsIT {
    private static final int DEEP = 30_000;
    private static final int MANY = 20_000;

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Runs runs = new Runs(database);
    private final Runs.RunRecord run = runs.begin("0".repeat(64), Instant.EPOCH);

    @Test
    void endsEndlessCalendar() throws Exception {
        String[] months = {
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December"
        };
        try (RawServer site = site(path -> {
            if (path.equals("/")) {
                return "<a href=\"/calendar/2026/0\"> <a href=\"/offers\"> welcome";
            }
            if (path.equals("/offers")) {
                return "what there is";
            }
            if (!path.startsWith("/calendar/")) {
                return null;
            }
            String[] parts = path.split("/");
            int year = Integer.parseInt(parts[2]);
            int month = Integer.parseInt(parts[3]);
            return "nothing in " + months[month] + " " + year + " <a href=\"/calendar/" + (year + month / 11) + "/"
                    + (month + 1) % 12 + "\"> <a href=\"/calendar/" + (year + 1) + "/" + month
                    + "\"> <a href=\"/calendar/"
                    + (year - 1) + "/" + month + "\">";
        })) {
            crawl(site);
            assertThat(site.requests())
                    .contains("GET /offers HTTP/1.1")
                    .hasSizeBetween(Traps.MAX_DUPLICATES_IN_A_ROW, 12 + 8 * Traps.MAX_DUPLICATES_IN_A_ROW);
            assertThat(followedByNextOwner(site, "/calendar/2030/1", "/calendar/2031/1"))
                    .isEmpty();
            assertThat(followedByNextOwner(site, "/calendar/2030/1", "/offers/last"))
                    .hasSize(1);
        }
        assertThat(skipped()).containsKey("duplicates");
    }

    @Test
    void endsPathThatGrowsByRelativeLinks() throws Exception {
        try (RawServer site = site(path -> "x".repeat(path.length()) + " <a href=\"shop/cart/\">")) {
            crawl(site);
            assertThat(site.requests()).hasSizeLessThan(12);
        }
        assertThat(skipped()).containsKey("repetition");
    }

    @Test
    void limitsFilterCombinations() throws Exception {
        String[] filters = "amber black coral dusk ebony flax grey honey ivory jade".split(" ");
        try (RawServer site = site(path -> {
            StringBuilder page = new StringBuilder("chosen: ").append(path.replaceAll("[^a-z]", " "));
            for (String filter : filters) {
                if (!path.contains(filter)) {
                    String join = path.contains("?") ? "&" : "?";
                    page.append(" <a href=\"")
                            .append(path)
                            .append(join)
                            .append(filter)
                            .append("=1\">");
                }
            }
            return page.toString();
        })) {
            crawl(site);
            assertThat(site.requests()).hasSizeLessThanOrEqualTo(2 + Traps.MAX_COMBINATIONS);
        }
        assertThat(skipped()).containsKey("query-explosion");
    }

    @Test
    void followsNoLinksOfSoftNotFoundPages() throws Exception {
        try (RawServer site = site(path -> path.equals("/")
                ? "welcome " + randomLinks() + "<a href=\"/offers\">"
                : path.equals("/offers") ? "what there is" : "sorry, there is no " + path + randomLinks())) {
            crawl(site);
            assertThat(site.requests()).hasSizeLessThan(60);
        }
        assertThat(runs.counts(run.id()).requests()).containsEntry("probe", 1L);
        assertThat(jdbc.queryForList(
                        "select distinct reason from page where cause = 'soft-404' and status = 200", String.class))
                .containsExactly("soft 404: the host answers this URL and its soft-404 probe with the same page");
        assertThat(jdbc.queryForObject("select count(*) from page where disposition = 'fetched'", Integer.class))
                .isLessThan(2 + 2 * SoftNotFoundDetector.PROBE_THRESHOLD);
    }

    @Test
    void followsNoRedirectToTheTargetOfTheSoftNotFoundProbe() throws Exception {
        try (RawServer site = new RawServer((request, out) -> {
            String path = request.split(" ")[1];
            if (path.equals("/") || path.equals("/sorry")) {
                answer(out, path.equals("/") ? "welcome " + randomLinks() : "sorry " + randomLinks());
            } else {
                out.head("HTTP/1.1 302 Found", "Location: /sorry", "Connection: close", "Content-Length: 0");
            }
        })) {
            crawl(site);
            assertThat(site.requests()).hasSizeLessThan(60);
        }
        assertThat(jdbc.queryForList(
                        "select substring(url from '[^/]*$') from page where disposition = 'fetched'", String.class))
                .as("the page behind the redirects is read once, the URLs that lead to it are its aliases")
                .containsExactlyInAnyOrder("", "sorry");
    }

    @Test
    void keepsEqualSignInPagesOfHostThatAnswers404() throws Exception {
        try (RawServer site = new RawServer((request, out) -> {
            String path = request.split(" ")[1];
            if (path.equals("/") || path.startsWith("/members")) {
                answer(
                        out,
                        path.equals("/") ? "welcome" + links("/members", 8) : "please sign in <a href=\"/members9\">");
            } else {
                out.head("HTTP/1.1 404 Not Found", "Connection: close", "Content-Length: 0");
            }
        })) {
            crawl(site);
        }
        assertThat(runs.counts(run.id()).requests()).containsEntry("probe", 1L);
        assertThat(runs.counts(run.id()).pages()).isEqualTo(Map.of("fetched", 10L));
    }

    /** A resumed run starts without the pages that trap detection has counted, and with the spent page budget. */
    @Test
    void keepsPageBudgetWhenTheRunIsResumedManyTimes() throws Exception {
        int budget = 25;
        int starts = 40;
        try (RawServer site = site(path -> randomWords(10) + randomLinks())) {
            for (int i = 0; i < starts; i++) {
                try (Crawl<String> crawl =
                        Crawling.open(database, run, new LinkAnalyser(), Crawling.seed(site.url("/"), DEEP, budget))) {
                    List<Visit<String>> visits = crawl.take(1, Duration.ZERO);
                    if (!visits.isEmpty()) {
                        transaction.executeWithoutResult(status -> crawl.commit(visits));
                    }
                }
            }
            // robots.txt, and pages whose requests the shutdown cancelled
            assertThat(site.requests()).hasSizeLessThanOrEqualTo((1 + budget) * starts);
        }
        assertThat(runs.counts(run.id()).pages()).containsEntry("fetched", (long) budget);
        assertThat(jdbc.queryForObject("select count(disposition) from page", Integer.class))
                .isEqualTo(jdbc.queryForObject("select count(*) from page", Integer.class))
                .isLessThanOrEqualTo(1 + 3 * budget);
    }

    private static String randomWords(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36))
                    .append(' ');
        }
        return text.toString();
    }

    private static String randomLinks() {
        return links("/" + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36) + "/", 3);
    }

    private static String links(String prefix, int count) {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < count; i++) {
            links.append(" <a href=\"").append(prefix).append(i).append("\">");
        }
        return links.toString();
    }

    private static RawServer site(Function<String, @Nullable String> pages) {
        return new RawServer((request, out) -> {
            String path = request.split(" ")[1];
            String page = path.equals("/robots.txt") ? null : pages.apply(path);
            if (page == null) {
                out.head("HTTP/1.1 404 Not Found", "Connection: close", "Content-Length: 0");
            } else {
                answer(out, page);
            }
        });
    }

    private static void answer(RawServer.Out out, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close", "Content-Length: " + body.length);
        out.bytes(body);
    }

    /** Crawls to the end and asserts that every URL has one disposition. */
    private void crawl(RawServer site) throws Exception {
        try (Crawl<String> crawl =
                Crawling.open(database, run, new LinkAnalyser(), Crawling.seed(site.url("/"), DEEP, MANY))) {
            List<Visit<String>> visits = crawl.take(50, Duration.ofMillis(20));
            while (!visits.isEmpty()) {
                List<Visit<String>> batch = new ArrayList<>(visits);
                transaction.executeWithoutResult(status -> crawl.commit(batch));
                visits = crawl.take(50, Duration.ofMillis(20));
            }
        }
        assertThat(jdbc.queryForObject("select count(disposition) from page", Integer.class))
                .isEqualTo(jdbc.queryForObject("select count(*) from page", Integer.class));
    }

    /** Returns the links that the next process that works on the partition of the site follows. */
    private List<DiscoveredUrl> followedByNextOwner(RawServer server, String page, String link) {
        Seed seed = Crawling.seed(server.url("/"), DEEP, MANY);
        int partition = Objects.requireNonNull(
                jdbc.queryForObject("select partition from run_seed where run_id = ?", Integer.class, run.id()));
        Site site = new SeedStore(database, run.id())
                .sites(partition, Map.of(seed.url(), seed))
                .getFirst();
        return Outlinks.of(server.url(page), 1, site, List.of(server.url(link))).found();
    }

    private Map<String, Long> skipped() {
        return runs.counts(run.id()).skipped();
    }
}
