package org.markwatch.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Words;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Indicator;

/**
 * Finds phrases of which all words but one stand in a text, in one pass over its words however many phrases there are. Filled once,
 * then only read.
 */
final class NearPhrases {
    private static final int FEWEST_WORDS = 3;
    /** A word of no phrase. */
    private static final int UNKNOWN = -1;

    private final List<Phrase> phrases = new ArrayList<>();
    private final Map<String, Integer> vocabulary = new HashMap<>();
    /** By word, phrases that begin with it. */
    private final Map<Integer, List<Integer>> firstWords = new HashMap<>();
    /** By word, phrases that have it next: with it, all but the first may be there. */
    private final Map<Integer, List<Integer>> secondWords = new HashMap<>();

    /** @param words numbers in the vocabulary */
    private record Phrase(Indicator indicator, int[] words) {}

    /** Adds an indicator, if it has so many words that one may be missing. */
    void add(Indicator indicator) {
        FoldedText folded = new FoldedText();
        folded.fold(indicator.pattern());
        Words all = folded.words();
        if (all.count() < FEWEST_WORDS || indicator.pattern().contains("{")) {
            return;
        }
        int[] words = new int[all.count()];
        for (int w = 0; w < words.length; w++) {
            words[w] = vocabulary.computeIfAbsent(word(folded, w), word -> vocabulary.size());
        }
        firstWords.computeIfAbsent(words[0], w -> new ArrayList<>()).add(phrases.size());
        secondWords.computeIfAbsent(words[1], w -> new ArrayList<>()).add(phrases.size());
        phrases.add(new Phrase(indicator, words));
    }

    private static String word(FoldedText text, int word) {
        Words words = text.words();
        return text.subSequence(words.start(word), words.end(word)).toString();
    }

    /** What is found in the texts of a page; for one thread. */
    final class Search {
        /** By phrase, the first place that nearly has it. */
        private final @Nullable String[] found = new String[phrases.size()];

        private int[] words = new int[64];
        private int count;

        /** Reads a text, folded by itself. */
        void read(Field field, FoldedText text) {
            count = text.words().count();
            if (words.length < count) {
                words = new int[count * 2];
            }
            for (int w = 0; w < count; w++) {
                words[w] = vocabulary.getOrDefault(word(text, w), UNKNOWN);
            }
            for (int w = 0; w < count; w++) {
                if (w > 0) {
                    tryAll(secondWords, w, w - 1, field, text);
                }
                tryAll(firstWords, w, w, field, text);
            }
        }

        private void tryAll(Map<Integer, List<Integer>> byWord, int word, int at, Field field, FoldedText text) {
            if (words[word] == UNKNOWN) {
                return;
            }
            for (int p : byWord.getOrDefault(words[word], List.of())) {
                Phrase phrase = phrases.get(p);
                if (found[p] == null && phrase.indicator.scope().contains(field)) {
                    int length = lengthOfNear(at, phrase.words);
                    if (length > 0) {
                        found[p] = joined(text, at, at + length);
                    }
                }
            }
        }

        private static String joined(FoldedText text, int from, int to) {
            StringBuilder joined = new StringBuilder();
            for (int w = from; w < to; w++) {
                joined.append(w > from ? " " : "").append(word(text, w));
            }
            return joined.toString();
        }

        /**
         * Words from a place on that become the phrase when one is changed, left out or put in; 0 if none do. The first word counts as
         * found only if it is the phrase's first or second.
         */
        private int lengthOfNear(int at, int[] phrase) {
            int n = phrase.length;
            int same = 0;
            while (same < n && at + same < count && words[at + same] == phrase[same]) {
                same++;
            }
            if (same == n) {
                return 0;
            }
            if (hasRest(at + same + 1, phrase, same + 1)) {
                return n;
            }
            if (same > 0 && hasRest(at + same, phrase, same + 1)) {
                return n - 1;
            }
            return same > 0 && hasRest(at + same + 1, phrase, same) ? n + 1 : 0;
        }

        private boolean hasRest(int at, int[] phrase, int from) {
            int left = phrase.length - from;
            return at + left <= count && Arrays.equals(words, at, at + left, phrase, from, phrase.length);
        }

        /** Gives each phrase that was nearly found, in the order in which they were added. */
        List<NearMiss> misses() {
            List<NearMiss> misses = new ArrayList<>();
            for (int p = 0; p < found.length; p++) {
                Indicator indicator = phrases.get(p).indicator;
                String near = found[p];
                if (near != null) {
                    misses.add(new NearMiss(
                            indicator.rule(),
                            NearMiss.quoted(near) + " has all but one word of '" + indicator.pattern() + "'"));
                }
            }
            return misses;
        }
    }
}
