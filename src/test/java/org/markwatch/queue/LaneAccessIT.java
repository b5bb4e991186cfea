package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneAccessIT {
    private static final LaneAccess OPEN_LANES = new LaneAccess(Set.of("child-safety"));

    private final QueueFixture fixture = new QueueFixture();

    @Test
    void hidesItemsOfHiddenLanesFromEveryQuery() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://hidden.example/a", "high", "child-safety", 90),
                        SampleFindings.flagged("https://both.example/b", "high", "child-safety", 90),
                        SampleFindings.flagged("https://both.example/c", "medium", "brand", 50)));
        ItemFilter all = new ItemFilter(ItemFilter.Show.ALL, "ana", OPEN_LANES);
        ItemFilter hidden = new ItemFilter(ItemFilter.Show.ALL, "ana", OPEN_LANES).with(ItemTerm.LANE, "child-safety");
        ItemFilter words = new ItemFilter(ItemFilter.Show.ALL, "ana", OPEN_LANES).with(ItemTerm.TEXT, "hidden");
        long visible = fixture.items.page(all, null, 10).items().getFirst().id();

        assertThat(fixture.items.page(all, null, 10).items())
                .extracting(Item::lane)
                .containsExactly("brand");
        for (ItemGroups.Grouping by : ItemGroups.Grouping.values()) {
            assertThat(fixture.groups.page(all, by, null, 10, 10).groups())
                    .extracting(each -> each.first().id(), ItemGroup::items)
                    .containsExactly(tuple(visible, 1L));
        }
        assertThat(fixture.items.count(all, 10).items()).isEqualTo(1);
        assertThat(fixture.items.count(hidden, 10).items()).isZero();
        assertThat(fixture.items.count(words, 10).items()).isZero();
        assertThat(fixture.items.lanes("", OPEN_LANES, 10))
                .extracting(Items.LaneCounts::name)
                .containsExactly("brand");
        assertThat(fixture.items.lanes("", LaneAccess.ALL, 10)).hasSize(2);
        assertThat(fixture.claims.nextWithin(hidden, "ana")).isEmpty();
        assertThat(fixture.claims.nextWithin(all, "ana")).contains(visible);
    }

    @Test
    void refersAndMovesToTheLanesThatThePolicyHasNow() {
        long referred = fixture.admitted("https://a.example/", "x");
        long moved = fixture.admitted("https://b.example/", "x");
        LaneMoves moves = new LaneMoves(fixture.database, fixture.audit, fixture.policy, fixture.clock);
        fixture.policy.lanes().replace(new LanePolicy(List.of("quiet", "other"), List.of("quiet")));
        fixture.claims.claim(moved, "ben");

        fixture.decide(referred, DecisionKind.CHILD_SAFETY_REFERRAL);
        fixture.claims.claim(referred, "cleo");
        fixture.decisions.decide(
                referred,
                "cleo",
                LaneAccess.ALL,
                fixture.request(
                        referred,
                        DecisionKind.CHILD_SAFETY_REFERRAL,
                        null,
                        null,
                        fixture.item(referred).evidenceSha256()));
        moves.move(moved, "quiet", "lea");

        assertThat(fixture.item(referred).lane()).isEqualTo("quiet");
        assertThat(fixture.item(moved)).extracting(Item::lane, Item::claim).containsExactly("quiet", null);
        assertThatThrownBy(() -> moves.move(moved, "brand", "lea")).hasMessageContaining("quiet, other");
    }

    @Test
    void hidesWhetherANumberIsAnItemOfAHiddenLane() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://hidden.example/", "high", "child-safety", 90),
                        SampleFindings.flagged("https://shop.example/", "medium", "brand", 50)));
        long hidden = fixture.all().getFirst().id();
        long copy = fixture.all().getLast().id();
        fixture.claims.claim(copy, "ana");
        DecisionRequest duplicate = fixture.request(
                copy,
                DecisionKind.DUPLICATE_OF,
                null,
                hidden,
                fixture.item(copy).evidenceSha256());

        assertThat(fixture.items.find(hidden, OPEN_LANES)).isEmpty();
        assertThat(fixture.items.isVisible(hidden, "ana", OPEN_LANES)).isFalse();
        assertThat(fixture.items.isVisible(hidden, "ana", LaneAccess.ALL)).isTrue();
        assertThatThrownBy(() -> fixture.decisions.decide(copy, "ana", OPEN_LANES, duplicate))
                .hasMessageContaining("There is no item " + hidden);
        fixture.decisions.decide(copy, "ana", LaneAccess.ALL, duplicate);
    }
}
