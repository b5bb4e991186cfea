package org.markwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.hankcs.algorithm.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index must find what two other programs find: a naive scan, and the automaton of hankcs. */
class PatternIndexOracleTest {
    private static final String[] WORDS = {
        "gift",
        "card",
        "cards",
        "pay",
        "with",
        "a",
        "b",
        "month",
        "membership",
        "30",
        "day",
        "free",
        "trial",
        "voucher",
        "code",
        "transfer",
        "money",
        "fast",
        "x",
        "visa",
        "café"
    };
    private static final String[] GAPS = {" ", " ", " ", " ", "-", ", ", " / ", ". ", "! ", "    ", " | ", "'", "\n"};
    private static final String SIGNS = "支付方式礼品卡月ビザカードรับบัตรvisa ";

    private record Hit(int target, int start, int end) implements Comparable<Hit> {
        @Override
        public int compareTo(Hit other) {
            return toString().compareTo(other.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsExactlyThePhrasesThatOthersFind(long seed) {
        Random random = new Random(seed);
        List<String> phrases = new ArrayList<>();
        PhraseIndex.Builder builder = new PhraseIndex.Builder();
        for (int p = 0; p < 400; p++) {
            StringBuilder phrase = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
            for (int w = random.nextInt(5); w > 0; w--) {
                phrase.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
            }
            phrases.add(phrase.toString());
            builder.add(phrase.toString(), p);
        }
        PhraseIndex index = builder.build();
        FoldedText text = new FoldedText();
        for (int round = 0; round < 50; round++) {
            StringBuilder page = new StringBuilder();
            for (int w = 0; w < 120; w++) {
                page.append(WORDS[random.nextInt(WORDS.length)]).append(GAPS[random.nextInt(GAPS.length)]);
            }
            text.fold(page.toString());
            Set<Hit> found = new TreeSet<>();
            scan(index, text, (target, start, end) -> found.add(new Hit(target, start, end)));

            assertThat(found).isEqualTo(naive(phrases, text.toString()));
            assertThat(found).isEqualTo(hankcs(phrases, text.toString()));
        }
    }

    private static void scan(PhraseIndex index, FoldedText text, Hits hits) {
        Candidates candidates = new Candidates();
        index.findCandidates(text.words(), candidates);
        for (int w = candidates.next(0, text.length()); w >= 0; w = candidates.next(0, text.length())) {
            index.verify(text.buffer(), text.words(), w, hits);
        }
    }

    /** Tries every phrase at every word. */
    private static Set<Hit> naive(List<String> phrases, String text) {
        List<int[]> places = places(text);
        Set<Hit> hits = new TreeSet<>();
        for (int p = 0; p < phrases.size(); p++) {
            String[] wanted = phrases.get(p).split(" ");
            for (int at = 0; at + wanted.length <= places.size(); at++) {
                boolean all = true;
                for (int w = 0; all && w < wanted.length; w++) {
                    int[] place = places.get(at + w);
                    all = wanted[w].equals(text.substring(place[0], place[1]))
                            && (w == 0
                                    || joins(
                                            text.substring(places.get(at + w - 1)[1], place[0]),
                                            places.get(at + w - 1)));
                }
                if (all) {
                    hits.add(new Hit(p, places.get(at)[0], places.get(at + wanted.length - 1)[1]));
                }
            }
        }
        return hits;
    }

    private static boolean joins(String gap, int[] before) {
        boolean initial = before[1] - before[0] == 1;
        return gap.length() <= 3 && !gap.matches("(?s).*[!?;|].*") && (initial || !gap.contains(". "));
    }

    private static List<int[]> places(String text) {
        List<int[]> places = new ArrayList<>();
        java.util.regex.Matcher word =
                java.util.regex.Pattern.compile("[\\p{L}\\p{N}]+").matcher(text);
        while (word.find()) {
            places.add(new int[] {word.start(), word.end()});
        }
        return places;
    }

    /** Writes the text with one space for a gap that joins and two for one that does not, and looks for ' phrase '. */
    private static Set<Hit> hankcs(List<String> phrases, String text) {
        TreeMap<String, List<Integer>> byText = new TreeMap<>();
        for (int p = 0; p < phrases.size(); p++) {
            byText.computeIfAbsent(" " + phrases.get(p) + " ", t -> new ArrayList<>())
                    .add(p);
        }
        AhoCorasickDoubleArrayTrie<List<Integer>> trie = new AhoCorasickDoubleArrayTrie<>();
        trie.build(byText);
        StringBuilder plain = new StringBuilder(" ");
        List<int[]> places = places(text);
        TreeMap<Integer, int[]> starts = new TreeMap<>();
        TreeMap<Integer, int[]> ends = new TreeMap<>();
        for (int w = 0; w < places.size(); w++) {
            int[] place = places.get(w);
            if (w > 0 && !joins(text.substring(places.get(w - 1)[1], place[0]), places.get(w - 1))) {
                plain.append(' ');
            }
            starts.put(plain.length(), place);
            plain.append(text, place[0], place[1]);
            ends.put(plain.length(), place);
            plain.append(' ');
        }
        Set<Hit> hits = new TreeSet<>();
        for (AhoCorasickDoubleArrayTrie.Hit<List<Integer>> hit : trie.parseText(plain)) {
            int[] first = starts.get(hit.begin + 1);
            int[] last = ends.get(hit.end - 1);
            if (first != null && last != null) {
                hit.value.forEach(p -> hits.add(new Hit(p, first[0], last[1])));
            }
        }
        return hits;
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void findsExactlyTheStringsThatOthersFind(long seed) {
        Random random = new Random(seed);
        TreeMap<String, Integer> patterns = new TreeMap<>();
        Automaton.Builder builder = new Automaton.Builder();
        for (int p = 0; p < 600; p++) {
            String pattern = signs(random, 1 + random.nextInt(6));
            if (patterns.putIfAbsent(pattern, p) == null) {
                builder.add(pattern, p);
            }
        }
        Automaton automaton = builder.build();
        AhoCorasickDoubleArrayTrie<Integer> trie = new AhoCorasickDoubleArrayTrie<>();
        trie.build(patterns);
        for (int round = 0; round < 30; round++) {
            String text = signs(random, 500);
            Set<Hit> found = new TreeSet<>();
            automaton.scan(
                    text.toCharArray(),
                    0,
                    text.length(),
                    (target, start, end) -> found.add(new Hit(target, start, end)));
            Set<Hit> theirs = new TreeSet<>();
            for (AhoCorasickDoubleArrayTrie.Hit<Integer> hit : trie.parseText(text)) {
                theirs.add(new Hit(hit.value, hit.begin, hit.end));
            }
            Set<Hit> naive = new TreeSet<>();
            patterns.forEach((pattern, p) -> {
                for (int at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1)) {
                    naive.add(new Hit(p, at, at + pattern.length()));
                }
            });

            assertThat(found).isEqualTo(theirs);
            assertThat(found).isEqualTo(naive);
        }
    }

    private static String signs(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    @Test
    void reportsEveryTargetOfEqualStrings() {
        Automaton.Builder builder = new Automaton.Builder();
        builder.add("支付", 1);
        builder.add("支付", 2);
        builder.add("付", 3);
        Set<Integer> targets = new TreeSet<>();
        builder.build().scan("支付".toCharArray(), 0, 2, (target, start, end) -> targets.add(target));

        assertThat(targets).containsExactly(1, 2, 3);
    }

    @Test
    void findsNothingWithoutPatterns() {
        FoldedText text = new FoldedText();
        text.fold("abc");
        scan(new PhraseIndex.Builder().build(), text, (t, s, e) -> {
            throw new AssertionError("found " + t);
        });
        new Automaton.Builder().build().scan(text.buffer(), 0, 3, (t, s, e) -> {
            throw new AssertionError("found " + t);
        });
        assertThat(text.words().count).isEqualTo(1);
    }
}
