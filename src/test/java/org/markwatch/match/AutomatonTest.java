package org.markwatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AutomatonTest {
    private static String random(Random random, int letters, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(letters)));
        }
        return text.toString();
    }

    /** Few letters, so that patterns overlap, contain each other and fail into each other's beginnings all the time. */
    @Test
    void reportsEveryPatternOnceAtEachPlaceHoweverTheyOverlap() {
        Random random = new Random(1);
        for (int round = 0; round < 3000; round++) {
            int letters = 2 + random.nextInt(3);
            TreeSet<String> patterns = new TreeSet<>();
            for (int p = 1 + random.nextInt(8); p > 0; p--) {
                patterns.add(random(random, letters, 1 + random.nextInt(6) + round % 3));
            }
            Automaton.Builder builder = new Automaton.Builder();
            List<String> inOrder = List.copyOf(patterns);
            for (int p = 0; p < inOrder.size(); p++) {
                builder.add(inOrder.get(p), p);
            }
            String text = random(random, letters + 1, random.nextInt(60));
            List<String> expected = new ArrayList<>();
            for (int p = 0; p < inOrder.size(); p++) {
                for (int at = text.indexOf(inOrder.get(p)); at >= 0; at = text.indexOf(inOrder.get(p), at + 1)) {
                    expected.add(inOrder.get(p) + "@" + at);
                }
            }
            List<String> found = new ArrayList<>();
            builder.build().scan(text.toCharArray(), text.length(), (target, start, end) -> {
                assertThat(text.substring(start, end)).isEqualTo(inOrder.get(target));
                found.add(inOrder.get(target) + "@" + start);
            });
            assertThat(found).as("%s in %s", patterns, text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
