package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.partition.Workers.WorkerLife;
import org.markwatch.crawl.partition.Workers.WorkerRole;
import org.markwatch.crawl.partition.Workers.WorkerState;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which processes work on a run. */
class WorkersIT {
    private final DataSource database = TestDatabase.fresh();
    private final Partitions partitions = new Partitions(database);
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void namesWhoLeadsHelpsAndWaitsAndWhatEachHoldsAndHasDone() throws Exception {
        jdbc.update("""
                insert into run (started_at, status, ruleset_sha256)
                select now(), 'running', repeat('0', 64) from generate_series(1, 2)""");
        jdbc.update("insert into crawl_partition (run_id, number) select 1, n from generate_series(0, 5) n");
        try (WorkerLease waiting = WorkerLease.take(database, System::nanoTime);
                WorkerLease helper = WorkerLease.take(database, System::nanoTime, 1, false);
                WorkerLease leader = WorkerLease.take(database, System::nanoTime, 1, true)) {
            claim(0, leader);
            partitions.markDone(claim(1, leader));
            partitions.markDone(claim(2, leader));
            claim(3, helper);
            // suspended, and another run's
            jdbc.update("""
                    insert into worker (name, renewed_at, lease_until, run_id)
                    values ('9@far', now() - interval '40 s', now() - interval '25 s', 1), ('8@far', now(), now(), 2)""");
            jdbc.update(
                    "update crawl_partition set worker = (select id from worker where name = '9@far') where number = 4");

            Workers workers = new Workers(database);
            assertThat(workers.of(1))
                    .extracting(WorkerState::role, WorkerState::held, WorkerState::done, WorkerState::life)
                    .containsExactlyInAnyOrder(
                            tuple(WorkerRole.LEADS, 1, 2, WorkerLife.LIVES),
                            tuple(WorkerRole.HELPS, 1, 0, WorkerLife.LIVES),
                            tuple(WorkerRole.HELPS, 1, 0, WorkerLife.SILENT),
                            tuple(WorkerRole.WAITS, 0, 0, WorkerLife.LIVES));
            assertThat(workers.of(1).getFirst().role()).isEqualTo(WorkerRole.LEADS);
            WorkerState silent = workers.of(1).stream()
                    .filter(worker -> worker.life() == WorkerLife.SILENT)
                    .findFirst()
                    .orElseThrow();
            assertThat(silent.name()).isEqualTo("9@far");
            assertThat(silent.quietFor()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
            assertThat(silent.lease()).isEqualTo(Duration.ofSeconds(15));

            // killed: its lease goes on for some seconds, but no session holds its lock
            jdbc.update(
                    "update worker set name = '7@far', lease_until = now() + interval '15 s', renewed_at = now() where name = '9@far'");
            assertThat(workers.of(1))
                    .filteredOn(worker -> worker.name().equals("7@far"))
                    .extracting(WorkerState::life)
                    .containsExactly(WorkerLife.SESSION_ENDED);
        }
    }

    @Test
    void tellsWhetherThisProcessMayWork() throws Exception {
        Workers workers = new Workers(database);
        assertThat(workers.mayThisProcessWork()).as("without a lease").isTrue();
        try (WorkerLease lease = WorkerLease.take(database, System::nanoTime)) {
            assertThat(workers.mayThisProcessWork()).as("with a lease").isTrue();

            jdbc.update("update worker set lease_until = now() - interval '1 s'");
            assertThat(workers.mayThisProcessWork())
                    .as("with a lease that has ended")
                    .isFalse();
        }
    }

    private PartitionClaim claim(int number, WorkerLease lease) {
        return partitions.claim(1, number, lease).orElseThrow();
    }
}
