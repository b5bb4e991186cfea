package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.cluster.BulkDecisions;
import org.markwatch.queue.cluster.BulkPlan;
import org.markwatch.queue.cluster.BulkPlans;
import org.springframework.jdbc.core.simple.JdbcClient;

class AuditSearchIT {
    private static final AuditFilter DECISIONS = new AuditFilter("", "item.decide", "", null, null);
    private static final AuditReader OUTSIDE = new AuditReader("lea", false, new LaneAccess(Set.of("guarded")));

    private final QueueFixture fixture = new QueueFixture();
    private final JdbcClient jdbc = JdbcClient.create(fixture.database);
    private final AuditSearch search = new AuditSearch(fixture.database);

    @Test
    void withholdsTheFirstDecisionFromWhoeverMayMakeTheSecond() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.decide(id, DecisionKind.CHILD_SAFETY_REFERRAL);
        AuditReader ben = new AuditReader("ben", true, LaneAccess.ALL);

        List<AuditEntry> entries = page(AuditFilter.ALL, ben);
        assertThat(entries).hasSameSizeAs(page(AuditFilter.ALL, new AuditReader("root", false, LaneAccess.ALL)));
        assertThat(entries.getFirst()).satisfies(entry -> {
            assertThat(entry.isWithheld()).isTrue();
            assertThat(List.of(entry.actor(), entry.subject())).containsOnly("");
            assertThat(entry.details()).isEqualTo("{}");
            assertThat(entry.sha256()).isNotEmpty();
        });
        assertThat(page(DECISIONS, ben)).isEmpty();
        assertThat(page(new AuditFilter("ana", "", "", null, null), ben)).isEmpty();
        assertThat(page(new AuditFilter("", "", "item:" + id, null, null), ben))
                .allMatch(entry -> entry.actor().equals(Audit.SYSTEM));
        assertThat(page(DECISIONS, new AuditReader("ana", true, LaneAccess.ALL)))
                .hasSize(1);
        assertThat(page(DECISIONS, new AuditReader("root", false, LaneAccess.ALL)))
                .hasSize(1);

        fixture.claims.claim(id, "ben");
        fixture.decisions.decide(
                id,
                "ben",
                LaneAccess.ALL,
                fixture.request(
                        id,
                        DecisionKind.FALSE_POSITIVE,
                        null,
                        null,
                        fixture.item(id).evidenceSha256()));
        assertThat(page(DECISIONS, ben)).hasSize(2);
    }

    @Test
    void withholdsABulkDecisionWhileOneOfItsItemsWaits() {
        decideCluster();

        assertThat(page(ofClusters(), new AuditReader("ben", true, LaneAccess.ALL)))
                .isEmpty();
        assertThat(page(ofClusters(), new AuditReader("ana", true, LaneAccess.ALL)))
                .hasSize(1);
        assertThat(page(ofClusters(), new AuditReader("root", false, LaneAccess.ALL)))
                .hasSize(1);
    }

    @Test
    void leavesOutWhatIsAboutHiddenLanes() {
        long cluster = decideCluster();
        fixture.audit.append("ana", "cluster.view", "cluster:" + cluster, Map.of());
        fixture.audit.append(
                "ana", "queue.search", "queue", Map.of("filter", "open, \"lane\":\"guarded\"}", "lane", ""));
        assertThat(page(AuditFilter.ALL, OUTSIDE))
                .extracting(AuditEntry::action)
                .startsWith("queue.search", "cluster.view", "cluster.decide");
        fixture.audit.append("ana", "queue.search", "queue", Map.of("filter", "x", "lane", "guarded"));

        move("(select min(id) from item)");
        assertThat(page(AuditFilter.ALL, OUTSIDE))
                .as("one item of the bulk decision is hidden")
                .extracting(AuditEntry::action)
                .startsWith("queue.search", "cluster.view", "item.decide");

        move("any (select id from item)");
        assertThat(page(AuditFilter.ALL, OUTSIDE))
                .extracting(AuditEntry::subject)
                .noneMatch(subject -> subject.matches("(cluster|item):.*"));
    }

    @Test
    void withholdsTheWordsOfSearchesThatCouldFindItemsOfHiddenLanes() {
        for (LaneAccess searcher :
                List.of(LaneAccess.ALL, OUTSIDE.access(), new LaneAccess(Set.of("guarded", "other")))) {
            fixture.audit.append(
                    "ana",
                    "queue.search",
                    "queue",
                    ItemFilter.open("ana", searcher).with(ItemTerm.TEXT, "word").auditDetails());
        }

        assertThat(page(AuditFilter.ALL, OUTSIDE))
                .extracting(entry -> entry.details().contains("word"))
                .containsExactly(true, true, false);
        assertThat(page(AuditFilter.ALL, new AuditReader("ada", true, LaneAccess.ALL)))
                .allMatch(entry -> entry.details().contains("word"));
    }

    private void move(String items) {
        jdbc.sql("update item set lane = 'guarded' where id = " + items).update();
    }

    private static AuditFilter ofClusters() {
        return new AuditFilter("", "cluster.decide", "", null, null);
    }

    /** Decides two items at once as ana, and returns the cluster. */
    private long decideCluster() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://a.example/", "x")
                                .with(List.of("account:iban:DE89370400440532013000"), 0),
                        SampleFindings.flagged("https://b.example/", "y")
                                .with(List.of("account:iban:DE89370400440532013000"), 0)));
        long cluster = jdbc.sql("select id from cluster where kind = 'account'")
                .query(Long.class)
                .single();
        BulkPlans plans = new BulkPlans(fixture.database, fixture.clock);
        BulkPlan plan = plans.plan(cluster, "", "ana", LaneAccess.ALL);
        plan.sample()
                .forEach(each -> fixture.audit.append(
                        "ana",
                        "item.view",
                        "item:" + each.id(),
                        Map.of("evidence", fixture.item(each.id()).evidenceSha256())));
        DecisionRequest request =
                fixture.request(plan.items().getFirst().id(), DecisionKind.UNDETERMINED, null, null, "");
        new BulkDecisions(
                        fixture.database,
                        plans,
                        fixture.decisions,
                        new ClusterLanes(fixture.database),
                        fixture.audit,
                        Duration.ofDays(1),
                        fixture.clock)
                .decide(cluster, "", plan.token(), "ana", LaneAccess.ALL, request);
        return cluster;
    }

    private List<AuditEntry> page(AuditFilter filter, AuditReader reader) {
        return search.page(filter, reader, Long.MAX_VALUE, 50);
    }
}
