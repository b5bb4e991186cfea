package org.markwatch.crawl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.engine.Crawling;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.DispositionStore.PageVisit;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The last visit of a page. */
class DispositionStoreIT {
    private static final Instant NIGHT = Instant.parse("2027-03-01T01:00:00Z");
    private static final HttpUrl PAGE = HttpUrl.of("https://shop.example/pay");

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final DispositionStore dispositions = new DispositionStore(database);
    private long first;
    private long second;

    @BeforeEach
    void beginRuns() {
        first = run("nightly");
        second = run("nightly");
    }

    @Test
    void findsVisitOfTheRun() {
        visit(first, PAGE.toString(), "fetched", 200);
        visit(second, PAGE.toString(), "not-modified", 304);

        assertThat(dispositions.lastVisit(PAGE, first).orElseThrow().page().status())
                .isEqualTo(200);
        assertThat(dispositions.lastVisit(PAGE, second).orElseThrow().page().status())
                .isEqualTo(304);
    }

    @Test
    void findsVisitOfTheRunBeforeRescan() {
        visit(first, PAGE.toString(), "fetched", 200);

        assertThat(dispositions.lastVisit(PAGE, run("rescan")))
                .get()
                .extracting(PageVisit::run)
                .isEqualTo(first);
    }

    @Test
    void keepsDispositionsOfEarlierRuns() {
        visit(first, PAGE.toString(), "fetched", 200);
        visit(second, PAGE.toString(), "failed", 500);
        long third = run("nightly");
        visit(third, PAGE.toString(), "fetched", 200);
        long fourth = run("nightly");
        visit(fourth, PAGE.toString(), "not-modified", 304);
        long fifth = run("nightly");
        new SeedStore(database, fifth).enter(Map.of(1, 0));

        assertThat(List.of(first, second, third, fourth, fifth))
                .map(this::disposition)
                .containsExactly("fetched 200", "failed 500", "fetched 200", "not-modified 304", "not-modified 0");
    }

    private String disposition(long run) {
        List<String> found = new ArrayList<>();
        dispositions.forEach(run, page -> found.add(page.disposition() + " " + page.status()));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void findsNoVisitWithoutTextAndNoneOfLaterRuns() {
        visit(first, PAGE.toString(), "failed", 500);
        visit(second, PAGE.toString(), "fetched", 200);

        assertThat(dispositions.lastVisit(PAGE, first)).isEmpty();
        assertThat(dispositions.lastVisit(HttpUrl.of("https://shop.example/other"), second))
                .isEmpty();
    }

    private long run(String kind) {
        return jdbc.sql("insert into run (started_at, status, ruleset_sha256, kind) values (now(), 'complete', '', ?)"
                        + " returning id")
                .param(kind)
                .query(Long.class)
                .single();
    }

    /** Records a visit as a crawl does. */
    private void visit(long run, String url, String disposition, int status) {
        HttpUrl page = HttpUrl.of(url);
        SeedStore seeds = new SeedStore(database, run);
        int seed = seeds.number(List.of(HttpUrl.of("https://shop.example/")))
                .values()
                .iterator()
                .next();
        seeds.enter(Map.of(seed, 0));
        Site site = new Site(seed, Crawling.seed(PAGE, 5, 10), 0, 0);
        VisitStore store = new VisitStore(database, run);
        store.createPartitions(NIGHT);
        long id = store.addTargets(List.of(DiscoveredUrl.page(page, site, 0))).getOrDefault(page, 0L);
        Capture capture =
                new Capture(page, page, List.of(), status, "text/html", "UTF-8", Map.of(), "", 10, false, NIGHT);
        Disposition end = switch (disposition) {
            case "fetched" -> new Disposition.Fetched(capture);
            case "not-modified" -> new Disposition.NotModified(page, status, Validators.NONE, NIGHT);
            default -> new Disposition.Failed(status, "http-status", "HTTP " + status, page, NIGHT);
        };
        store.record(
                List.of(new EndedVisit(
                        id,
                        page,
                        end,
                        end.hasText() ? "0".repeat(64) : null,
                        end.hasText() ? "text/html" : null,
                        null,
                        null,
                        RevisitSchedule.EVERY_NIGHT,
                        NIGHT)),
                NIGHT);
    }
}
