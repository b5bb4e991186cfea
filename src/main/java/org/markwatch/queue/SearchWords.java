package org.markwatch.queue;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns what a reviewer enters into a query of the column {@code item.words}. */
final class SearchWords {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
    private static final int MAX_WORDS = 10;
    private static final int MAX_LENGTH = 100;

    private SearchWords() {}

    /**
     * Returns a query in the syntax of {@code tsquery} for all words, each as a beginning of a word; empty if the text
     * has no letters and digits. Ignores all words after the first {@value #MAX_WORDS}.
     */
    static String query(String text) {
        return WORD.matcher(StoredText.of(text).toLowerCase(Locale.ROOT))
                .results()
                .limit(MAX_WORDS)
                .map(word ->
                        "'" + word.group().substring(0, Math.min(word.group().length(), MAX_LENGTH)) + "':*")
                .collect(Collectors.joining(" & "));
    }
}
