package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final String[] PIECES = {
        "a",
        "b",
        "pay",
        "payment",
        "payments",
        "internationalization",
        "30",
        "é",
        "Ж",
        "支付",
        "カ",
        " ",
        " ",
        "  ",
        ". ",
        ".",
        ", ",
        "!",
        " | ",
        " - ",
        "'",
        "\u00a0",
        "\u00ad",
        "ß",
        "🎉",
        "_"
    };

    /** What one word after the other reads, without tiles and bits. */
    private static List<String> read(String text) {
        List<String> words = new ArrayList<>();
        int before = 0;
        int lengthBefore = 0;
        int i = 0;
        while (i < text.length()) {
            if (Folding.CLASSES[text.charAt(i)] != Folding.WORD) {
                i++;
                continue;
            }
            int start = i;
            while (i < text.length() && Folding.CLASSES[text.charAt(i)] == Folding.WORD) {
                i++;
            }
            String gap = text.substring(before, start);
            boolean plain = gap.chars().allMatch(c -> Folding.CLASSES[c] == Folding.SEPARATOR);
            boolean ended = lengthBefore > 1 && gap.contains(". ");
            boolean joined = !words.isEmpty() && plain && !ended && gap.length() <= Words.MAX_GAP;
            words.add(text.substring(start, i) + "@" + start + (joined ? " joined" : ""));
            before = i;
            lengthBefore = i - start;
        }
        return words;
    }

    /** Texts shorter and longer than a tile of 64 characters, and than the tiles that are gone through together, in one buffer. */
    @Test
    void readsWhatReadingCharacterByCharacterReads() {
        Random random = new Random(3);
        FoldedText text = new FoldedText();
        Map<Long, String> byHash = new HashMap<>();
        for (int round = 0; round < 5_000; round++) {
            StringBuilder source = new StringBuilder();
            for (int n = random.nextInt(1 + (round % 500 == 499 ? 9_000 : round % 150)); n > 0; n--) {
                // one in three rounds is plain ASCII
                source.append(PIECES[random.nextInt(round % 3 == 0 ? 8 : PIECES.length)])
                        .append(random.nextBoolean() ? " " : "");
            }
            text.fold(source.toString());
            Words words = text.words();
            List<String> found = new ArrayList<>();
            for (int w = 0; w < words.count; w++) {
                String word = text.toString().substring(words.start(w), words.end(w));
                found.add(word + "@" + words.start(w) + (words.isJoined(text.buffer(), w) ? " joined" : ""));
                if (word.length() <= Long.BYTES) {
                    assertThat(byHash.merge(words.hash(w), word, (one, other) -> one))
                            .isEqualTo(word);
                }
            }

            assertThat(found).as("%s", source).isEqualTo(read(text.toString()));
            assertThat(text.hasLongWord())
                    .as("%s", source)
                    .isEqualTo(found.stream().anyMatch(word -> length(word) >= Words.LONG));
        }
    }

    private static int length(String word) {
        return word.indexOf('@');
    }

    @Test
    void givesAWordTheSameHashWhereverItStands() {
        FoldedText text = new FoldedText();
        text.fold("Membership at the beginning, and far behind it the word membership");
        Words words = text.words();

        assertThat(words.hash(0)).isEqualTo(words.hash(words.count - 1));
        assertThat(words.hash(0)).isNotEqualTo(words.hash(1));
    }

    @Test
    void forgetsTheTextBefore() {
        FoldedText text = new FoldedText();
        text.fold("many words stand here, 支付");
        text.fold("");

        assertThat(text.words().count).isZero();
        assertThat(text.hasLongWord()).isFalse();
        assertThat(text.has(Folding.OF_UNSPACED)).isFalse();
    }
}
