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
    void joinsPiecesAndCollapsesSpaceBetweenThem() {
        CollapsedText run = new CollapsedText(100);
        run.append(" We  take\n");
        run.append("\tV");
        run.append("isa ");
        run.addSpace();
        run.append("and\u00a0cash ");
        assertThat(run).hasToString("We take Visa and cash");
    }

    @Test
    void keepsLineFeedsOfPreformattedText() {
        CollapsedText run = new CollapsedText(100);
        run.append("a  b \n c\n\n", true);
        run.append("d", true);
        assertThat(run).hasToString("a b\nc\nd");
    }

    @Test
    void keepsNoHalfOfAPairWhereItIsCut() {
        CollapsedText run = new CollapsedText(4);
        run.append("pay\ud83d\udcb3 more");
        assertThat(run).hasToString("pay");
    }

    @Test
    void startsAfreshWhenCleared() {
        CollapsedText run = new CollapsedText(100);
        run.append("before ");
        run.clear();
        assertThat(run.isEmpty()).isTrue();
        run.append("after");
        assertThat(run).hasToString("after");
    }

    @Test
    void readsLongTextLikeOneCharacterAtATime() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(20_000); i > 0; i--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            boolean lines = random.nextBoolean();
            int max = random.nextBoolean() ? Integer.MAX_VALUE : 1 + random.nextInt(30_000);
            CollapsedText run = new CollapsedText(max);
            run.append(text.toString(), lines);
            assertThat(run.toString().equals(collapsed(text.toString(), lines, max)))
                    .as("round " + round)
                    .isTrue();
        }
    }

    private static String collapsed(String text, boolean lines, int max) {
        StringBuilder out = new StringBuilder();
        String gap = "";
        for (int c : text.codePoints().toArray()) {
            if (c == '\n' && lines) {
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
