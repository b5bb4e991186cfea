package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.ItemFilter.Show;

class SecondReviewIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void leavesReferralOpenForEverybodyElseAsItWas() {
        long id = fixture.admitted("https://a.example/", "x");
        Item before = fixture.item(id);

        long decision = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);

        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.NEW);
        assertThat(item.decision()).isNull();
        assertThat(item.claim()).isNull();
        assertThat(item.queuedAt()).isEqualTo(before.queuedAt());
        assertThat(item.isBlindFor("ben")).isTrue();
        assertThat(item.isBlindFor("ana")).isFalse();
        assertThat(shown(Show.OPEN, "ben")).containsExactly(id);
        assertThat(shown(Show.OPEN, "ana")).isEmpty();
        assertThat(shown(Show.WAITING, "ana")).containsExactly(id);
        assertThat(shown(Show.WAITING, "ben")).isEmpty();
        assertThat(shown(Show.DECIDED, "ben")).isEmpty();
        assertThat(fixture.next(null, "ana")).isEmpty();
        assertThatThrownBy(() -> fixture.claims.claim(id, "ana")).hasMessageContaining("another person");
        assertThat(fixture.claims.assign(id, "ana", "lea")).isFalse();
        assertThat(fixture.next(null, "ben")).contains(id);
        assertThat(decisions("waiting")).containsExactly(decision);
    }

    @Test
    void decidesItemWhenTheSecondPersonAgrees() {
        long id = fixture.admitted("https://a.example/", "x");
        long first = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        long second = decide(id, "ben", DecisionKind.CHILD_SAFETY_REFERRAL);

        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.DECIDED);
        assertThat(item.stage()).isEqualTo(ReviewStage.FIRST);
        assertThat(Objects.requireNonNull(item.decision()).id()).isEqualTo(first);
        assertThat(decisions("agreed")).containsExactly(first, second);
        assertThatThrownBy(() -> fixture.decisions.undo(id, second, "ben"))
                .hasMessageContaining("cannot be taken back");
        assertThatThrownBy(() -> fixture.decisions.undo(id, first, "ana")).hasMessageContaining("cannot be taken back");
        assertThat(fixture.audit.verify()).isEmpty();
    }

    @Test
    void leavesDisputeToThirdPerson() {
        long id = fixture.admitted("https://a.example/", "x");
        long first = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        long second = decide(id, "ben", DecisionKind.FALSE_POSITIVE);

        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.ADJUDICATION);
        OpenReview review = fixture.decisions.openReview(id).orElseThrow();
        assertThat(review.first().id()).isEqualTo(first);
        assertThat(Objects.requireNonNull(review.second()).id()).isEqualTo(second);
        assertThat(shown(Show.ADJUDICATION, "cleo")).containsExactly(id);
        for (String reviewer : List.of("ana", "ben")) {
            assertThat(fixture.next(null, reviewer)).isEmpty();
            assertThatThrownBy(() -> fixture.claims.claim(id, reviewer)).isInstanceOf(ItemConflictException.class);
        }

        long third = decide(id, "cleo", DecisionKind.UNDETERMINED);

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.DECIDED);
        assertThat(Objects.requireNonNull(fixture.item(id).decision()).id()).isEqualTo(third);
        assertThat(decisions("disputed")).containsExactly(first, second);
        assertThat(decisions("adjudicated")).containsExactly(third);
    }

    @Test
    void authorisesMerchantOnlyWhenAgreedAndForTheShorterPeriod() {
        long id = fixture.admitted("https://a.example/", "x");
        LocalDate today = LocalDate.ofInstant(fixture.clock.instant(), ZoneOffset.UTC);
        authorise(id, "ana", today.plusDays(300));
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.NEW);

        authorise(id, "ben", today.plusDays(30));

        assertThat(Objects.requireNonNull(fixture.item(id).decision()).validUntil())
                .isEqualTo(today.plusDays(30));
    }

    @Test
    void takesDecisionBackWhileNobodyHoldsTheItem() {
        long id = fixture.admitted("https://a.example/", "x");
        long decision = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        fixture.claims.claim(id, "ben");
        assertThatThrownBy(() -> fixture.decisions.undo(id, decision, "ana")).hasMessageContaining("has changed since");
        fixture.claims.release(id, "ben");

        fixture.decisions.undo(id, decision, "ana");

        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.FIRST);
        assertThat(Objects.requireNonNull(fixture.item(id).claim()).reviewer()).isEqualTo("ana");
        assertThat(decisions("withdrawn")).containsExactly(decision);
    }

    @Test
    void storesDoubleSubmitOfEitherReviewerOnce() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = request(id, DecisionKind.CHILD_SAFETY_REFERRAL);
        long first = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        assertThat(fixture.decisions.decide(id, "ana", LaneAccess.ALL, request)).isEqualTo(first);
        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.SECOND_REVIEW);

        long second = decide(id, "ben", DecisionKind.CHILD_SAFETY_REFERRAL);

        assertThat(fixture.decisions.decide(id, "ben", LaneAccess.ALL, request)).isEqualTo(second);
        assertThat(fixture.decisions.decide(id, "ana", LaneAccess.ALL, request)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void startsAnewWhenTheEvidenceChanges(boolean disputed) {
        long id = fixture.admitted("https://a.example/", "x");
        long first = decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        if (disputed) {
            decide(id, "ben", DecisionKind.FALSE_POSITIVE);
        }
        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "x")));
        assertThat(fixture.item(id).stage()).isNotEqualTo(ReviewStage.FIRST);

        fixture.queue.admit(3, List.of(SampleFindings.flagged("https://a.example/", "y")));

        Item item = fixture.item(id);
        assertThat(item.stage()).isEqualTo(ReviewStage.FIRST);
        assertThat(item.state()).isEqualTo(ItemState.REOPENED);
        assertThat(Objects.requireNonNull(item.decision()).id()).isEqualTo(first);
        assertThat(decisions("superseded")).hasSize(disputed ? 2 : 1).startsWith(first);
        assertThat(fixture.next(null, "ana")).contains(id);
    }

    @Test
    void drawsAboutOneInSoManyAndEachThatIsMadeAgain() {
        QueuePolicy policy = new QueuePolicy(
                fixture.policy.severities(),
                QueueFixture.LEASE,
                0,
                LanePolicy.NONE,
                new DecisionChecks(2, 0, DecisionChecks.ONE_YEAR));
        Decisions decisions = new Decisions(fixture.database, fixture.audit, policy, fixture.clock);
        List<Long> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            long id = fixture.admitted("https://shop" + i + ".example/", "x");
            fixture.claims.claim(id, "ana");
            long decision = decisions.decide(id, "ana", LaneAccess.ALL, request(id, DecisionKind.FALSE_POSITIVE));
            boolean drawn = decisions.openReview(id).isPresent();
            decisions.undo(id, decision, "ana");
            decisions.decide(id, "ana", LaneAccess.ALL, request(id, DecisionKind.UNDETERMINED));
            assertThat(decisions.openReview(id))
                    .as("taking back tells nobody that a decision is free of a check")
                    .isPresent();
            if (drawn) {
                waiting.add(id);
            }
        }
        assertThat(waiting).hasSizeBetween(3, 17);
    }

    @Test
    void asksForTwoPersonsToReplaceWhatTwoAgreedOn() {
        long id = fixture.admitted("https://a.example/", "x");
        decide(id, "ana", DecisionKind.CHILD_SAFETY_REFERRAL);
        long agreed = decide(id, "ben", DecisionKind.CHILD_SAFETY_REFERRAL) - 1;
        fixture.decisions.reopen(id, "ana", "a doubt");

        decide(id, "ana", DecisionKind.FALSE_POSITIVE);

        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.SECOND_REVIEW);
        assertThat(Objects.requireNonNull(fixture.item(id).decision()).id()).isEqualTo(agreed);
        decide(id, "ben", DecisionKind.FALSE_POSITIVE);
        fixture.decisions.reopen(id, "ben", "a doubt");
        decide(id, "ben", DecisionKind.UNDETERMINED);
        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.SECOND_REVIEW);
    }

    @ParameterizedTest
    @EnumSource(DecisionKind.class)
    void reviewsBulkDecisionsOfEveryKind(DecisionKind kind) {
        long original = fixture.admitted("https://original.example/", "x");
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id,
                kind,
                kind == DecisionKind.AUTHORISED_MERCHANT
                        ? LocalDate.ofInstant(fixture.clock.instant(), ZoneOffset.UTC)
                        : null,
                kind == DecisionKind.DUPLICATE_OF ? original : null,
                fixture.item(id).evidenceSha256());
        fixture.claims.claim(id, "ben");
        assertThatThrownBy(() -> fixture.decisions.decideInBulk(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("held by ben");
        fixture.claims.release(id, "ben");

        long decision = fixture.decisions.decideInBulk(id, "ana", LaneAccess.ALL, request);

        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.SECOND_REVIEW);
        fixture.claims.claim(id, "ben");
        assertThat(fixture.decisions.undoInBulk(id, decision, "lea"))
                .as("ben is deciding")
                .isFalse();
        fixture.claims.release(id, "ben");
        assertThat(fixture.decisions.undoInBulk(id, decision, "lea")).isTrue();
        assertThat(fixture.decisions.undoInBulk(id, decision, "lea")).isFalse();
        assertThat(fixture.item(id).stage()).isEqualTo(ReviewStage.FIRST);
    }

    private long decide(long id, String reviewer, DecisionKind kind) {
        fixture.claims.claim(id, reviewer);
        return fixture.decisions.decide(id, reviewer, LaneAccess.ALL, request(id, kind));
    }

    private void authorise(long id, String reviewer, LocalDate until) {
        fixture.claims.claim(id, reviewer);
        fixture.decisions.decide(
                id,
                reviewer,
                LaneAccess.ALL,
                fixture.request(
                        id,
                        DecisionKind.AUTHORISED_MERCHANT,
                        until,
                        null,
                        fixture.item(id).evidenceSha256()));
    }

    private DecisionRequest request(long id, DecisionKind kind) {
        return fixture.request(id, kind, null, null, fixture.item(id).evidenceSha256());
    }

    private List<Long> shown(Show show, String reviewer) {
        return fixture.items.page(new ItemFilter(show, reviewer, LaneAccess.ALL), null, 100).items().stream()
                .map(Item::id)
                .toList();
    }

    /** Returns the decisions that exports have with this word, oldest first. */
    private List<Long> decisions(String review) {
        List<Long> found = new ArrayList<>();
        fixture.decisions.forEach(
                fixture.all().stream().map(item -> item.url().toString()).toList(), decided -> {
                    if (decided.review().equals(review)) {
                        found.add(decided.decision().id());
                    }
                });
        return found;
    }
}
