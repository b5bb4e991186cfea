package org.markwatch.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.markwatch.watchlist.Field;

class ShiftTest {
    @Test
    void listsRulesWithOtherPoints() {
        List<Reason> before = List.of(reason("stays@1", 10), reason("gone@1", 30), reason("weighs@1", 20));
        List<Reason> now = List.of(reason("stays@1", 10), reason("news@1", -35), reason("weighs@1", 12));

        assertThat(Shift.between(before, now))
                .extracting(Shift::toString)
                .containsExactly("-35 news@1", "gone@1 no more (was +30)", "weighs@1 +12, was +20");
    }

    @Test
    void isEmptyForEqualReasonsAndRulesWithoutPoints() {
        assertThat(Shift.between(List.of(reason("a@1", 5)), List.of(reason("capped@1", 0), reason("a@1", 5))))
                .isEmpty();
    }

    private static Reason reason(String rule, int points) {
        return new Reason(rule, "voucher", Field.TEXT, 0, 1, points, points, false, 0, "x", 0, 1, 1, List.of());
    }
}
