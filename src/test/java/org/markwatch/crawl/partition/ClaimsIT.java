package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Claims of partitions by several processes. */
class ClaimsIT {
    private static final int PARTITIONS = 200;
    private static final int CLAIMANTS = 4;

    private final DataSource database = TestDatabase.fresh();
    private final Partitions partitions = new Partitions(database);

    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void letsTheDatabaseEndACommitInWhichTheProcessIsSuspended() throws Exception {
        enterRun(1);
        try (WorkerLease lease = WorkerLease.take(database, System::nanoTime)) {
            PartitionClaim claim = partitions.claim(1, 0, lease).orElseThrow();
            assertThat(limitAfter(() -> partitions.assertHeld(List.of(claim)))).isEqualTo("15s");
            assertThat(limitAfter(() -> partitions.advance(claim, 1, 1, 1))).isEqualTo("15s");
            assertThat(limitAfter(() -> partitions.assertRunning(1))).isEqualTo("15s");
            assertThat(limitAfter(() -> RunFence.shared(database, 1, 0).assertHeld()))
                    .isEqualTo("15s");
        }
        assertThat(limitAfter(() -> {})).isEqualTo("0");
    }

    @Test
    void passesPartitionOnWhenTheLeaseOfItsWorkerHasEnded() throws Exception {
        enterRun(1);
        try (WorkerLease suspended = WorkerLease.take(database, System::nanoTime);
                WorkerLease next = WorkerLease.take(database, System::nanoTime)) {
            assertThat(partitions.claim(1, 0, suspended)).isPresent();
            assertThat(partitions.claim(1, 0, next)).isEmpty();

            jdbc.update("update worker set lease_until = now() - interval '5 s' where id = ?", suspended.id());

            assertThat(partitions.claim(1, 0, next))
                    .hasValueSatisfying(
                            claim -> assertThat(claim.quietFor()).isGreaterThanOrEqualTo(Duration.ofSeconds(5)));
        }
    }

    @Test
    void leavesHostsOfAnUnfinishedRunToItsWorkersUntilTheyEnd() throws Exception {
        enterRun(1);
        try (WorkerLease next = WorkerLease.take(database, System::nanoTime)) {
            try (WorkerLease unaware = WorkerLease.take(database, System::nanoTime)) {
                assertThat(partitions.claim(1, 0, unaware)).isPresent();
                jdbc.update(
                        "insert into run (started_at, status, ruleset_sha256) values (now(), 'running', repeat('1', 64))");
                jdbc.update("insert into seed (url) values ('http://shop.example/')");
                jdbc.update("insert into run_seed (run_id, seed, partition) select 2, id, 0 from seed");

                partitions.fenceOthers(2);
                partitions.enter(2);
                jdbc.update("update crawl_partition set done = false");

                assertThat(partitions.claim(2, 0, next)).isEmpty();
            }
            assertThat(partitions.claim(2, 0, next))
                    .hasValueSatisfying(claim -> assertThat(claim.quietFor()).isZero());
        }
    }

    /** A process that lives notices the end of its session after up to a second. */
    @Test
    void waitsUntilAProcessWhoseSessionHasEndedNoticesIt() throws Exception {
        enterRun(1);
        try (WorkerLease killed = WorkerLease.withoutKeeper(database, System::nanoTime);
                WorkerLease next = WorkerLease.take(database, System::nanoTime)) {
            assertThat(partitions.claim(1, 0, killed)).isPresent();
            WorkerLeaseIT.endSession(database, killed);

            assertThat(partitions.claim(1, 0, next))
                    .hasValueSatisfying(claim ->
                            assertThat(claim.quietFor()).isEqualTo(WorkerLease.LONGEST_WITHOUT_SESSION.negated()));
        }
    }

    /** Returns the longest pause between two statements in a transaction that begins so. */
    private @Nullable String limitAfter(Runnable statements) {
        return new TransactionTemplate(new JdbcTransactionManager(database)).execute(status -> {
            statements.run();
            return jdbc.queryForObject("show idle_in_transaction_session_timeout", String.class);
        });
    }

    private void enterRun(int partitionCount) {
        jdbc.update("insert into run (started_at, status, ruleset_sha256) values (now(), 'running', repeat('0', 64))");
        jdbc.update(
                "insert into crawl_partition (run_id, number) select 1, n from generate_series(0, ?) n",
                partitionCount - 1);
    }

    @Test
    void tellsWhetherAProcessHasDiedWithAPartition() throws Exception {
        enterRun(1);
        PartitionClaim first;
        PartitionClaim second;
        try (WorkerLease lease = WorkerLease.take(database, System::nanoTime)) {
            first = partitions.claim(1, 0, lease).orElseThrow();
            partitions.giveBack(first);
            second = partitions.claim(1, 0, lease).orElseThrow();
            jdbc.update("update worker set lease_until = now() - interval '1 s'"); // as after its death
            try (WorkerLease other = WorkerLease.take(database, System::nanoTime)) {
                PartitionClaim third = partitions.claim(1, 0, other).orElseThrow();

                assertThat(List.of(first, second, third))
                        .extracting(PartitionClaim::isTakenOver)
                        .containsExactly(false, false, true);
            }
        }
    }

    @Test
    void givesPartitionToOneOfSeveralThatClaimItAtOnce() throws Exception {
        enterRun(PARTITIONS);
        CyclicBarrier start = new CyclicBarrier(CLAIMANTS);
        List<Future<Long>> claims = new ArrayList<>();
        try (WorkerLease one = WorkerLease.take(database, System::nanoTime);
                WorkerLease other = WorkerLease.take(database, System::nanoTime);
                ExecutorService threads = Executors.newFixedThreadPool(CLAIMANTS)) {
            for (int claimant = 0; claimant < CLAIMANTS; claimant++) {
                WorkerLease lease = claimant % 2 == 0 ? one : other;
                claims.add(threads.submit(() -> claimAll(start, lease)));
            }
        }

        long claimed = 0;
        for (Future<Long> claim : claims) {
            claimed += claim.get();
        }
        assertThat(claimed).isEqualTo(PARTITIONS);
    }

    /** Claims each partition when all claimants are there; returns how many it has got. */
    private long claimAll(CyclicBarrier start, WorkerLease lease) throws Exception {
        long claimed = 0;
        for (int number = 0; number < PARTITIONS; number++) {
            start.await();
            Optional<PartitionClaim> claim = partitions.claim(1, number, lease);
            claimed += claim.isPresent() ? 1 : 0;
        }
        return claimed;
    }
}
