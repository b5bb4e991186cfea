package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexRuleTest {
    @Test
    void reachesOneCharacterFartherThanTheLongestMatch() {
        assertThat(new RegexRule("r@1", "gift ?cards?").reach()).isEqualTo(11);
        assertThat(new RegexRule("r@1", "send.{0,40}code").reach()).isEqualTo(9 + 40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send.*code", "pays+", "pay{2,}"})
    void reachesAsFarAsAnyMayWhereTheLengthIsNotKnown(String regex) {
        assertThat(new RegexRule("r@1", regex).reach()).isEqualTo(RegexRule.REACH);
    }
}
