package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** The end of a lease. */
class WorkerLeaseIT {
    private final DataSource database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void endsItsSessionEvenIfItsRowCannotBeDeleted() throws Exception {
        WorkerLease lease = WorkerLease.take(database, System::nanoTime);
        assertThat(locks()).isOne();
        jdbc.execute("alter table worker rename to other");

        lease.close();

        assertThat(locks()).isZero();
    }

    @Test
    void letsTheDatabaseEndTheSessionOfASilentProcess() throws Exception {
        try (WorkerLease lease = WorkerLease.take(database, System::nanoTime)) {
            String limit = lease.inSession(session -> {
                try (Statement statement = session.createStatement();
                        ResultSet row = statement.executeQuery("show idle_session_timeout")) {
                    assertThat(row.next()).isTrue();
                    return row.getString(1);
                }
            });
            assertThat(limit).isEqualTo(WorkerLease.LENGTH.toSeconds() + "s");
        }
    }

    @Test
    void endsWithItsSessionSinceOthersClaimItsPartitions() throws Exception {
        try (WorkerLease lease = WorkerLease.withoutKeeper(database, System::nanoTime)) {
            endSession(database, lease);
            lease.keepSession();

            assertThat(lease.isValid()).isFalse();
        }
    }

    @Test
    void goesOnAfterARestartOfTheDatabase() throws Exception {
        try (WorkerLease lease = WorkerLease.withoutKeeper(database, System::nanoTime)) {
            restart(database, lease);

            assertThat(lease.isValid()).isTrue();
            assertThat(locks()).isOne();
        }
    }

    /** Ends the session of a lease, which has been renewed before the database was started, and lets the lease notice it. */
    static void restart(DataSource database, WorkerLease lease) throws SQLException {
        new JdbcTemplate(database).update("update worker set renewed_at = 'epoch' where id = ?", lease.id());
        endSession(database, lease);
        lease.keepSession();
    }

    static void endSession(DataSource database, WorkerLease lease) {
        new JdbcTemplate(database).queryForList("""
                select pg_terminate_backend(pid, 60000) from pg_locks where locktype = 'advisory' and classid::int8 = %d
                    and objid::int8 = %d""".formatted(WorkerLease.LOCK_CLASS, lease.id()));
    }

    private int locks() {
        Integer locks = jdbc.queryForObject("""
                select count(*) from pg_locks where locktype = 'advisory' and objsubid = 2
                    and database = (select oid from pg_database where datname = current_database())""", Integer.class);
        return locks == null ? -1 : locks;
    }
}
