package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsIT {
    private final QueueFixture desk = new QueueFixture();

    @Test
    void handsOutTheGravestFirstAndTheLongestWaitingAmongThose() {
        desk.queue.admit(1, List.of(SampleFindings.flagged("https://low.example/", "low", "brand", 99)));
        desk.clock.advance(Duration.ofHours(1));
        desk.queue.admit(2, List.of(SampleFindings.flagged("https://old.example/", "high", "brand", 60)));
        desk.clock.advance(Duration.ofHours(1));
        desk.queue.admit(3, List.of(SampleFindings.flagged("https://young.example/", "high", "brand", 90)));
        desk.queue.admit(4, List.of(SampleFindings.flagged("https://elsewhere.example/", "high", "other", 95)));

        assertThat(IntStream.range(0, 4)
                        .mapToObj(i -> desk.claims.next("brand", "reviewer-" + i))
                        .flatMap(Optional::stream)
                        .map(id -> desk.item(id).host()))
                .containsExactly("old.example", "young.example", "low.example");
        assertThat(desk.claims.next(null, "reviewer-4")).isPresent();
        assertThat(desk.claims.next(null, "reviewer-5")).isEmpty();
    }

    @Test
    void neverGivesOneItemToTwoPeople() throws Exception {
        int items = 120;
        int reviewers = 24;
        desk.queue.admit(
                1,
                IntStream.range(0, items)
                        .mapToObj(i -> SampleFindings.flagged("https://a.example/" + i, "x"))
                        .toList());
        CountDownLatch start = new CountDownLatch(1);
        List<Long> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> shifts = IntStream.range(0, reviewers)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        List<Long> mine = new ArrayList<>();
                        for (int turn = 0; turn < items; turn++) {
                            Optional<Long> next = desk.claims.next(null, "reviewer-" + i + "-" + turn);
                            if (next.isEmpty()) {
                                break;
                            }
                            mine.add(next.get());
                        }
                        return mine;
                    }))
                    .toList();
            start.countDown();
            for (Future<List<Long>> shift : shifts) {
                taken.addAll(shift.get());
            }
        }

        assertThat(taken).hasSize(items).doesNotHaveDuplicates();
        assertThat(desk.audit.verify()).isEmpty();
        assertThat(desk.audit.entriesBefore(Long.MAX_VALUE, 1000)).hasSize(items);
    }

    @Test
    void givesOneChosenItemToOneOfManyWhoAskAtOnce() throws Exception {
        long id = desk.admitted("https://a.example/", "x");
        CountDownLatch start = new CountDownLatch(1);
        int claimed = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        try {
                            desk.claims.claim(id, "reviewer-" + i);
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
    void lapsesAtTheEndOfTheLeaseAndGoesToTheNext() {
        long id = desk.admitted("https://a.example/", "x");
        desk.claims.claim(id, "ana");
        desk.clock.advance(QueueFixture.LEASE.minusMillis(1));
        assertThatThrownBy(() -> desk.claims.claim(id, "ben")).hasMessageContaining("held by ana");

        desk.clock.advance(Duration.ofMillis(1));

        assertThat(desk.item(id).claim()).isNull();
        assertThatThrownBy(() -> desk.claims.renew(id, "ana")).hasMessageContaining("lapsed");
        assertThat(desk.claims.next(null, "ben")).contains(id);
    }

    @Test
    void holdsOnWhileItIsRenewed() {
        long id = desk.admitted("https://a.example/", "x");
        Claim claim = desk.claims.claim(id, "ana");
        desk.clock.advance(QueueFixture.LEASE.dividedBy(2));

        Claim renewed = desk.claims.renew(id, "ana");

        assertThat(renewed.since()).isEqualTo(claim.since());
        assertThat(renewed.until()).isEqualTo(desk.clock.instant().plus(QueueFixture.LEASE));
    }

    @Test
    void resumesTheItemThatAReviewerHoldsAlready() {
        desk.admitted("https://a.example/", "x");
        long second = desk.admitted("https://b.example/", "x");
        desk.claims.claim(second, "ana");

        assertThat(desk.claims.next(null, "ana")).contains(second);
    }

    @Test
    void doesNotHandSkippedItemToTheSameReviewerUntilItIsQueuedAnew() {
        long id = desk.admitted("https://a.example/", "x");
        desk.claims.claim(id, "ana");
        desk.claims.skip(id, "ana");

        assertThat(desk.claims.next(null, "ana")).isEmpty();
        assertThat(desk.claims.next(null, "ben")).contains(id);

        desk.decisions.decide(
                id,
                "ben",
                desk.judgement(
                        id, DecisionKind.UNDETERMINED, null, null, desk.item(id).evidenceSha256()));
        desk.clock.advance(Duration.ofDays(1));
        desk.queue.admit(2, List.of(SampleFindings.flagged("https://a.example/", "y")));
        assertThat(desk.claims.next(null, "ana")).contains(id);
    }

    @Test
    void letsOnlyTheHolderGiveAnItemBack() {
        long id = desk.admitted("https://a.example/", "x");
        desk.claims.claim(id, "ana");

        assertThatThrownBy(() -> desk.claims.release(id, "ben")).hasMessageContaining("ana does");
        desk.claims.release(id, "ana");
        assertThat(desk.item(id).claim()).isNull();
    }
}
