package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.store.DispositionStore;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.report.Export;
import org.markwatch.report.Exports;
import org.markwatch.report.Format;
import org.markwatch.report.Reports;
import org.markwatch.score.FindingStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migrates a filled database of schema version 24 to the latest version and reads it with the classes of today. */
class UpgradeIT {
    private static final String PAY = "https://shop.example/pay";

    private final DataSource database = OldDatabase.filled();
    private final JdbcClient jdbc = JdbcClient.create(database);
    private final Clock clock = Clock.fixed(Instant.parse("2026-03-03T00:00:00Z"), ZoneOffset.UTC);
    private final QueuePolicy policy = new QueuePolicy(List.of("high"), Duration.ofMinutes(15), 100);
    private final Audit audit = new Audit(database, clock);
    private final Runs runs = new Runs(database);
    private final FindingStore findings = new FindingStore(database);
    private final Items items = new Items(database, clock);
    private final Exports exports = new Exports(
            runs,
            new DispositionStore(database),
            findings,
            items,
            new Decisions(database, audit, policy, clock),
            audit,
            List.of());

    @BeforeEach
    void upgrade() {
        new Schema(database).migrate();
    }

    @Test
    void keepsLatestStateOfPages() throws IOException {
        assertThat(exported(Export.PAGES, 2))
                .anyMatch(line ->
                        line.startsWith(PAY + "\t" + PAY + "\tfetched\t200\ttext/html\t4096\tt4\t2026-03-02T01:00:01Z"))
                .anyMatch(line -> line.startsWith("https://shop.example/gone\thttps://shop.example/gone\tfailed\t410"))
                .anyMatch(line ->
                        line.startsWith("https://shop.example/terms\thttps://shop.example/terms\tnot-modified\t304"))
                .hasSize(4);
    }

    @Test
    void keepsValidatorsTextAndScheduleOfPages() {
        assertThat(jdbc.sql("""
                        select p.url, t.etag, t.links, s.unchanged, s.nights, s.due_at = '2026-03-04 01:00Z' as due
                        from page p join page_text t on t.page_id = p.id join schedule s on s.page_id = p.id""").query().singleRow().values())
                .hasToString("[https://shop.example/terms, \"v1\", " + PAY + ", 1, 2, true]");
    }

    @Test
    void exportsMatchesOfEachRun() throws IOException {
        assertThat(exported(Export.MATCHES, 1))
                .last()
                .asString()
                .isEqualTo(PAY + "\tcheckout@1\tindicator\ttext\t3\t17\tcheckout");
        assertThat(exported(Export.MATCHES, 2)).last().asString().endsWith("\tcheckout now");
        assertThat(exported(Export.INDICATORS, 1)).hasSize(2);
    }

    @Test
    void keepsItemsAndDecisions() throws IOException {
        Item item = items.find(1, LaneAccess.ALL).orElseThrow();
        assertThat(item.state()).isEqualTo(ItemState.DECIDED);
        assertThat(item.score()).isEqualTo(55);
        assertThat(exported(Export.ITEMS, 1)).hasSize(2);
        assertThat(exported(Export.DECISIONS, 2))
                .last()
                .asString()
                .contains("brand_mark_misuse", "sells under a mark", "ann");
    }

    @Test
    void keepsAuditChainAndAttestation() throws IOException {
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10)).hasSize(2);
        assertThat(exported(Export.ATTESTATION, 2)).contains("requests\tpage\t3", "neverAskedFor\timage\t9");
    }

    @Test
    void keepsRunsSummariesAndAccounts() {
        Reports reports = new Reports(
                database,
                runs,
                findings,
                new ReviewQueue(database, audit, policy, clock),
                new HeldBackPages(database, clock),
                audit,
                clock);
        assertThat(runs.find(1).orElseThrow().status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(reports.find(2).orElseThrow().rulesets()).containsExactly("bb");
        assertThat(jdbc.sql("select version from account where name = 'ann' and roles = '{supervisor,operator}'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private List<String> exported(Export export, long run) throws IOException {
        StringBuilder out = new StringBuilder();
        exports.write(export, run, Format.TSV, out);
        return out.toString().lines().toList();
    }
}
