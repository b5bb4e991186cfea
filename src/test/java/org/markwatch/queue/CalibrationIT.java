package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.agreement.Agreement;

class CalibrationIT {
    private final QueueFixture fixture = new QueueFixture();
    private final QueuePolicy policy = new QueuePolicy(
            fixture.policy.severities(),
            QueueFixture.LEASE,
            0,
            LanePolicy.NONE,
            new DecisionChecks(0, 1, DecisionChecks.ONE_YEAR));
    private final Calibration calibration = new Calibration(fixture.database, fixture.audit, policy, fixture.clock);
    private final Claims claims = new Claims(fixture.database, fixture.audit, policy, fixture.clock);
    private final Agreement agreement = new Agreement(fixture.database, fixture.clock);

    @Test
    void dealsCopyThatLooksLikeAnyItemOnceToEachReviewer() {
        long known = fixture.admitted("https://known.example/", "x");
        long open = fixture.admitted("https://open.example/", "x");
        assertThatThrownBy(() -> calibration.add(known, DecisionKind.FALSE_POSITIVE, "lea"))
                .hasMessageContaining("not decided");
        fixture.decide(known, DecisionKind.BRAND_MARK_MISUSE);
        calibration.add(known, DecisionKind.BRAND_MARK_MISUSE, "lea");

        long copy = next("", "ben").orElseThrow();

        Item item = fixture.item(copy);
        assertThat(copy).isNotIn(known, open);
        assertThat(item.state()).isEqualTo(ItemState.NEW);
        assertThat(item.decision()).isNull();
        assertThat(item.url()).isEqualTo(fixture.item(known).url());
        assertThat(item.queuedAt()).isEqualTo(fixture.item(open).queuedAt());
        assertThat(item.isFor("ben")).isTrue();
        assertThat(item.isFor("cleo")).isFalse();
        assertThat(fixture.all()).extracting(Item::id).containsExactlyInAnyOrder(known, open);
        assertThat(fixture.items
                        .page(new ItemFilter(Show.CLAIMED, "cleo", LaneAccess.ALL), null, 9)
                        .items())
                .isEmpty();
        assertThat(fixture.items
                        .page(new ItemFilter(Show.MINE, "ben", LaneAccess.ALL), null, 9)
                        .items())
                .extracting(Item::id)
                .containsExactly(copy);
        assertThat(claimed("ben")).isEqualTo(1);
        assertThat(claimed("cleo")).isZero();
        assertThat(claims.assign(copy, "cleo", "lea")).isFalse();
        assertThat(fixture.items
                        .page(new ItemFilter(Show.CLAIMED, "ben", LaneAccess.ALL), null, 9)
                        .items())
                .as("its holder finds it as any other")
                .extracting(Item::id)
                .containsExactly(copy);
        assertThat(next("", "ben")).as("an item that is held comes first").contains(copy);

        long decision = fixture.decisions.decide(
                copy,
                "ben",
                LaneAccess.ALL,
                fixture.request(copy, DecisionKind.CHILD_SAFETY_REFERRAL, null, null, item.evidenceSha256()));

        assertThat(calibration.answerFor(decision)).contains(DecisionKind.BRAND_MARK_MISUSE);
        assertThat(fixture.item(copy).stage()).isEqualTo(ReviewStage.FIRST);
        assertThat(fixture.items.count(new ItemFilter(Show.DECIDED, "ben", LaneAccess.ALL)))
                .isEqualTo(1);
        assertThat(fixture.decisions.isReversible(decision)).isFalse();
        assertThatThrownBy(() -> fixture.decisions.undo(copy, decision, "ben"))
                .hasMessageContaining("cannot be taken back");
        assertThatThrownBy(() -> fixture.decisions.reopen(copy, "lea", "again")).hasMessageContaining("calibration");
        assertThat(next("", "ben")).contains(open);
        assertThat(agreement.of("ben")).isEqualTo(new Agreement.Calibrated("ben", 1, 0));
        assertThat(agreement.byCalibrationItem(List.of()))
                .containsExactly(new Agreement.Calibrated(Long.toString(known), 1, 0));
        assertThat(agreement.calibrationItems(List.of("payment"))).isEmpty();
    }

    @Test
    void dealsNoCopyToWhoDecidedTheItemOrOutsideOfTheFilter() {
        long known = fixture.admitted("https://known.example/", "x");
        fixture.queue.admit(1, List.of(SampleFindings.flagged("https://open.example/", "medium", "other", 30)));
        fixture.decide(known, DecisionKind.UNDETERMINED);
        calibration.add(known, DecisionKind.UNDETERMINED, "lea");

        long forAna = next("", "ana").orElseThrow();
        assertThat(fixture.item(forAna).host()).isEqualTo("open.example");
        claims.release(forAna, "ana");
        assertThat(fixture.item(next("other", "ben").orElseThrow()).host()).isEqualTo("open.example");
        calibration.retire(known, "lea");
        assertThat(calibration.answerOf(known)).isEmpty();
        assertThatThrownBy(() -> calibration.retire(known, "lea")).hasMessageContaining("not a calibration item");
    }

    @Test
    void dealsNoCopyOfAnItemThatIsOpenAgain() {
        long known = fixture.admitted("https://known.example/", "x");
        long open = fixture.admitted("https://open.example/", "x");
        fixture.decide(known, DecisionKind.UNDETERMINED);
        calibration.add(known, DecisionKind.UNDETERMINED, "lea");
        fixture.decisions.reopen(known, "lea", "the page changed");
        fixture.claims.claim(known, "cleo");

        assertThat(next("", "ben")).contains(open);
    }

    @Test
    void purgesCopiesWithTheTextOfItems() {
        long known = fixture.admitted("https://known.example/", "x");
        fixture.admitted("https://open.example/", "x");
        fixture.decide(known, DecisionKind.UNDETERMINED);
        calibration.add(known, DecisionKind.UNDETERMINED, "lea");
        long copy = next("", "ben").orElseThrow();
        fixture.clock.advance(Duration.ofDays(40));

        new ItemRetention(fixture.database, fixture.clock)
                .purge(fixture.clock.instant().minus(Duration.ofDays(35)));

        assertThat(fixture.item(copy).reasons()).isEmpty();
        assertThat(Objects.requireNonNull(fixture.item(copy).host())).isEmpty();
    }

    private Optional<Long> next(String lane, String reviewer) {
        return claims.nextWithin(
                new ItemFilter(Show.OPEN, reviewer, LaneAccess.ALL).with(ItemTerm.LANE, lane), reviewer);
    }

    /** Returns how many claimed items the cards of the lanes show to a reader. */
    private long claimed(String reader) {
        return fixture.items.lanes(reader, LaneAccess.ALL, 9).stream()
                .mapToLong(Items.LaneCounts::claimed)
                .sum();
    }
}
