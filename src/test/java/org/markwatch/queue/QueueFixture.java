package org.markwatch.queue;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.database.TestDatabase;

/** A review queue with a new database and a settable clock. */
final class QueueFixture {
    static final Duration LEASE = Duration.ofMinutes(15);

    final SettableClock clock = new SettableClock();
    final DataSource database = TestDatabase.fresh();
    final QueuePolicy policy = new QueuePolicy(List.of("low", "medium", "high"), LEASE, 0);
    final Audit audit = new Audit(database, clock);
    final ReviewQueue queue = new ReviewQueue(database, audit, policy, clock);
    final HeldBackPages heldBack = new HeldBackPages(database, clock);
    final Items items = new Items(database, clock);
    final ItemGroups groups = new ItemGroups(database, clock);
    final Claims claims = new Claims(database, audit, policy, clock);
    final Decisions decisions = new Decisions(database, audit, policy, clock);

    /** Admits one page in run 1 and returns the number of its item. */
    long admitted(String url, String evidence) {
        queue.admit(1, List.of(SampleFindings.flagged(url, evidence)));
        return all().stream()
                .filter(item -> item.url().toString().equals(url))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** Claims the next item of a lane, or of all lanes if it is null. */
    Optional<Long> next(@Nullable String lane, String reviewer) {
        return claims.nextWithin(
                new ItemFilter(ItemFilter.Show.OPEN, reviewer, LaneAccess.ALL)
                        .with(ItemTerm.LANE, lane == null ? "" : lane),
                reviewer);
    }

    Item item(long id) {
        return items.find(id, LaneAccess.ALL).orElseThrow();
    }

    List<Item> all() {
        return items.page(new ItemFilter(ItemFilter.Show.ALL, "", LaneAccess.ALL), null, 1000)
                .items();
    }

    /** Claims and decides an item as reviewer ana. */
    void decide(long id, DecisionKind kind) {
        claims.claim(id, "ana");
        decisions.decide(id, "ana", LaneAccess.ALL, request(id, kind, null, null, item(id).evidenceSha256()));
    }

    /** Claims and decides an item as reviewer ana, with a severity of her own. */
    void decideAs(long id, DecisionKind kind, String severity) {
        claims.claim(id, "ana");
        decisions.decide(
                id,
                "ana",
                LaneAccess.ALL,
                new DecisionRequest(
                        kind,
                        severity,
                        Confidence.MEDIUM,
                        "seen on the page",
                        "",
                        null,
                        null,
                        item(id).evidenceSha256()));
    }

    DecisionRequest request(
            long id, DecisionKind kind, @Nullable LocalDate until, @Nullable Long original, String evidence) {
        return new DecisionRequest(
                kind, item(id).severity(), Confidence.MEDIUM, "seen on the page", "", until, original, evidence);
    }
}
