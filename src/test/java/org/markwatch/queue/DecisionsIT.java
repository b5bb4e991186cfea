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
    private final QueueFixture desk = new QueueFixture();

    @Test
    void refusesAnAuthorisationThatHasEndedAlready() {
        long id = desk.admitted("https://shop.example/", "x");
        desk.claims.claim(id, "ana");
        LocalDate today = LocalDate.ofInstant(desk.clock.instant(), ZoneOffset.UTC);
        String evidence = desk.item(id).evidenceSha256();

        assertThatThrownBy(() -> desk.decisions.decide(
                        id,
                        "ana",
                        desk.judgement(id, DecisionKind.AUTHORISED_MERCHANT, today.minusDays(1), null, evidence)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(today.minusDays(1) + ", is in the past");
        desk.decisions.decide(id, "ana", desk.judgement(id, DecisionKind.AUTHORISED_MERCHANT, today, null, evidence));
    }

    @Test
    void recordsDecisionAndEndsTheClaim() {
        long id = desk.admitted("https://a.example/", "x");

        desk.decide(id, DecisionKind.BRAND_MARK_MISUSE);

        Item item = desk.item(id);
        assertThat(item.state()).isEqualTo(ItemState.DECIDED);
        assertThat(item.claim()).isNull();
        Decision decision = Objects.requireNonNull(item.decision());
        assertThat(decision.kind()).isEqualTo(DecisionKind.BRAND_MARK_MISUSE);
        assertThat(decision.reviewer()).isEqualTo("ana");
        assertThat(desk.audit.entriesOf("item:" + id, 10))
                .extracting(AuditEntry::action)
                .containsExactly("item.decide", "item.claim");
    }

    @Test
    void isOpenToTheHolderOfALiveClaimOnly() {
        long id = desk.admitted("https://a.example/", "x");
        DecisionRequest judgement = desk.judgement(
                id, DecisionKind.FALSE_POSITIVE, null, null, desk.item(id).evidenceSha256());

        assertThatThrownBy(() -> desk.decisions.decide(id, "ana", judgement)).hasMessageContaining("do not hold");
        desk.claims.claim(id, "ben");
        assertThatThrownBy(() -> desk.decisions.decide(id, "ana", judgement)).hasMessageContaining("ben does");
        desk.clock.advance(QueueFixture.LEASE);
        assertThatThrownBy(() -> desk.decisions.decide(id, "ben", judgement)).hasMessageContaining("lapsed");
        assertThat(desk.item(id).state()).isEqualTo(ItemState.NEW);
    }

    @Test
    void refusesWhatWasDecidedOnOtherEvidence() {
        long id = desk.admitted("https://a.example/", "x");
        DecisionRequest judgement = desk.judgement(
                id, DecisionKind.FALSE_POSITIVE, null, null, desk.item(id).evidenceSha256());
        desk.claims.claim(id, "ana");
        desk.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));

        assertThatThrownBy(() -> desk.decisions.decide(id, "ana", judgement)).hasMessageContaining("other evidence");
    }

    @Test
    void pointsDuplicatesAtAnOriginalOnly() {
        long original = desk.admitted("https://a.example/", "x");
        long copy = desk.admitted("https://b.example/", "x");
        long third = desk.admitted("https://c.example/", "x");
        desk.claims.claim(copy, "ana");
        desk.claims.claim(third, "ana");

        assertThatThrownBy(() -> desk.decisions.decide(copy, "ana", duplicate(copy, copy)))
                .hasMessageContaining("of itself");
        assertThatThrownBy(() -> desk.decisions.decide(copy, "ana", duplicate(copy, 999)))
                .hasMessageContaining("There is no item 999");
        desk.decisions.decide(copy, "ana", duplicate(copy, original));
        assertThatThrownBy(() -> desk.decisions.decide(third, "ana", duplicate(third, copy)))
                .hasMessageContaining("itself a duplicate of item " + original);
    }

    @Test
    void takesDecisionBackWithoutDeletingIt() {
        long id = desk.admitted("https://a.example/", "x");
        desk.decide(id, DecisionKind.FALSE_POSITIVE);

        desk.decisions.reopen(id, "lea", "looked at the wrong tab");

        assertThat(desk.item(id).state()).isEqualTo(ItemState.REOPENED);
        assertThat(desk.item(id).decision()).isNotNull();
        assertThat(desk.audit.entriesOf("item:" + id, 1)).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("lea");
            assertThat(entry.details()).contains("looked at the wrong tab");
        });
        assertThatThrownBy(() -> desk.decisions.reopen(id, "lea", "again")).hasMessageContaining("not decided");
    }

    @Test
    void cannotBeChangedInTheDatabase() {
        long id = desk.admitted("https://a.example/", "x");
        desk.decide(id, DecisionKind.FALSE_POSITIVE);
        JdbcClient jdbc = JdbcClient.create(desk.database);

        for (String change : List.of("update decision set reason = 'no'", "delete from decision")) {
            assertThatThrownBy(() -> jdbc.sql(change).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("append-only");
        }
    }

    private DecisionRequest duplicate(long id, long original) {
        return desk.judgement(
                id, DecisionKind.DUPLICATE_OF, null, original, desk.item(id).evidenceSha256());
    }
}
