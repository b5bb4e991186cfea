package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.SettableClock;

class SignInThrottleTest {
    private static final String HERE = "10.0.0.1";

    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void doublesTheWaitUpToOneMinute() {
        fail(5, "ana", HERE);

        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(rest("ana", HERE)).isEqualTo(Duration.ofSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(rest("ana", HERE)).isZero();
        }
        assertThat(rest("ana", "10.0.0.2")).isZero();
        assertThat(rest("ben", HERE)).isZero();
    }

    @Test
    void doesNotProlongTheWaitByAttemptsThatWait() {
        fail(5, "ana", HERE);
        for (int i = 0; i < 100; i++) {
            assertThat(rest("ana", HERE)).isPositive();
        }

        clock.advance(Duration.ofSeconds(1));

        assertThat(rest("ana", HERE)).isZero();
    }

    @Test
    void neverMakesFamiliarAccountWaitForFailuresOfOthers() {
        for (int i = 0; i < 1_000; i++) {
            throttle.attempt("name" + i, HERE, false);
            throttle.attempt("ana", "10.1.0." + i, false);
        }

        assertThat(throttle.attempt("ana", HERE, true).rest()).isZero();
        assertThat(throttle.attempt("new", HERE, false).rest()).isPositive();
        assertThat(throttle.attempt("ana", "10.2.0.1", false).rest()).isPositive();
        clock.advance(SignInThrottle.LONGEST_WAIT);
        assertThat(throttle.attempt("new", HERE, false).rest()).isZero();
    }

    @Test
    void countsAttemptsThatAreNotAnsweredYet() {
        fail(5, "ana", HERE);
        clock.advance(Duration.ofSeconds(1));

        assertThat(rest("ana", HERE)).isZero();
        assertThat(rest("ana", HERE)).as("at the same time").isPositive();
    }

    @Test
    void reportsTheFirstAttemptThatWaitsAfterEachFailure() {
        fail(5, "ana", HERE);

        assertThat(throttle.attempt("ana", HERE, false).first()).isTrue();
        assertThat(throttle.attempt("ana", HERE, false).first()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(throttle.attempt("ana", HERE, false).rest()).isZero();
        assertThat(throttle.attempt("ana", HERE, false).first()).isTrue();
    }

    /** An attempt that waits is cheap, so whoever makes many with made-up names must not reach more than the address. */
    @Test
    void reportsAndCountsAnAddressThatWaitsOnceWhateverNamesItTries() {
        fail(9, "ana", "10.0.0.2");
        for (int i = 0; i < 30; i++) {
            throttle.attempt("name" + i, HERE, false);
        }

        assertThat(IntStream.range(0, 20_000)
                        .filter(i ->
                                throttle.attempt("made-up" + i, HERE, false).first())
                        .count())
                .isEqualTo(1);
        assertThat(rest("ana", "10.0.0.2")).as("not forgotten").isPositive();
    }

    @Test
    void forgetsFailuresAfterSuccessAndAfterAWhile() {
        fail(4, "ana", HERE);
        throttle.succeeded("ana", HERE, true);
        fail(4, "ana", HERE);
        assertThat(rest("ana", HERE)).isZero();

        fail(9, "ben", HERE);
        clock.advance(SignInThrottle.FORGET.plusSeconds(1));
        fail(4, "ben", HERE);
        assertThat(rest("ben", HERE)).isZero();
    }

    private Duration rest(String account, String address) {
        return throttle.attempt(account, address, true).rest();
    }

    private void fail(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            throttle.attempt(account, address, true);
        }
    }
}
