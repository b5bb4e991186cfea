package org.markwatch.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongestMatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "pay\t3",
                "pay|wallet\t6",
                "\\bpay (by|with) card\\b\t13",
                "pay.{0,15}card\t22",
                "(ab){2,3}\t6",
                "(?:ab)?c\t3",
                "(?P<name>ab)c\t3",
                "(?i)ab\t2",
                "[a-z]{4}\t4",
                "[^]x]y\t2",
                "[[:alpha:]]y\t2",
                "\\x{41}b\t2",
                "a{b\t4",
                "^$\t0",
            })
    void boundsTheCharactersOfAMatch(String regex, int most) {
        assertEquals(most, LongestMatch.of(regex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+", "pay.*card", "a{2,}", "(ab", "\\Qa+b\\E", "a{1000}{1000}{1000}"})
    void saysUnknownOfWhatHasNoBoundOrIsNotUnderstood(String regex) {
        assertEquals(LongestMatch.UNKNOWN, LongestMatch.of(regex));
    }
}
