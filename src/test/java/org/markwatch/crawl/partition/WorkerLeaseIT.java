package org.markwatch.crawl.partition;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(lease.inSession("select setting::int from pg_settings where name = 'idle_session_timeout'"))
                    .isEqualTo(WorkerLease.LENGTH.toMillis());
        }
    }

    private int locks() {
        Integer locks = jdbc.queryForObject("""
                select count(*) from pg_locks where locktype = 'advisory' and objsubid = 2
                    and database = (select oid from pg_database where datname = current_database())""", Integer.class);
        return locks == null ? -1 : locks;
    }
}
