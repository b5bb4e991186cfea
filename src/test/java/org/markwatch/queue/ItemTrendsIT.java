package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ItemTrendsIT {
    private static final LaneAccess NOT_BRAND = new LaneAccess(Set.of("brand"));

    private static final QueuePolicy WITH_BRAND = new QueuePolicy(
            List.of("low", "medium", "high"),
            QueueFixture.LEASE,
            0,
            new LanePolicy(List.of("payment", "brand"), List.of("brand")),
            DecisionChecks.WITHOUT_SAMPLES);

    private final QueueFixture fixture = new QueueFixture();
    private final ItemTrends trends = new ItemTrends(
            fixture.database,
            List.of(
                    new ItemTrends.PaymentTerms("cards", Set.of(), Set.of("visa", "mastercard")),
                    new ItemTrends.PaymentTerms("voucher", Set.of("alternative-payment"), Set.of()),
                    new ItemTrends.PaymentTerms("currency", Set.of("crypto"), Set.of("other"))));

    @Test
    void countsNewItemsOfARunByPaymentMethodWithoutHiddenLanes() {
        fixture.queue.admit(
                7,
                List.of(
                        SampleFindings.flagged("https://one.example/", "high", "payment", 60),
                        SampleFindings.flagged("https://two.example/", "high", "brand", 60)));
        fixture.queue.admit(8, List.of(SampleFindings.flagged("https://one.example/", "high", "payment", 61)));
        trends.record(7);
        trends.record(7);
        trends.record(8);

        assertThat(trends.newItems(List.of(7L, 8L), LaneAccess.ALL))
                .containsExactlyInAnyOrder(
                        new ItemTrends.NewItems(7, "", 2),
                        new ItemTrends.NewItems(7, "cards", 2),
                        new ItemTrends.NewItems(7, "voucher", 2));
        assertThat(trends.newItemsOf(List.of(7L, 8L), NOT_BRAND)).isEqualTo(Map.of(7L, 1L));
    }

    @Test
    void countsItemsThatPeopleMovedInTheLaneThatTheyAreIn() {
        fixture.queue.admit(
                7,
                List.of(
                        SampleFindings.flagged("https://one.example/", "high", "payment", 60),
                        SampleFindings.flagged("https://two.example/", "high", "payment", 60),
                        SampleFindings.flagged("https://three.example/", "high", "payment", 60)));
        List<Long> ids = fixture.all().stream().map(Item::id).toList();
        LaneMoves moves = new LaneMoves(fixture.database, fixture.audit, WITH_BRAND, fixture.clock);
        moves.move(ids.get(0), "brand", "lea");
        assertThat(trends.newItems(List.of(7L), NOT_BRAND)).isEmpty();

        trends.record(7);
        moves.move(ids.get(1), "brand", "lea");

        assertThat(trends.newItems(List.of(7L), NOT_BRAND))
                .containsExactlyInAnyOrder(
                        new ItemTrends.NewItems(7, "", 1),
                        new ItemTrends.NewItems(7, "cards", 1),
                        new ItemTrends.NewItems(7, "voucher", 1));
        assertThat(trends.newItemsOf(List.of(7L), NOT_BRAND)).isEqualTo(Map.of(7L, 1L));
        assertThat(trends.newItemsOf(List.of(7L), new LaneAccess(Set.of("payment"))))
                .isEqualTo(Map.of(7L, 2L));
        assertThat(trends.newItemsOf(List.of(7L), LaneAccess.ALL)).isEqualTo(Map.of(7L, 3L));

        moves.move(ids.get(0), "payment", "lea");
        trends.record(7);
        assertThat(trends.newItemsOf(List.of(7L), NOT_BRAND)).isEqualTo(Map.of(7L, 2L));
    }

    @Test
    void countsNoCopiesOfCalibrationItems() {
        QueuePolicy policy = new QueuePolicy(
                fixture.policy.severities(),
                QueueFixture.LEASE,
                0,
                LanePolicy.NONE,
                new DecisionChecks(0, 1, DecisionChecks.ONE_YEAR));
        long known = fixture.admitted("https://known.example/", "x");
        fixture.admitted("https://open.example/", "x");
        fixture.decide(known, DecisionKind.UNDETERMINED);
        new Calibration(fixture.database, fixture.audit, policy, fixture.clock)
                .add(known, DecisionKind.UNDETERMINED, "lea");
        long copy = new Claims(fixture.database, fixture.audit, policy, fixture.clock)
                .nextWithin(ItemFilter.open("ben", LaneAccess.ALL), "ben")
                .orElseThrow();
        fixture.decisions.decide(
                copy,
                "ben",
                LaneAccess.ALL,
                fixture.request(
                        copy,
                        DecisionKind.FALSE_POSITIVE,
                        null,
                        null,
                        fixture.item(copy).evidenceSha256()));
        trends.record(1);

        assertThat(trends.newItems(List.of(1L), LaneAccess.ALL))
                .extracting(ItemTrends.NewItems::items)
                .containsOnly(2L);
        assertThat(trends.decisions(fixture.clock.instant().minus(Duration.ofDays(2)), LaneAccess.ALL))
                .extracting(ItemTrends.DecisionsOfDay::verdict)
                .containsExactly("undetermined");
    }

    @Test
    void countsDecisionsByDayWithoutHiddenLanes() {
        long shown = fixture.admitted("https://one.example/", "a");
        fixture.queue.admit(1, List.of(SampleFindings.flagged("https://two.example/", "high", "brand", 60)));
        long hidden = fixture.all().stream()
                .filter(item -> item.lane().equals("brand"))
                .findFirst()
                .orElseThrow()
                .id();
        fixture.decide(shown, DecisionKind.FALSE_POSITIVE);
        LocalDate first = LocalDate.ofInstant(fixture.clock.instant(), fixture.clock.getZone());
        fixture.clock.advance(Duration.ofDays(1));
        fixture.decide(hidden, DecisionKind.BRAND_MARK_MISUSE);
        new LaneMoves(fixture.database, fixture.audit, WITH_BRAND, fixture.clock).move(shown, "brand", "lea");

        assertThat(trends.decisions(fixture.clock.instant().minus(Duration.ofDays(2)), LaneAccess.ALL))
                .containsExactly(
                        new ItemTrends.DecisionsOfDay(first, "false_positive", 1),
                        new ItemTrends.DecisionsOfDay(first.plusDays(1), "brand_mark_misuse", 1));
        assertThat(trends.decisions(fixture.clock.instant().minus(Duration.ofDays(2)), NOT_BRAND))
                .containsExactly(new ItemTrends.DecisionsOfDay(first, "false_positive", 1));
    }

    @Test
    void countsAReferralOnceWhenTheSecondPersonAgreesAndInTheLaneItLeadsTo() {
        Decisions decisions = new Decisions(fixture.database, fixture.audit, WITH_BRAND, fixture.clock);
        long id = fixture.admitted("https://one.example/", "a");
        refer(decisions, id, "ana");
        Instant since = fixture.clock.instant().minus(Duration.ofDays(2));
        assertThat(trends.decisions(since, LaneAccess.ALL)).isEmpty();

        fixture.clock.advance(Duration.ofDays(1));
        refer(decisions, id, "ben");

        LocalDate agreed = LocalDate.ofInstant(fixture.clock.instant(), fixture.clock.getZone());
        assertThat(trends.decisions(since, LaneAccess.ALL))
                .containsExactly(new ItemTrends.DecisionsOfDay(agreed, "child_safety_referral", 1));
        assertThat(trends.decisions(since, NOT_BRAND)).isEmpty();
    }

    private void refer(Decisions decisions, long id, String reviewer) {
        fixture.claims.claim(id, reviewer);
        decisions.decide(
                id,
                reviewer,
                LaneAccess.ALL,
                fixture.request(
                        id,
                        DecisionKind.CHILD_SAFETY_REFERRAL,
                        null,
                        null,
                        fixture.item(id).evidenceSha256()));
    }
}
