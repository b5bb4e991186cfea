package org.markwatch.crawl.frontier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.politeness.BackOff;

class HostQueueTest {
    private final HostQueue host = new HostQueue("https://shop.example", () -> 0);

    @Test
    void delaysByHalfOfTheResponseTime() {
        assertThat(host.responseTime().delay()).isZero();
        host.responseTime().record(Duration.ofSeconds(2));
        assertThat(host.responseTime().delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void smoothsTheResponseTime() {
        host.responseTime().record(Duration.ofSeconds(1));
        host.responseTime().record(Duration.ofSeconds(9));
        assertThat(host.responseTime().delay()).isEqualTo(Duration.ofMillis(2500));
        for (int i = 0; i < 50; i++) {
            host.responseTime().record(Duration.ofSeconds(9));
        }
        assertThat(host.responseTime().delay()).isBetween(Duration.ofMillis(4490), Duration.ofMillis(4500));
    }

    @Test
    void delaysAtMostThirtySecondsForSlowHost() {
        host.responseTime().record(Duration.ofMinutes(10));
        assertThat(host.responseTime().delay()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void doublesBackOffUpToCap() {
        BackOff middle = new BackOff(Duration.ofSeconds(2), Duration.ofMinutes(5), new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble(double least, double bound) {
                return (least + bound) / 2;
            }
        });
        assertThat(middle.delay(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(middle.delay(2)).isEqualTo(Duration.ofSeconds(4));
        assertThat(middle.delay(7)).isEqualTo(Duration.ofSeconds(128));
        assertThat(middle.delay(9)).isEqualTo(Duration.ofMinutes(5));
        assertThat(middle.delay(1_000_000)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void variesBackOffByTwentyPercent() {
        BackOff standard = BackOff.withDefaults(RandomGenerator.of("L64X128MixRandom"));
        for (int i = 0; i < 1000; i++) {
            assertThat(standard.delay(3)).isBetween(Duration.ofMillis(6400), Duration.ofMillis(9600));
        }
    }
}
