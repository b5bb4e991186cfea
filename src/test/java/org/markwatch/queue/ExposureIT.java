package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.queue.welfare.ExposureLimits;
import org.markwatch.queue.welfare.LaneOptOuts;
import org.markwatch.queue.welfare.Standing;

class ExposureIT {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final QueueFixture fixture = new QueueFixture();
    private final Exposure exposure = new Exposure(
            fixture.database,
            new ExposureLimits(
                    Duration.ofMinutes(30), Duration.ofMinutes(20), Duration.ofMinutes(10), ZoneId.of("Asia/Tokyo")),
            fixture.clock);

    @Test
    void endsWorkWithABreakWhateverIsRequestedMeanwhile() {
        work(19);
        assertThat(exposure.standing("ana").left()).isEqualTo(MINUTE);
        Standing standing = work(1);
        Instant until = Objects.requireNonNull(standing.until());
        assertThat(until).isEqualTo(now().plus(Duration.ofMinutes(10)));
        assertThat(standing.dayIsOver()).isFalse();

        fixture.clock.advance(Duration.ofMinutes(9));
        assertThat(exposure.record("ana").until()).isEqualTo(until);
        assertThat(exposure.record("ben").until()).isNull();
        fixture.clock.advance(MINUTE);

        Standing after = exposure.record("ana");
        assertThat(after.until()).isNull();
        assertThat(after.today()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void endsTheDayUntilMidnightOfTheZone() {
        work(20);
        fixture.clock.advance(Duration.ofMinutes(10));
        exposure.record("ana");
        Standing standing = work(10);

        assertThat(standing.dayIsOver()).isTrue();
        assertThat(standing.until()).isEqualTo("2026-03-02T15:00:00Z");
        fixture.clock.advance(Duration.between(now(), Objects.requireNonNull(standing.until())));
        assertThat(exposure.record("ana").today()).isZero();
    }

    @Test
    void countsAtMostTheLongestGapAndRestsByItself() {
        work(15);
        fixture.clock.advance(Duration.ofHours(1));

        Standing standing = exposure.record("ana");

        assertThat(standing.today()).isEqualTo(Duration.ofMinutes(15).plus(Exposure.LONGEST_GAP));
        assertThat(standing.left()).isEqualTo(Duration.ofMinutes(30).minus(standing.today()));
    }

    @Test
    void takesAGapAsLongAsABreakForOne() {
        work(5);
        fixture.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(exposure.record("ana").left()).isEqualTo(Duration.ofMinutes(12));
        fixture.clock.advance(Duration.ofMinutes(10));
        assertThat(exposure.record("ana").left()).as("until the end of the day").isEqualTo(Duration.ofMinutes(19));
    }

    @Test
    void takesNoGapThatCountsAsWorkForABreak() {
        Exposure shortBreaks = new Exposure(
                fixture.database,
                new ExposureLimits(
                        Duration.ofHours(5), Duration.ofMinutes(20), Duration.ofMinutes(1), ZoneId.of("Asia/Tokyo")),
                fixture.clock);
        shortBreaks.record("ana");
        fixture.clock.advance(Exposure.LONGEST_GAP);
        assertThat(shortBreaks.record("ana").left()).isEqualTo(Duration.ofMinutes(17));
        fixture.clock.advance(Exposure.LONGEST_GAP.plusMillis(1));
        assertThat(shortBreaks.record("ana").left()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void showsLoadWithoutOrderOfSpeed() {
        long id = fixture.admitted("https://a.example/", "x");
        exposure.record("zoe");
        exposure.record("ana");
        fixture.claims.claim(id, "zoe");
        assertThat(exposure.loads(LaneAccess.ALL))
                .extracting(load -> load.account() + " " + load.items())
                .containsExactly("ana 0", "zoe 1");
        fixture.claims.skip(id, "zoe");
        assertThat(exposure.skipsToday(LaneAccess.ALL)).isEqualTo(1);
    }

    @Test
    void releasesAllItemsOfAReviewer() {
        List<Long> ids =
                List.of(fixture.admitted("https://a.example/", "x"), fixture.admitted("https://b.example/", "x"));
        ids.forEach(id -> fixture.claims.claim(id, "ana"));

        fixture.claims.releaseAll("ana", "break");

        assertThat(ids).allSatisfy(id -> assertThat(fixture.item(id).claim()).isNull());
        assertThat(fixture.audit
                        .entriesOf("item:" + ids.getFirst(), 1)
                        .getFirst()
                        .details())
                .contains("break");
    }

    @Test
    void releasesNoItemWhoseLeaseHasEnded() {
        long id = fixture.admitted("https://a.example/", "x");
        fixture.claims.claim(id, "ana");
        fixture.clock.advance(QueueFixture.LEASE);

        fixture.claims.releaseAll("ana", "break");

        assertThat(fixture.audit.last("item:" + id, "item.release")).isEmpty();
        assertThat(fixture.claims.renew(id, "ana").reviewer()).isEqualTo("ana");
    }

    @Test
    void keepsLanesThatAPersonLeavesOut() {
        LaneOptOuts optOuts = new LaneOptOuts(fixture.database, fixture.audit);
        optOuts.replace("ana", List.of("payment", "brand", "brand"));
        optOuts.replace("ben", List.of("brand"));
        optOuts.replace("ana", List.of("payment"));

        assertThat(optOuts.of("ana")).isEqualTo(Set.of("payment"));
        assertThat(optOuts.of("ben")).isEqualTo(Set.of("brand"));
        assertThat(fixture.audit.entriesOf("account:ana", 9))
                .as("without the lanes")
                .extracting(entry -> entry.action() + entry.details())
                .containsExactly("account.lanes{}", "account.lanes{}");
    }

    /** Has ana work for some minutes, with an activity each minute. */
    private Standing work(int minutes) {
        Standing standing = exposure.record("ana");
        for (int i = 0; i < minutes; i++) {
            fixture.clock.advance(MINUTE);
            standing = exposure.record("ana");
        }
        return standing;
    }

    private Instant now() {
        return fixture.clock.instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }
}
