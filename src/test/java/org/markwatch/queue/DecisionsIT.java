package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
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
                        fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, today.minusDays(1), null, evidence)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(today.minusDays(1) + ", is in the past");
        fixture.decisions.decide(
                id, "ana", fixture.request(id, DecisionKind.AUTHORISED_MERCHANT, today, null, evidence));
    }

    @Test
    void namesTheAllowedSeveritiesToTheReviewer() {
        long id = fixture.admitted("https://shop.example/", "x");
        fixture.claims.claim(id, "ana");
        DecisionRequest request = new DecisionRequest(
                DecisionKind.FALSE_POSITIVE,
                "",
                Confidence.HIGH,
                "bad rule",
                "",
                null,
                null,
                fixture.item(id).evidenceSha256());

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", request))
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
    void requiresClaimThatHasNotExpired() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", request)).hasMessageContaining("do not hold");
        fixture.claims.claim(id, "ben");
        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", request)).hasMessageContaining("ben does");
        fixture.clock.advance(QueueFixture.LEASE);
        assertThatThrownBy(() -> fixture.decisions.decide(id, "ben", request)).hasMessageContaining("expired");
        assertThat(fixture.item(id).state()).isEqualTo(ItemState.NEW);
    }

    @Test
    void refusesDecisionOnOutdatedEvidence() {
        long id = fixture.admitted("https://a.example/", "x");
        DecisionRequest request = fixture.request(
                id, DecisionKind.FALSE_POSITIVE, null, null, fixture.item(id).evidenceSha256());
        fixture.claims.claim(id, "ana");
        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));

        assertThatThrownBy(() -> fixture.decisions.decide(id, "ana", request)).hasMessageContaining("other evidence");
    }

    @Test
    void requiresOriginalThatIsNotADuplicate() {
        long original = fixture.admitted("https://a.example/", "x");
        long copy = fixture.admitted("https://b.example/", "x");
        long third = fixture.admitted("https://c.example/", "x");
        fixture.claims.claim(copy, "ana");
        fixture.claims.claim(third, "ana");

        assertThatThrownBy(() -> fixture.decisions.decide(copy, "ana", duplicate(copy, copy)))
                .hasMessageContaining("of itself");
        assertThatThrownBy(() -> fixture.decisions.decide(copy, "ana", duplicate(copy, 999)))
                .hasMessageContaining("There is no item 999");
        fixture.decisions.decide(copy, "ana", duplicate(copy, original));
        assertThatThrownBy(() -> fixture.decisions.decide(third, "ana", duplicate(third, copy)))
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
