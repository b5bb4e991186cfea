package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "gift card~[gift card]",
                "\\bgift cards?\\b~[gift card]",
                "[0-9]+ ?(?:usd|eur|gbp)~[usd, eur, gbp]",
                "(?i)Order No\\. [0-9]+~[order no. ]",
                "membership (for )?[0-9]+ days~[membership ]",
                "a|membership~[]",
                "[a-z]+~[]",
                "x*membershi(p)~[membershi]",
                "(?P<price>[0-9]+) coins{2,}~[ coins]",
                "\\x{20AC}[0-9]+ monthly~[ monthly]",
                "[]x] tokens~[ tokens]",
                "(接受|支持)(信用卡|银行卡)~[信用卡, 银行卡]",
                "\\$[0-9]~[$]",
                "pay(?:ment)?~[pay]",
                "\\Qpay.me\\E~[]"
            })
    void findsWhatEveryMatchContains(String regex, String literals) {
        assertThat(RequiredLiterals.of(regex).toString()).isEqualTo(literals);
    }
}
