package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.action.Actions;

class ActionsIT {
    private final QueueFixture fixture = new QueueFixture();
    private final Actions actions = new Actions(fixture.database, fixture.audit, fixture.clock);

    @Test
    void listsActionsOfFinalDecisionsUntilTheyAreDone() {
        long notice = fixture.admitted("https://a.example/", "x");
        long none = fixture.admitted("https://b.example/", "x");
        long waiting = fixture.admitted("https://c.example/", "x");
        fixture.decide(notice, DecisionKind.ACCEPTANCE_SUSPECTED);
        fixture.decide(none, DecisionKind.FALSE_POSITIVE);
        fixture.decide(waiting, DecisionKind.CHILD_SAFETY_REFERRAL);

        assertThat(actions.open(LaneAccess.ALL, 0, 9))
                .extracting(open -> open.action().itemId())
                .containsExactly(notice);
        assertThat(actions.open(new LaneAccess(Set.of("payment")), 0, 9)).isEmpty();
        assertThat(actions.of(waiting)).isEmpty();
        actions.choose(none, ActionKind.INTERNAL_TREND, "ben");
        assertThat(actions.open(LaneAccess.ALL, 0, 1)).hasSize(1);
        assertThat(actions.open(
                        LaneAccess.ALL,
                        actions.open(LaneAccess.ALL, 0, 1).getFirst().action().decisionId(),
                        9))
                .extracting(open -> open.action().itemId())
                .containsExactly(none);

        assertThatThrownBy(() -> actions.done(notice, " ", "ben")).isInstanceOf(IllegalArgumentException.class);
        actions.done(notice, "number 12", "ben");

        assertThat(actions.of(notice).orElseThrow().receipt()).isEqualTo("number 12");
        assertThatThrownBy(() -> actions.done(notice, "again", "ben")).isInstanceOf(ItemConflictException.class);
        assertThatThrownBy(() -> actions.choose(notice, ActionKind.NONE, "ben"))
                .isInstanceOf(ItemConflictException.class);
        assertThatThrownBy(() -> actions.choose(waiting, ActionKind.NONE, "ben"))
                .isInstanceOf(ItemConflictException.class);
    }

    @Test
    void forgetsTheActionOfDecisionThatIsTakenBack() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.ACCEPTANCE_SUSPECTED);
        fixture.decisions.undo(
                id, Objects.requireNonNull(fixture.item(id).decision()).id(), "ana");

        assertThat(actions.open(LaneAccess.ALL, 0, 9)).isEmpty();
        assertThatThrownBy(() -> actions.done(id, "x", "ana")).isInstanceOf(ItemConflictException.class);
    }
}
