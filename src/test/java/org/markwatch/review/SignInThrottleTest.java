package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.SettableClock;

class SignInThrottleTest {
    private final SettableClock clock = new SettableClock();
    private final SignInThrottle throttle = new SignInThrottle(clock);

    @Test
    void blocksAccountFromOneAddressUntilTheWindowEnds() {
        fail(5, "ana", "10.0.0.1");

        assertThat(throttle.blocks("ana", "10.0.0.1")).isTrue();
        assertThat(throttle.blocks("ana", "10.0.0.2")).isFalse();
        assertThat(throttle.blocks("ben", "10.0.0.1")).isFalse();
        clock.advance(SignInThrottle.WINDOW.plus(Duration.ofSeconds(1)));
        assertThat(throttle.blocks("ana", "10.0.0.1")).isFalse();
    }

    @Test
    void blocksAddressThatTriesManyAccounts() {
        for (int i = 0; i < 30; i++) {
            fail(1, "name" + i, "10.0.0.1");
        }

        assertThat(throttle.blocks("somebody", "10.0.0.1")).isTrue();
    }

    @Test
    void clearsFailuresAfterSuccessfulSignIn() {
        fail(4, "ana", "10.0.0.1");
        throttle.succeeded("ana", "10.0.0.1");
        fail(4, "ana", "10.0.0.1");

        assertThat(throttle.blocks("ana", "10.0.0.1")).isFalse();
    }

    private void fail(int times, String account, String address) {
        for (int i = 0; i < times; i++) {
            throttle.failed(account, address);
        }
    }
}
