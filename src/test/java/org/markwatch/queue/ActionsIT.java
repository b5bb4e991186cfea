package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.action.Action;
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

    @Test
    void keepsActionsThatAreNotDoneWhileRunsFindOtherEvidence() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.ACCEPTANCE_SUSPECTED);
        long first = Objects.requireNonNull(fixture.item(id).decision()).id();
        assertThat(actions.open(LaneAccess.ALL, 0, 9))
                .extracting(Actions.OpenAction::reopened)
                .containsExactly(false);

        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.REOPENED);
        assertThat(actions.open(LaneAccess.ALL, 0, 9))
                .extracting(Actions.OpenAction::reopened)
                .containsExactly(true);

        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        assertThat(actions.open(LaneAccess.ALL, 0, 9)).as("replaced").isEmpty();
        fixture.decisions.undo(
                id, Objects.requireNonNull(fixture.item(id).decision()).id(), "ana");
        fixture.decide(id, DecisionKind.CHILD_SAFETY_REFERRAL); // waits for its second review
        fixture.queue.admit(3, List.of(SampleFindings.flagged("https://a.example/", "z")));
        assertThat(actions.of(id).orElseThrow().decisionId()).isEqualTo(first);

        actions.choose(id, ActionKind.HOTLINE_REFERRAL, "ben");
        actions.done(id, "number 12", "ben");

        assertThat(actions.open(LaneAccess.ALL, 0, 9)).isEmpty();
        assertThat(actions.done(id)).extracting(Action::receipt).containsExactly("number 12");
    }

    @Test
    void endsTheActionOfAnItemThatAPersonReopensAndKeepsReceipts() {
        long open = fixture.admitted("https://a.example/", "x");
        long done = fixture.admitted("https://b.example/", "x");
        fixture.decide(open, DecisionKind.ACCEPTANCE_SUSPECTED);
        fixture.decide(done, DecisionKind.ACCEPTANCE_SUSPECTED);
        actions.done(done, "number 12", "ben");

        fixture.decisions.reopen(open, "lea", "wrong");
        fixture.decisions.reopen(done, "lea", "wrong");

        assertThat(actions.open(LaneAccess.ALL, 0, 9)).isEmpty();
        assertThat(actions.of(done)).isEmpty();
        assertThat(actions.done(done)).extracting(Action::receipt).containsExactly("number 12");
        assertThatThrownBy(() -> actions.choose(open, ActionKind.NONE, "ben"))
                .isInstanceOf(ItemConflictException.class);
    }
}
