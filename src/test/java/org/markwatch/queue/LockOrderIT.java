package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.markwatch.score.FindingChanges.DroppedPage;
import org.markwatch.url.HttpUrl;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two connections: neither the queue step and a reviewer nor two reviewers wait for each other in a circle. */
class LockOrderIT {
    private static final String ORIGINAL = "https://original.example/";
    private static final String COPY = "https://copy.example/";

    private final QueueFixture fixture = new QueueFixture();
    private final JdbcClient jdbc = JdbcClient.create(fixture.database);
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(fixture.database));

    @Test
    void reviewerNamesAnOriginalThatTheQueueStepHasLocked() throws Exception {
        long original = fixture.admitted(ORIGINAL, "x");
        long copy = fixture.admitted(COPY, "x");
        fixture.claims.claim(copy, "ana");
        try (ExecutorService night = Executors.newSingleThreadExecutor()) {
            Future<Admission> admission = transaction.execute(status -> {
                Claims.LockedItem.lock(jdbc, copy, fixture.clock.instant());
                // the step locks the original and waits for the copy
                Future<Admission> started = night.submit(() -> fixture.queue.admit(
                        2, List.of(SampleFindings.flagged(ORIGINAL, "y"), SampleFindings.flagged(COPY, "y"))));
                await(this::isSomeoneWaiting);
                // the reviewer's decision refers to the original
                fixture.decisions.decide(
                        copy,
                        "ana",
                        LaneAccess.ALL,
                        fixture.request(
                                copy,
                                DecisionKind.DUPLICATE_OF,
                                null,
                                original,
                                fixture.item(copy).evidenceSha256()));
                return started;
            });
            assertThat(admission.get(30, TimeUnit.SECONDS).reopened()).isEqualTo(1);
        }
        assertThat(fixture.audit.verify()).isEmpty();
    }

    @Test
    void twoReviewersNameEachOthersItemAsTheOriginal() throws Exception {
        long one = fixture.admitted(ORIGINAL, "x");
        long other = fixture.admitted(COPY, "x");
        fixture.claims.claim(one, "ana");
        fixture.claims.claim(other, "ben");
        CountDownLatch bothLocked = new CountDownLatch(1);
        try (ExecutorService ben = Executors.newSingleThreadExecutor()) {
            Future<Long> second = transaction.execute(status -> {
                Claims.LockedItem.lock(jdbc, one, fixture.clock.instant());
                Future<Long> started = ben.submit(() -> transaction.execute(inner -> {
                    Claims.LockedItem.lock(jdbc, other, fixture.clock.instant());
                    bothLocked.countDown();
                    return insertDuplicate(other, one);
                }));
                await(() -> bothLocked.getCount() == 0);
                assertThat(insertDuplicate(one, other)).isPositive();
                return started;
            });
            assertThat(second.get(30, TimeUnit.SECONDS)).isPositive();
        }
    }

    @Test
    void queueStepClosesItemsInTheOrderOfTheirIds() throws Exception {
        long first = fixture.admitted(ORIGINAL, "x");
        long second = fixture.admitted(COPY, "x");
        UnsupportedItems unsupported = new UnsupportedItems(fixture.database, fixture.audit, fixture.clock);
        try (ExecutorService night = Executors.newSingleThreadExecutor()) {
            Future<?> closing = transaction.execute(status -> {
                Claims.LockedItem.lock(jdbc, first, fixture.clock.instant());
                Future<?> started = night.submit(() -> unsupported.close(
                        2,
                        "",
                        List.of(new DroppedPage(HttpUrl.of(COPY), ""), new DroppedPage(HttpUrl.of(ORIGINAL), "")),
                        () -> {}));
                await(this::isSomeoneWaiting);
                // the step waits for the first item and holds neither the second nor the audit
                Claims.LockedItem.lock(jdbc, second, fixture.clock.instant());
                fixture.audit.append("ana", "item.reveal", "item:" + second, Map.of());
                return started;
            });
            closing.get(30, TimeUnit.SECONDS);
        }
        assertThat(fixture.item(first).state()).isEqualTo(ItemState.CLOSED);
        assertThat(fixture.item(second).state()).isEqualTo(ItemState.CLOSED);
    }

    private long insertDuplicate(long item, long original) {
        return jdbc.sql("""
                        insert into decision (item_id, verdict, severity, confidence, reason, note, duplicate_of, reviewer,
                                              decided_at, evidence_sha256)
                        values (?, 'duplicate_of', 'low', 'low', 'same', '', ?, 'ana', now(), '') returning id
                        """).params(item, original).query(Long.class).single();
    }

    /** Returns whether a session waits for a lock of another one. */
    private boolean isSomeoneWaiting() {
        // within a transaction PostgreSQL shows the sessions of the first look again and again
        jdbc.sql("select pg_stat_clear_snapshot()").query().singleRow();
        return jdbc.sql("select exists (select from pg_locks l join pg_stat_activity a using (pid)"
                        + " where not granted and a.datname = current_database())")
                .query(Boolean.class)
                .single();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the other session does not wait for a lock");
            }
            Thread.onSpinWait();
        }
    }
}
