package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.match.Watchlists;
import org.markwatch.queue.CurrentLanes;
import org.markwatch.queue.LanePolicy;
import org.markwatch.watchlist.Policy;
import org.markwatch.watchlist.Watchlist;

class CurrentWatchlistTest {
    private static final Policy.Lane GENERAL = new Policy.Lane("general", List.of(), List.of());

    @Test
    void restrictsALaneAtOnceAndUntilTheEnd() {
        CurrentWatchlist current = new CurrentWatchlist(restricting("first"), new CurrentLanes(LanePolicy.NONE));
        assertThat(current.restrictedLanes()).containsExactly("first");

        current.replace(restricting("second"));
        current.replace(restricting("third"));
        assertThat(current.restrictedLanes()).containsExactlyInAnyOrder("first", "second", "third");
    }

    @Test
    void replacesTheLanesOfTheQueue() {
        CurrentLanes lanes = new CurrentLanes(LanePolicy.NONE);
        new CurrentWatchlist(restricting("first"), lanes).replace(restricting("second"));

        assertThat(lanes.get().names()).containsExactly("second", "general");
        assertThat(lanes.get().referrals()).isEqualTo("second");
    }

    private static Watchlist restricting(String lane) {
        Watchlist plain = Watchlists.of(Watchlists.BRANDS, List.of());
        Policy policy = plain.policy();
        return new Watchlist(
                plain.settings(),
                plain.seeds(),
                plain.brands(),
                plain.indicators(),
                new Policy(
                        policy.groups(),
                        policy.brandUsePoints(),
                        policy.reviewFrom(),
                        policy.bands(),
                        List.of(new Policy.Lane(lane, List.of(), List.of(), true), GENERAL),
                        policy.sampleOneIn()),
                plain.lexicon(),
                plain.evidence(),
                plain.rulesetSha256(),
                null,
                plain.locations(),
                plain.repeats());
    }
}
