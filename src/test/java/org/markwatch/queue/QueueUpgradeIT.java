package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.markwatch.database.TestDatabase;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What migrations make of the rows of earlier releases. */
class QueueUpgradeIT {
    private static final String REASONS = """
            [{"rule": "a@1", "group": "%s", "field": "TEXT", "start": 0, "end": 1, "weight": 9, "points": 9, "capped": false,
              "without": 0, "snippet": "a", "snippetStart": 0, "snippetEnd": 1, "count": 1, "signs": ["+33 the title, it is"]},
             {"rule": "b@1", "group": "context", "field": "TEXT", "start": 0, "end": 1, "weight": 4, "points": -4, "capped": false,
              "without": 0, "snippet": "b", "snippetStart": 0, "snippetEnd": 1, "count": 1, "signs": []}]""";
    private static final String MENTION = "[{\"brand\": \"visa\", \"kind\": \"MENTION\"}]";

    private final DataSource database = TestDatabase.empty();
    private final JdbcClient jdbc = JdbcClient.create(database);

    @Test
    void keepsCountsAndFeatures() {
        migrate("32");
        jdbc.sql("insert into run (started_at, status, ruleset_sha256, queued) values (now(), 'complete', '', true)")
                .update();
        finding("points", false, "", "[]", REASONS.formatted("voucher"));
        finding("mention", false, "", MENTION, REASONS.formatted("marks"));
        finding("suppressed", false, "official host", MENTION, "[]");
        finding("flagged", true, "", "[]", REASONS.formatted("voucher"));
        finding("nothing", false, "", "[]", "[]");
        jdbc.sql("""
                        insert into item (url, url_sha256, host, title, language, score, severity, precedence, lane, state, brands,
                            evidence, ruleset_sha256, evidence_sha256, first_run, last_run, first_seen_at, last_seen_at, queued_at)
                        values ('http://a.example/', 'x', 'a.example', '', '', 9, 'low', 0, 'other', 'new', '{}',
                            jsonb_build_object('brandUses', '[]'::jsonb, 'reasons', cast(? as jsonb)), '', '', 1, 1, now(), now(), now())
                        """)
                .param(REASONS.formatted("voucher").replace("TEXT", "text"))
                .update();

        migrate("37");

        FindingStore store = new FindingStore(database);
        assertThat(new HeldBackPages(database, Clock.systemUTC()).counts(1))
                .containsOnly(entry("points", 1L), entry("mention", 1L), entry("suppressed", 1L));
        List<Finding> held = store.mostHeldBack(jdbc, 10);
        assertThat(held).extracting(finding -> finding.url().path()).containsExactlyInAnyOrder("/points", "/mention");
        assertThat(held.getFirst().reasons().getFirst().signs()).singleElement().satisfies(sign -> {
            assertThat(sign.points()).isEqualTo(33);
            assertThat(sign.sentence()).isEqualTo("the title, it is");
        });
        migrate("latest");
        assertThat(new Items(database, Clock.systemUTC())
                        .find(1, LaneAccess.ALL)
                        .orElseThrow()
                        .reasons()
                        .getFirst()
                        .signs())
                .extracting(Item.ItemFeature::toString)
                .containsExactly("+33 the title, it is");
    }

    /** V85: actions of items that runs re-opened count again, if their decision was final. */
    @Test
    void countsActionsThatRunsLeftUndone() {
        migrate("82");
        action(1, "decided", "");
        action(2, "reopened", "system");
        action(3, "reopened", "lea");
        action(4, "reopened", "system");
        jdbc.sql("""
                        insert into second_review (item_id, lane, why, sampled, first_decision, outcome, opened_at, ended_at)
                        values (4, '', 'kind', false, 4, 'superseded', now(), now())
                        """).update();

        migrate("85");

        assertThat(jdbc.sql("select item_id from action where counts order by item_id")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 2L);
    }

    /** Stores an item with a decision and its action under one number. */
    private void action(long id, String state, String reopenedBy) {
        jdbc.sql("""
                        insert into item (id, url, url_sha256, host, title, language, score, severity, precedence, lane, state, brands,
                            evidence, ruleset_sha256, evidence_sha256, first_run, last_run, first_seen_at, last_seen_at, queued_at)
                        overriding system value
                        values (:id, 'http://a.example/' || :id, :id, 'a.example', '', '', 9, 'low', 0, 'other', 'new', '{}',
                            '{}', '', '', 1, 1, now(), now(), now())
                        """).param("id", id).update();
        jdbc.sql("""
                        insert into decision (id, item_id, verdict, severity, confidence, reason, note, reviewer, decided_at, evidence_sha256)
                        overriding system value
                        values (:id, :id, 'acceptance_suspected', '', '', 'x', '', 'ana', now(), '')
                        """).param("id", id).update();
        jdbc.sql("update item set decision_id = id, state = ? where id = ?")
                .params(state, id)
                .update();
        jdbc.sql("insert into action (decision_id, item_id, kind, changed_by, changed_at)"
                        + " values (:id, :id, 'acquirer_notice', 'ana', now())")
                .param("id", id)
                .update();
        if (!reopenedBy.isEmpty()) {
            new Audit(database, Clock.systemUTC()).append(reopenedBy, "item.reopen", "item:" + id, Map.of());
        }
    }

    private void finding(String path, boolean flagged, String suppressed, String uses, String reasons) {
        jdbc.sql("""
                        insert into finding (url_sha256, from_run, url, title, language, score, severity, lane, flagged, suppressed,
                            brand_uses, reasons, ruleset_sha256, evidence_sha256, matches)
                        values (sha256(?::text::bytea), 1, 'http://a.example/' || ?, '', '', 9, 'none', 'none', ?, ?,
                            cast(? as jsonb), cast(? as jsonb), '', '', 0)
                        """).params(path, path, flagged, suppressed, uses, reasons).update();
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }
}
