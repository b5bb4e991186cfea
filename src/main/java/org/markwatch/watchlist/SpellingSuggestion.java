package org.markwatch.watchlist;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word nearest to a misspelled one. */
final class SpellingSuggestion {
    private static final int MAX_LENGTH = 64;

    private SpellingSuggestion() {}

    /**
     * Returns the word with the smallest edit distance to {@code typed}, disregarding case, hyphens and underscores;
     * empty if that distance exceeds a third of the word's length (1 for short words).
     */
    static Optional<String> nearest(String typed, Collection<String> words) {
        if (typed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String folded = fold(typed);
        return words.stream()
                .filter(word -> distance(folded, fold(word)) <= Math.max(1, word.length() / 3))
                .min(Comparator.comparingInt(word -> distance(folded, fold(word))));
    }

    /** Returns {@code did you mean delay?}, or the list of all words if none is near. */
    static String suggest(String typed, Collection<String> words) {
        return nearest(typed, words)
                .map(near -> "did you mean " + near + "?")
                .orElse("allowed: " + String.join(", ", words));
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Returns the Levenshtein distance. */
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
