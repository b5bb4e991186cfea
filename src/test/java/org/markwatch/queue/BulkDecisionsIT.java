package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.cluster.BulkDecisions;
import org.markwatch.queue.cluster.BulkPlan;
import org.markwatch.queue.cluster.BulkPlans;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.score.Finding;
import org.springframework.jdbc.core.simple.JdbcClient;

class BulkDecisionsIT {
    private static final LaneAccess OUTSIDE = new LaneAccess(Set.of("guarded"));

    private final QueueFixture fixture = new QueueFixture();
    private final JdbcClient jdbc = JdbcClient.create(fixture.database);
    private final ClusterLanes lanes = new ClusterLanes(fixture.database);
    private final Clusters clusters = new Clusters(fixture.database, lanes);
    private final BulkPlans plans = new BulkPlans(fixture.database, fixture.clock);
    private final BulkDecisions bulk = new BulkDecisions(
            fixture.database, plans, fixture.decisions, lanes, fixture.audit, Duration.ofDays(1), fixture.clock);

    @Test
    void countsWhatItWouldDecideAndWhatItWouldLeave() {
        List<Long> items = admit(8);
        fixture.claims.claim(items.get(0), "ben");
        fixture.claims.claim(items.get(1), "ana");
        fixture.decide(items.get(2), DecisionKind.BRAND_MARK_MISUSE);
        move(items.get(3), "guarded");
        move(items.get(4), "laundering");

        BulkPlan plan = plans.plan(cluster(), "", "ana", OUTSIDE);
        assertThat(plan.items()).hasSize(5);
        assertThat(plan.byLane()).isEqualTo(Map.of("payment", 4, "laundering", 1));
        assertThat(plan.byState()).isEqualTo(Map.of("new", 5));
        assertThat(plan.heldByOthers()).isEqualTo(1);
        assertThat(plan.decided()).isEqualTo(1);
        assertThat(plans.plan(cluster(), "laundering", "ana", OUTSIDE).items()).hasSize(1);
        assertThat(plans.plan(cluster(), "", "ana", LaneAccess.ALL).items()).hasSize(6);
    }

    @Test
    void decidesOnlyWhatWasCountedAndAfterTheSampleWasOpened() {
        admit(8);
        BulkPlan plan = plans.plan(cluster(), "", "ana", LaneAccess.ALL);
        assertThat(plan.sample()).hasSize(BulkPlans.SAMPLE);
        assertThatThrownBy(() -> decide(plan, "ana"))
                .isInstanceOf(ItemConflictException.class)
                .hasMessageContaining("Open the items of the sample first");
        open(plan, "ben");
        assertThatThrownBy(() -> decide(plan, "ana")).hasMessageContaining("sample");

        open(plan, "ana");
        fixture.queue.admit(2, List.of(page(20)));
        assertThatThrownBy(() -> decide(plan, "ana"))
                .isInstanceOf(ItemConflictException.class)
                .hasMessageContaining("9 would be decided now");
        assertThat(jdbc.sql("select count(*) from decision").query(Long.class).single())
                .isZero();
    }

    @Test
    void givesEachItemItsOwnDecisionThatWaitsForASecondReview() {
        List<Long> items = admit(60);
        BulkPlan plan = opened("ana");
        BulkDecisions.BulkResult result = decide(plan, "ana");

        assertThat(result.decided()).containsExactlyElementsOf(items);
        assertThat(result.skipped()).isZero();
        assertThat(jdbc.sql("""
            select count(*) from bulk_item b join decision d on d.id = b.decision_id
              join decision_evidence e on e.decision_id = d.id join item i on i.id = b.item_id
             where d.item_id = b.item_id and d.evidence_sha256 = i.evidence_sha256 and e.evidence = i.evidence
            """).query(Long.class).single()).isEqualTo(60);
        assertThat(fixture.item(items.getFirst()).state()).isEqualTo(ItemState.NEW);
        BulkPlan again = plans.plan(cluster(), "", "ana", LaneAccess.ALL);
        assertThat(again.items()).isEmpty();
        assertThat(again.decidedByYou()).isEqualTo(60);
        assertThat(bulk.of(cluster(), "ana", LaneAccess.ALL))
                .extracting(BulkDecisions.MadeBulk::items)
                .containsExactly(60);
        assertThat(bulk.of(cluster(), "ben", LaneAccess.ALL))
                .as("nobody decides a second time knowing the first")
                .isEmpty();
        assertThat(fixture.audit.verify()).isEmpty();
    }

    @Test
    void makesOneDecisionOfAFormThatIsSentTwice() {
        admit(40);
        BulkPlan plan = opened("ana");
        List<CompletableFuture<BulkDecisions.BulkResult>> sent = IntStream.range(0, 2)
                .mapToObj(press -> CompletableFuture.supplyAsync(() -> decide(plan, "ana")))
                .toList();
        List<Long> made =
                sent.stream().map(press -> press.join().id()).distinct().toList();

        assertThat(made).hasSize(1);
        BulkDecisions.BulkResult later = decide(plan, "ana");
        assertThat(later.id()).isEqualTo(made.getFirst());
        assertThat(later.decided()).hasSize(40);
        assertThat(bulk.of(cluster(), "ana", LaneAccess.ALL)).hasSize(1);

        bulk.undo(cluster(), later.id(), "ana", false, LaneAccess.ALL);
        assertThat(decide(plan, "ana").id()).isNotEqualTo(later.id());
    }

    @Test
    void letsASecondPersonAgreeInBulk() {
        List<Long> items = admit(3);
        decide(opened("ana"), "ana");
        decide(opened("ben"), "ben");

        assertThat(items).allSatisfy(id -> assertThat(fixture.item(id).state()).isEqualTo(ItemState.DECIDED));
        assertThat(bulk.of(cluster(), "cleo", LaneAccess.ALL)).hasSize(2);
        assertThat(clusters.decisions(cluster(), LaneAccess.ALL, 10)).hasSize(3);
    }

    @Test
    void takesBackWhatNobodyChangedSince() {
        List<Long> items = admit(4);
        long id = decide(opened("ana"), "ana").id();
        fixture.claims.claim(items.getFirst(), "ben");
        fixture.decisions.decide(items.getFirst(), "ben", LaneAccess.ALL, request(items.getFirst()));

        assertThatThrownBy(() -> bulk.undo(cluster(), id, "ben", false, LaneAccess.ALL))
                .isInstanceOf(ItemConflictException.class);
        assertThat(bulk.undo(cluster(), id, "ana", false, LaneAccess.ALL)).isEqualTo(3);
        assertThat(fixture.item(items.getFirst()).state()).isEqualTo(ItemState.DECIDED);
        assertThat(plans.plan(cluster(), "", "ana", LaneAccess.ALL).items()).hasSize(3);
        assertThatThrownBy(() -> bulk.undo(cluster(), id, "ana", false, LaneAccess.ALL))
                .hasMessageContaining("already");
        assertThat(fixture.audit.verify()).isEmpty();
    }

    @Test
    void countsAndTakesBackOnlyItemsOfLanesThatTheAccountSees() {
        List<Long> items = admit(3);
        long id = decide(opened("ana"), "ana").id();
        move(items.getFirst(), "guarded");

        assertThat(bulk.of(cluster(), "ana", OUTSIDE))
                .extracting(BulkDecisions.MadeBulk::items)
                .containsExactly(2);
        assertThat(bulk.undo(cluster(), id, "ana", false, OUTSIDE)).isEqualTo(2);
        assertThat(plans.plan(cluster(), "", "ana", LaneAccess.ALL).decidedByYou())
                .isEqualTo(1);

        long rest = decide(opened("ana"), "ana").id();
        items.forEach(item -> move(item, "guarded"));
        assertThat(bulk.of(cluster(), "ana", OUTSIDE)).isEmpty();
        assertThatThrownBy(() -> bulk.undo(cluster(), rest, "ana", true, OUTSIDE))
                .hasMessageContaining("not yours");
    }

    @Test
    void takesBackOnlyThroughItsOwnClusterAndNotForASecondReviewer() {
        admit(3);
        long id = decide(opened("ana"), "ana").id();

        assertThatThrownBy(() -> bulk.undo(cluster() + 1, id, "ana", false, LaneAccess.ALL))
                .hasMessageContaining("not yours");
        assertThatThrownBy(() -> bulk.undo(cluster(), id, "ben", true, LaneAccess.ALL))
                .hasMessage("Bulk decision " + id + " is not yours to take back.");
    }

    @Test
    void refusesToTakeBackWhenItIsTooLate() {
        admit(2);
        long id = decide(opened("ana"), "ana").id();
        fixture.clock.advance(Duration.ofDays(1));
        assertThatThrownBy(() -> bulk.undo(cluster(), id, "ana", true, LaneAccess.ALL))
                .hasMessageContaining("older than 24 hours");
    }

    private List<Long> admit(int pages) {
        fixture.queue.admit(
                1, IntStream.range(0, pages).mapToObj(BulkDecisionsIT::page).toList());
        return fixture.all().stream().map(Item::id).sorted().toList();
    }

    private static Finding page(int n) {
        return SampleFindings.flagged("https://shop" + n + ".example/", "evidence " + n)
                .with(List.of("account:iban:DE89370400440532013000"), 0);
    }

    private void move(long item, String lane) {
        jdbc.sql("update item set lane = ? where id = ?").params(lane, item).update();
    }

    private long cluster() {
        return jdbc.sql("select id from cluster where kind = 'account'")
                .query(Long.class)
                .single();
    }

    private BulkPlan opened(String reviewer) {
        open(plans.plan(cluster(), "", reviewer, LaneAccess.ALL), reviewer);
        return plans.plan(cluster(), "", reviewer, LaneAccess.ALL);
    }

    private void open(BulkPlan plan, String reviewer) {
        plan.sample()
                .forEach(each -> fixture.audit.append(
                        reviewer,
                        "item.view",
                        "item:" + each.id(),
                        Map.of("evidence", fixture.item(each.id()).evidenceSha256(), "revealed", "")));
    }

    private BulkDecisions.BulkResult decide(BulkPlan plan, String reviewer) {
        return bulk.decide(
                cluster(),
                "",
                plan.token(),
                reviewer,
                LaneAccess.ALL,
                request(plan.items().getFirst().id()));
    }

    private DecisionRequest request(long item) {
        return fixture.request(
                item,
                DecisionKind.BRAND_MARK_MISUSE,
                null,
                null,
                fixture.item(item).evidenceSha256());
    }
}
