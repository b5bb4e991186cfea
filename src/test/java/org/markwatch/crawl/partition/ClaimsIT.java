package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** Claims of the same partition at the same time. */
class ClaimsIT {
    private static final int PARTITIONS = 200;
    private static final int CLAIMANTS = 4;

    private final DataSource database = TestDatabase.fresh();
    private final Partitions partitions = new Partitions(database);

    @Test
    void givesPartitionToOneOfSeveralThatClaimItAtOnce() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.update("insert into run (started_at, status, ruleset_sha256) values (now(), 'running', repeat('0', 64))");
        jdbc.update(
                "insert into crawl_partition (run_id, number) select 1, n from generate_series(0, ?) n",
                PARTITIONS - 1);
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
