package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.cluster.ClusterCursor;
import org.markwatch.queue.cluster.ClusterSummary;
import org.markwatch.queue.cluster.Clusters;
import org.markwatch.queue.cluster.ItemCluster;
import org.markwatch.score.Finding;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClusterMembersIT {
    private static final String WALLET = "account:bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT";

    private final QueueFixture fixture = new QueueFixture();
    private final ClusterLanes lanes = new ClusterLanes(fixture.database);
    private final Clusters clusters = new Clusters(fixture.database, lanes);

    @Test
    void joinsPagesOfOneStructureOneWalletOneAnalyticsAccountAndOneHost() {
        admit(
                1,
                page("https://one.example/", "dom:00000000000000ff", WALLET),
                page("https://two.example/", "dom:00000000000000ff", "ga4:G-1A2B3C4D5E"),
                page("https://three.example/a", "dom:ffffffffffffff00", "ga4:G-1A2B3C4D5E"),
                page("https://three.example/b", WALLET));

        assertThat(titles())
                .containsExactlyInAnyOrder(
                        "STRUCTURE 00000000000000ff 2",
                        "ANALYTICS ga4:G-1A2B3C4D5E 2",
                        "HOST three.example 2",
                        "ACCOUNT bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT 2");
    }

    @Test
    void joinsFingerprintsThatDifferInThreeBitsAndNoMore() {
        admit(
                1,
                page("https://one.example/", "text:00000000000000ff"),
                page("https://two.example/", "text:00000000000000f8"));
        admit(
                2,
                page("https://three.example/", "text:80000000000001fe"),
                page("https://four.example/", "text:f0000000000000ff"));

        assertThat(titles()).containsExactly("WORDING 00000000000000ff 3");
    }

    @Test
    void showsClustersWithTheSameItemsAsOneRow() {
        admit(
                1,
                page("https://shop.example/a", "dom:00000000000000ff", WALLET),
                page("https://shop.example/b", "dom:00000000000000ff", WALLET));

        ClusterSummary row = rows(LaneAccess.ALL).getFirst();
        assertThat(rows(LaneAccess.ALL)).hasSize(1);
        assertThat(row.clusters())
                .extracting(ItemCluster::kind)
                .containsExactlyInAnyOrder(ClusterKind.STRUCTURE, ClusterKind.HOST, ClusterKind.ACCOUNT);
        assertThat(row.hosts()).isEqualTo(1);
        assertThat(row.brands()).containsExactly("mastercard", "visa");
        assertThat(row.firstSeenAt()).isEqualTo(fixture.clock.instant());
    }

    @Test
    void followsDecisionsAndChangesOfThePage() {
        admit(
                1,
                page("https://one.example/", WALLET),
                page("https://two.example/", WALLET),
                page("https://three.example/", WALLET));
        fixture.decide(fixture.all().getFirst().id(), DecisionKind.BRAND_MARK_MISUSE);
        assertThat(titles()).containsExactly("ACCOUNT bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT 2");

        admit(2, page("https://three.example/"));
        assertThat(titles()).isEmpty();
    }

    @Test
    void hidesRestrictedLanesFromCountsAndMembers() {
        admit(
                1,
                lane("https://one.example/", "brand"),
                lane("https://two.example/", "brand"),
                lane("https://three.example/", "guarded"),
                lane("https://four.example/", "guarded"),
                lane("https://five.example/", "guarded"),
                withTraits(SampleFindings.flagged("https://six.example/", "high", "guarded", 90), "ga4:G-1"),
                withTraits(SampleFindings.flagged("https://seven.example/", "high", "guarded", 90), "ga4:G-1"));
        LaneAccess outside = new LaneAccess(Set.of("guarded"));

        assertThat(rows(LaneAccess.ALL)).extracting(ClusterSummary::open).containsExactly(2, 5);
        assertThat(rows(outside)).extracting(ClusterSummary::open).containsExactly(2);
        assertThat(rows(outside).getFirst().hosts()).isEqualTo(2);
        assertThat(rows(outside).getFirst().lanes()).containsExactly("brand");
        long guarded = rows(LaneAccess.ALL).getFirst().cluster().id();
        assertThat(clusters.find(guarded, LaneAccess.ALL)).isPresent();
        assertThat(clusters.find(guarded, outside)).isEmpty();
        assertThat(clusters.summary(guarded, outside)).isEmpty();
        long mixed = rows(outside).getFirst().cluster().id();
        assertThat(clusters.shared(mixed, outside)).isEmpty();
        assertThat(clusters.list(outside, "guarded", null, null, 10).rows()).isEmpty();
    }

    @Test
    void listsMostSevereThenLargestInPages() {
        admit(
                1,
                IntStream.range(0, 9)
                        .mapToObj(n -> withTraits(
                                SampleFindings.flagged(
                                        "https://h" + n + ".example/", n < 2 ? "high" : "low", "brand", 50),
                                "ga4:G-" + (n < 2 ? 0 : n < 5 ? 1 : 2)))
                        .toArray(Finding[]::new));

        Clusters.Page first = clusters.list(LaneAccess.ALL, "", null, null, 2);
        Clusters.Page second = clusters.list(
                LaneAccess.ALL,
                "",
                null,
                ClusterCursor.parse(String.valueOf(first.next())).orElseThrow(),
                2);
        assertThat(first.rows()).extracting(ClusterSummary::open).containsExactly(2, 4);
        assertThat(second.rows()).extracting(ClusterSummary::open).containsExactly(3);
        assertThat(second.next()).isNull();
    }

    @Test
    void forgetsPurgedItems() {
        admit(1, page("https://one.example/", WALLET), page("https://two.example/", WALLET));
        fixture.all().forEach(item -> fixture.decide(item.id(), DecisionKind.FALSE_POSITIVE));
        fixture.clock.advance(Duration.ofDays(400));
        new ItemRetention(fixture.database, fixture.clock).purge(fixture.clock.instant());
        lanes.refresh(10);

        assertThat(JdbcClient.create(fixture.database)
                        .sql("select value from cluster")
                        .query(String.class)
                        .list())
                .isEmpty();
    }

    private void admit(long run, Finding... findings) {
        fixture.queue.admit(run, List.of(findings));
    }

    private static Finding page(String url, String... traits) {
        return withTraits(SampleFindings.flagged(url, url), traits);
    }

    private static Finding lane(String url, String lane) {
        return withTraits(SampleFindings.flagged(url, "medium", lane, 42), WALLET);
    }

    private static Finding withTraits(Finding finding, String... traits) {
        return finding.with(List.of(traits), 0);
    }

    private List<ClusterSummary> rows(LaneAccess access) {
        return clusters.list(access, "", null, null, 100).rows();
    }

    private List<String> titles() {
        return rows(LaneAccess.ALL).stream()
                .map(row -> row.cluster().kind() + " " + row.cluster().value() + " " + row.open())
                .toList();
    }
}
