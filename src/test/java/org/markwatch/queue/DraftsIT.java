package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DraftsIT {
    private static final String URL = "https://a.example/";

    private final QueueFixture fixture = new QueueFixture();
    private final Drafts drafts = new Drafts(fixture.database, fixture.clock);
    private final ItemRetention retention = new ItemRetention(fixture.database, fixture.clock);

    @Test
    void keepsTheEntriesOfEachReviewer() {
        long id = fixture.admitted(URL, "x");
        String evidence = fixture.item(id).evidenceSha256();

        drafts.save(id, "ana", Map.of("note", "typed \u0000 for long"), evidence);
        drafts.save(id, "ben", Map.of("note", "other"), evidence);
        drafts.save(id, "ana", Map.of("note", "typed for longer"), evidence);

        assertThat(drafts.find(id, "ana"))
                .hasValueSatisfying(draft -> assertThat(draft.fields()).containsEntry("note", "typed for longer"));
        assertThat(drafts.find(id, "ben"))
                .hasValueSatisfying(draft -> assertThat(draft.fields()).containsEntry("note", "other"));
        drafts.save(999, "ana", Map.of(), evidence);
        assertThat(drafts.find(999, "ana")).isEmpty();
    }

    @Test
    void remembersTheEvidenceThatTheReviewerSaw() {
        long id = fixture.admitted(URL, "x");
        String seen = fixture.item(id).evidenceSha256();
        drafts.open(id, "ana");
        fixture.queue.admit(2, List.of(SampleFindings.flagged(URL, "y")));
        String now = fixture.item(id).evidenceSha256();

        drafts.open(id, "ana");
        drafts.save(id, "ana", Map.of("note", "n"), seen);
        assertThat(drafts.find(id, "ana"))
                .hasValueSatisfying(draft -> assertThat(draft.evidenceSha256()).isEqualTo(seen));

        drafts.save(id, "ana", Map.of("note", "n"), now);
        assertThat(drafts.find(id, "ana"))
                .hasValueSatisfying(draft -> assertThat(draft.evidenceSha256()).isEqualTo(now));
    }

    @Test
    void keepsTheEntriesOfEachReviewerOnAClusterForThirtyDays() {
        long cluster = JdbcClient.create(fixture.database)
                .sql("insert into cluster (kind, value) values ('host', 'a.example') returning id")
                .query(Long.class)
                .single();
        drafts.saveOfCluster(cluster, "ana", Map.of("note", "typed"));
        drafts.saveOfCluster(cluster, "ana", Map.of("note", "typed for longer"));
        drafts.saveOfCluster(cluster + 1, "ana", Map.of("note", "there is none"));

        assertThat(drafts.findOfCluster(cluster, "ana"))
                .hasValueSatisfying(draft -> assertThat(draft.fields()).containsEntry("note", "typed for longer"));
        assertThat(drafts.findOfCluster(cluster, "ben")).isEmpty();
        assertThat(drafts.findOfCluster(cluster + 1, "ana")).isEmpty();

        fixture.clock.advance(Drafts.KEPT.plusDays(1));
        retention.purge(fixture.clock.instant().minus(Drafts.KEPT.multipliedBy(9)));
        assertThat(drafts.findOfCluster(cluster, "ana")).isEmpty();
    }

    @Test
    void endsWithTheDecisionOfItsReviewerOnly() {
        long id = fixture.admitted(URL, "x");
        drafts.open(id, "ana");
        drafts.open(id, "ben");

        fixture.decide(id, DecisionKind.FALSE_POSITIVE);

        assertThat(drafts.find(id, "ana")).isEmpty();
        assertThat(drafts.find(id, "ben")).isPresent();
    }

    @Test
    void endsWithTheTextOfTheItemAndAfterThirtyDays() {
        long id = fixture.admitted(URL, "x");
        long open = fixture.admitted("https://b.example/", "x");
        drafts.open(open, "ben");
        drafts.open(id, "ben");
        fixture.decide(id, DecisionKind.FALSE_POSITIVE);

        retention.purge(fixture.clock.instant());
        assertThat(drafts.find(id, "ben")).isPresent();
        fixture.clock.advance(java.time.Duration.ofDays(1));
        retention.purge(fixture.clock.instant());

        assertThat(drafts.find(id, "ben")).isEmpty();
        assertThat(drafts.find(open, "ben")).isPresent();
        fixture.clock.advance(Drafts.KEPT);
        retention.purge(fixture.clock.instant().minus(Drafts.KEPT.multipliedBy(9)));
        assertThat(drafts.find(open, "ben")).isEmpty();
    }
}
