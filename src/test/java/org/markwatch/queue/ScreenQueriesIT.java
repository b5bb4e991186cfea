package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.queue.welfare.ExposureLimits;
import org.markwatch.report.HostFailures;
import org.markwatch.report.Reports;
import org.markwatch.report.RunFailures;
import org.markwatch.score.FindingStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class ScreenQueriesIT {
    /** PostgreSQL's driver prepares a statement at its fifth execution, and PostgreSQL plans it for any value after five more. */
    private static final int EXECUTIONS = 12;

    @Test
    void leavesNoPreparedStatementWithAPlanForAnyValue() throws SQLException {
        try (Connection connection = TestDatabase.empty().getConnection()) {
            SingleConnectionDataSource database = new SingleConnectionDataSource(connection, true);
            JdbcClient screen = ScreenQueries.client(database);
            for (int i = 0; i < EXECUTIONS; i++) {
                screen.sql("select cast(? as int)")
                        .param(i)
                        .query(Integer.class)
                        .single();
            }
            assertThat(JdbcClient.create(database)
                            .sql("select statement from pg_prepared_statements")
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    @Test
    void readsWhatIsHeldBackRunsAndLoadWithoutAPlanForAnyValue() throws SQLException {
        QueueFixture fixture = new QueueFixture();
        try (Connection connection = fixture.database.getConnection()) {
            SingleConnectionDataSource database = new SingleConnectionDataSource(connection, true);
            HeldBackPages heldBack = new HeldBackPages(database, fixture.clock);
            HostFailures hosts = new HostFailures(database);
            RunFailures failures = new RunFailures(database, fixture.clock);
            Reports reports = new Reports(
                    database,
                    new Runs(database),
                    new FindingStore(database),
                    fixture.queue,
                    heldBack,
                    fixture.audit,
                    fixture.clock);
            Exposure exposure = new Exposure(
                    database,
                    new ExposureLimits(
                            Duration.ofHours(5), Duration.ofMinutes(50), Duration.ofMinutes(10), ZoneOffset.UTC),
                    fixture.clock);
            for (int i = 0; i < EXECUTIONS; i++) {
                heldBack.list(LaneAccess.ALL);
                heldBack.counts(i);
                hosts.byCause(i);
                hosts.byHost(i, 10);
                failures.last();
                reports.find(i);
                reports.recent(1);
                reports.since(fixture.clock.instant());
                exposure.loads(LaneAccess.ALL);
                exposure.skipsToday(LaneAccess.ALL);
            }
            assertThat(JdbcClient.create(database)
                            .sql("select statement from pg_prepared_statements")
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }

    @Test
    void takesTheNextItemWithoutAPlanForAnyValue() throws SQLException {
        QueueFixture fixture = new QueueFixture();
        fixture.admitted("https://a.example/", "x");
        try (Connection connection = fixture.database.getConnection()) {
            SingleConnectionDataSource database = new SingleConnectionDataSource(connection, true);
            Claims claims = new Claims(database, fixture.audit, fixture.policy, fixture.clock);
            ItemFilter rare = ItemFilter.open("ana", LaneAccess.ALL)
                    .with(ItemTerm.GROUP, "rare")
                    .with(ItemTerm.TEXT, "absent");
            for (int i = 0; i < EXECUTIONS; i++) {
                assertThat(claims.nextWithin(rare, "ana")).isEmpty();
            }
            assertThat(JdbcClient.create(database)
                            .sql("select statement from pg_prepared_statements where statement like '%from item i%'")
                            .query(String.class)
                            .list())
                    .isEmpty();
        }
    }
}
