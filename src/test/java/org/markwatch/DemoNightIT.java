package org.markwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.DemoWeb;
import org.markwatch.demo.Expectation;
import org.markwatch.demo.Request;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.RunOutcome;
import org.markwatch.queue.Audit;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Complete runs over the demo web: every URL has the result in {@code expected.tsv}, and a second run adds no item. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoNightIT {
    /** URLs of the endless calendar; how many of them are fetched depends on timing. */
    private static final String CALENDAR = "http://fair-calendar.example/month?of=";

    private static DemoWeb web;
    private static Watchlist watchlist;
    private static ConfigurableApplicationContext context;
    private static PGSimpleDataSource database;
    private static RunOutcome first;

    @BeforeAll
    static void runTheFirstNight() throws Exception {
        web = DemoWeb.start(Duration.ZERO);
        watchlist = WatchlistReader.read(Path.of("job-config", "demo")).withAddresses(web.resolve());
        database = TestDatabase.fresh();
        context = NightContext.start(watchlist, database);
        first = context.getBean(NightlyJob.class).run(watchlist, false);
    }

    @AfterAll
    static void close() {
        if (context != null) {
            context.close();
        }
        if (web != null) {
            web.close();
        }
    }

    @Test
    @Order(1)
    void everyUrlHasExpectedDisposition() {
        Map<String, String> ended = new TreeMap<>();
        new JdbcTemplate(database)
                .query(
                        "select url, disposition, coalesce(kind, '') from page where run_id = ?",
                        row -> {
                            ended.put(
                                    row.getString(1),
                                    row.getString(2) + " " + row.getString(3).toLowerCase(Locale.ROOT));
                        },
                        first.run());
        Map<String, String> expected = new TreeMap<>();
        for (Expectation expectation : Expectation.readAll()) {
            if (!expectation.disposition().equals("never")) {
                expected.put(expectation.url().toString(), expectation.disposition() + " " + expectation.kind());
            }
        }

        assertThat(first.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(differences(expected, ended)).isEmpty();
    }

    @Test
    @Order(1)
    void limitsRequestsToEndlessCalendar() {
        assertThat(web.requests().trace())
                .filteredOn(request -> request.path().startsWith("/month"))
                .hasSizeBetween(2, 12);
    }

    @Test
    @Order(1)
    void everyPageHasExpectedVerdict() {
        Map<String, Finding> findings = new HashMap<>();
        context.getBean(FindingStore.class)
                .forEachFinding(
                        first.run(),
                        false,
                        finding -> findings.put(finding.url().toString(), finding));
        List<String> wrong = new ArrayList<>();
        for (Expectation expectation : Expectation.readAll()) {
            if (expectation.disposition().equals("fetched")) {
                Finding finding = findings.get(expectation.url().toString());
                String verdict = verdict(finding);
                if (!verdict.equals(expectation.verdict())) {
                    wrong.add(expectation.url() + " is " + verdict + ", not " + expectation.verdict() + ": "
                            + (finding == null ? "no match" : finding.reasons()));
                } else if (finding != null && !uses(finding).containsAll(expectation.brandUses())) {
                    wrong.add(expectation.url() + " has " + uses(finding) + ", not all of " + expectation.brandUses());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    @Order(1)
    void requestsPagesAndRobotsOnly() {
        assertThat(web.requests().trace())
                .isNotEmpty()
                .allSatisfy(request ->
                        assertThat(request.kind()).isIn(Request.ResourceKind.PAGE, Request.ResourceKind.ROBOTS))
                .allSatisfy(request -> assertThat(request.accept()).doesNotContain("image", "*/*"))
                .allSatisfy(request -> assertThat(request.userAgent()).startsWith("markwatch"));
    }

    @Test
    @Order(1)
    void attestsThatNoPictureWasAccepted() {
        RunSummary summary = summary(first);

        assertThat(summary.pictureBytesAccepted()).isZero();
        assertThat(summary.refused().get("image")).isPositive();
        assertThat(context.getBean(Audit.class).verify()).isEmpty();
    }

    @Test
    @Order(2)
    void secondRunOverUnchangedWebAddsNoItem() throws Exception {
        RunOutcome second = context.getBean(NightlyJob.class).run(watchlist, false);

        assertThat(second.run()).isNotEqualTo(first.run());
        assertThat(second.resumed()).isFalse();
        assertThat(summary(second).items().added()).isZero();
        assertThat(summary(second).items().reopened()).isZero();
        assertThat(summary(second).items().unchanged())
                .isEqualTo(summary(first).items().added());
    }

    private static RunSummary summary(RunOutcome outcome) {
        return context.getBean(Reports.class).find(outcome.run()).orElseThrow();
    }

    private static String verdict(@Nullable Finding finding) {
        if (finding == null) {
            return "quiet"; // a page without a match leaves no finding
        }
        return finding.flagged() ? "flagged" : finding.suppressed().isEmpty() ? "quiet" : "suppressed";
    }

    private static List<String> uses(Finding finding) {
        return finding.brandUses().stream()
                .map(use -> use.brand() + ":" + use.kind().label())
                .toList();
    }

    private static List<String> differences(Map<String, String> expected, Map<String, String> ended) {
        List<String> differences = new ArrayList<>();
        expected.forEach((url, disposition) -> {
            if (!disposition.equals(ended.get(url))) {
                differences.add(url + " ended as " + ended.get(url) + ", not " + disposition);
            }
        });
        ended.forEach((url, disposition) -> {
            if (!expected.containsKey(url) && !url.startsWith(CALENDAR)) {
                differences.add(url + " ended as " + disposition + " and is not in expected.tsv");
            }
        });
        return differences;
    }
}
