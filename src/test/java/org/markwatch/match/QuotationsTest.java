package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "we accept | false | false",
                "\"we accept\" | true | true",
                "\"Yes\", we accept | false | true",
                "\u201eJa\u201c, we accept | false | true",
                "\u201eJa, we accept | true | true",
                "\u00abOui\u00bb, \u00abwe accept | true | true",
                "\u300c\u306f\u3044\u300dwe accept | false | true",
                "5\u201d, we accept | false | true",
                "we accept \"Visa\" | false | false"
            })
    void tellsWhatIsQuoted(String text, boolean open, boolean before) {
        Quotations quotations = new Quotations(text);
        int place = text.indexOf("we");

        assertThat(quotations.isOpenAt(place)).as("open").isEqualTo(open);
        assertThat(quotations.beginBefore(place)).as("before").isEqualTo(before);
    }
}
