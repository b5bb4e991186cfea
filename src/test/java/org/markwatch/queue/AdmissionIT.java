package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.markwatch.score.Finding;

class AdmissionIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void queuesFlaggedPagesCountsSuppressedOnesAndIgnoresTheRest() {
        Admission admission = fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://a.example/", "x"),
                        SampleFindings.suppressed("https://b.example/"),
                        SampleFindings.quiet("https://c.example/")));

        assertThat(admission).isEqualTo(new Admission(1, 0, 0, 1));
        assertThat(fixture.all()).singleElement().satisfies(item -> {
            assertThat(item.url()).hasToString("https://a.example/");
            assertThat(item.state()).isEqualTo(ItemState.NEW);
            assertThat(item.queuedAt()).isEqualTo(fixture.clock.instant());
            assertThat(item.brandUses()).contains(new Item.ItemBrandUse("visa", "acceptance"));
            assertThat(item.reasons())
                    .hasSize(4)
                    .extracting(Item.ItemReason::field)
                    .contains("json-ld");
        });
    }

    @Test
    void admitsEachPageOnceWhenInterruptedRunIsRepeated() {
        List<Finding> findings = IntStream.range(0, 450)
                .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                .toList();
        Iterable<Finding> killed = () -> new Iterator<>() {
            private final Iterator<Finding> all = findings.iterator();
            private int given;

            @Override
            public boolean hasNext() {
                return all.hasNext();
            }

            @Override
            public Finding next() {
                if (given++ == 430) {
                    throw new IllegalStateException("killed");
                }
                return all.next();
            }
        };

        assertThatThrownBy(() -> fixture.queue.admit(1, killed)).hasMessage("killed");
        assertThat(fixture.queue.admissionOf(1).added()).isEqualTo(400);
        assertThat(fixture.queue.admit(1, findings)).isEqualTo(new Admission(450, 0, 0, 0));
        assertThat(fixture.queue.admit(1, findings)).isEqualTo(new Admission(450, 0, 0, 0));
        assertThat(fixture.all()).hasSize(450);
    }

    @Test
    void keepsItemDecidedWhileItsEvidenceStaysTheSame() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "x"))))
                .isEqualTo(new Admission(0, 0, 1, 0));
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.DECIDED);
        assertThat(fixture.item(id).lastRun()).isEqualTo(2);
    }

    @Test
    void reopensDecidedItemWhenItsEvidenceChangesAndKeepsTheEarlierDecision() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        fixture.clock.advance(Duration.ofDays(1));

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y"))))
                .isEqualTo(new Admission(0, 1, 0, 0));
        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.REOPENED);
        assertThat(item.queuedAt()).isEqualTo(fixture.clock.instant());
        Decision decision = Objects.requireNonNull(item.decision());
        assertThat(decision.kind()).isEqualTo(DecisionKind.FALSE_POSITIVE);
        assertThat(decision.evidenceSha256()).isNotEqualTo(item.evidenceSha256());
        assertThat(fixture.audit.entriesOf("item:" + id, 1))
                .extracting(AuditEntry::action)
                .containsExactly("item.reopen");
    }

    @Test
    void reopensAuthorisedMerchantTheDayAfterTheAuthorisationExpired() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        LocalDate last = LocalDate.parse("2026-03-03");
        fixture.decisions.decide(
                id,
                "ana",
                fixture.request(
                        id,
                        DecisionKind.AUTHORISED_MERCHANT,
                        last,
                        null,
                        fixture.item(id).evidenceSha256()));
        List<Finding> same = List.of(SampleFindings.flagged("https://a.example/", "x"));

        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.queue.admit(2, same).reopened()).isZero();
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.queue.admit(3, same).reopened()).isEqualTo(1);
    }

    @Test
    void updatesEvidenceOfOpenItemWithoutReopeningIt() {
        long id = fixture.admitted("https://a.example/", "x");
        Item before = fixture.item(id);
        fixture.clock.advance(Duration.ofHours(3));

        assertThat(fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y"))))
                .isEqualTo(new Admission(0, 0, 1, 0));
        assertThat(fixture.item(id).evidenceSha256()).isNotEqualTo(before.evidenceSha256());
        assertThat(fixture.item(id).queuedAt()).isEqualTo(before.queuedAt());
    }

    @Test
    void admitsPageOnceWhenItIsFoundTwiceInARun() {
        Finding finding = SampleFindings.flagged("https://a.example/", "x");

        assertThat(fixture.queue.admit(1, List.of(finding, finding))).isEqualTo(new Admission(1, 0, 0, 0));
    }

    @Test
    void admitsFindingsFromStream() {
        Stream<Finding> findings = Stream.of(SampleFindings.flagged("https://a.example/", "x"));

        assertThat(fixture.queue.admit(1, findings::iterator).added()).isEqualTo(1);
    }

    @Test
    void replacesCharactersThatTheDatabaseCannotStore() {
        Finding sample = SampleFindings.flagged("https://a.example/", "x");
        Finding broken = new Finding(
                sample.url(),
                "a\u0000b\uD83D",
                "",
                1,
                "low",
                "other",
                true,
                "",
                sample.brandUses(),
                sample.reasons(),
                List.of(),
                "0",
                "1");

        fixture.queue.admit(1, List.of(broken));

        assertThat(fixture.all()).singleElement().extracting(Item::title).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void refusesSeverityThatThePolicyDoesNotHave() {
        assertThatThrownBy(() -> fixture.queue.admit(
                        1, List.of(SampleFindings.flagged("https://a.example/", "urgent", "other", 5))))
                .hasMessageContaining("severity=urgent; the bands of the policy are [low, medium, high]");
    }
}
