package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.markwatch.extract.Passage;
import org.markwatch.extract.PassageList;
import org.markwatch.watchlist.Field;

class FoldedPageTest {
    private static final String[] PIECES = {
        "Visa",
        "a",
        "I",
        " ",
        " ",
        "  ",
        "\t",
        "\u007f",
        "\u0000",
        "Z[@`{z/09:",
        "$9",
        "!",
        "|",
        ";",
        "-",
        "é",
        "Ж",
        "支付",
        "ß",
        "\u00ad",
        "e\u0301",
        "🎉",
        "\u00a0",
        "internationalization"
    };

    private static List<Passage> page(String... texts) {
        List<Passage> passages = new ArrayList<>();
        int start = 0;
        for (String text : texts) {
            passages.add(new Passage(Field.TEXT, "p", text, start, false));
            start += text.length() + 1;
        }
        return passages;
    }

    /** One buffer for all pages, so that what was left of one shows in the next. */
    @Test
    void readsEachPassageAsItIsReadAlone() {
        Random random = new Random(9);
        FoldedPage page = new FoldedPage();
        FoldedText piece = new FoldedText();
        FoldedText alone = new FoldedText();
        for (int round = 0; round < 2_000; round++) {
            // one page in two is of ASCII without what is odd in it, and one in four of ASCII
            int kinds = round % 2 == 0 ? 5 : round % 4 == 1 ? 15 : PIECES.length;
            // four in a hundred are longer than what is gone through together
            int longest = round % 100 < 4 ? 2_000 : 30;
            List<Passage> passages = page(random.ints(random.nextInt(12), 0, longest)
                    .mapToObj(length -> text(random, kinds, length))
                    .toArray(String[]::new));
            page.fold(PassageList.of(passages));
            for (int p = 0; p < passages.size(); p++) {
                String text = passages.get(p).text();
                alone.fold(text);
                assertThat(page.isEven(p)).as("%s", text).isEqualTo(!alone.has(Folding.UNEVEN));
                if (page.isEven(p)) {
                    page.show(p, piece);
                    assertThat(piece).hasToString(alone.toString());
                    assertThat(words(piece)).as("%s", text).isEqualTo(words(alone));
                    assertThat(piece.hasLongWord()).isEqualTo(alone.hasLongWord());
                    // letters at the end of the passage before may count with those of this one
                    assertThat(isPossible(piece) || !isPossible(alone))
                            .as("%s", text)
                            .isTrue();
                    for (int trait :
                            new int[] {Folding.DIGIT, Folding.FOREIGN, Folding.FOREIGN_LETTER, Folding.OF_UNSPACED}) {
                        assertThat(piece.has(trait)).as("%s", text).isEqualTo(alone.has(trait));
                    }
                }
            }
        }
    }

    private static boolean isPossible(FoldedText text) {
        return Disguise.isPossible(text, Disguise.Vocabulary.ANY);
    }

    private static String text(Random random, int kinds, int length) {
        StringBuilder text = new StringBuilder("x");
        for (int i = 0; i < length; i++) {
            text.append(PIECES[random.nextInt(kinds)]);
        }
        return text.toString();
    }

    private static List<String> words(FoldedText text) {
        List<String> found = new ArrayList<>();
        Words words = text.words();
        int first = words.firstFrom(text.offset());
        for (int w = first; w < words.count && words.start(w) < text.limit(); w++) {
            boolean joined = words.isJoined(text.buffer(), w);
            found.add(text.subSequence(words.start(w) - text.offset(), words.end(w) - text.offset()) + " "
                    + words.hash(w) + joined);
        }
        return found;
    }

    @Test
    void letsNoPhraseReachFromOnePassageIntoTheNext() {
        FoldedPage page = new FoldedPage();
        page.fold(PassageList.of(page("gift", "card")));

        assertThat(page.words().count).isEqualTo(2);
        FoldedText second = new FoldedText();
        page.show(1, second);
        assertThat(page.words().isJoined(second.buffer(), 1)).isFalse();
    }

    /** A passage that is shorter in characters than in UTF-8 leaves room, in which what is left of another page may stand. */
    @Test
    void letsNoPhraseReachAcrossWhatAnotherPageLeft() {
        FoldedPage page = new FoldedPage();
        FoldedText first = new FoldedText();
        page.fold(PassageList.of(page("abcde- x")));
        page.show(0, first);
        page.fold(PassageList.of(page("gift\u00bb", "card")));
        page.show(0, first);

        assertThat(page.words().start(1)).isEqualTo(7);
        assertThat(page.words().isJoined(first.buffer(), 1)).isFalse();
    }

    @Test
    void leavesWhatDoesNotKeepItsLengthToBeReadAlone() {
        FoldedPage page = new FoldedPage();
        page.fold(PassageList.of(page("Strasse", "Straße", "two  spaces", "tab\ttab", "Ünïcode")));

        assertThat(List.of(page.isEven(0), page.isEven(1), page.isEven(2), page.isEven(3), page.isEven(4)))
                .containsExactly(true, false, false, true, true);
    }
}
