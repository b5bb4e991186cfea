package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.NightContext;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.KeptTextStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.report.Reports;
import org.markwatch.report.RunSummary;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HiddenFindings;
import org.markwatch.score.Shift;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A rescan of kept text by new rules, and the crawl after it. */
class RescanIT {
    private static final int PAGES = 240;

    @TempDir
    private Path folder;

    private final PGSimpleDataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(2, PAGES / 2, 1024, 5));
    private ConfigurableApplicationContext context;
    private NightlyJob nightly;
    private RescanJob rescan;

    RescanIT() throws IOException {}

    @BeforeEach
    void crawlOnce() throws Exception {
        Watchlist watchlist = watchlist("");
        context = NightContext.start(watchlist, database);
        nightly = context.getBean(NightlyJob.class);
        rescan = context.getBean(RescanJob.class);
        assertThat(nightly.run(watchlist, false).status()).isEqualTo(Runs.Status.COMPLETE);
    }

    @AfterEach
    void end() {
        context.close();
        web.close();
    }

    @Test
    void flagsByNewRulesWithoutSendingRequests() throws Exception {
        int requestsBefore = web.requests().trace().size();
        Watchlist wider = watchlist(flagging("Article 7", "live"));

        RunOutcome outcome = rescan.run(wider, start -> {});

        RunSummary summary = summary(outcome.run());
        assertThat(outcome.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(web.requests().trace()).hasSize(requestsBefore);
        assertThat(summary.requestsByKind()).isEmpty();
        assertThat(summary.economy()).isEqualTo(Map.of("judged-again", (long) PAGES));
        assertThat(summary.items().added()).isEqualTo(newlyMarked());
        assertThat(summary.items().unchanged()).isEqualTo(web.markedPages().count());
        assertThat(flagged(outcome.run()))
                .containsAll(web.markedPages().toList())
                .contains("http://site-0000.example/articles/7.html", "http://site-0001.example/articles/7.html");
    }

    @Test
    void comparesRulesOnKeptPagesAndWritesNothing() throws Exception {
        KeptTextStore kept = new KeptTextStore(database);
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        HttpUrl article = HttpUrl.of("http://site-0001.example/articles/7.html");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        int requestsBefore = web.requests().trace().size();

        List<RuleComparison.ComparedPage> differences =
                new RuleComparison(watchlist(""), wider, today).differences(kept.latest(PAGES));

        assertThat(kept.latest(9)).hasSize(9).isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()));
        assertThat(differences)
                .filteredOn(page -> page.after().flagged() && !page.before().flagged())
                .hasSize(Math.toIntExact(newlyMarked()))
                .extracting(RuleComparison.ComparedPage::page)
                .contains(article);
        assertThat(new PageExplainer(wider, today)
                        .explainKept(kept.find(article).orElseThrow().packedContent())
                        .finding()
                        .flagged())
                .isTrue();
        assertThat(kept.find(HttpUrl.of("http://site-0000.example/none"))).isEmpty();
        assertThat(web.requests().trace()).hasSize(requestsBefore);
        assertThat(context.getBean(Runs.class).latest())
                .hasValueSatisfying(run -> assertThat(run.id()).isOne());
    }

    @Test
    void nextRunReusesFindingsOfRescan() throws Exception {
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        RunOutcome scanned = rescan.run(wider, start -> {});

        RunOutcome night = nightly.run(wider, false);

        assertThat(summary(night.run()).economy()).isEqualTo(Map.of("answered-304", (long) PAGES));
        assertThat(flagged(night.run())).isEqualTo(flagged(scanned.run()));
        assertThat(summary(night.run()).items().added()).isZero();
    }

    @Test
    void resumesFailedRescan() throws Exception {
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        RunOutcome failed = brokenOff(wider);
        Long kept = jdbc.queryForObject("select count(*) from page_text where run_id = ?", Long.class, failed.run());
        Long counted = jdbc.queryForObject("""
                select sum(read_count) from batch_step_execution where step_name like 'rescan:%' and job_execution_id =
                    (select max(job_execution_id) from batch_job_execution)""", Long.class);

        RunOutcome resumed = rescan.run(wider, start -> {});

        assertThat(failed.status()).isEqualTo(Runs.Status.FAILED);
        assertThat(kept).isBetween(1L, PAGES - 1L);
        assertThat(counted).isEqualTo(kept);
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.run()).isEqualTo(failed.run());
        assertThat(summary(resumed.run()).economy()).isEqualTo(Map.of("judged-again", (long) PAGES));
        assertThat(flagged(resumed.run())).contains("http://site-0001.example/articles/7.html");
    }

    /** Rescans; the last chunk fails in the middle of its transaction, as if the process were killed. */
    private RunOutcome brokenOff(Watchlist rules) throws Exception {
        jdbc.execute("""
                create function break_off() returns trigger language plpgsql as $$
                begin
                    if (select count(*) from page_text where run_id = new.run_id) >= 200 then raise 'broken off'; end if;
                    return new;
                end $$""");
        jdbc.execute("create trigger break_off before update on page_text for each row execute function break_off()");
        RunOutcome failed = rescan.run(rules, start -> {});
        jdbc.execute("drop trigger break_off on page_text");
        return failed;
    }

    /** A finding of the later run would hold beside that of the earlier one. */
    @Test
    void leavesRescanUnfinishedAfterWhichAnotherRunBegan() throws Exception {
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        RunOutcome failed = brokenOff(wider);
        nightly.run(watchlist(flagging("Article 1", "live")), true);
        List<RunStart> starts = new ArrayList<>();

        RunOutcome last = rescan.run(wider, starts::add);

        assertThat(failed.status()).isEqualTo(Runs.Status.FAILED);
        assertThat(last.resumed()).isFalse();
        assertThat(starts).singleElement().asString().contains("has begun since");
        assertThat(jdbc.queryForObject(
                        "select count(*) from (select url_sha256 from finding where to_run is null group by 1 having count(*) > 1) d",
                        Long.class))
                .isZero();
    }

    /** The console requests a stop in table {@code run}; here, a trigger does so when the first batch is committed. */
    @Test
    void stopsOnRequestInTheDatabaseAndResumes() throws Exception {
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        jdbc.execute("""
                create function request_stop() returns trigger language plpgsql as $$
                begin
                    update run set stop_requested = true where id = new.run_id and not stop_requested;
                    return new;
                end $$""");
        jdbc.execute(
                "create trigger request_stop before update on page_text for each row execute function request_stop()");
        RunOutcome stopped = rescan.run(wider, start -> {});
        jdbc.execute("drop trigger request_stop on page_text");

        RunOutcome resumed = rescan.run(wider, start -> {});

        assertThat(stopped.status()).isEqualTo(Runs.Status.STOPPED);
        assertThat(resumed.run()).isEqualTo(stopped.run());
        assertThat(resumed.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(summary(resumed.run()).economy()).isEqualTo(Map.of("judged-again", (long) PAGES));
    }

    @Test
    void countsBackgroundIndicatorWithoutQueueing() throws Exception {
        RunOutcome outcome = rescan.run(watchlist(flagging("Article 7", "background")), start -> {});

        RunSummary summary = summary(outcome.run());
        assertThat(summary.background()).isEqualTo(Map.of("trial.article@1", 2L));
        assertThat(summary.items().added()).isZero();
        assertThat(flagged(outcome.run()))
                .containsExactlyInAnyOrderElementsOf(web.markedPages().toList());
        assertThat(context.getBean(FindingStore.class).indicatorHits(outcome.run(), HiddenFindings.NONE))
                .filteredOn(hits -> hits.id().equals("trial.article@1"))
                .allSatisfy(hits -> {
                    assertThat(hits.weight()).isZero();
                    assertThat(hits.pages()).isEqualTo(2);
                    assertThat(hits.matches()).isGreaterThanOrEqualTo(2);
                });
    }

    @Test
    void closesItemsThatNoRuleSupportsAndOpensThemAgain() throws Exception {
        rescan.run(watchlist(flagging("Article 7", "live")), start -> {});
        List<String> trial = open();
        RunOutcome retired = rescan.run(watchlist(""), start -> {});
        List<String> afterwards = open();
        RunOutcome again = rescan.run(watchlist(flagging("Article 7", "live")), start -> {});

        RunSummary.ItemCounts counts = summary(retired.run()).items();
        assertThat(counts.dropped()).isEqualTo(newlyMarked()).isPositive();
        assertThat(afterwards).hasSize(trial.size() - (int) newlyMarked());
        assertThat(summary(again.run()).items().reopened()).isEqualTo(newlyMarked());
        assertThat(summary(again.run()).items().dropped()).isZero();
        assertThat(open()).isEqualTo(trial);
        assertThat(jdbc.queryForList(
                        "select details::json ->> 'why' from audit where action = 'item.close'", String.class))
                .hasSize((int) newlyMarked())
                .containsOnly("no rule supports it");
    }

    @Test
    void nightClosesItemsThatItsRulesDoNotSupport() throws Exception {
        rescan.run(watchlist(flagging("Article 7", "live")), start -> {});

        RunOutcome night = nightly.run(watchlist(""), false);

        assertThat(summary(night.run()).economy()).containsEntry("judged-again", (long) PAGES);
        assertThat(summary(night.run()).items().dropped()).isEqualTo(newlyMarked());
    }

    @Test
    void previewWritesNothing() throws Exception {
        Long runs = jdbc.queryForObject("select count(*) from run", Long.class);
        List<RescanJob.FlagChange> changes = new ArrayList<>();

        RescanJob.Preview counts = rescan.preview(watchlist(flagging("Article 7", "live")), changes::add);

        assertThat(counts).isEqualTo(new RescanJob.Preview(PAGES, newlyMarked(), 0, 2 - newlyMarked(), 0));
        assertThat(changes).hasSize((int) newlyMarked()).allMatch(RescanJob.FlagChange::flagged);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.why()).contains(new Shift("trial.article@1", 0, 35)));
        assertThat(jdbc.queryForObject("select count(*) from run", Long.class)).isEqualTo(runs);
        assertThat(jdbc.queryForObject("select count(*) from finding where from_run <> 1", Long.class))
                .isZero();
    }

    @Test
    void previewsPagesThatWouldBeDropped() throws Exception {
        Watchlist wider = watchlist(flagging("Article 7", "live"));
        rescan.run(wider, start -> {});
        List<RescanJob.FlagChange> changes = new ArrayList<>();

        rescan.preview(watchlist(""), changes::add);

        assertThat(changes).hasSize((int) newlyMarked()).noneMatch(RescanJob.FlagChange::flagged);
        assertThat(changes)
                .allSatisfy(change -> assertThat(change.why()).contains(new Shift("trial.article@1", 35, 0)));
    }

    /** Returns the number of pages with the title 'Article 7' that are not marked pages. */
    private long newlyMarked() {
        List<String> marked = web.markedPages().toList();
        return List.of("http://site-0000.example/articles/7.html", "http://site-0001.example/articles/7.html").stream()
                .filter(page -> !marked.contains(page))
                .count();
    }

    private List<String> flagged(long run) {
        List<Finding> flagged = new ArrayList<>();
        context.getBean(FindingStore.class).forEachFinding(run, true, flagged::add);
        return flagged.stream().map(finding -> finding.url().toString()).toList();
    }

    /** Returns the URLs of the items that wait, in their order. */
    private List<String> open() {
        return jdbc.query(
                "select url from item where state in ('new', 'reopened') order by url",
                (row, number) -> row.getString(1));
    }

    private RunSummary summary(long run) {
        return context.getBean(Reports.class).find(run).orElseThrow();
    }

    private static String flagging(String title, String state) {
        return "trial.article,phrase,%1$s,voucher,35,heading,%2$s,made up,%1$s\n".formatted(title, state);
    }

    private Watchlist watchlist(String more) throws IOException, WatchlistException {
        Path config = Files.createTempDirectory(folder, "config");
        for (String part : List.of("brands", "indicators")) {
            Files.createDirectories(config.resolve(part));
            try (var files = Files.list(Path.of("job-config", part))) {
                for (Path file : files.toList()) {
                    Files.copy(file, config.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        Files.copy(Path.of("job-config", "policies.yaml"), config.resolve("policies.yaml"));
        if (!more.isEmpty()) {
            Files.writeString(
                    config.resolve("indicators").resolve("trial.csv"),
                    "id,type,pattern,group,weight,scope,state,source,match\n" + more);
        }
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                crawl:
                  delay: 0s
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                """);
        Files.writeString(config.resolve("seeds.csv"), "url\n" + String.join("\n", web.seeds()) + "\n");
        return WatchlistReader.read(config).withAddresses(web.resolve());
    }
}
