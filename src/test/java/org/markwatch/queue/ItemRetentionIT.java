package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of items: tombstones and legal holds. */
class ItemRetentionIT {
    private static final String PAGE = "https://a.example/";

    private final QueueFixture fixture = new QueueFixture();
    private final LegalHolds holds = new LegalHolds(fixture.database, fixture.audit, fixture.clock);
    private final ItemRetention retention = new ItemRetention(fixture.database, fixture.clock);
    private long decided;
    private Instant later = Instant.EPOCH;

    @BeforeEach
    void decideItem() {
        decided = fixture.admitted(PAGE, "x");
        fixture.decide(decided, DecisionKind.FALSE_POSITIVE);
        later = fixture.clock.instant().plus(Duration.ofDays(1));
    }

    @Test
    void makesDecidedItemATombstone() {
        long open = fixture.admitted("https://open.example/", "x");
        assertThat(retention.count(later)).isEqualTo(1);

        assertThat(retention.purge(later)).isEqualTo(1);

        Item tombstone = fixture.item(decided);
        assertThat(tombstone.url()).hasToString(ItemRetention.PURGED_URL);
        assertThat(tombstone.title()).isEmpty();
        assertThat(tombstone.reasons()).isEmpty();
        assertThat(tombstone.state()).isEqualTo(ItemState.DECIDED);
        assertThat(fixture.item(open).url()).hasToString("https://open.example/");
        assertThat(retention.count(later)).isZero();
    }

    @Test
    void keepsTombstoneDecidedWhileTheEvidenceIsTheSame() {
        retention.purge(later);

        assertThat(fixture.queue
                        .admit(2, List.of(SampleFindings.flagged(PAGE, "x")))
                        .unchanged())
                .isEqualTo(1);
        assertThat(fixture.queue
                        .admit(3, List.of(SampleFindings.flagged(PAGE, "y")))
                        .reopened())
                .isEqualTo(1);
        assertThat(fixture.item(decided).url()).hasToString(PAGE);
    }

    @Test
    void keepsWhatAHoldCovers() {
        long item = holds.holdItem(decided, "ana", "case 12");
        assertThat(retention.purge(later)).isZero();
        holds.release(item, "ana");
        long host = holds.holdHost("A.example", "ana", "case 12");
        assertThat(retention.purge(later)).isZero();
        assertThat(holds.heldHosts()).containsExactly("a.example");
        holds.release(host, "ana");

        assertThat(retention.purge(later)).isEqualTo(1);
        assertThat(fixture.audit.entriesBefore(Long.MAX_VALUE, 4))
                .extracting(AuditEntry::action)
                .containsExactly("hold.release", "hold.place", "hold.release", "hold.place");
    }

    @Test
    void refusesHoldWithoutReasonOrItemAndReleaseOfNoHold() {
        assertThatThrownBy(() -> holds.holdHost("a.example", "ana", " ")).hasMessageContaining("reason");
        assertThatThrownBy(() -> holds.holdItem(99, "ana", "case 12")).hasMessageContaining("item 99");
        assertThatThrownBy(() -> holds.release(99, "ana")).hasMessageContaining("no active legal hold 99");
    }
}
