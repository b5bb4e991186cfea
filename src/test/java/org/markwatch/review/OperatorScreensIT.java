package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.report.Reports;
import org.markwatch.review.RunControl.RunProcess;
import org.markwatch.review.RunControl.RunProcess.ProcessLife;
import org.markwatch.review.RunControl.RunSnapshot;
import org.markwatch.review.RunControl.Sharing;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests the screens of operators in a browser; {@code -Dconsole.screenshots=FOLDER} writes pictures of them. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=operators"})
class OperatorScreensIT {
    private static final String PASSWORD = Passwords.generate();

    private static ConsoleBrowser browser;

    private final List<String> errors = new ArrayList<>();

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource database;

    @Autowired
    private Accounts accounts;

    @Autowired
    private StubRunControl control;

    @Autowired
    private Runs runs;

    @Autowired
    private Reports reports;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Decisions decisions;

    @Autowired
    private ItemTrends trends;

    @Autowired
    private Audit audit;

    @Autowired
    private SettableClock clock;

    @BeforeAll
    static void startBrowser() {
        browser = new ConsoleBrowser();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void noRun() {
        control.set(null);
        control.setSharing(Sharing.NONE);
        if (accounts.list().stream().noneMatch(account -> account.name().equals("olga"))) {
            accounts.add("olga", Set.of(Role.OPERATOR), PASSWORD);
            accounts.add("vic", Set.of(Role.VIEWER), PASSWORD);
        }
    }

    @Test
    void showsProgressWithoutReloadUntilTheRunEnds() {
        control.set(crawling(40));
        Page page = page(1440, ColorScheme.LIGHT);
        ConsoleBrowser.signIn(page, url("/runs"), "olga", PASSWORD);
        Locator doing = page.locator("[data-live=doing]");
        assertThat(doing).hasText("Crawls: 40 of 1,290 known URLs.");
        page.evaluate("document.title = 'not reloaded'");

        control.set(new RunSnapshot(7, "queue", 1290, 1290, Map.of("fetched", 1200L, "failed", 90L), 500, 200, false));
        assertThat(doing).hasText("Compares findings with the queue: 40 % of the new findings.");
        assertThat(page.locator("[data-live=pages]")).hasText("1,200 fetched, 90 failed");
        assertThat(page).hasTitle("not reloaded");
        ConsoleBrowser.screenshot(page, "runs-live", true);

        control.set(null);
        assertThat(page.locator(".live")).hasCount(0);
        assertThat(errors).isEmpty();
    }

    @Test
    void showsTheProcessesOfARunAndWhichIsSilentWithoutReload() {
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        RunProcess leader = process(1, "4711@crawler-one", RunProcess.ProcessRole.LEADS, 6, 20, 1, ProcessLife.LIVES);
        control.set(new RunSnapshot(run, 1290, 400, false));
        for (int width : List.of(1440, 390)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                RunProcess helper =
                        process(2, "815@crawler-two", RunProcess.ProcessRole.HELPS, 8, 11, 2, ProcessLife.LIVES);
                control.setSharing(new Sharing(64, 31, List.of(leader, helper)));
                Page page = page(width, scheme);
                ConsoleBrowser.signIn(page, url("/runs/" + run), "olga", PASSWORD);
                Locator rows = page.locator(".processes tbody tr");
                assertThat(page.locator(".processes > p")).hasText("64 partitions: 31 done, 14 held, 19 free.");
                assertThat(rows).hasCount(2);
                assertThat(rows.first()).containsText("4711@crawler-one leads the run");
                assertThat(rows.last()).containsText("2 s ago");
                page.evaluate("document.title = 'not reloaded'");

                RunProcess silent =
                        process(2, "815@crawler-two", RunProcess.ProcessRole.HELPS, 8, 12, 42, ProcessLife.SILENT);
                RunProcess third =
                        process(3, "16@crawler-three", RunProcess.ProcessRole.WAITS, 0, 0, 0, ProcessLife.LIVES);
                control.setSharing(new Sharing(64, 32, List.of(leader, silent, third)));
                assertThat(rows).hasCount(3);
                assertThat(rows.nth(1)).containsText("42 s ago");
                assertThat(rows.nth(1)).containsText("No sign of life for longer than its lease of 15 s.");
                assertThat(rows.last()).containsText("16@crawler-three waits for a run");
                assertThat(rows.last().locator("time"))
                        .hasText(rows.first().locator("time").innerText());
                assertThat(page).hasTitle("not reloaded");
                look(
                        page,
                        "run-processes" + (width == 1440 ? "" : "-phone")
                                + (scheme == ColorScheme.LIGHT ? "" : "-dark"));
            }
        }
        Page spanish = page(390, ColorScheme.LIGHT);
        ConsoleBrowser.signIn(spanish, url("/runs"), "olga", PASSWORD);
        spanish.setExtraHTTPHeaders(Map.of("Accept-Language", "es"));
        spanish.navigate(url("/runs/" + run));
        assertThat(spanish.locator(".processes > p"))
                .hasText("64 particiones: 32 terminadas, 14 asignadas, 18 libres.");
        control.setSharing(new Sharing(1, 1, List.of(leader)));
        assertThat(spanish.locator(".processes > p")).containsText("La partición está terminada.");
        assertThat(spanish.locator(".processes tbody tr")).containsText("dirige la ejecución");
        look(spanish, "run-processes-es");

        runs.end(run, Runs.Status.STOPPED, clock.instant());
        assertThat(errors).isEmpty();
    }

    private static RunProcess process(
            long id, String name, RunProcess.ProcessRole role, int held, int done, int quietSeconds, ProcessLife life) {
        return new RunProcess(
                id,
                name,
                Instant.parse("2027-03-01T23:10:00Z"),
                role,
                held,
                done,
                Duration.ofSeconds(quietSeconds),
                Duration.ofSeconds(15),
                life);
    }

    @Test
    void letsOperatorsStartAndStopARun() {
        Page page = page(1440, ColorScheme.LIGHT);
        ConsoleBrowser.signIn(page, url("/"), "olga", PASSWORD);
        assertThat(page.locator("h1")).hasText("Runs");
        int before = control.started();
        page.getByText("Start a run now").click();
        assertThat(page.locator(".notice")).containsText("A run starts");
        assertThat(control.started()).isEqualTo(before + 1);

        control.setStartRequested(true);
        page.getByText("Start a run now").click();
        assertThat(page.locator("main"))
                .containsText("A run starts already, since somebody else has just started one.");

        control.set(crawling(41));
        page.navigate(url("/runs"));
        assertThat(page.getByText("Start a run now")).hasCount(0);
        page.getByText("Stop the run").click();
        assertThat(page.locator(".notice")).containsText("Run 7 is stopping");
        assertThat(control.stopped()).contains(7L);
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 20))
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
                .contains(tuple("olga", "run.start", "run"), tuple("olga", "run.stop", "run:7"));

        Page viewer = page(1440, ColorScheme.LIGHT);
        ConsoleBrowser.signIn(viewer, url("/runs"), "vic", PASSWORD);
        assertThat(viewer.locator(".live button")).hasCount(0);
    }

    @Test
    void keepsANoticeWhenThePageReloadsByItself() {
        Page page = page(1440, ColorScheme.LIGHT);
        ConsoleBrowser.signIn(page, url("/runs"), "olga", PASSWORD);
        page.getByText("Start a run now").click();
        assertThat(page.locator(".notice")).containsText("A run starts");
        control.set(crawling(42));
        assertThat(page.locator(".live")).hasCount(1); // the page has reloaded after two seconds
        assertThat(page.locator(".notice")).containsText("A run starts");

        page.getByText("Stop the run").click();
        assertThat(page.locator(".notice")).containsText("Run 7 is stopping");
        control.set(null);
        assertThat(page.locator(".live")).hasCount(0); // the page has reloaded at the end of the run
        assertThat(page.locator(".notice")).containsText("Run 7 is stopping");

        page.reload();
        assertThat(page.locator("h1")).hasText("Runs");
        assertThat(page.locator(".notice")).hasCount(0);
    }

    @Test
    void showsARunWithItsFailuresItsAttestationAndTrends() {
        for (int night = 1; night <= 6; night++) {
            endedRun(night);
            clock.advance(Duration.ofDays(1));
        }
        for (int width : List.of(1440, 390)) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                String suffix = (width == 1440 ? "" : "-phone") + (scheme == ColorScheme.LIGHT ? "" : "-dark");
                Page page = page(width, scheme);
                ConsoleBrowser.signIn(page, url("/runs"), "olga", PASSWORD);
                assertThat(page.locator("tbody tr").first()).containsText("complete");
                look(page, "runs" + suffix);

                page.locator("tbody a").first().click();
                assertThat(page.locator("h1")).containsText("complete");
                assertThat(page.locator("section[aria-labelledby=hosts] tbody tr")
                                .first())
                        .containsText("hxxps://slow[.]example");
                assertThat(page.locator("section[aria-labelledby=causes]")).containsText("timeout");
                look(page, "run" + suffix);

                page.getByText("Attestation").click();
                assertThat(page.locator(".notice")).hasText("The hash matches the entry.");
                assertThat(page.getByText("References to files that were never requested"))
                        .isVisible();
                look(page, "attestation" + suffix);

                page.navigate(url("/trends"));
                assertThat(page.locator(".chart canvas")).hasCount(4);
                assertThat(page.locator("#items ~ details tbody tr").last()).containsText("2");
                look(page, "trends" + suffix);
            }
        }
        assertThat(errors).isEmpty();
    }

    private static void look(Page page, String name) {
        ConsoleBrowser.screenshot(page, name, true);
        assertThat(ConsoleBrowser.overflowingElements(page)).as(name).isEmpty();
    }

    /** A run with two new items, a decision, refusals and failures. */
    private void endedRun(int night) {
        JdbcClient jdbc = JdbcClient.create(database);
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        jdbc.sql("insert into seed (url) values ('https://shop.example/') on conflict do nothing")
                .update();
        for (String name : List.of("one", "two", "three")) {
            String host = name.equals("one") ? "https://gone.example:443" : "https://slow.example:443";
            String url = host + "/" + name + night;
            jdbc.sql("""
                            insert into page (first_run, run_id, url_hash, url, host, seed, depth, priority, disposition, cause,
                                              status, bytes, truncated, fetched_at)
                            values (?, ?, encode(substring(sha256(?::text::bytea) for 16), 'hex')::uuid, ?, ?,
                                    (select min(id) from seed), 1, 0, 'failed', ?, 0, 0, false, ?)""")
                    .params(
                            run,
                            run,
                            url,
                            url,
                            host,
                            name.equals("one") ? "dns" : "timeout",
                            clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
        }
        jdbc.sql("""
                        insert into run_count (run_id, about, name, n)
                        select ?, about, name, n from (values ('page', 'fetched', 1180), ('page', 'refused', 57), ('page', 'failed', 3),
                            ('request', 'page', 1240), ('request', 'robots', 31), ('refused', 'IMAGE', 40), ('refused', 'LIMIT', 12),
                            ('refused', 'DOCUMENT', 5), ('bytes', 'text/html', 9200000), ('reference', 'image', 4100),
                            ('reference', 'script', 900), ('economy', 'answered-304', 210)) c (about, name, n)""").param(run).update();
        queue.admit(
                run,
                List.of(
                        SampleFindings.flagged("https://a" + night + ".example/", "high", "payment", 70),
                        SampleFindings.flagged("https://b" + night + ".example/", "low", "payment", 30)));
        trends.record(run);
        Item item = items.page(ItemFilter.open("ana", LaneAccess.ALL), null, 1)
                .items()
                .getFirst();
        claims.claim(item.id(), "ana");
        decisions.decide(
                item.id(),
                "ana",
                LaneAccess.ALL,
                new DecisionRequest(
                        night % 2 == 0 ? DecisionKind.FALSE_POSITIVE : DecisionKind.BRAND_MARK_MISUSE,
                        "medium",
                        Confidence.MEDIUM,
                        "seen on the page",
                        "",
                        null,
                        null,
                        item.evidenceSha256()));
        clock.advance(Duration.ofMinutes(20));
        runs.end(run, Runs.Status.COMPLETE, clock.instant());
        reports.close(run, 12);
    }

    private static RunSnapshot crawling(long done) {
        return new RunSnapshot(7, "crawl", 1290, done, Map.of("fetched", done), 0, 0, false);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    private Page page(int width, ColorScheme scheme) {
        BrowserContext context = browser.context(width, scheme);
        ConsoleBrowser.collectErrors(context, errors);
        return context.newPage();
    }
}
