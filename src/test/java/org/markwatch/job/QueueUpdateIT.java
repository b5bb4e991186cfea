package org.markwatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.BenignPages;
import org.markwatch.queue.HeldBackPages;
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

/** The queue step over several nights. */
class QueueUpdateIT {
    private static final int ONE_IN = 20;

    private final DataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final Runs runs = new Runs(database);
    private final FindingStore findings = new FindingStore(database);
    private final Audit audit = new Audit(database, clock);
    private final ReviewQueue queue = new ReviewQueue(
            database, audit, new QueuePolicy(List.of("low", "medium", "high"), Duration.ofMinutes(15), ONE_IN), clock);
    private final HeldBackPages heldBack = new HeldBackPages(database, clock);
    private final QueueUpdate update = new QueueUpdate(
            runs,
            findings,
            new FindingChanges(database),
            queue,
            new UnsupportedItems(database, audit, clock),
            new BenignPages(database, audit, clock),
            heldBack,
            new QueueProgress(database, clock),
            new ItemTrends(database, List.of()));
    private final Set<String> held = new HashSet<>();

    /** The pages that a run would choose which reads all held-back pages every night. */
    private final Set<String> expected = new HashSet<>();

    @Test
    void samplesTheSamePagesAsIfItReadAllOfThemEveryNight() {
        long first = night("2027-03-01T01:00:00Z", 0, 600);
        int drawnFirst = expected.size();
        long second = night("2027-03-05T01:00:00Z", 590, 620);
        long third = night("2027-03-31T01:00:00Z", 0, 0);
        int inMarch = expected.size();
        long fourth = night("2027-04-01T01:00:00Z", 10, 20);
        long fifth = night("2027-04-02T01:00:00Z", 620, 640);

        assertThat(sampled()).isEqualTo(expected);
        assertThat(drawnFirst).isBetween(10, 60);
        assertThat(expected.size() - inMarch).as("April draws others").isBetween(10, 60);
        assertThat(queue.admissionOf(first).sampled()).isEqualTo(drawnFirst);
        assertThat(queue.admissionOf(third).sampled()).isZero();
        assertThat(queue.admissionOf(second).sampled()
                        + queue.admissionOf(fourth).sampled()
                        + queue.admissionOf(fifth).sampled())
                .isEqualTo(expected.size() - drawnFirst);
        assertThat(heldBack.sampleResult(LaneAccess.ALL).sampled()).isEqualTo(expected.size());
        assertThat(heldBack.counts(third)).isEqualTo(heldBack.counts(second)).containsEntry("points", 620L);
        assertThat(heldBack.counts(fifth)).containsEntry("points", 640L);
    }

    @Test
    void drawsAgainWhenTheShareChanges() {
        night("2027-03-01T01:00:00Z", 0, 600);
        ReviewQueue everyPage = new ReviewQueue(
                database, audit, new QueuePolicy(List.of("low", "medium", "high"), Duration.ofMinutes(15), 1), clock);

        assertThat(queue.sample().isDrawn()).isTrue();
        assertThat(everyPage.sample().isDrawn()).isFalse();
    }

    @Test
    void changesNothingWhenItIsAppliedAgain() {
        long run = night("2027-03-01T01:00:00Z", 0, 100);
        Set<String> before = sampled();

        update.apply(run, () -> {});

        assertThat(sampled()).isEqualTo(before);
        assertThat(heldBack.counts(run)).containsEntry("points", 100L);
    }

    /** Runs a night that judges the pages with these numbers, of which some may be new, and returns its run. */
    private long night(String at, int from, int to) {
        clock.advance(Duration.between(clock.instant(), Instant.parse(at)));
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        List<Finding> judged = IntStream.range(from, to)
                .mapToObj(n -> SampleFindings.withMatch(SampleFindings.quiet("https://a.example/" + n)))
                .toList();
        findings.save(run, judged);
        judged.forEach(finding -> held.add(finding.url().toString()));
        held.stream().filter(url -> queue.sample().includes(HttpUrl.of(url))).forEach(expected::add);
        update.apply(run, () -> {});
        return run;
    }

    private Set<String> sampled() {
        List<String> urls = new ArrayList<>();
        new Items(database, clock).sampledUrls().forEach(url -> urls.add(url.toString()));
        return new HashSet<>(urls);
    }
}
