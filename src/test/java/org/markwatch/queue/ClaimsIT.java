package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClaimsIT {
    private final QueueFixture fixture = new QueueFixture();

    @Test
    void claimsMostSevereItemFirstAndThenTheLongestWaiting() {
        fixture.queue.admit(1, List.of(SampleFindings.flagged("https://low.example/", "low", "brand", 99)));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://old.example/", "high", "brand", 60)));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.queue.admit(3, List.of(SampleFindings.flagged("https://young.example/", "high", "brand", 90)));
        fixture.queue.admit(4, List.of(SampleFindings.flagged("https://elsewhere.example/", "high", "other", 95)));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> fixture.next("brand", "reviewer-" + i))
                        .flatMap(Optional::stream)
                        .map(id -> fixture.item(id).host()))
                .containsExactly("old.example", "young.example", "low.example");
        assertThat(fixture.next(null, "reviewer-4")).isPresent();
        assertThat(fixture.next(null, "reviewer-5")).isEmpty();
    }

    @Test
    void neverAssignsAnItemToTwoReviewers() throws Exception {
        int items = 120;
        int reviewers = 24;
        fixture.queue.admit(
                1,
                IntStream.range(0, items)
                        .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                        .toList());
        CountDownLatch start = new CountDownLatch(1);
        List<Long> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> results = IntStream.range(0, reviewers)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        List<Long> mine = new ArrayList<>();
                        for (int attempt = 0; attempt < items; attempt++) {
                            Optional<Long> next = fixture.next(null, "reviewer-" + i + "-" + attempt);
                            if (next.isEmpty()) {
                                break;
                            }
                            mine.add(next.get());
                        }
                        return mine;
                    }))
                    .toList();
            start.countDown();
            for (Future<List<Long>> result : results) {
                taken.addAll(result.get());
            }
        }

        assertThat(taken).hasSize(items).doesNotHaveDuplicates();
        assertThat(fixture.audit.verify()).isEmpty();
        assertThat(fixture.audit.entriesBefore(Long.MAX_VALUE, 1000)).hasSize(items);
    }

    @Test
    void assignsChosenItemToOneOfManyConcurrentReviewers() throws Exception {
        long id = fixture.admitted("https://a.example/", "x");
        CountDownLatch start = new CountDownLatch(1);
        int claimed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        try {
                            fixture.claims.claim(id, "reviewer-" + i);
                            return true;
                        } catch (ItemConflictException e) {
                            return false;
                        }
                    }))
                    .toList();
            start.countDown();
            for (Future<Boolean> each : tries) {
                claimed += each.get() ? 1 : 0;
            }
        }

        assertThat(claimed).isEqualTo(1);
    }

    @Test
    void expiresAtTheEndOfTheLeaseAndBecomesAvailableToOthers() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE.minusMillis(1));
        assertThatThrownBy(() -> fixture.claims.claim(id, "ben")).hasMessageContaining("held by ana");

        fixture.clock.advance(Duration.ofMillis(1));

        assertThat(fixture.item(id).claim()).isNull();
        assertThat(fixture.next(null, "ben")).contains(id);
        assertThatThrownBy(() -> fixture.claims.renew(id, "ana")).hasMessageContaining("ben does");
    }

    @Test
    void renewsLeaseThatHasEndedWhileNobodyElseClaimedTheItem() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE.plusMinutes(5));

        fixture.claims.renew(id, "ana");

        assertThatThrownBy(() -> fixture.claims.claim(id, "ben")).hasMessageContaining("held by ana");
        fixture.claims.release(id, "ana");
        assertThatThrownBy(() -> fixture.claims.renew(id, "ana")).hasMessageContaining("Claim it");
    }

    @Test
    void limitsTheNumberOfItemsThatReviewerHolds() {
        fixture.queue.admit(
                1,
                IntStream.rangeClosed(0, Claims.MOST_CLAIMS)
                        .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                        .toList());
        List<Long> ids = fixture.all().stream().map(Item::id).toList();
        ids.subList(0, Claims.MOST_CLAIMS).forEach(id -> fixture.claims.claim(id, "ana"));

        assertThatThrownBy(() -> fixture.claims.claim(ids.getLast(), "ana"))
                .hasMessageContaining("You hold 5 items")
                .hasMessageContaining("#" + ids.getFirst());
        assertThat(fixture.claims.claim(ids.getFirst(), "ana").reviewer()).isEqualTo("ana");
        fixture.claims.release(ids.getFirst(), "ana");
        assertThat(fixture.claims.claim(ids.getLast(), "ana").reviewer()).isEqualTo("ana");
    }

    @Test
    void letsLeadFreeAndAssignItems() {
        long id = fixture.admitted("https://a.example/", "x");
        assertThatThrownBy(() -> fixture.claims.free(id, "lea")).hasMessageContaining("Nobody holds");
        fixture.claims.claim(id, "ana");

        fixture.claims.free(id, "lea");
        assertThat(fixture.item(id).claim()).isNull();
        fixture.claims.assign(id, "ben", "lea");

        assertThat(Objects.requireNonNull(fixture.item(id).claim()).reviewer()).isEqualTo("ben");
        assertThatThrownBy(() -> fixture.claims.renew(id, "ana")).hasMessageContaining("ben does");
        assertThat(fixture.audit.entriesOf("item:" + id, 3))
                .extracting(AuditEntry::action)
                .containsExactly("item.claim", "item.assign", "item.free");
    }

    @Test
    void claimsNextItemWithinFilter() {
        fixture.queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://a.example/", "high", "brand", 80),
                        SampleFindings.flagged("https://b.example/", "low", "brand", 20)));

        ItemFilter ofHost = new ItemFilter(ItemFilter.Show.FREE, "ana", LaneAccess.ALL)
                .with(ItemTerm.BRAND, "visa")
                .with(ItemTerm.GROUP, "membership")
                .with(ItemTerm.HOST, "b.example")
                .with(ItemTerm.LANGUAGE, "en")
                .with(ItemTerm.TEXT, "offers");
        assertThat(fixture.claims.nextWithin(ofHost, "ana"))
                .hasValueSatisfying(id -> assertThat(fixture.item(id).host()).isEqualTo("b.example"));
        assertThat(fixture.claims.nextWithin(new ItemFilter(ItemFilter.Show.REOPENED, "ben", LaneAccess.ALL), "ben"))
                .isEmpty();
    }

    @Test
    void findsItemBehindManyThatTheReviewerSkippedOrOthersHold() {
        int skipped = 120;
        fixture.queue.admit(
                1,
                IntStream.rangeClosed(0, skipped)
                        .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                        .toList());
        List<Long> ids = fixture.all().stream().map(Item::id).toList();
        JdbcClient.create(fixture.database)
                .sql(
                        "insert into skip (item_id, reviewer, skipped_at) select id, 'ana', queued_at from item where id <> ?")
                .param(ids.getLast())
                .update();
        fixture.claims.claim(ids.getFirst(), "ben");

        assertThat(fixture.next("payment", "ana")).contains(ids.getLast());
        assertThat(fixture.next("payment", "carl")).contains(ids.get(1));
    }

    @Test
    void staysClaimedWhileItIsRenewed() {
        long id = fixture.admitted("https://a.example/", "x");
        Claim claim = fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE.dividedBy(2));

        Claim renewed = fixture.claims.renew(id, "ana");

        assertThat(renewed.since()).isEqualTo(claim.since());
        assertThat(renewed.until()).isEqualTo(fixture.clock.instant().plus(QueueFixture.LEASE));
    }

    @Test
    void returnsItemThatTheReviewerHoldsAlready() {
        fixture.admitted("https://a.example/", "x");
        long second = fixture.admitted("https://b.example/", "x");
        fixture.claims.claim(second, "ana");

        assertThat(fixture.next(null, "ana")).contains(second);
    }

    @Test
    void leavesOutSkippedItemForTheSameReviewerUntilItIsQueuedAgain() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        fixture.claims.skip(id, "ana");

        assertThat(fixture.next(null, "ana")).isEmpty();
        assertThat(fixture.next(null, "ben")).contains(id);

        fixture.decisions.decide(
                id,
                "ben",
                LaneAccess.ALL,
                fixture.request(
                        id,
                        DecisionKind.UNDETERMINED,
                        null,
                        null,
                        fixture.item(id).evidenceSha256()));
        fixture.clock.advance(Duration.ofDays(1));
        fixture.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));
        assertThat(fixture.next(null, "ana")).contains(id);
    }

    @Test
    void letsOnlyTheHolderReleaseAnItem() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");

        assertThatThrownBy(() -> fixture.claims.release(id, "ben")).hasMessageContaining("ana does");
        fixture.claims.release(id, "ana");
        assertThat(fixture.item(id).claim()).isNull();
    }
}
