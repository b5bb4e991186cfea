package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexRuleTest {
    @Test
    void reachesAsFarAsTheExpressionIsLongAndRepeatsOneCharacter() {
        assertThat(new RegexRule("r@1", "gift ?cards?").reach()).isEqualTo(13);
        assertThat(new RegexRule("r@1", "send.{0,40}code").reach()).isEqualTo(16 + 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send.*code", "pays+", "(pay ){2,9}now", "pay{2,}", "\\p{Greek}pay"})
    void reachesAsFarAsAnyMayWhereTheLengthIsNotKnown(String regex) {
        assertThat(new RegexRule("r@1", regex).reach()).isEqualTo(RegexRule.REACH);
    }
}
