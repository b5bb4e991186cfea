package org.markwatch.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSizeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "abc 3",
                "a{3}b 4",
                "(ab){2,5}c 11",
                "((a{10}){10}){10} 1000",
                "([a-z{9}]){3} 3",
                "\\p{L}{4} 4",
                "\\x{41}{2,} 2",
                "(a|bc){0,3} 12",
                "\\({5} 5",
                "(a+){3} 6",
                "((a{1000}){1000}){1000}{1000}{1000} 1000000000000"
            })
    void countsPartsAfterRepetitionsAreWrittenOut(String expression, long size) {
        assertThat(RegexSize.of(expression)).isEqualTo(size);
    }
}
