package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CollapsedTextTest {
    private static final String[] PIECES = {
        "pay",
        "Visa",
        " ",
        "  ",
        "\n",
        "\t",
        "\u00a0",
        "\u2028",
        "\u0000",
        "\u007f",
        "é",
        "支払",
        "\ud83d\udcb3",
        "\ud83d",
        "\udcb3",
        "."
    };

    @Test
    void joinsPiecesAndCollapsesWhiteSpace() {
        CollapsedText collapsed = new CollapsedText(100);
        collapsed.append(" We  take\n");
        collapsed.append("\tV");
        collapsed.append("isa ");
        collapsed.addSpace();
        collapsed.append("and\u00a0cash ");
        assertThat(collapsed).hasToString("We take Visa and cash");
    }

    @Test
    void keepsLineFeedsOfPreformattedText() {
        CollapsedText collapsed = new CollapsedText(100);
        collapsed.append("a  b \n c\n\n", true);
        collapsed.append("d", true);
        assertThat(collapsed).hasToString("a b\nc\nd");
    }

    @Test
    void dropsSurrogatePairThatExceedsTheLimit() {
        CollapsedText collapsed = new CollapsedText(4);
        collapsed.append("pay\ud83d\udcb3 more");
        assertThat(collapsed).hasToString("pay");
    }

    @Test
    void startsEmptyAfterClear() {
        CollapsedText collapsed = new CollapsedText(100);
        collapsed.append("before ");
        collapsed.clear();
        assertThat(collapsed.isEmpty()).isTrue();
        collapsed.append("after");
        assertThat(collapsed).hasToString("after");
    }

    @Test
    void collapsesLongTextLikeASimpleImplementation() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20_000); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            boolean keepLineFeeds = random.nextBoolean();
            int max = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(30_000);
            CollapsedText collapsed = new CollapsedText(max);
            collapsed.append(text.toString(), keepLineFeeds);
            assertThat(collapsed.toString().equals(expected(text.toString(), keepLineFeeds, max)))
                    .as("round " + round)
                    .isTrue();
        }
    }

    /** Collapses one code point at a time. */
    private static String expected(String text, boolean keepLineFeeds, int max) {
        StringBuilder out = new StringBuilder();
        String gap = "";
        for (int c : text.codePoints().toArray()) {
            if (c == '\n' && keepLineFeeds) {
                gap = "\n";
            } else if (List.of(0x20, 0x09, 0x0a, 0xa0, 0x2028).contains(c)) {
                gap = gap.isEmpty() ? " " : gap;
            } else if (c >= ' ' && c != 0x7f) {
                boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                out.append(out.isEmpty() ? "" : gap).appendCodePoint(half ? 0xfffd : c);
                gap = "";
            }
        }
        if (out.length() <= max) {
            return out.toString();
        }
        return out.substring(0, Character.isHighSurrogate(out.charAt(max - 1)) ? max - 1 : max);
    }
}
