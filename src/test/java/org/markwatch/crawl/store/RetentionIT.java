package org.markwatch.crawl.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.engine.Crawling;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.VisitRetention.Held;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.JdbcTemplate;

/** What nights leave in the tables of visits, and what retention removes. */
class RetentionIT {
    private static final Instant FIRST_NIGHT = Instant.parse("2027-01-15T01:00:00Z");
    private static final Duration KEPT = Duration.ofDays(31);
    private static final HttpUrl SEED = HttpUrl.of("https://shop.example/");
    private static final List<String> PATHS = List.of("changing", "unchanged", "gone");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final VisitRetention retention = new VisitRetention(database);
    private final Runs runs = new Runs(database);
    private Site site = new Site(1, Crawling.seed(SEED, 5, 10), 0, 0);

    @BeforeEach
    void numberSeed() {
        int number = new SeedStore(database, 0).number(List.of(SEED)).getOrDefault(SEED, 0);
        site = new Site(number, Crawling.seed(SEED, 5, 10), 0, 0);
    }

    @Test
    void keepsItsSizeNightAfterNight() {
        List<Map<String, Long>> sizes = new ArrayList<>();
        for (int night = 1; night <= 220; night++) {
            Instant at = night(night);
            retention.dropVisits(at.minus(KEPT), Held.NOTHING);
            if (night >= 100 && at.atOffset(ZoneOffset.UTC).getDayOfMonth() == 15) {
                sizes.add(rows());
            }
        }

        assertThat(sizes).hasSizeGreaterThan(2);
        assertThat(sizes).allSatisfy(rows -> {
            assertThat(rows.get("visit")).as("one a night for 31 to 62 nights").isBetween(31L, 62L);
            assertThat(rows.get("revisit")).isBetween(31L, 2 * 62L);
            assertThat(rows.get("page")).isEqualTo(3);
        });
        assertThat(jdbc.queryForObject("select count(*) from pg_inherits", Integer.class))
                .as("three months and the next one, of two tables, each with an index")
                .isLessThanOrEqualTo(4 * 2 * 2);
    }

    @Test
    void countsWhatItWouldRemove() {
        for (int night = 1; night <= 60; night++) {
            night(night);
        }
        Instant before = FIRST_NIGHT.plus(Duration.ofDays(40));
        long visits = retention.countVisits(before, Held.NOTHING);
        long pages = retention.countPages(before, Held.NOTHING);

        assertThat(visits).as("dispositions replaced in January").isEqualTo(16);
        assertThat(pages).as("the page that is gone").isEqualTo(1);
        assertThat(retention.dropVisits(before, Held.NOTHING)).isEqualTo(visits);
        assertThat(retention.deletePages(before, Held.NOTHING)).isEqualTo(pages);
        assertThat(jdbc.queryForList("select url from page order by id", String.class))
                .containsExactly(url("changing").toString(), url("unchanged").toString());
    }

    @Test
    void keepsWhatAHoldCovers() {
        for (int night = 1; night <= 60; night++) {
            night(night);
        }
        Instant before = FIRST_NIGHT.plus(Duration.ofDays(400));
        Map<String, Long> all = rows();

        Held host = new Held(List.of("shop.example"), List.of());
        assertThat(retention.countVisits(before, host)).isZero();
        assertThat(retention.dropVisits(before, host)).isZero();
        assertThat(retention.deletePages(before, host)).isZero();
        assertThat(rows()).isEqualTo(all);

        Held page = new Held(List.of(), List.of(url("gone").toString()));
        assertThat(retention.dropVisits(before, page)).isEqualTo(all.get("visit"));
        assertThat(retention.deletePages(before, page)).as("not visited since").isEqualTo(2);
        assertThat(jdbc.queryForList("select url from page", String.class))
                .containsExactly(url("gone").toString());
        assertThat(jdbc.queryForMap("select known, texts from seed")).isEqualTo(Map.of("known", 1L, "texts", 0L));
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : List.of("page", "visit", "revisit")) {
            rows.put(table, jdbc.queryForObject("select count(*) from " + table, Long.class));
        }
        return rows;
    }

    private static HttpUrl url(String path) {
        return HttpUrl.of(SEED + path);
    }

    /** Records the visits of one night: one page with other text, one with the same, one that is gone. */
    private Instant night(int number) {
        Instant at = FIRST_NIGHT.plus(Duration.ofDays(number - 1));
        Runs.RunRecord run = runs.begin("0".repeat(64), at);
        VisitStore store = new VisitStore(database, run.id());
        store.createPartitions(at);
        Map<HttpUrl, Long> ids = store.addTargets(PATHS.stream()
                .map(path -> DiscoveredUrl.page(url(path), site, 1))
                .toList());
        store.record(
                List.of(
                        visit(ids, "changing", fetched("changing", at), "text " + number, at),
                        visit(ids, "unchanged", fetched("unchanged", at), "text", at),
                        visit(
                                ids,
                                "gone",
                                new Disposition.Failed(404, "http-status", "HTTP 404", url("gone"), at),
                                null,
                                at)),
                at);
        return at;
    }

    private static Disposition fetched(String path, Instant at) {
        return new Disposition.Fetched(
                new Capture(url(path), url(path), List.of(), 200, "text/html", "UTF-8", Map.of(), "", 10, false, at));
    }

    private static EndedVisit visit(
            Map<HttpUrl, Long> ids, String path, Disposition disposition, @Nullable String text, Instant at) {
        return new EndedVisit(
                ids.getOrDefault(url(path), 0L),
                url(path),
                disposition,
                text,
                null,
                null,
                null,
                RevisitSchedule.EVERY_NIGHT,
                at);
    }
}
