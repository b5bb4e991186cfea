package org.markwatch.text;

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
            builder.build().scan(text.toCharArray(), 0, text.length(), (target, start, end) -> {
                assertThat(text.substring(start, end)).isEqualTo(inOrder.get(target));
                found.add(inOrder.get(target) + "@" + start);
            });
            assertThat(found).as("%s in %s", patterns, text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void reportsWhatBeginsWithAWordAndNothingElse() {
        Random random = new Random(2);
        FoldedText text = new FoldedText();
        for (int round = 0; round < 3000; round++) {
            Automaton.Builder builder = new Automaton.Builder();
            for (int p = 0; p < 1 + round % 9; p++) {
                builder.add(random(random, 3, 1 + random.nextInt(9)).replace('c', ' '), p);
            }
            Automaton automaton = builder.build();
            text.fold(random(random, 3, random.nextInt(80)).replace('c', ' '));
            List<String> expected = new ArrayList<>();
            automaton.scan(text.buffer(), 0, text.length(), (target, start, end) -> {
                if (text.charAt(start) != ' ' && (start == 0 || text.charAt(start - 1) == ' ')) {
                    expected.add(target + "@" + start + "-" + end);
                }
            });
            List<String> found = new ArrayList<>();
            Words words = text.words();
            Candidates candidates = new Candidates();
            automaton.findCandidates(words, candidates);
            for (int w = candidates.next(0, text.length()); w >= 0; w = candidates.next(0, text.length())) {
                automaton.scanFrom(
                        text.buffer(),
                        words.start(w),
                        text.length(),
                        (target, start, end) -> found.add(target + "@" + start + "-" + end));
            }
            assertThat(found).as("in %s", text).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** Words are told by bytes, in which a character that is not ASCII is only stood in for. */
    @Test
    void findsWordsAtWhichAPatternOfMoreThanAsciiStands() {
        Automaton.Builder builder = new Automaton.Builder();
        builder.add("from\u20ac5", 0);
        builder.add("frost", 1);
        FoldedText text = new FoldedText();
        text.fold("fro from from5 frosty from\u20ac5 from\u00a35");
        Candidates candidates = new Candidates();
        builder.build().findCandidates(text.words(), candidates);

        List<Integer> starts = new ArrayList<>();
        for (int w = candidates.next(0, text.length()); w >= 0; w = candidates.next(0, text.length())) {
            starts.add(text.words().start(w));
        }
        assertThat(starts).containsExactly(15, 22);
    }
}
