package org.markwatch.match;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.markwatch.text.FoldedText;
import org.markwatch.text.Folding;
import org.markwatch.text.Hits;

/**
 * A regular expression over folded text, tried only around a literal that each of its matches contains.
 *
 * <p>RE2 runs in time linear in the text. A match is found if it lies within {@value #REACH} characters on each side of the
 * literal; an expression without a literal sees the first {@value #BOUND} characters of a passage.
 */
final class RegexRule {
    static final int REACH = 256;
    static final int BOUND = 16_384;
    private static final int MOST_MATCHES = 100;

    private final Pattern pattern;
    private final RequiredLiterals literals;
    private final int reach;

    /**
     * @param rule for the message
     * @throws IllegalArgumentException if it is not RE2 syntax
     */
    RegexRule(String rule, String regex) {
        String folded = foldLiterals(regex);
        try {
            pattern = Pattern.compile(folded, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "indicator " + rule + ": pattern is not RE2 syntax: " + e.getMessage(), e);
        }
        literals = RequiredLiterals.of(folded);
        // a match must not touch the end of what is searched
        reach = Math.min(LongestMatch.of(folded) + 1, REACH);
    }

    /** Characters on each side of a literal within which its matches lie, at most {@value #REACH}. */
    int reach() {
        return reach;
    }

    /** What stands in every match. */
    RequiredLiterals literals() {
        return literals;
    }

    /** Text is folded before it is searched, so the characters of the expression must be too. ASCII may be syntax and stays. */
    private static String foldLiterals(String regex) {
        StringBuilder folded = new StringBuilder(regex.length());
        int from = 0;
        while (from < regex.length()) {
            boolean ascii = regex.charAt(from) < 0x80;
            int to = from + 1;
            while (to < regex.length() && regex.charAt(to) < 0x80 == ascii) {
                to++;
            }
            String part = regex.substring(from, to);
            folded.append(ascii ? part : Folding.fold(part));
            from = to;
        }
        return folded.toString();
    }

    /**
     * Finds the matches within a window; the target reported is always 0.
     */
    void search(FoldedText text, int from, int to, Hits hits) {
        int limit = Math.min(to, text.length());
        // the text before the window stays visible to \b and ^; what touches a cut end is not trusted
        Matcher matcher = pattern.matcher(new Prefix(text, limit));
        int at = Math.max(from, 0);
        for (int n = 0; n < MOST_MATCHES && at <= limit && matcher.find(at); n++) {
            int end = matcher.end();
            if (end == limit && limit < text.length()) {
                return;
            }
            if (end > matcher.start()) {
                hits.add(0, matcher.start(), end);
            }
            at = Math.max(end, matcher.start() + 1);
        }
    }

    /** The beginning of a text. */
    private record Prefix(FoldedText text, int length) implements CharSequence {
        @Override
        public char charAt(int index) {
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.subSequence(0, length).toString();
        }
    }
}
