package org.markwatch.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "120, 120", "' 7 ', 7", "3600, 3600", "86400, 86400"})
    void parsesSeconds(String value, long seconds) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
            })
    void parsesTheThreeDateFormats(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofSeconds(49 * 60 + 37));
    }

    @Test
    void returnsZeroForDateInThePast() {
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 07:59:59 GMT", NOW)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "99999999999999999999999999", "Sat, 06 Nov 2094 08:49:37 GMT"})
    void limitsTheDelayToOneYear(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-5", "1.5", "soon", "2 minutes", "1994-11-06T08:49:37Z", "\u0663"})
    void returnsNullForInvalidValue(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isNull();
    }
}
