package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditRetentionIT {
    private static final Duration KEPT = Duration.ofDays(366);

    private final QueueFixture fixture = new QueueFixture();
    private final Audit audit = fixture.audit;
    private final AuditRetention retention = new AuditRetention(fixture.database, audit);
    private final JdbcClient jdbc = JdbcClient.create(fixture.database);

    @Test
    void purgesTheOldestEntriesAndSealsTheRest() {
        AuditEntry second = appendDaily(5).get(1);
        Instant before = second.at().plusSeconds(1);

        assertThat(retention.count(before)).isEqualTo(2);
        assertThat(retention.purge(before)).isEqualTo(2);

        assertThat(audit.verify()).isEmpty();
        assertThat(audit.firstSeq()).isEqualTo(3);
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10)).hasSize(4).first().satisfies(seal -> {
            assertThat(seal.action()).isEqualTo("audit.purge");
            assertThat(seal.details()).contains("\"last\":2", "\"sha256\":\"" + second.sha256() + "\"");
        });
        assertThat(retention.purge(before)).as("nothing is left to purge").isZero();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10)).hasSize(4);
    }

    @Test
    void keepsTheLatestEntry() {
        appendDaily(3);

        assertThat(retention.purge(fixture.clock.instant().plus(KEPT))).isEqualTo(2);
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void keepsItsSizeNightAfterNight() {
        List<Long> sizes = new ArrayList<>();
        for (int night = 1; night <= 800; night++) {
            audit.append("system", "run.attest", "run:" + night, Map.of());
            fixture.clock.advance(Duration.ofDays(1));
            retention.purge(fixture.clock.instant().minus(KEPT));
            if (night > 740) {
                sizes.add(
                        jdbc.sql("select count(*) from audit").query(Long.class).single());
            }
        }

        assertThat(sizes).allSatisfy(rows -> assertThat(rows).isLessThanOrEqualTo(2 * 366 + 1));
        assertThat(sizes.getLast()).isEqualTo(sizes.getFirst());
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void keepsEntriesFromTheFirstOneOfAHeldItemOn() {
        appendDaily(2);
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        fixture.claims.release(id, "ana");
        appendDaily(2);
        LegalHolds holds = new LegalHolds(fixture.database, audit, fixture.clock);
        long hold = holds.holdHost("a.example", "lea", "case 7");
        Instant later = fixture.clock.instant().plus(KEPT);

        assertThat(retention.count(later)).isEqualTo(2);
        assertThat(retention.purge(later)).isEqualTo(2);
        assertThat(audit.entriesOf("item:" + id, 10)).hasSize(2);
        holds.release(hold, "lea");
        assertThat(retention.purge(later)).isPositive();
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void purgesNoEntryBehindAClockThatWasSetBack() {
        appendDaily(1);
        fixture.clock.advance(Duration.ofDays(500));
        appendDaily(1);
        fixture.clock.advance(Duration.ofDays(-500));
        appendDaily(2);

        assertThat(retention.count(fixture.clock.instant().plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void findsABeginningThatWasCutOffWithoutASeal() {
        List<AuditEntry> entries = appendDaily(4);
        jdbc.sql("update audit_start set seq = 2, sha256 = ?")
                .param(entries.get(1).sha256())
                .update();
        jdbc.sql("delete from audit where seq <= 2").update();

        assertThat(audit.verify()).get().satisfies(broken -> {
            assertThat(broken.seq()).isEqualTo(3);
            assertThat(broken.why()).contains("no entry says that the entries before it were purged");
        });
    }

    @Test
    void findsAChangedEntryAfterTheSeal() {
        Instant before = appendDaily(5).get(1).at().plusSeconds(1);
        retention.purge(before);
        jdbc.sql("alter table audit disable trigger user").update();
        jdbc.sql("update audit set actor = 'ben' where seq = 4").update();

        assertThat(audit.verify()).get().extracting(Audit.BrokenLink::seq).isEqualTo(4L);
    }

    @Test
    void databaseRefusesToDeleteAnyOtherEntry() {
        appendDaily(3);

        assertThatThrownBy(() -> jdbc.sql("delete from audit where seq = 1").update())
                .hasMessageContaining("append-only");
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void finishesAnInterruptedDeletion() {
        List<AuditEntry> entries = appendDaily(3);
        // as a purge leaves it that is killed before it deletes
        audit.append(
                "system",
                "audit.purge",
                "audit",
                Map.of("last", 1, "sha256", entries.get(0).sha256()));
        jdbc.sql("update audit_start set seq = 1, sha256 = ?")
                .param(entries.get(0).sha256())
                .update();
        assertThat(audit.verify()).isEmpty();

        retention.purge(entries.get(0).at());

        assertThat(jdbc.sql("select min(seq) from audit").query(Long.class).single())
                .isEqualTo(2);
    }

    /** Appends an entry on each of some days, and returns them. */
    private List<AuditEntry> appendDaily(int days) {
        List<AuditEntry> entries = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            entries.add(audit.append("ana", "test", "thing:" + day, Map.of()));
            fixture.clock.advance(Duration.ofDays(1));
        }
        return entries;
    }
}
