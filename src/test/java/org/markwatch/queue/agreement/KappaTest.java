package org.markwatch.queue.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.agreement.Kappa.KindPair;

class KappaTest {
    /** 50 items of which 35 agree; by chance 0.5. */
    @Test
    void correctsAgreementForChance() {
        Kappa kappa = Kappa.of(List.of(
                new KindPair("yes", "yes", 15),
                new KindPair("yes", "yes", 5),
                new KindPair("yes", "no", 5),
                new KindPair("no", "yes", 10),
                new KindPair("no", "no", 15)));

        assertThat(kappa.items()).isEqualTo(50);
        assertThat(kappa.agreed()).isEqualTo(35);
        assertThat(kappa.value()).isCloseTo(0.4, within(1e-9));
        Kappa.Interval interval = Objects.requireNonNull(kappa.interval());
        assertThat(interval.low()).isCloseTo(0.4 - 1.959964 * Math.sqrt(0.7 * 0.3 / 50) / 0.5, within(1e-9));
        assertThat(interval.high()).isLessThanOrEqualTo(1);
    }

    @Test
    void hasNoValueForFewItemsOrOneKind() {
        assertThat(Kappa.of(List.of(new KindPair("yes", "no", Kappa.FEWEST - 1)))
                        .value())
                .isNull();
        assertThat(Kappa.of(List.of(new KindPair("yes", "yes", 100))).value()).isNull();
        assertThat(Kappa.of(List.of()).items()).isZero();
    }
}
