package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "we accept | false",
                "\"we accept\" | true",
                "\"Yes\", we accept | false",
                "\u201eJa\u201c, we accept | false",
                "\u201eJa, we accept | false",
                "\u201eJa, we accept\u201c | true",
                "\u00abOui\u00bb, \u00abwe accept | false",
                "\u00abOui\u00bb, \u00abwe accept\u00bb | true",
                "Frames 5\" wide, we accept, and 7\" high | false",
                "\u300c\u306f\u3044\u300dwe accept | false",
                "5\u201d, we accept | false",
                "we accept \"Visa\" | false"
            })
    void tellsWhatIsQuoted(String text, boolean open) {
        Quotations quotations = new Quotations(text);
        int place = text.indexOf("we");

        assertThat(quotations.isOpenAt(place)).isEqualTo(open);
    }
}
