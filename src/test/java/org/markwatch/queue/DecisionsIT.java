package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DecisionsIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void refusesAnAuthorisationThatHasEndedAlready() {
        long id = fixture.admitted("https://shop.example/", "x");
        fixture.claims.claim(id, "ana");
        LocalDate today = LocalDate.ofInstant(fixture.clock.instant(), ZoneOffset.UTC);
        String evidence = fixture.item(id).evidenceSha256();

        assertThatThrownBy(() -> fixture.decisions.decide(
                        id,
                        "ana",
                        LaneAccess.ALL,
                        fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, today.minusDays(1), null, evidence)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(today.minusDays(1) + ", is in the past");
        fixture.decisions.decide(
                id,
                "ana",
                LaneAccess.ALL,
                fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, today, null, evidence));
    }

    @Test
    void namesTheAllowedSeveritiesToTheReviewer() {
        long id = fixture.admitted("https://shop.example/", "x");
        fixture.claims.claim(id, "ana");
        DecisionRequest request = new DecisionRequest(
                DecisionKind.BRAND_MARK_MISUSE,
                "",
                Confidence.HIGH,
                "bad rule",
                "",
                null,
                null,
                fixture.item(id).evidenceSha256());

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Choose a severity: low, medium, high.");
    }

    @Test
    void storesDecisionAndEndsTheClaim() {
        long id = fixture.admitted("https://a.example/", "x");

        fixture.decide(id, DecisionKind.BRAND_MARK_MISUSE);

        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.DECIDED);
        assertThat(item.claim()).isNull();
        Decision decision = Objects.requireNonNull(item.decision());
        assertThat(decision.kind()).isEqualTo(DecisionKind.BRAND_MARK_MISUSE);
        assertThat(decision.reviewer()).isEqualTo("ana");
        assertThat(fixture.audit.entriesOf("item:" + id, 10))
                .extracting(AuditEntry::action)
                .containsExactly("item.decide", "item.claim");
    }

    @Test
    void acceptsDecisionAfterTheLeaseWhileNobodyElseClaimedTheItem() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("do not hold");
        fixture.claims.claim(id, "ben");
        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("ben does");
        fixture.clock.advance(QueueFixture.LEASE.plusDays(1));

        fixture.decisions.decide(id, "ben", LaneAccess.ALL, request);

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.DECIDED);
    }

    @Test
    void refusesDecisionAfterTheLeaseIfAnotherReviewerTookTheItem() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());
        fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE);
        fixture.claims.claim(id, "ben");

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("ben does")
                .hasMessageContaining("kept");
        fixture.clock.advance(QueueFixture.LEASE);
        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("do not hold");
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.NEW);
    }

    @Test
    void storesDoubleSubmitOnce() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());
        fixture.claims.claim(id, "ana");

        long decision = fixture.decisions.decide(id, "ana", LaneAccess.ALL, request);

        assertThat(fixture.decisions.decide(id, "ana", LaneAccess.ALL, request)).isEqualTo(decision);
        assertThatThrownBy(() -> fixture.decisions.decide(id, "ben", LaneAccess.ALL, request))
                .hasMessageContaining("decided");
        assertThat(fixture.audit.entriesOf("item:" + id, 10))
                .extracting(AuditEntry::action)
                .containsExactly("item.decide", "item.claim");
    }

    @Test
    void takesBackDecisionWithinTenMinutes() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        long decision = Objects.requireNonNull(fixture.item(id).decision()).id();
        fixture.clock.advance(Decisions.UNDO);

        assertThatThrownBy(() -> fixture.decisions.undo(id, decision, "ben")).hasMessageContaining("not yours");
        fixture.decisions.undo(id, decision, "ana");

        Item item = fixture.item(id);
        assertThat(item.state()).isEqualTo(ItemState.NEW);
        assertThat(item.decision()).isNull();
        assertThat(Objects.requireNonNull(item.claim()).reviewer()).isEqualTo("ana");
        assertThatThrownBy(() -> fixture.decisions.undo(id, decision, "ana")).hasMessageContaining("changed since");
        long other = fixture.admitted("https://b.example/", "x");
        fixture.decide(other, DecisionKind.UNDETERMINED);
        long second = Objects.requireNonNull(fixture.item(other).decision()).id();
        fixture.clock.advance(Decisions.UNDO.plusSeconds(1));
        assertThatThrownBy(() -> fixture.decisions.undo(other, second, "ana")).hasMessageContaining("older than 10");
    }

    @Test
    void returnsToTheEarlierDecisionWhenOneIsTakenBack() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        fixture.decisions.reopen(id, "lea", "look again");
        fixture.decide(id, DecisionKind.BRAND_MARK_MISUSE);
        JdbcClient.create(fixture.database)
                .sql("update item set lane = 'guarded', lane_kept = true")
                .update();

        fixture.decisions.undo(
                id, Objects.requireNonNull(fixture.item(id).decision()).id(), "ana");

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.REOPENED);
        assertThat(Objects.requireNonNull(fixture.item(id).decision()).kind()).isEqualTo(DecisionKind.FALSE_POSITIVE);
        assertThat(fixture.item(id).lane()).as("the move by a supervisor stays").isEqualTo("guarded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31", "2030-01-01", "9999-12-31"})
    void limitsThePeriodOfAnAuthorisation(String until) {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        String evidence = fixture.item(id).evidenceSha256();
        LocalDate today = LocalDate.ofInstant(fixture.clock.instant(), ZoneOffset.UTC);

        assertThatThrownBy(() -> fixture.decisions.decide(
                        id,
                        "ana",
                        LaneAccess.ALL,
                        fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, LocalDate.parse(until), null, evidence)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(today.plusDays(366) + " at the latest");
        fixture.decisions.decide(
                id,
                "ana",
                LaneAccess.ALL,
                fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, today.plusDays(366), null, evidence));
    }

    @Test
    void takesOverTheSeverityOfTheItemWhereNoneIsJudged() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decideAs(id, DecisionKind.FALSE_POSITIVE, "");

        assertThat(Objects.requireNonNull(fixture.item(id).decision()).severity())
                .isEqualTo("medium");
    }

    @Test
    void keepsTheEvidenceOfTheDecision() {
        String url = "https://a.example/";
        long id = fixture.admitted(url, "x");
        ItemEvidence seen =
                new ItemEvidence(fixture.item(id).brandUses(), fixture.item(id).reasons());
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        long decision = Objects.requireNonNull(fixture.item(id).decision()).id();

        fixture.queue.admit(2, List.of(SampleFindings.flagged(url, "high", "impersonation", 90)));

        assertThat(fixture.decisions.evidenceOf(decision)).contains(seen);
        assertThat(fixture.item(id).reasons()).isNotEqualTo(seen.reasons());
    }

    @Test
    void refusesDecisionOnOutdatedEvidence() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());
        fixture.claims.claim(id, "ana");
        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", LaneAccess.ALL, request))
                .hasMessageContaining("other evidence");
    }

    @Test
    void requiresOriginalThatIsNotADuplicate() {
        long original = fixture.admitted("https://a.example/", "x");
        long copy = fixture.admitted("https://b.example/", "x");
        long third = fixture.admitted("https://c.example/", "x");
        fixture.claims.claim(copy, "ana");
        fixture.claims.claim(third, "ana");

        assertThatThrownBy(() -> fixture.decisions.decide(copy, "ana", LaneAccess.ALL, duplicate(copy, copy)))
                .hasMessageContaining("of itself");
        assertThatThrownBy(() -> fixture.decisions.decide(copy, "ana", LaneAccess.ALL, duplicate(copy, 999)))
                .hasMessageContaining("There is no item 999");
        fixture.decisions.decide(copy, "ana", LaneAccess.ALL, duplicate(copy, original));
        assertThatThrownBy(() -> fixture.decisions.decide(third, "ana", LaneAccess.ALL, duplicate(third, copy)))
                .hasMessageContaining("itself a duplicate of item " + original);
    }

    @Test
    void reopensItemWithoutDeletingTheDecision() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);

        fixture.decisions.reopen(id, "lea", "looked at the wrong tab");

        assertThat(fixture.item(id).state()).isEqualTo(ItemState.REOPENED);
        assertThat(fixture.item(id).decision()).isNotNull();
        assertThat(fixture.audit.entriesOf("item:" + id, 1)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("lea");
            assertThat(entry.details()).contains("looked at the wrong tab");
        });
        assertThatThrownBy(() -> fixture.decisions.reopen(id, "lea", "again")).hasMessageContaining("is open");
    }

    @Test
    void refusesUpdateAndDeleteOfDecisionsInTheDatabase() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);
        JdbcClient jdbc = JdbcClient.create(fixture.database);

        for (String change : List.of("update decision set reason = 'no'", "delete from decision")) {
            assertThatThrownBy(() -> jdbc.sql(change).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    private DecisionRequest duplicate(long id, long original) {
        return fixture.request(
                id, DecisionKind.DUPLICATE_OF, null, original, fixture.item(id).evidenceSha256());
    }
}
