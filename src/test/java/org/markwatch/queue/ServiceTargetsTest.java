package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.queue.ServiceTargets.Ageing;

class ServiceTargetsTest {
    private static final ServiceTargets TARGETS =
            new ServiceTargets(Map.of("high", new ServiceTarget(1, false)), new ServiceTarget(5, true));

    @ParameterizedTest
    @CsvSource({
        "high, 2027-03-05T10:00:00Z, 2027-03-06T10:00:00Z",
        // Friday, Saturday and Monday
        "low, 2027-03-05T10:00:00Z, 2027-03-12T10:00:00Z",
        "low, 2027-03-06T10:00:00Z, 2027-03-15T00:00:00Z",
        "low, 2027-03-08T10:00:00Z, 2027-03-15T10:00:00Z"
    })
    void countsBusinessDaysFromMondayToFriday(String severity, Instant queuedAt, Instant due) {
        assertThat(TARGETS.due(severity, queuedAt)).isEqualTo(due);
    }

    @Test
    void givesASeverityWithoutTargetThatOfTheNextLowerOne() {
        ServiceTarget day = new ServiceTarget(1, false);
        ServiceTarget others = new ServiceTarget(5, true);
        ServiceTargets targets =
                ServiceTargets.of(List.of("low", "medium", "high", "critical"), Map.of("high", day), others);
        assertThat(targets.bySeverity())
                .isEqualTo(Map.of("low", others, "medium", others, "high", day, "critical", day));
    }

    @Test
    void saysTheSameByTheItemAndByTheBound() {
        Instant start = Instant.parse("2027-03-01T00:00:00Z");
        for (int queued = 0; queued < 24 * 14; queued += 5) {
            for (int now = queued; now < 24 * 28; now += 7) {
                Instant at = start.plus(Duration.ofHours(queued));
                Instant then = start.plus(Duration.ofHours(now));
                assertThat(!at.isAfter(TARGETS.lateBefore("low", then)))
                        .as(at + " at " + then)
                        .isEqualTo(TARGETS.ageing("low", at, then) == Ageing.LATE);
            }
        }
    }

    @Test
    void isDueSoonInTheLastQuarter() {
        Instant queued = Instant.parse("2027-03-01T00:00:00Z");
        assertThat(TARGETS.ageing("high", queued, queued.plus(Duration.ofHours(17))))
                .isEqualTo(Ageing.WITHIN);
        assertThat(TARGETS.ageing("high", queued, queued.plus(Duration.ofHours(18))))
                .isEqualTo(Ageing.SOON);
        assertThat(TARGETS.ageing("high", queued, queued.plus(Duration.ofHours(24))))
                .isEqualTo(Ageing.LATE);
    }
}
