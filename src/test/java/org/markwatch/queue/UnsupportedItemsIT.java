package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.score.FindingChanges.DroppedPage;
import org.markwatch.url.HttpUrl;

/** Items that close because no rule supports them. */
class UnsupportedItemsIT {
    private static final String URL = "https://a.example/";
    private static final String RULESET = "ab".repeat(32);

    private final QueueFixture fixture = new QueueFixture();
    private final UnsupportedItems unsupported = new UnsupportedItems(fixture.database, fixture.audit, fixture.clock);

    @Test
    void closesOpenItemWithAnEntryInItsHistory() {
        long id = fixture.admitted(URL, "x");

        drop(2, URL, "");

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.CLOSED);
        assertThat(fixture.queue.admissionOf(2).dropped()).isEqualTo(1);
        assertThat(fixture.audit.entriesOf("item:" + id, 1)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("system");
            assertThat(entry.action()).isEqualTo("item.close");
            assertThat(entry.details())
                    .isEqualTo("{\"ruleset\":\"" + RULESET + "\",\"run\":2,\"why\":\"no rule supports it\"}");
        });
        assertThat(fixture.audit.verify()).isEmpty();
        assertThat(fixture.items.count(ItemFilter.open("ana", LaneAccess.ALL))).isZero();
        assertThat(fixture.next(null, "ana")).isEmpty();
    }

    @Test
    void saysWhyThePageIsSuppressed() {
        long id = fixture.admitted(URL, "x");

        drop(2, URL, "authorised merchant");

        assertThat(fixture.audit.entriesOf("item:" + id, 1).getFirst().details())
                .contains("no rule supports it: authorised merchant");
    }

    @Test
    void countsEachItemOnceWhenInterruptedRunIsRepeated() {
        fixture.admitted(URL, "x");

        drop(2, URL, "");
        drop(2, URL, "");

        assertThat(fixture.queue.admissionOf(2).dropped()).isEqualTo(1);
    }

    @Test
    void leavesDecidedAndHeldItemsAndTheSampleAlone() {
        long decided = fixture.admitted("https://decided.example/", "x");
        fixture.decide(decided, DecisionKind.FALSE_POSITIVE);
        Item before = fixture.item(decided);
        long held = fixture.admitted("https://held.example/", "x");
        fixture.claims.claim(held, "ana");
        new ReviewQueue(
                        fixture.database,
                        fixture.audit,
                        new QueuePolicy(fixture.policy.severities(), QueueFixture.LEASE, 1),
                        fixture.clock)
                .admit(1, List.of(SampleFindings.quiet("https://sample.example/")));

        for (String url : List.of("https://decided.example/", "https://held.example/", "https://sample.example/")) {
            drop(2, url, "");
        }

        assertThat(fixture.item(decided)).isEqualTo(before);
        assertThat(fixture.all()).extracting(Item::state).doesNotContain(ItemState.CLOSED);
        assertThat(fixture.queue.admissionOf(2).dropped()).isZero();
    }

    @Test
    void closesItemWhoseClaimHasExpired() {
        long id = fixture.admitted(URL, "x");
        fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE.plusSeconds(1));

        drop(2, URL, "");

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.CLOSED);
        assertThatThrownBy(() -> fixture.claims.claim(id, "ana"))
                .isInstanceOf(ItemConflictException.class)
                .hasMessageContaining("closed, because no rule supports it");
    }

    @Test
    void opensItemAgainInItsOldPlaceWhenARunFlagsThePage() {
        long id = fixture.admitted(URL, "x");
        Instant queuedAt = fixture.item(id).queuedAt();
        fixture.clock.advance(Duration.ofDays(3));
        drop(2, URL, "");
        fixture.clock.advance(Duration.ofDays(3));

        Admission admission = fixture.queue.admit(3, List.of(SampleFindings.flagged(URL, "x")));

        assertThat(admission.reopened()).isEqualTo(1);
        assertThat(fixture.item(id).state()).as("never decided").isEqualTo(ItemState.NEW);
        assertThat(fixture.item(id).queuedAt()).isEqualTo(queuedAt);
        assertThat(fixture.audit.entriesOf("item:" + id, 1).getFirst().details())
                .contains("a rule supports it again");
    }

    @Test
    void opensItemThatWasDecidedBeforeAsReopened() {
        long id = fixture.admitted(URL, "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        fixture.queue.admit(2, List.of(SampleFindings.flagged(URL, "y")));
        drop(3, URL, "");

        fixture.queue.admit(4, List.of(SampleFindings.flagged(URL, "y")));

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.REOPENED);
    }

    @Test
    void letsALeadOpenItByHand() {
        long id = fixture.admitted(URL, "x");
        drop(2, URL, "");

        fixture.decisions.reopen(id, "lea", "the rule was right");

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.NEW);
        assertThat(fixture.next(null, "ana")).contains(id);
    }

    @Test
    void samplesClosedItemWhenItsPageIsChosen() {
        long id = fixture.admitted(URL, "x");
        drop(2, URL, "");

        Admission admission = new ReviewQueue(
                        fixture.database,
                        fixture.audit,
                        new QueuePolicy(fixture.policy.severities(), QueueFixture.LEASE, 1),
                        fixture.clock)
                .admit(3, List.of(SampleFindings.quiet(URL)));

        assertThat(admission.sampled()).isEqualTo(1);
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.NEW);
        assertThat(fixture.item(id).lane()).isEqualTo("sample");
        assertThat(fixture.heldBack.sampleResult(LaneAccess.ALL).sampled()).isEqualTo(1);
    }

    @Test
    void purgesClosedItemLikeADecidedOne() {
        long id = fixture.admitted(URL, "x");
        drop(2, URL, "");
        ItemRetention retention = new ItemRetention(fixture.database, fixture.clock);

        assertThat(retention.purge(fixture.clock.instant())).isZero();
        assertThat(retention.purge(fixture.clock.instant().plusSeconds(1))).isEqualTo(1);
        assertThat(fixture.item(id).title()).isEmpty();
    }

    private void drop(long run, String url, String suppressed) {
        unsupported.close(run, RULESET, List.of(new DroppedPage(HttpUrl.of(url), suppressed)), () -> {});
    }
}
