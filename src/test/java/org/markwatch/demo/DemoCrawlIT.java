package org.markwatch.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlEngine;
import org.markwatch.crawl.Runs;
import org.markwatch.crawl.Visit;
import org.markwatch.database.TestDatabase;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Matcher;
import org.markwatch.score.Finding;
import org.markwatch.score.Scorer;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Crawls the demo web, judges its pages, and holds what came of it against {@code expected.tsv}. */
@Timeout(120)
class DemoCrawlIT {
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 1);
    private static final int CALENDAR_PAGES = 12;

    private final DataSource database = TestDatabase.fresh();
    private final Map<String, Finding> findings = new HashMap<>();

    @Test
    void meetsEveryExpectation() throws Exception {
        try (DemoWeb web = DemoWeb.start(Duration.ZERO)) {
            crawl(WatchlistReader.read(Path.of("job-config", "demo")), web.resolve());

            Map<String, String> outcomes = outcomes();
            SoftAssertions softly = new SoftAssertions();
            for (Expectation expected : Expectation.readAll()) {
                String url = expected.url().toString();
                if (expected.disposition().equals("never")) {
                    softly.assertThat(web.requests().count(expected.host(), expected.path()))
                            .as(url)
                            .isZero();
                } else {
                    softly.assertThat(outcomes.remove(url))
                            .as(url)
                            .isEqualTo((expected.disposition() + " " + expected.kind()).strip());
                }
                if (expected.disposition().equals("fetched") && findings.get(url) instanceof Finding finding) {
                    softly.assertThat(verdict(finding)).as(described(finding)).isEqualTo(expected.verdict());
                    softly.assertThat(finding.brandUses().stream()
                                    .map(use -> use.brand() + ":" + use.kind().label()))
                            .as(url)
                            .containsAll(expected.brandUses());
                }
            }
            softly.assertThat(outcomes.keySet())
                    .as("found beside what is expected")
                    .allMatch(url -> url.startsWith("http://fair-calendar.example/month?of="));
            softly.assertThat(web.requests().trace().stream()
                            .filter(request -> request.path().startsWith("/month")))
                    .hasSizeBetween(2, CALENDAR_PAGES);
            softly.assertThat(web.requests().trace())
                    .allMatch(request -> request.method().equals("GET"))
                    .allMatch(request -> request.kind() == Request.Kind.PAGE || request.kind() == Request.Kind.ROBOTS)
                    .allMatch(request -> request.userAgent().startsWith("markwatch"))
                    .noneMatch(request -> request.accept().contains("image")
                            || request.accept().contains("*/*"));
            softly.assertAll();
        }
    }

    private static String verdict(Finding finding) {
        if (finding.flagged()) {
            return "flagged";
        }
        return finding.suppressed().isEmpty() || finding.brandUses().isEmpty() ? "quiet" : "suppressed";
    }

    private static String described(Finding finding) {
        return "%s: %d points, %s"
                .formatted(
                        finding.url(),
                        finding.score(),
                        finding.reasons().stream()
                                .map(reason -> reason.rule() + "=" + reason.points())
                                .toList());
    }

    /** Disposition, with the kind of a refusal behind it, by URL. */
    private Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        new JdbcTemplate(database).query("select url, disposition, kind from page", row -> {
            String kind = row.getString("kind");
            outcomes.put(
                    row.getString("url"),
                    row.getString("disposition") + (kind == null ? "" : " " + kind.toLowerCase(Locale.ROOT)));
        });
        return outcomes;
    }

    private void crawl(Watchlist watchlist, Map<String, String> resolve) throws Exception {
        Matcher matcher = Matcher.compile(watchlist, TODAY);
        Scorer scorer = new Scorer(watchlist, TODAY);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        Clock clock = Clock.systemUTC();
        try (Crawl<Finding> crawl = CrawlEngine.open(
                new Runs(database).begin(watchlist.rulesetSha256(), clock.instant()),
                resolving(watchlist.settings().crawl(), resolve),
                watchlist.seeds(),
                new PageExtractor()
                        .reader(page -> scorer.score(page.url(), page.title(), page.language(), matcher.match(page))),
                database,
                clock)) {
            for (var batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
                List<Visit<Finding>> visits = batch;
                transaction.executeWithoutResult(status -> crawl.commit(visits));
                visits.forEach(this::keep);
            }
        }
    }

    private static List<Visit<Finding>> take(Crawl<Finding> crawl) throws InterruptedException {
        return crawl.take(50, Duration.ofMillis(50));
    }

    private void keep(Visit<Finding> visit) {
        if (visit.reading() != null) {
            findings.put(visit.url().toString(), visit.reading().content());
        }
    }

    private static Settings.Crawl resolving(Settings.Crawl crawl, Map<String, String> resolve) {
        return new Settings.Crawl(
                crawl.userAgent(),
                crawl.contact(),
                crawl.threads(),
                crawl.delay(),
                crawl.maxDepth(),
                crawl.maxPages(),
                crawl.timeout(),
                crawl.maxBodyBytes(),
                crawl.allowedPorts(),
                resolve,
                crawl.allowedPrivateRanges());
    }
}
