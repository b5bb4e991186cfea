package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class AsciiTest {
    /** Each character among seven of each other one: what is asked of one must not reach its neighbours. */
    private static void tells(LongUnaryOperator question, IntPredicate answer) {
        for (int one = 0; one < 0x80; one++) {
            for (int other = 0; other < 0x80; other++) {
                for (int place = 0; place < Long.BYTES; place++) {
                    long eight = 0;
                    long expected = 0;
                    for (int i = Long.BYTES - 1; i >= 0; i--) {
                        int c = i == place ? one : other;
                        eight = eight << 8 | c;
                        expected = expected << 1 | (answer.test(c) ? 1 : 0);
                    }
                    assertThat(Ascii.bits(question.applyAsLong(eight)))
                            .as("%s among %s", one, other)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void tellsLetters() {
        tells(Ascii::letters, c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }

    @Test
    void tellsDigits() {
        tells(Ascii::digits, c -> c >= '0' && c <= '9');
    }

    @Test
    void tellsControlCharacters() {
        tells(Ascii::odd, Character::isISOControl);
    }

    @Test
    void tellsAllButSpacesAndWhatFoldsToThem() {
        tells(Ascii::visible, c -> c > ' ');
    }

    @Test
    void tellsAllCharactersButOne() {
        tells(eight -> Ascii.otherThan('$', eight), c -> c != '$');
    }

    @Test
    void lowersLettersAndNothingElse() {
        for (int c = 0; c < 0x80; c++) {
            assertThat(Ascii.lower(c, Ascii.letters(c))).isEqualTo(Character.toLowerCase(c));
        }
    }
}
