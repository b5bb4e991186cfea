package org.markwatch.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.RunLock;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.crawl.store.HostRefusals;
import org.markwatch.database.TestDatabase;
import org.markwatch.match.Match;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionChecks;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.LaneMoves;
import org.markwatch.queue.LanePolicy;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.score.Reason;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsIT {
    private static final Instant START = Instant.parse("2026-03-01T01:00:00Z");
    private static final String RULESET = "ab".repeat(32);
    private static final String SHOP = "https://shop.example/pay";
    private static final String SEED = "\thttps://shop.example/\tThe shop\tteam one\tbig;watched";
    private static final String ITEM_HEADER =
            "url\tscore\tseverity\tlane\tstate\tgroups\treasons\titem\ttitle\tfirst_seen\tlast_seen\tdecision\tdecided_at"
                    + "\tfeatures\tseed\tseed_label\towner\ttags";

    private final DataSource database = TestDatabase.fresh();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Clock clock = Clock.fixed(START.plusSeconds(60), ZoneOffset.UTC);
    private final QueuePolicy policy = new QueuePolicy(List.of("low", "high"), Duration.ofMinutes(15), 1);
    private final Runs runs = new Runs(database);
    private final FindingStore findings = new FindingStore(database);
    private final Audit audit = new Audit(database, clock);
    private final ReviewQueue queue = new ReviewQueue(database, audit, policy, clock);
    private final Items items = new Items(database, clock);
    private final HeldBackPages heldBack = new HeldBackPages(database, clock);
    private final ItemTrends trends = new ItemTrends(database, List.of());
    private final Reports reports = new Reports(database, runs, findings, queue, heldBack, audit, clock);
    private final Exports exports = new Exports(
            runs,
            new DispositionStore(database),
            findings,
            items,
            new Decisions(database, audit, policy, clock),
            audit,
            List.of(new Seed(
                    HttpUrl.of("https://shop.example/"),
                    "The shop",
                    "team one",
                    Scope.HOST,
                    5,
                    100,
                    Duration.ZERO,
                    Set.of("watched", "big"))));

    private long run;

    @BeforeEach
    void runOnce() {
        run = runs.begin(RULESET, START).id();
        page(1, SHOP, "fetched", "", "text/html", 2048);
        page(2, "https://shop.example/logo", "refused", "IMAGE", "", 512);
        page(3, "https://shop.example/private", "disallowed", "", "", 0);
        jdbc.sql("insert into run_count values (?, 'request', 'page', 2), (?, 'request', 'robots', 1),"
                        + " (?, 'reference', 'image', 9)")
                .params(run, run, run)
                .update();
        List<Finding> found = List.of(finding(SHOP, "tab\there\n=line"));
        findings.save(run, found);
        queue.admit(run, found);
        runs.end(run, Runs.Status.COMPLETE, START.plusSeconds(30));
    }

    @Test
    void summarisesTheRun() {
        RunSummary summary = reports.close(run, 1);
        assertThat(summary.status()).isEqualTo("complete");
        assertThat(summary.startedAt()).isEqualTo(START);
        assertThat(summary.endedAt()).isEqualTo(START.plusSeconds(30));
        assertThat(summary.pages()).isEqualTo(new RunSummary.PageCounts(1, 0, 0, 1, 1, 0));
        assertThat(summary.refused()).containsEntry("image", 1L).containsEntry("video", 0L);
        assertThat(summary.requestsByKind()).containsEntry("page", 2L).containsEntry("robots", 1L);
        assertThat(summary.pictureBytesAccepted()).isZero();
        assertThat(summary.bytes()).isEqualTo(2048);
        assertThat(summary.matches()).isEqualTo(1);
        assertThat(summary.items()).isEqualTo(new RunSummary.ItemCounts(1, 0, 0, 0, 0, 0, 0));
        assertThat(summary.pagesPerSecond()).isEqualTo(0.03);
        assertThat(summary.peakHeapMb()).isPositive();
        assertThat(reports.find(run)).contains(summary);
    }

    @Test
    void countsRefusedUrlsOfAHostOnceForEachRun() {
        page(4, "https://shop.example/other.png", "refused", "IMAGE", "", 0);
        page(5, "https://shop.example/beyond", "refused", "LIMIT", "", 0);
        HostRefusals refusals = new HostRefusals(database);

        reports.close(run, 1);
        reports.close(run, 1);

        assertThat(refusals.of("https://shop.example:443"))
                .containsExactly(
                        new HostRefusals.RefusalCount("image", 2, run, run),
                        new HostRefusals.RefusalCount("disallowed", 1, run, run),
                        new HostRefusals.RefusalCount("limit", 1, run, run));
        assertThat(refusals.of("https://other.example:443")).isEmpty();
        assertThat(refusals.delete(run, List.of("shop.example"))).isZero();
        assertThat(refusals.count(run - 1, List.of())).isZero();
        assertThat(refusals.delete(run, List.of())).isEqualTo(3);
    }

    @Test
    void countsBytesOfAcceptedPictures() {
        page(4, "https://shop.example/broken", "fetched", "", "image/png", 77);
        assertThat(reports.close(run, 1).pictureBytesAccepted()).isEqualTo(77);
    }

    @Test
    void attestsEachTimeTheRunEnds() {
        reports.close(run, 1);
        reports.close(run, 1);
        assertThat(audit.entriesOf("run:" + run, 10))
                .filteredOn(entry -> entry.action().equals("run.attest"))
                .hasSize(2)
                .allSatisfy(entry -> {
                    assertThat(entry.details()).contains("\"neverAskedFor\":{\"image\":9}");
                    assertThat(entry.details()).contains("\"pictureBytesAccepted\":0");
                });
        assertThat(audit.verify()).isEmpty();
        assertThat(reports.recent(5)).hasSize(1);
    }

    @Test
    void findsAttestationBeforeManyOtherEntriesOfTheRun() {
        reports.close(run, 1);
        for (int seed = 0; seed < 150; seed++) {
            audit.append(Audit.SYSTEM, "robots.ignore", "run:" + run, Map.of("seed", seed));
        }

        assertThat(exports.attestation(run)).map(AuditEntry::action).contains("run.attest");
    }

    @Test
    void exportsPages() throws IOException {
        assertThat(exported(Export.PAGES, Format.TSV).lines())
                .containsExactly(
                        "url\tfinal_url\tdisposition\tstatus\tcontent_type\tbytes\ttext_sha256\tfetched_at\thost\tdepth\ttls"
                                + "\treason\tseed\tseed_label\towner\ttags",
                        SHOP + "\t" + SHOP + "\tfetched\t200\ttext/html\t2048\t\t2026-03-01T01:00:01Z"
                                + "\thttps://shop.example:443\t1\t\t" + SEED,
                        "https://shop.example/logo\thttps://shop.example/logo\trefused\t200\t\t512\t"
                                + "\t2026-03-01T01:00:02Z\thttps://shop.example:443\t1\t\t" + SEED,
                        "https://shop.example/private\thttps://shop.example/private\tdisallowed\t200\t\t0\t"
                                + "\t2026-03-01T01:00:03Z\thttps://shop.example:443\t1\t\t" + SEED);
    }

    @Test
    void exportsMatchesOnALineEach() throws IOException {
        assertThat(exported(Export.MATCHES, Format.TSV).lines())
                .containsExactly(
                        "url\tid\tkind\tfield\tstart\tend\tmatched",
                        SHOP + "\tcheckout@1\tindicator\topen-graph\t3\t17\ttab\\there\\n=line");
    }

    @Test
    void countsAndExportsHeldBackPages() throws IOException {
        Finding quiet = SampleFindings.quiet("https://quiet.example/");
        findings.save(run, List.of(SampleFindings.withMatch(quiet)));
        queue.admit(run, List.of(quiet));
        heldBack.store(run, 0, new FindingChanges(database).heldBack(run, 0));

        RunSummary summary = reports.close(run, 1);
        assertThat(summary.heldBack()).containsExactly(Map.entry("points", 1L));
        assertThat(summary.sample()).isEqualTo(new RunSummary.SampleCounts(1, 1, 0, 0, 0, 1));
        assertThat(exported(Export.HELD_BACK, Format.TSV).lines().map(line -> line.split("\t", -1)[0]))
                .containsExactly("url", "https://quiet.example/");
        assertThat(exported(Export.HELD_BACK, Format.CSV)).contains("visa:acceptance;visa:logo;mastercard:logo");
    }

    @Test
    void exportsItems() throws IOException {
        assertThat(exported(Export.ITEMS, Format.TSV).lines())
                .containsExactly(
                        ITEM_HEADER,
                        SHOP
                                + "\t40\thigh\tbrand\tnew\tpayment\tcheckout@1 +40;news@2 -5\t1\tPay here\t2026-03-01T01:01:00Z"
                                + "\t2026-03-01T01:01:00Z\t\t\t" + SEED);
        assertThat(JsonMapper.shared()
                        .readTree(exported(Export.ITEMS, Format.JSONL))
                        .get("groups")
                        .get(0)
                        .asString())
                .isEqualTo("payment");
    }

    @Test
    void exportsDecisionOfItem() throws IOException {
        decide();
        JsonNode item = JsonMapper.shared().readTree(exported(Export.ITEMS, Format.JSONL));
        assertThat(item.get("decision").asString()).isEqualTo("brand_mark_misuse");
        assertThat(item.get("decided_at").asString()).isEqualTo("2026-03-01T01:01:00Z");
    }

    @Test
    void exportsFeaturesThatCounted() throws IOException {
        run = runs.begin(RULESET, START.plusSeconds(40)).id();
        Finding copy =
                SampleFindings.withMatch(SampleFindings.flagged("https://copy.example/", "high", "impersonation", 80));
        findings.save(run, List.of(copy));
        queue.admit(run, List.of(copy));

        assertThat(exported(Export.ITEMS, Format.TSV))
                .contains("\tvisa:impersonation:title-is-name=33;visa:impersonation:asks-for-password=17;");
        JsonNode item = JsonMapper.shared()
                .readTree(exported(Export.ITEMS, Format.JSONL)
                        .lines()
                        .filter(line -> line.contains("copy.example"))
                        .findFirst()
                        .orElseThrow());
        assertThat(item.get("features").get(0).toString())
                .isEqualTo("{\"use\":\"visa:impersonation\",\"feature\":\"title-is-name\",\"points\":33}");
        assertThat(item.get("seed").isNull()).as("no page of a seed").isTrue();
    }

    @Test
    void exportsTheOpenQueueOfAllRuns() throws IOException {
        runs.begin(RULESET, START.plusSeconds(40));
        assertThat(exported(Export.QUEUE, Format.TSV).lines()).hasSize(2).anyMatch(line -> line.startsWith(SHOP));
        decide();
        assertThat(exported(Export.QUEUE, Format.TSV).lines()).containsExactly(ITEM_HEADER);
    }

    @Test
    void exportsOnlyItemsOfTheRun() throws IOException {
        run = runs.begin(RULESET, START.plusSeconds(40)).id();
        List<Finding> other = List.of(finding("https://other.example/", "other"));
        findings.save(run, other);
        findings.end(run, List.of(HttpUrl.of(SHOP)));
        queue.admit(run, other);
        assertThat(exported(Export.ITEMS, Format.TSV).lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("other.example"));
    }

    @Test
    void exportsItemsThatALaterRunFoundAsTheyWere() throws IOException {
        String first = exported(Export.ITEMS, Format.TSV);
        run = runs.begin(RULESET, START.plusSeconds(40)).id();

        assertThat(exported(Export.ITEMS, Format.TSV)).isEqualTo(first).contains(SHOP);
    }

    @Test
    void exportsDecisions() throws IOException {
        decide();
        assertThat(exported(Export.DECISIONS, Format.CSV).lines().toList().get(1))
                .startsWith("\"" + SHOP + "\",\"brand_mark_misuse\",\"high\",")
                .contains("\"'=cmd()\"");
    }

    @Test
    void exportsTheAttestation() throws IOException {
        reports.close(run, 1);
        assertThat(exported(Export.ATTESTATION, Format.TSV).lines())
                .startsWith("about\tname\tvalue", "audit\tseq\t1")
                .contains(
                        "requests\tpage\t2",
                        "refused\timage\t1",
                        "neverAskedFor\timage\t9",
                        "bytesAccepted\ttext/html\t2048",
                        "pictureBytesAccepted\t\t0");
    }

    @Test
    void comparesAttestationWithTheAudit() throws IOException {
        reports.close(run, 1);
        for (RowFormat format : List.of(Format.CSV, Format.JSONL, new ExcelCsv(','), new ExcelCsv(';'))) {
            assertThat(AttestationFile.of(exported(Export.ATTESTATION, format)).discrepancies())
                    .isEmpty();
        }
        String exported = exported(Export.ATTESTATION, Format.TSV);
        AttestationFile file = AttestationFile.of(exported);
        file.compare(audit);
        assertThat(file.discrepancies()).isEmpty();

        AuditEntry entry = file.entry().orElseThrow();
        AuditEntry forged = AuditEntry.after(
                entry.previous(),
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.details().replace("\"image\":1", "\"image\":0"));
        StringBuilder out = new StringBuilder();
        Exports.writeAttestation(forged, Format.TSV.open(out, Export.ATTESTATION.headers()));
        AttestationFile whole = AttestationFile.of(out.toString());
        assertThat(whole.discrepancies()).isEmpty(); // its hash is valid
        whole.compare(audit);
        assertThat(whole.discrepancies())
                .containsExactly(new AttestationFile.Discrepancy(
                        8,
                        "in the audit chain of the database, entry " + entry.seq() + " has the hash "
                                + entry.sha256()));

        jdbc.sql("update audit_head set seq = seq + 1").update();
        AttestationFile late = AttestationFile.of(exported);
        late.compare(audit);
        assertThat(late.discrepancies())
                .singleElement()
                .satisfies(discrepancy -> assertThat(discrepancy.why()).contains("the chain ends before entry"));
    }

    @Test
    void findsRunByNumberAndLatestRun() {
        assertThat(exports.runId("latest")).isEqualTo(run);
        assertThat(exports.runId(Long.toString(run))).isEqualTo(run);
        assertThatThrownBy(() -> exports.runId("999"))
                .isInstanceOf(UnknownRunException.class)
                .hasMessageContaining("no run 999");
        assertThatThrownBy(() -> exports.runId("last\u001b"))
                .isInstanceOf(UnknownRunException.class)
                .hasMessageContaining("--run last\uFFFD")
                .hasMessageContaining("'latest'");
        jdbc.sql("delete from run").update();
        assertThatThrownBy(() -> exports.runId("latest"))
                .isInstanceOf(UnknownRunException.class)
                .hasMessageContaining("no run yet");
    }

    @Test
    void showsRunsAndQueue() throws SQLException {
        reports.close(run, 1);
        long next = runs.begin(RULESET, START.plusSeconds(40)).id();
        jdbc.sql("insert into run_seed (run_id, seed, known, done) select ?, id, 9, 4 from seed")
                .param(next)
                .update();
        runs.resume(next, RULESET, START.plusSeconds(45));
        try (RunLock active = RunLock.acquire(database)) {
            Overview overview = Overview.of(new RunHistory(runs, reports), items, 5);
            assertThat(overview.runsToText().lines())
                    .containsExactly(
                            "RUN  KIND     STATUS    STARTED (UTC)        STARTS  TOOK    PAGES   READ  MATCHES  NEW  REOPENED  RAISED  LOWERED  DROPPED",
                            next + "    nightly  running   2026-03-01 01:00:40  2               4 of 9",
                            run
                                    + "    nightly  complete  2026-03-01 01:00:00  1       30.0 s  3       1     1        1    0         0       0        0");
            assertThat(overview.queueToText().lines())
                    .containsExactly(
                            "LANE   WAITING  REOPENED  CLAIMED  OLDEST (UTC)",
                            "brand  1        0         0        2026-03-01 01:01:00");
        }
    }

    @Test
    void showsKilledRescanAsSuch() {
        runs.begin(Runs.RunKind.RESCAN, RULESET, START.plusSeconds(40));

        assertThat(Overview.of(new RunHistory(runs, reports), items, 1).runsToText())
                .contains("rescan  killed", "was killed; 'rescan' resumes it");
    }

    @Test
    void showsResumedRunAsRunningAlthoughARescanBeganAfterIt() throws SQLException {
        long night = runs.begin(RULESET, START.plusSeconds(40)).id();
        long rescan =
                runs.begin(Runs.RunKind.RESCAN, RULESET, START.plusSeconds(50)).id();
        runs.end(rescan, Runs.Status.COMPLETE, START.plusSeconds(60));
        runs.resume(night, RULESET, START.plusSeconds(70));

        try (RunLock active = RunLock.acquire(database)) {
            assertThat(runs.active()).map(Runs.ActiveRun::id).contains(night);
            assertThat(Overview.of(new RunHistory(runs, reports), items, 2).runsToText())
                    .contains("running")
                    .doesNotContain("killed");
        }
    }

    @Test
    void countsFailuresByHostAndCauseWhenTheRunEnds() {
        HostFailures failures = new HostFailures(database);
        page(4, "https://shop.example/slow", "failed", "", "", 0);
        page(5, "https://shop.example/gone", "failed", "", "", 0);
        page(6, "https://shop.example/cut", "failed", "", "", 0);
        jdbc.sql("update page set cause = case when url like '%gone' then 'http-status' else 'timeout' end"
                        + " where disposition = 'failed'")
                .update();
        // found again as an earlier run had found it
        jdbc.sql("update page set run_id = ? where url like '%slow'")
                .param(run - 1)
                .update();
        jdbc.sql("create table revisit_now partition of revisit for values from ('2026-03-01') to ('2026-04-01')")
                .update();
        jdbc.sql(
                        "insert into revisit (run_id, at, status, pages) select ?, ?, 0, array[id] from page where url like '%slow'")
                .params(run, START.atOffset(ZoneOffset.UTC))
                .update();

        reports.close(run, 1);

        String host = "https://shop.example:443";
        assertThat(failures.byCause(run))
                .containsExactly(
                        new HostFailures.FailedPages("", "timeout", 2),
                        new HostFailures.FailedPages("", "http-status", 1));
        assertThat(failures.byHost(run, 5))
                .containsExactly(
                        new HostFailures.FailedPages(host, "timeout", 2),
                        new HostFailures.FailedPages(host, "http-status", 1));
    }

    @Test
    void writesTheReportOfRunWithManyLaterOnes() {
        reports.close(run, 1);
        for (int i = 0; i < 31; i++) {
            long later = runs.begin(RULESET, START).id();
            runs.end(later, Runs.Status.COMPLETE, START);
            reports.close(later, 1);
        }

        assertThat(report(LaneAccess.ALL).html(run))
                .contains("aria-label=\"New items of this and earlier runs: run " + run + " 1\"");
    }

    @Test
    void leavesItemsOfRestrictedLanesOutOfWhatIsSent() {
        queue.admit(
                run,
                List.of(
                        SampleFindings.flagged("https://one.example/", "high", "payment", 90),
                        SampleFindings.flagged("https://quiet.example/", "high", "child-safety", 90)));
        trends.record(run);
        assertThat(reports.close(run, 1).items().added()).isEqualTo(3);
        RunReport report = report(new LaneAccess(Set.of("child-safety")));

        assertThat(report.summary(run).orElseThrow().items().added()).isEqualTo(2);
        assertThat(report.html(run))
                .contains(
                        "aria-label=\"Items: new 2\"",
                        "aria-label=\"New items of this and earlier runs: run " + run + " 2\"");
    }

    @Test
    void leavesItemsThatSomebodyMovedToARestrictedLaneOutOfWhatIsSent() {
        LaneAccess access = new LaneAccess(Set.of("child-safety"));
        RunSummary before = reports.close(run, 1);
        assertThat(before.matches()).isEqualTo(1);
        QueuePolicy lanes = new QueuePolicy(
                List.of("low", "high"),
                Duration.ofMinutes(15),
                1,
                new LanePolicy(List.of("child-safety", "payment"), List.of("child-safety")),
                new DecisionChecks(0, 0, DecisionChecks.ONE_YEAR));
        Item item = items.page(ItemFilter.open("ana", LaneAccess.ALL), null, 1)
                .items()
                .getFirst();

        new LaneMoves(database, audit, lanes, clock).move(item.id(), "child-safety", "sue");

        assertThat(report(LaneAccess.ALL).summary(run).orElseThrow().matches()).isEqualTo(1);
        RunSummary sent = report(access).summary(run).orElseThrow();
        assertThat(sent.matches()).isZero();
        assertThat(sent.items().added()).isZero();
        assertThat(sent.background()).isEmpty();
    }

    private RunReport report(LaneAccess access) {
        return new RunReport(reports, new HostFailures(database), exports, trends, () -> access);
    }

    @Test
    void writesTheReportAsOneFileThatLoadsNothing() {
        page(4, "https://shop.example/slow", "failed", "", "", 0);
        jdbc.sql("update page set cause = '<b>&', host = 'https://evil\"<i>.example:443' where disposition = 'failed'")
                .update();
        reports.close(run, 1);

        String html = report(LaneAccess.ALL).html(run);

        assertThat(html)
                .contains(
                        "<h1>Run " + run + ": complete</h1>",
                        "hxxps://evil&quot;&lt;i&gt;[.]example",
                        "&lt;b&gt;&amp;",
                        "aria-label=\"URLs by disposition: fetched 1, refused 1, disallowed by robots.txt 1, failed 1\"",
                        exports.attestation(run).orElseThrow().sha256())
                .doesNotContain("<script", "<i>", "http://", "https://", "url(", "<img", "src=");
    }

    @Test
    void remembersTheLastFailures() {
        RunFailures failures = new RunFailures(database, clock);
        assertThat(failures.last()).isEmpty();

        failures.record(run, new IllegalStateException("job", new IOException("disk\rfull")));
        assertThat(failures.last())
                .contains(new RunFailures.RunFailure(clock.instant(), OptionalLong.of(run), "IOException: disk full"));

        for (int i = 1; i <= 101; i++) {
            failures.recordNotStarted("fault " + i);
        }
        assertThat(failures.last())
                .contains(new RunFailures.RunFailure(clock.instant(), OptionalLong.empty(), "fault 101"));
        assertThat(jdbc.sql("select count(*) from run_failure")
                        .query(Integer.class)
                        .single())
                .isEqualTo(100);
    }

    @Test
    void showsThatThereIsNoRunAndNoItem() {
        jdbc.sql("delete from run").update();
        jdbc.sql("delete from item").update();
        Overview overview = Overview.of(new RunHistory(runs, reports), items, 5);
        assertThat(overview.runsToText()).isEqualTo("No run yet.\n");
        assertThat(overview.queueToText()).isEqualTo("The queue is empty.\n");
    }

    private String exported(Export export, RowFormat format) throws IOException {
        StringBuilder out = new StringBuilder();
        exports.write(export, run, format, out);
        return out.toString();
    }

    private void decide() {
        long item = jdbc.sql("select id from item").query(Long.class).single();
        new Claims(database, audit, policy, clock).claim(item, "reviewer");
        new Decisions(database, audit, policy, clock)
                .decide(
                        item,
                        "reviewer",
                        LaneAccess.ALL,
                        new DecisionRequest(
                                DecisionKind.BRAND_MARK_MISUSE,
                                "high",
                                Confidence.HIGH,
                                "=cmd()",
                                "",
                                null,
                                null,
                                "ef".repeat(32)));
    }

    private void page(int number, String url, String disposition, String kind, String type, int bytes) {
        jdbc.sql("insert into seed (url) values ('https://shop.example/') on conflict do nothing")
                .update();
        jdbc.sql("insert into run_seed (run_id, seed) values (?, 1) on conflict do nothing")
                .param(run)
                .update();
        jdbc.sql("""
                        insert into page (first_run, run_id, url_hash, url, host, seed, depth, priority, disposition, kind,
                                          status, content_type, bytes, truncated, fetched_at)
                        values (?, ?, encode(substring(sha256(?::text::bytea) for 16), 'hex')::uuid, ?, 'https://shop.example:443', 1, 1, 0, ?, nullif(?, ''), 200,
                                nullif(?, ''), ?, false, ?)""")
                .params(
                        run,
                        run,
                        url,
                        url,
                        disposition,
                        kind,
                        type,
                        bytes,
                        START.plusSeconds(number).atOffset(ZoneOffset.UTC))
                .update();
        count("page", disposition, 1);
        if (!kind.isEmpty()) {
            count("refused", kind, 1);
            count("refused-bytes", kind, bytes);
        }
        if (!type.isEmpty()) {
            count("bytes", type, bytes);
        }
    }

    private void count(String about, String name, long n) {
        jdbc.sql("""
                        insert into run_count values (?, ?, ?, ?)
                        on conflict (run_id, about, name) do update set n = run_count.n + excluded.n""").params(run, about, name, n).update();
    }

    private static Finding finding(String url, String text) {
        return new Finding(
                HttpUrl.of(url),
                "Pay here",
                "en",
                40,
                "high",
                "brand",
                true,
                "",
                List.of(new Finding.BrandUse("visa", Match.Kind.ACCEPTANCE)),
                List.of(
                        new Reason(
                                "checkout@1",
                                "payment",
                                Field.OPEN_GRAPH,
                                3,
                                17,
                                40,
                                40,
                                false,
                                0,
                                text,
                                0,
                                3,
                                1,
                                List.of()),
                        new Reason(
                                "news@2", "context", Field.TEXT, 0, 4, -5, -5, false, 45, "news", 0, 4, 1, List.of())),
                List.of(new Match(
                        "checkout@1",
                        Match.Kind.INDICATOR,
                        null,
                        "payment",
                        40,
                        Field.OPEN_GRAPH,
                        3,
                        17,
                        text,
                        text,
                        0)),
                RULESET,
                "ef".repeat(32));
    }
}
