package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.BenignPages;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.QueueProgress;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.queue.UnsupportedItems;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;

/** Nights over a page that shows the crawl a harmless text now and then. */
class DisguisedPagesIT {
    private static final String URL = "https://shop.example/offer";

    private final DataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(database);
    private final FindingStore findings = new FindingStore(database);
    private final Audit audit = new Audit(database, clock);
    private final QueuePolicy policy = new QueuePolicy(List.of("low", "medium", "high"), Duration.ofMinutes(15), 0);
    private final ReviewQueue queue = new ReviewQueue(database, audit, policy, clock);
    private final Items items = new Items(database, clock);
    private final QueueUpdate update = new QueueUpdate(
            runs,
            findings,
            new FindingChanges(database),
            queue,
            new UnsupportedItems(database, audit, clock),
            new BenignPages(database, audit, clock),
            new HeldBackPages(database, clock),
            new QueueProgress(database, clock),
            new ItemTrends(database, List.of()));

    @Test
    void keepsTheItemOpenAndSaysThatThePageIsBenignOnDirectFetch() {
        night(flagged());
        night(SampleFindings.quiet(URL));

        assertThat(item().state()).isEqualTo(ItemState.NEW);
        assertThat(item().benignAt()).isNotNull();
        assertThat(items.count(new ItemFilter(Show.BENIGN, "ana", LaneAccess.ALL), 10)
                        .items())
                .isEqualTo(1);
        assertThat(audit.entriesOf("item:" + item().id(), 10))
                .extracting(AuditEntry::action)
                .containsExactly("item.benign");

        night(flagged());
        assertThat(item().benignAt()).isNull();
        assertThat(items.count(new ItemFilter(Show.BENIGN, "ana", LaneAccess.ALL), 10)
                        .items())
                .isZero();
    }

    @Test
    void reopensADecidedPageThatComesBackAsItWas() {
        night(flagged());
        decide(DecisionKind.BRAND_MARK_MISUSE);
        night(SampleFindings.quiet(URL));
        assertThat(item().state()).isEqualTo(ItemState.DECIDED);
        assertThat(item().benignAt()).isNotNull();

        night(flagged());
        assertThat(item().state()).isEqualTo(ItemState.REOPENED);
        assertThat(audit.entriesOf("item:" + item().id(), 1).getFirst().details())
                .contains("flagged again after it was benign on direct fetch");
    }

    @Test
    void leavesAPageThatWasFoundHarmlessDecided() {
        night(flagged());
        decide(DecisionKind.FALSE_POSITIVE);
        night(SampleFindings.quiet(URL));
        night(flagged());

        assertThat(item().state()).isEqualTo(ItemState.DECIDED);
        assertThat(item().benignAt()).isNull();
    }

    @Test
    void tellsAPageThatIsGoneFromABenignOne() {
        night(flagged());
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        findings.end(run, List.of(HttpUrl.of(URL)));
        update.apply(run, () -> {});

        assertThat(item().benignAt()).isNull();
    }

    private static Finding flagged() {
        return SampleFindings.withMatch(SampleFindings.flagged(URL, "the same"));
    }

    private void night(Finding finding) {
        clock.advance(Duration.ofDays(1));
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        findings.save(run, List.of(finding));
        update.apply(run, () -> {});
    }

    private void decide(DecisionKind kind) {
        new Claims(database, audit, policy, clock).claim(item().id(), "ana");
        new Decisions(database, audit, policy, clock)
                .decide(
                        item().id(),
                        "ana",
                        LaneAccess.ALL,
                        new DecisionRequest(
                                kind, "high", Confidence.HIGH, "seen", "", null, null, item().evidenceSha256()));
    }

    private Item item() {
        return items.page(new ItemFilter(Show.ALL, "ana", LaneAccess.ALL), null, 10)
                .items()
                .getFirst();
    }
}
