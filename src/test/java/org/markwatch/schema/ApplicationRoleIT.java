package org.markwatch.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditRetention;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ApplicationRoleIT {
    private static final String ROLE = "app_role_it";
    private static final String PASSWORD = "only for this test";

    private final PGSimpleDataSource owner = TestDatabase.fresh();
    private final PGSimpleDataSource application = new PGSimpleDataSource();
    private final JdbcClient jdbc = JdbcClient.create(application);
    private final Audit audit = new Audit(application, Clock.systemUTC());

    @BeforeEach
    void provide() {
        new ApplicationRole(owner, ROLE).provide(PASSWORD);
        application.setUrl(owner.getUrl());
        application.setUser(ROLE);
        application.setPassword(PASSWORD);
        audit.append("ana", "test", "thing:1", Map.of());
        audit.append("ana", "test", "thing:2", Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'ben'",
                "delete from audit",
                "truncate audit",
                "truncate audit cascade",
                "alter table audit disable trigger all",
                "alter table audit owner to app_role_it",
                "drop table audit",
                "drop trigger audit_append_only on audit",
                "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'",
                "insert into audit select 1, at, actor, action, subject, details, previous, sha256 from audit where seq = 2 on conflict (seq) do update set actor = 'ben'",
                "update audit_start set seq = 1",
                "delete from audit_head",
                "update decision set reason = 'other'",
                "delete from decision",
                "create table mine (id int)",
                "create temporary table mine (id int)",
                "create trigger t before insert on item execute function refuse_change()",
                "set role markwatch",
                "set session authorization markwatch",
                "set session_replication_role = replica",
                "alter role app_role_it superuser",
                "delete from flyway_schema_history",
                "select seal_audit(2)"
            })
    void refusesToTouchTheAuditAndTheTables(String sql) {
        assertThatThrownBy(() -> jdbc.sql(sql).query((row, number) -> 0).list())
                .rootCause()
                .hasMessageMatching(
                        "(?s).*(permission denied|must be owner|must be able to SET ROLE|is not owner|Only roles with|younger than 366 days).*");

        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create temporary table audit (seq bigint, at timestamptz, sha256 text);"
                        + " insert into audit values (2, '2000-01-01', 'other'); select seal_audit(2)",
                "create temporary table audit_start (seq bigint, sha256 text);"
                        + " insert into audit_start values (2, 'other'); select delete_sealed_audit(2)",
                "create temporary table pg_inherits (inhrelid oid, inhparent oid);"
                        + " insert into pg_inherits select 'audit'::regclass, 'visit'::regclass;"
                        + " select drop_month('audit')"
            })
    void findsItsTablesBehindTemporaryOnesOfTheSameName(String sql) {
        JdbcClient.create(owner)
                .sql("grant temporary on database \"" + owner.getDatabaseName() + "\" to " + ROLE)
                .update();

        try (Connection connection = application.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            assertThat(e.getMessage()).matches("(?s).*(younger than 366 days|no month).*");
        }

        assertThat(audit.firstSeq()).isEqualTo(1);
        assertThat(audit.verify()).isEmpty();
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 10)).hasSize(2);
    }

    @Test
    void cannotGrantItselfMore() {
        jdbc.sql("grant update on audit to app_role_it").update(); // PostgreSQL warns, and grants nothing

        assertThatThrownBy(() -> jdbc.sql("update audit set actor = 'ben'").update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void purgesEntriesOfTheAuditThatAreOldEnough() {
        Instant old = Instant.now().minus(Duration.ofDays(400));
        PGSimpleDataSource database = TestDatabase.fresh();
        Audit early = new Audit(database, Clock.fixed(old, ZoneOffset.UTC));
        early.append("ana", "test", "thing:1", Map.of());
        early.append("ana", "test", "thing:2", Map.of());
        new ApplicationRole(database, ROLE).provide(PASSWORD);
        application.setUrl(database.getUrl());
        audit.append("ana", "test", "thing:3", Map.of());

        assertThat(new AuditRetention(application, audit).purge(old.plusSeconds(1)))
                .isEqualTo(2);

        assertThat(audit.verify()).isEmpty();
        assertThat(audit.firstSeq()).isEqualTo(3);
        for (int seq : List.of(1, 2, 99)) {
            assertThatThrownBy(() -> JdbcClient.create(database)
                            .sql("select seal_audit(" + seq + ")")
                            .query((row, number) -> 0)
                            .list())
                    .hasMessageContaining("the audit cannot begin behind entry " + seq);
        }
    }

    @Test
    void addsAndDropsMonthsButNoOtherTable() {
        jdbc.sql("select add_month('visit', '2031-05-01')")
                .query((row, number) -> 0)
                .list();
        jdbc.sql("insert into visit_2031_05 select * from visit limit 0").update();
        jdbc.sql("select drop_month('visit_2031_05')").query((row, number) -> 0).list();

        assertThat(jdbc.sql("select to_regclass('visit_2031_05') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        for (String sql : List.of("select add_month('audit', '2031-05-01')", "select drop_month('audit')")) {
            assertThatThrownBy(() -> jdbc.sql(sql).query((row, number) -> 0).list())
                    .hasMessageContaining("month");
        }
    }

    @Test
    void tellsTheRoleFromTheOwner() {
        assertThat(ApplicationRole.isRestricted(application)).isTrue();
        assertThat(ApplicationRole.isRestricted(owner)).isFalse();
        assertThat(new Audit(application, Clock.systemUTC()).isProtected()).isTrue();
        assertThat(new Audit(owner, Clock.systemUTC()).isProtected()).isFalse();
        assertThat(ApplicationRole.isRestricted(TestDatabase.empty())).isFalse();
        assertThatThrownBy(() -> new ApplicationRole(owner, "nobody").grant()).hasMessageContaining("no role nobody");
        assertThatThrownBy(() -> new ApplicationRole(owner, String.valueOf(owner.getUser())).grant())
                .hasMessageContaining("cannot restrict it");
        new ApplicationRole(owner, ROLE).grant();
    }
}
