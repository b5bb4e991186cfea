package org.markwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.run.RunConfigs;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** How a worker waits for runs. */
@Timeout(60)
class OfferedRunsIT {
    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final RunConfigs configs = new RunConfigs(database);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final OfferedRuns runs = new OfferedRuns(Duration.ofMillis(10), stop);

    @BeforeEach
    void offer() {
        long run = new Runs(database).begin("0".repeat(64), Instant.now()).id();
        jdbc.update("insert into crawl_partition (run_id, number) values (?, 0)", run);
        configs.save(run, new byte[1]);
    }

    @Test
    void takesNoLeaseWhileARunGoesOnThatItHasRefused() throws Exception {
        runs.refuse(runs.await(database, () -> {}).orElseThrow());
        jdbc.execute("alter table worker add constraint no_lease check (false)");
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(stop::countDown);

        assertThat(runs.await(database, () -> {})).isEmpty();
    }

    @Test
    void offersTheNextStartOfARunThatItHasRefused() throws Exception {
        RunConfigs.SharedRun first = runs.await(database, () -> {}).orElseThrow();
        runs.refuse(first);
        jdbc.update("update run set epoch = epoch + 1");

        Optional<RunConfigs.SharedRun> next = runs.await(database, () -> {});

        assertThat(next).hasValueSatisfying(start -> assertThat(start.epoch()).isEqualTo(first.epoch() + 1));
    }

    @Test
    void takesAnotherLeaseWhenItsOwnHasEnded() throws Exception {
        jdbc.update("update run set status = 'complete'");
        CompletableFuture<Optional<RunConfigs.SharedRun>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return runs.await(database, () -> {});
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        long first = awaitLeaseAfter(0);
        jdbc.queryForList(
                "select pg_terminate_backend(pid, 60000) from pg_locks where locktype = 'advisory' and objid = ?"
                        + " and database = (select oid from pg_database where datname = current_database())",
                first);

        assertThat(awaitLeaseAfter(first)).isGreaterThan(first);
        stop.countDown();
        assertThat(waiting.get()).isEmpty();
    }

    /** Waits for a lease with a session; the time limit of the test bounds the wait. */
    private long awaitLeaseAfter(long worker) throws InterruptedException {
        while (true) {
            List<Long> leases = jdbc.query("""
                    select w.id from worker w join pg_locks l on l.locktype = 'advisory' and l.objid::int8 = w.id
                    where w.id > ? and l.database = (select oid from pg_database where datname = current_database())""", (row, number) -> row.getLong(1), worker);
            if (!leases.isEmpty()) {
                return leases.getFirst();
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void neverMigratesTheDatabaseOfOthers() {
        DataSource empty = TestDatabase.empty();

        assertThatThrownBy(() -> ProgramDatabase.requireCurrentSchema(empty))
                .hasMessageContaining("start 'markwatch serve' or 'run' on it first");

        assertThat(new JdbcTemplate(empty).queryForList("select relname from pg_class where relname = 'run'"))
                .isEmpty();
    }
}
