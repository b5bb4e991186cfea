package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditIT {
    private final QueueFixture fixture = new QueueFixture();
    private final Audit audit = fixture.audit;
    private final JdbcClient jdbc = JdbcClient.create(fixture.database);

    @BeforeEach
    void appendFive() {
        for (int i = 1; i <= 5; i++) {
            audit.append("ana", "test", "thing:" + i, Map.of("b", i, "a", "quote \" and \u0000"));
        }
    }

    @Test
    void verifiesIntactChain() {
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::seq)
                .containsExactly(5L, 4L, 3L, 2L, 1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'ben' where seq = 3",
                "update audit set details = '{}' where seq = 3",
                "update audit set at = at + interval '1 microsecond' where seq = 3",
                "delete from audit where seq = 3",
                "update audit set sha256 = repeat('1', 64) where seq = 3",
                """
                update audit a set at = b.at, actor = b.actor, action = b.action, subject = b.subject, details = b.details,
                       previous = b.previous, sha256 = b.sha256
                  from (select * from audit) b where a.seq in (3, 4) and b.seq = 7 - a.seq"""
            })
    void findsFirstBrokenLink(String tampering) {
        tamper(tampering);

        assertThat(audit.verify()).get().extracting(Audit.BrokenLink::seq).isEqualTo(3L);
    }

    @Test
    void failsOnlyForTheThreadWhoseEntryCannotBeWrittenOfThoseThatAppendTogether() throws Exception {
        List<Callable<AuditEntry>> appending = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Object value = i % 10 == 7 ? new Unwritable() : i;
            String subject = "thread:" + i;
            appending.add(() -> audit.append("ben", "together", subject, Map.of("value", value)));
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(8);
                Connection other = fixture.database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from audit_head for update"); // so that threads wait and append together
            List<Future<AuditEntry>> appended =
                    appending.stream().map(threads::submit).toList();
            other.rollback();
            for (int i = 0; i < appended.size(); i++) {
                Future<AuditEntry> each = appended.get(i);
                if (i % 10 == 7) {
                    assertThatThrownBy(each::get).hasRootCauseMessage("made up by the test");
                } else {
                    assertThat(each.get().subject()).isEqualTo("thread:" + i);
                }
            }
        }
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 100))
                .filteredOn(entry -> entry.action().equals("together"))
                .hasSize(36);
    }

    /** A value that cannot be written as JSON. */
    public static final class Unwritable {
        public String getText() {
            throw new IllegalStateException("made up by the test");
        }
    }

    @Test
    void findsTruncatedBeginning() {
        tamper("delete from audit where seq <= 2");

        assertThat(audit.verify()).get().satisfies(broken -> {
            assertThat(broken.seq()).isEqualTo(1);
            assertThat(broken.why()).contains("missing");
        });
    }

    @Test
    void findsEntriesByActorActionSubjectAndTime() {
        AuditSearch search = new AuditSearch(fixture.database);
        fixture.clock.advance(Duration.ofDays(1));
        audit.append("ben", "item.view", "item:7", Map.of());
        audit.append("ben", "item.claim", "item:7", Map.of());
        Instant day = fixture.clock.instant();

        assertThat(seqs(search, new AuditFilter("ben", "", "", null, null))).containsExactly(7L, 6L);
        assertThat(seqs(search, new AuditFilter("ben", "item.view", "item:7", null, null)))
                .containsExactly(6L);
        assertThat(seqs(search, new AuditFilter("", "", "", day, null))).containsExactly(7L, 6L);
        assertThat(seqs(search, new AuditFilter("", "", "", null, day))).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(search.page(AuditFilter.ALL, new AuditReader("cleo", true, LaneAccess.ALL), 3, 1))
                .extracting(AuditEntry::seq)
                .containsExactly(2L);
    }

    private static List<Long> seqs(AuditSearch search, AuditFilter filter) {
        return search.page(filter, new AuditReader("cleo", true, LaneAccess.ALL), Long.MAX_VALUE, 10).stream()
                .map(AuditEntry::seq)
                .toList();
    }

    @Test
    void findsAnEndThatWasSetBack() {
        tamper("update audit_head set (seq, sha256) = (select seq, sha256 from audit where seq = 3)");

        assertThat(audit.verify()).get().satisfies(broken -> {
            assertThat(broken.seq()).isEqualTo(4);
            assertThat(broken.why()).contains("behind");
        });
    }

    @Test
    void findsTruncatedEnd() {
        tamper("delete from audit where seq >= 4");

        assertThat(audit.verify()).get().satisfies(broken -> {
            assertThat(broken.seq()).isEqualTo(4);
            assertThat(broken.why()).contains("before entry 5");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit set actor = 'ben'", "delete from audit", "truncate audit"})
    void refusesUpdateAndDeleteInTheDatabase(String change) {
        assertThatThrownBy(() -> jdbc.sql(change).update()).hasMessageContaining("append-only");
    }

    @Test
    void keepsOneChainWhenManyThreadsWrite() throws Exception {
        List<Callable<AuditEntry>> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String subject = "thread:" + i;
            entries.add(() -> audit.append("ana", "test", subject, Map.of()));
        }
        // each waiting thread holds a connection, and the server allows at most 60
        try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
            for (Future<AuditEntry> entry : threads.invokeAll(entries)) {
                entry.get();
            }
        }

        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 100)).hasSize(65);
    }

    @Test
    void dropsEntriesOfRolledBackTransactions() {
        new TransactionTemplate(new JdbcTransactionManager(fixture.database)).executeWithoutResult(status -> {
            audit.append("ana", "test", "thing:6", Map.of());
            status.setRollbackOnly();
        });

        assertThat(audit.entriesOf("thing:6", 1)).isEmpty();
        assertThat(audit.append("ana", "test", "thing:7", Map.of()).seq()).isEqualTo(6);
        assertThat(audit.verify()).isEmpty();
    }

    private void tamper(String sql) {
        for (String step :
                List.of("alter table audit disable trigger user", sql, "alter table audit enable trigger user")) {
            jdbc.sql(step).update();
        }
    }
}
