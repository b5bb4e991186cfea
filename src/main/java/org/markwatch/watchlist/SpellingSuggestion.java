package org.markwatch.watchlist;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word was meant. */
final class SpellingSuggestion {
    private static final int LONGEST = 64;

    private SpellingSuggestion() {}

    /** The word nearest to {@code typed} if at most a third of it was mistyped. */
    static Optional<String> nearest(String typed, Collection<String> words) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        String folded = fold(typed);
        return words.stream()
                .filter(word -> distance(folded, fold(word)) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(folded, fold(word))));
    }

    /** {@code did you mean delay?}, or all the words if none is near. */
    static String suggest(String typed, Collection<String> words) {
        return nearest(typed, words)
                .map(near -> "did you mean " + near + "?")
                .orElse("allowed: " + String.join(", ", words));
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
