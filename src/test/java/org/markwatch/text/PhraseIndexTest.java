package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhraseIndexTest {
    private static final int PHRASES = 2_000;
    private static final int WORDS = 500;

    /** Number of phrases that a text is compared with. */
    private static long compared(IntFunction<String> phrase, String text) {
        PhraseIndex.Builder builder = new PhraseIndex.Builder();
        for (int p = 0; p < PHRASES; p++) {
            builder.add(Folding.fold(phrase.apply(p)), p);
        }
        PhraseIndex index = builder.build();
        FoldedText folded = new FoldedText();
        folded.fold(text);
        long compared = 0;
        for (int word = 0; word < folded.words().count(); word++) {
            compared += index.verify(folded.buffer(), folded.words(), word, (target, start, end) -> {});
        }
        return compared;
    }

    @ParameterizedTest
    @CsvSource({
        "discount%d, discountzz",
        "gift discount%d, gift discountzz",
        "discount%d now, discountzz now",
        "a gift discount%d now, a gift discountzz now",
        "voucher%d, voucher",
        "подарочный%d, подарочныйя"
    })
    void comparesOnlyPhrasesThatHaveTheWholeWord(String phrase, String text) {
        String repeated = (text + ", ").repeat(WORDS);

        assertThat(compared(phrase::formatted, repeated)).isLessThanOrEqualTo(WORDS);
        assertThat(compared(phrase::formatted, repeated + phrase.formatted(7))).isPositive();
    }
}
