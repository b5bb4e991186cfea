package org.markwatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ItemRowsTest {
    @Test
    void storesScoreWithoutRuleUnderStableKey() {
        assertThat(ItemRows.evidence(SampleFindings.flagged("https://shop.example/", "a")))
                .contains("\"without\":18", "\"without\":30")
                .doesNotContain("scoreWithout");
    }
}
