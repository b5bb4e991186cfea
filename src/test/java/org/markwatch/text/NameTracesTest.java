package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameTracesTest {
    private static final List<String> NAMES =
            List.of("visa", "mastercard", "americanexpress", "mc", "jcb", "paypal", "applepay", "mercadopago");

    private static FoldedText folded(String text) {
        FoldedText folded = new FoldedText();
        folded.fold(text);
        return folded;
    }

    private static NameTraces traces() {
        NameTraces traces = new NameTraces();
        NAMES.forEach(name -> traces.add(name, true));
        return traces;
    }

    @Test
    void seesEveryNameHoweverItIsTakenApartAndWithOneErrorInALongOne() {
        NameTraces traces = traces();
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder name = new StringBuilder(NAMES.get(random.nextInt(NAMES.size())));
            if (name.length() >= 8) {
                int at = random.nextInt(name.length() - 1);
                switch (random.nextInt(5)) {
                    case 0 -> name.deleteCharAt(at);
                    case 1 -> name.insert(at, 'q');
                    case 2 -> name.setCharAt(at, 'q');
                    case 3 -> name.insert(at, name.charAt(at + 1)).deleteCharAt(at + 2);
                    default -> {}
                }
            }
            for (int signs = random.nextInt(4); signs > 0; signs--) {
                name.insert(random.nextInt(name.length() + 1), "-_. /".charAt(random.nextInt(5)));
            }
            String text = "img/q8" + name + "-x.svg";

            assertThat(traces.mayBeIn(folded(text))).as(text).isTrue();
        }
    }

    @Test
    void seesThatThereIsNoName() {
        assertThat(traces().mayBeIn(folded("figure figure--wide"))).isFalse();
        assertThat(traces().mayBeIn(folded("/img/25310-2x.jpg"))).isFalse();
        assertThat(traces().mayBeIn(folded("card card__media mastiff"))).isFalse();
    }

    @Test
    void seesNothingWithoutNames() {
        assertThat(new NameTraces().mayBeIn(folded("visa"))).isFalse();
        assertThat(new NameTraces().mayBeIn(folded("vísa"))).isFalse();
    }

    @Test
    void isNeverSureOfWhatIsNotAscii() {
        assertThat(traces().mayBeIn(folded("ｖ\u0301isa"))).isTrue();
    }

    @Test
    void looksEverywhereForANameOfOneLetter() {
        NameTraces traces = traces();
        traces.add("x", true);

        assertThat(traces.mayBeIn(folded("figure"))).isTrue();
    }
}
