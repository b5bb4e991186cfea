package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.TestWeb;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.crawl.store.VisitRetention;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The revisit policy over several nightly runs: requests, results and savings. */
@Timeout(300)
class RevisitSavingsIT {
    private static final UUID RULES = new UUID(0, 1);
    private static final UUID OTHER_RULES = new UUID(0, 2);
    private static final Instant FIRST_NIGHT = Instant.parse("2027-03-01T01:00:00Z");

    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Runs runs = new Runs(database);
    private final TestWeb web = new TestWeb();

    private UUID extractorVersion = new UUID(0, 1);
    private Set<HttpUrl> alwaysDue = Set.of();

    @AfterEach
    void closeWeb() {
        web.close();
    }

    /** One nightly run: outcomes and dispositions by path, and its counts. */
    private record Night(
            long run, Map<String, PageOutcome<String>> outcomes, Map<String, String> ends, Runs.Counts counts) {}

    @Test
    void keepsResultOfPageThatAnswers304() throws Exception {
        tagged("/", "1", "<a href=\"/a\">").page("/a", 200, modified("Mon, 01 Feb 2027 10:00:00 GMT"), "wording");
        Night first = night(1, RULES);

        Night second = night(2, RULES);

        assertThat(first.outcomes).containsEntry("/a", new PageOutcome.NewResult<>("wording", false));
        assertThat(second.outcomes).containsEntry("/a", new PageOutcome.EarlierResult<>(web.url("/a"), first.run));
        assertThat(second.ends).isEqualTo(Map.of("/", "not-modified 304", "/a", "not-modified 304"));
        assertThat(web.unchanged()).containsExactly("/", "/a");
        assertThat(second.counts.pages()).isEqualTo(Map.of("not-modified", 2L));
        assertThat(second.counts.savings()).isEqualTo(Map.of("answered-304", 2L));
    }

    @Test
    void followsStoredLinksOfUnmodifiedPage() throws Exception {
        tagged("/", "1", "<a href=\"/a\"> <a href=\"/picture.png\">");
        tagged("/a", "1", "<a href=\"/a/b\">");
        web.page("/a/b", "end");
        Night first = night(1, RULES);

        Night second = night(2, RULES);

        assertThat(web.asked()).containsExactly("/robots.txt", "/", "/a", "/a/b");
        assertThat(second.ends.keySet()).isEqualTo(first.ends.keySet());
        assertThat(second.ends).containsEntry("/a/b", "fetched 200").containsEntry("/picture.png", "refused 0");
    }

    @Test
    void appliesChangedRulesToStoredText() throws Exception {
        tagged("/", "1", "wording");
        night(1, RULES);

        Night second = night(2, OTHER_RULES);
        Night third = night(3, OTHER_RULES);

        assertThat(second.outcomes).containsEntry("/", new PageOutcome.NewResult<>("wording", true));
        assertThat(second.ends).containsEntry("/", "not-modified 304");
        assertThat(second.counts.savings()).isEqualTo(Map.of("answered-304", 1L, "judged-again", 1L));
        assertThat(second.counts.bytes()).isEmpty();
        assertThat(third.outcomes).containsEntry("/", new PageOutcome.EarlierResult<>(web.url("/"), second.run));
    }

    @Test
    void analysesChangedPage() throws Exception {
        tagged("/", "1", "before");
        night(1, RULES);
        tagged("/", "2", "after");

        Night second = night(2, RULES);
        Night third = night(3, RULES);

        assertThat(second.outcomes).containsEntry("/", new PageOutcome.NewResult<>("after", false));
        assertThat(second.ends).containsEntry("/", "fetched 200");
        assertThat(third.ends).containsEntry("/", "not-modified 304");
        assertThat(third.outcomes).containsEntry("/", new PageOutcome.EarlierResult<>(web.url("/"), second.run));
    }

    @Test
    void keepsResultOfEqualTextWithoutValidators() throws Exception {
        web.page("/", "wording");
        Night first = night(1, RULES);

        Night second = night(2, RULES);
        Night third = night(3, OTHER_RULES);

        assertThat(second.ends).containsEntry("/", "fetched 200");
        assertThat(second.outcomes).containsEntry("/", new PageOutcome.EarlierResult<>(web.url("/"), first.run));
        assertThat(second.counts.savings()).isEqualTo(Map.of("same-text", 1L));
        assertThat(third.outcomes).containsEntry("/", new PageOutcome.NewResult<>("wording", true));
    }

    @Test
    void appliesRulesAgainWhenTheRunOfTheResultIsDeleted() throws Exception {
        tagged("/", "1", "wording");
        Night first = night(1, RULES);
        jdbc.update("delete from run where id = ?", first.run);

        assertThat(night(2, RULES).outcomes).containsEntry("/", new PageOutcome.NewResult<>("wording", true));
    }

    @Test
    void sendsValidatorsOnlyToTheSameFinalUrl() throws Exception {
        web.page("/", 302, Map.of("Location", "/there"), "");
        tagged("/there", "1", "wording");
        Night first = night(1, RULES);

        Night second = night(2, RULES);
        web.page("/", 302, Map.of("Location", "/elsewhere"), "");
        tagged("/elsewhere", "1", "other wording"); // the same tag on another page
        Night third = night(3, RULES);

        assertThat(first.ends).isEqualTo(Map.of("/", "redirected 0", "/there", "fetched 200"));
        assertThat(second.ends).isEqualTo(Map.of("/", "redirected 0", "/there", "not-modified 304"));
        assertThat(second.outcomes)
                .isEqualTo(Map.of("/there", new PageOutcome.EarlierResult<>(web.url("/there"), first.run)));
        assertThat(third.outcomes).containsEntry("/", new PageOutcome.NewResult<>("other wording", false));
        assertThat(third.ends).containsEntry("/elsewhere", "fetched 200");
    }

    @Test
    void storesNoPageHistoryAfterRollback() throws Exception {
        tagged("/", "1", "wording");
        Runs.RunRecord run = runs.begin("0".repeat(64), FIRST_NIGHT);
        try (Crawl<String> crawl = open(run, RULES, FIRST_NIGHT)) {
            List<Visit<String>> visits = crawl.take(50, Duration.ofMillis(20));
            transaction.executeWithoutResult(status -> {
                crawl.commit(visits);
                status.setRollbackOnly();
            });
        }

        assertThat(jdbc.queryForObject("select count(*) from page_text", Integer.class))
                .isZero();
        assertThat(night(2, RULES).ends).containsEntry("/", "fetched 200");
    }

    @Test
    void countsShellsOfEachNight() throws Exception {
        tagged("/", "1", "<a href=\"/a\"> <a href=\"/b\"> <a href=\"/c\">");
        tagged("/a", "1", "shell");
        web.page("/b", "another shell").page("/c", "wording");
        Night first = night(1, RULES);

        Night second = night(2, RULES);
        tagged("/a", "2", "content");
        Night third = night(3, RULES);

        assertThat(first.counts.shells()).isEqualTo(2);
        assertThat(second.ends).containsEntry("/a", "not-modified 304");
        assertThat(second.counts.shells()).isEqualTo(2);
        assertThat(third.counts.shells()).isEqualTo(1);
    }

    @Test
    void countsShellOnceInAResumedRun() throws Exception {
        tagged("/", "1", "shell");
        Runs.RunRecord run = runs.begin("0".repeat(64), FIRST_NIGHT);
        try (Crawl<String> crawl = open(run, RULES, FIRST_NIGHT)) {
            List<Visit<String>> visits = crawl.take(50, Duration.ofMillis(20));
            transaction.executeWithoutResult(status -> {
                crawl.commit(visits);
                status.setRollbackOnly();
            });
        }
        assertThat(runs.counts(run.id()).shells()).isZero();

        try (Crawl<String> crawl = open(run, RULES, FIRST_NIGHT)) {
            for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
                List<Visit<String>> visits = batch;
                transaction.executeWithoutResult(status -> crawl.commit(visits));
            }
        }
        assertThat(runs.counts(run.id()).shells()).isEqualTo(1);
    }

    @Test
    void countsUnmodifiedPageAgainstTheBudget() throws Exception {
        tagged("/", "1", "<a href=\"/a\"> <a href=\"/b\">");
        tagged("/a", "1", "a");
        tagged("/b", "1", "b");
        night(1, RULES, 2);

        assertThat(night(2, RULES, 2).counts.pages()).isEqualTo(Map.of("not-modified", 2L, "refused", 1L));
    }

    @Test
    void fetchesUnchangedPageLessOften() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "<a href=\"/b\">");
        tagged("/b", "1", "b");
        List<Integer> nights = new ArrayList<>();
        Night last = night(1, RULES);
        long first = last.run;
        for (int number = 2; number <= 26; number++) {
            last = night(number, RULES);
            assertThat(web.asked()).as("the seed is fetched every night").contains("/");
            if (web.asked().contains("/b")) {
                assertThat(last.outcomes).containsEntry("/b", new PageOutcome.EarlierResult<>(web.url("/b"), first));
            }
            assertThat(last.ends).containsKey("/b");
            if (web.asked().contains("/a")) {
                nights.add(number);
            }
        }

        assertThat(nights).containsExactly(2, 3, 5, 9, 17, 25);
        assertThat(last.ends).containsEntry("/a", "not-modified 0").containsEntry("/b", "not-modified 0");
        assertThat(last.counts.savings()).isEqualTo(Map.of("answered-304", 1L, "not-due", 2L));
    }

    @Test
    void fetchesChangedPageSooner() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "before");
        for (int number = 1; number <= 5; number++) {
            night(number, RULES); // on night 5 it is due again four nights later
        }
        tagged("/a", "2", "after");

        Night ninth = night(9, RULES);
        Night eleventh = night(11, RULES);

        assertThat(ninth.outcomes).containsEntry("/a", new PageOutcome.NewResult<>("after", false));
        assertThat(eleventh.ends).containsEntry("/a", "not-modified 304");
    }

    @Test
    void fetchesWatchedPageEveryNight() throws Exception {
        tagged("/", "1", "<a href=\"/a\"> <a href=\"/b\">");
        tagged("/a", "1", "a");
        tagged("/b", "1", "b");
        alwaysDue = Set.of(web.url("/b"));
        Night fourth = night(1, RULES);
        for (int number = 2; number <= 4; number++) {
            fourth = night(number, RULES);
        }

        assertThat(fourth.ends).containsEntry("/a", "not-modified 0").containsEntry("/b", "not-modified 304");
    }

    @Test
    void appliesChangedRulesToPageThatIsNotDue() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "wording");
        for (int number = 1; number <= 3; number++) {
            night(number, RULES);
        }

        Night fourth = night(4, OTHER_RULES);

        assertThat(web.asked()).doesNotContain("/a");
        assertThat(fourth.outcomes).containsEntry("/a", new PageOutcome.NewResult<>("wording", true));
    }

    @Test
    void fetchesPageUnconditionallyAfterItsTextIsDeleted() throws Exception {
        tagged("/", "1", "wording");
        night(1, RULES);
        KeptTextStore kept = new KeptTextStore(database);
        assertThat(kept.deleteReadBefore(FIRST_NIGHT, VisitRetention.Held.NOTHING))
                .isZero();
        assertThat(kept.deleteReadBefore(FIRST_NIGHT.plusSeconds(1), VisitRetention.Held.NOTHING))
                .isOne();

        assertThat(night(2, RULES).ends).containsEntry("/", "fetched 200");
    }

    @Test
    void fetchesPageUnconditionallyAfterExtractorVersionChanges() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "wording");
        for (int number = 1; number <= 3; number++) {
            night(number, RULES);
        }
        extractorVersion = new UUID(0, 2);

        Night fourth = night(4, RULES); // /a is not due on this night
        Night fifth = night(5, RULES);

        assertThat(fourth.ends).isEqualTo(Map.of("/", "fetched 200", "/a", "fetched 200"));
        assertThat(fifth.ends).containsEntry("/", "not-modified 304");
    }

    @Test
    void requestsRedirectToKnownPageOnceAndThePageOnce() throws Exception {
        tagged("/", "1", "<a href=\"/a\"> <a href=\"/old\"> <a href=\"/older\">");
        tagged("/a", "1", "a");
        web.page("/old", 302, Map.of("Location", "/a"), "").page("/older", 301, Map.of("Location", "/a"), "");

        Night night = night(1, RULES);

        assertThat(web.asked()).filteredOn("/a"::equals).hasSize(1);
        assertThat(night.ends).containsEntry("/old", "redirected 0").containsEntry("/a", "fetched 200");
        assertThat(night.counts.pages()).isEqualTo(Map.of("fetched", 2L, "redirected", 2L));
    }

    @Test
    void requestsPageThatOnlyARedirectNamedOnce() throws Exception {
        tagged("/", "1", "<a href=\"/old\">");
        web.page("/old", 302, Map.of("Location", "/a"), "");
        tagged("/a", "1", "<a href=\"/a\"> <a href=\"/b\">");
        tagged("/b", "1", "<a href=\"/a\">");

        night(1, RULES);

        assertThat(web.asked()).filteredOn("/a"::equals).hasSize(1);
    }

    @Test
    void requestsFileAgainAfterThirtyNightsAndGonePageEverLessOften() throws Exception {
        tagged("/", "1", "<a href=\"/hidden\"> <a href=\"/gone\">");
        web.page("/hidden", 200, Map.of("Content-Type", "image/png"), "").page("/gone", 404, Map.of(), "");
        Map<String, List<Integer>> nights = new TreeMap<>();
        for (int number = 1; number <= 31; number++) {
            night(number, RULES);
            for (String path : List.of("/hidden", "/gone")) {
                if (web.asked().contains(path)) {
                    nights.computeIfAbsent(path, p -> new ArrayList<>()).add(number);
                }
            }
        }

        assertThat(nights).isEqualTo(Map.of("/hidden", List.of(1, 31), "/gone", List.of(1, 3, 7, 15, 31)));
    }

    @Test
    void countsFailuresAgainstTheBudget() throws Exception {
        StringBuilder links = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            links.append("<a href=\"/missing/").append(i).append("\"> ");
        }
        tagged("/", "1", links.toString());

        Night night = night(1, RULES, 5);

        assertThat(web.asked()).filteredOn(path -> path.startsWith("/missing")).hasSize(4);
        assertThat(night.counts.pages()).isEqualTo(Map.of("fetched", 1L, "failed", 4L, "refused", 16L));
    }

    @Test
    void endsTextOfPageThatIsGone() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "a");
        night(1, RULES);
        web.page("/a", 404, Map.of(), "");

        assertThat(night(2, RULES).ends).containsEntry("/a", "failed 404");
        assertThat(jdbc.queryForList("select url from page join page_text on page_id = id", String.class))
                .containsExactly(web.url("/").toString());
        assertThat(ends(1)).containsEntry("/a", "fetched 200");
    }

    @Test
    void keepsTextOfPageThatFailsForANight() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "a");
        Night first = night(1, RULES);
        web.page("/a", 500, Map.of(), "");
        assertThat(night(2, RULES).ends).containsEntry("/a", "failed 500");
        tagged("/a", "1", "a");

        Night third = night(3, RULES);

        assertThat(third.ends).containsEntry("/a", "not-modified 304");
        assertThat(third.outcomes).containsEntry("/a", new PageOutcome.EarlierResult<>(web.url("/a"), first.run));
    }

    @Test
    void storesNothingButTheVisitOfAnUnchangedPage() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "a");
        night(1, RULES);
        List<Map<String, @Nullable Object>> pages = jdbc.queryForList("select xmin::text, * from page order by id");
        List<Map<String, @Nullable Object>> texts =
                jdbc.queryForList("select xmin::text, page_id from page_text order by page_id");

        night(2, RULES);

        assertThat(jdbc.queryForList("select xmin::text, * from page order by id"))
                .isEqualTo(pages);
        assertThat(jdbc.queryForList("select xmin::text, page_id from page_text order by page_id"))
                .isEqualTo(texts);
        assertThat(jdbc.queryForObject("select count(*) from visit", Integer.class))
                .isZero();
        assertThat(jdbc.queryForObject("select sum(cardinality(pages)) from revisit", Integer.class))
                .isEqualTo(2);
    }

    @Test
    void followsLinksOfUnchangedPagesWhenTheDepthIsRaised() throws Exception {
        tagged("/", "1", "<a href=\"/a\">");
        tagged("/a", "1", "<a href=\"/b\">");
        tagged("/b", "1", "<a href=\"/c\">");
        tagged("/c", "1", "c");
        for (int number = 1; number <= 3; number++) {
            night(number, RULES, Crawling.seed(web.url("/"), 1, 100));
        }
        assertThat(web.asked()).doesNotContain("/b");

        Night fourth = night(4, RULES, Crawling.seed(web.url("/"), 2, 100)); // /a is not due

        assertThat(web.asked()).contains("/b").doesNotContain("/a", "/c");
        assertThat(fourth.ends).containsEntry("/b", "fetched 200").containsEntry("/a", "not-modified 0");
    }

    @Test
    void givesPagesOfRemovedSeedToTheOneThatLinksThem() throws Exception {
        tagged("/", "1", "<a href=\"/part/\">");
        tagged("/part/", "1", "<a href=\"/part/a\">");
        tagged("/part/a", "1", "a");
        night(1, RULES, Crawling.seed(web.url("/part/"), 5, 100));

        Night second = night(2, RULES, Crawling.seed(web.url("/"), 5, 100));

        assertThat(second.ends).containsOnlyKeys("/", "/part/", "/part/a");
        assertThat(web.asked()).contains("/part/", "/part/a");
    }

    @Test
    void treats304WithoutValidatorsAsFailure() throws Exception {
        web.page("/", 304, Map.of(), "");

        assertThat(night(1, RULES).ends).containsEntry("/", "failed 304");
    }

    private TestWeb tagged(String path, String tag, String html) {
        return web.page(path, 200, Map.of("Content-Type", "text/html; charset=utf-8", "ETag", "\"" + tag + "\""), html);
    }

    private static Map<String, String> modified(String date) {
        return Map.of("Content-Type", "text/html; charset=utf-8", "Last-Modified", date);
    }

    private Night night(int number, UUID rules) throws InterruptedException {
        return night(number, rules, 100);
    }

    private Night night(int number, UUID rules, int maxPages) throws InterruptedException {
        return night(number, rules, Crawling.seed(web.url("/"), 5, maxPages));
    }

    private Night night(int number, UUID rules, Seed seed) throws InterruptedException {
        web.forget();
        Instant at = FIRST_NIGHT.plus(Duration.ofDays(number - 1));
        Runs.RunRecord run = runs.begin("0".repeat(64), at);
        Map<String, PageOutcome<String>> outcomes = new HashMap<>();
        try (Crawl<String> crawl = open(run, rules, at, seed)) {
            for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
                List<Visit<String>> visits = batch;
                transaction.executeWithoutResult(status -> crawl.commit(visits));
                visits.forEach(visit -> {
                    if (visit.outcome() != null) {
                        outcomes.put(visit.url().path(), visit.outcome());
                    }
                });
            }
        }
        runs.end(run.id(), Runs.Status.COMPLETE, at);
        return new Night(run.id(), outcomes, ends(run.id()), runs.counts(run.id()));
    }

    private Crawl<String> open(Runs.RunRecord run, UUID rules, Instant at) {
        return open(run, rules, at, Crawling.seed(web.url("/"), 5, 100));
    }

    private Crawl<String> open(Runs.RunRecord run, UUID rules, Instant at, Seed seed) {
        return Crawling.open(
                database,
                run,
                new LinkAnalyser(extractorVersion, rules),
                alwaysDue,
                Clock.fixed(at, ZoneOffset.UTC),
                seed);
    }

    private static List<Visit<String>> take(Crawl<String> crawl) throws InterruptedException {
        return crawl.take(50, Duration.ofMillis(20));
    }

    /** Disposition and status by path. */
    private Map<String, String> ends(long run) {
        Map<String, String> ends = new TreeMap<>();
        new DispositionStore(database)
                .forEach(
                        run, page -> ends.put(HttpUrl.of(page.url()).path(), page.disposition() + " " + page.status()));
        return ends;
    }
}
