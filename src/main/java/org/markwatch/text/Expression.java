package org.markwatch.text;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.LexiconEntry;

/**
 * Entries of a wording, found in any case wherever they stand as words, and those of scripts without spaces anywhere. {@code pay*} takes
 * any ending and {@code *card} any beginning, {@code (a|b)} either, {@code x?} x or nothing, and an apostrophe each of its forms.
 *
 * <p>They are kept as trees of letters, so that a place in a text is held against the entries that begin as it does, and not against
 * each. What stands between several of them is for regular expressions, of which they can be a part. Unchanged once made.
 */
public final class Expression {
    /** Flags of a regular expression that has entries as parts: any case, of any script. */
    public static final String FLAGS = "(?iU)";
    /** Where words begin and end; {@code \b} would do, but with Unicode's words it costs ten times as much. */
    public static final String BEGIN = "(?<![\\p{L}\\p{M}\\p{N}_])";

    private static final String END = "(?![\\p{L}\\p{M}\\p{N}_])";
    private static final String NOTHING = "(?!)";
    private static final char ANY_LETTERS = '*';

    private final Tree inWords;
    private final Tree inRuns;

    /** @param entries as a wording has them */
    public Expression(Collection<String> entries) {
        inWords = tree(spaced(entries));
        inRuns = tree(unspaced(entries));
    }

    /** A place in a text; offsets in characters. */
    public record Span(int start, int end) {}

    /** Whether a text has one of the entries. */
    public boolean isIn(String text) {
        return next(text, 0, text.length()) != null;
    }

    /** The first entry that begins at a place or behind it and ends before another, or null. */
    public @Nullable Span next(String text, int from, int to) {
        boolean insideWord = from > 0 && Letters.isOfWord(text.charAt(from - 1));
        for (int at = from; at < to; at++) {
            int end = inRuns.end(text, at, to, false);
            if (end < 0 && !insideWord) {
                end = inWords.end(text, at, to, true);
            }
            if (end >= 0) {
                return new Span(at, end);
            }
            insideWord = Letters.isOfWord(text.charAt(at));
        }
        return null;
    }

    /** Letters that entries go on with. */
    private static final class Tree {
        /** Sorted. */
        private char[] next = {};

        private Tree[] behind = {};
        private boolean last;

        Tree with(char letter) {
            int at = Arrays.binarySearch(next, letter);
            if (at >= 0) {
                return behind[at];
            }
            int place = -at - 1;
            char[] letters = Arrays.copyOf(next, next.length + 1);
            Tree[] trees = Arrays.copyOf(behind, letters.length);
            System.arraycopy(next, place, letters, place + 1, next.length - place);
            System.arraycopy(behind, place, trees, place + 1, next.length - place);
            letters[place] = letter;
            trees[place] = new Tree();
            next = letters;
            behind = trees;
            return trees[place];
        }

        private @Nullable Tree behind(char letter) {
            int at = Arrays.binarySearch(next, letter);
            return at < 0 ? null : behind[at];
        }

        /** Where the longest entry ends whose next letter stands at a place, or -1. */
        int end(String text, int at, int to, boolean words) {
            if (at < to) {
                char c = Character.toLowerCase(text.charAt(at));
                Tree same = behind(c == '\u2019' ? '\'' : c);
                int end = same == null ? -1 : same.end(text, at + 1, to, words);
                if (end >= 0) {
                    return end;
                }
            }
            Tree open = behind(ANY_LETTERS);
            if (open != null) {
                int letters = at;
                while (letters < to && Character.isLetter(text.charAt(letters))) {
                    letters++;
                }
                for (int behind = letters; behind >= at; behind--) {
                    int end = open.end(text, behind, to, words);
                    if (end >= 0) {
                        return end;
                    }
                }
            }
            boolean ends = last && !(words && at < text.length() && Letters.isOfWord(text.charAt(at)));
            return ends ? at : -1;
        }

        void write(StringBuilder expression) {
            if (next.length == 0) {
                return;
            }
            boolean group = last || next.length > 1;
            expression.append(group ? "(?:" : "");
            for (int i = 0; i < next.length; i++) {
                expression.append(i > 0 ? "|" : "");
                write(next[i], expression);
                behind[i].write(expression);
            }
            expression.append(group ? last ? ")?" : ")" : "");
        }

        private static void write(char letter, StringBuilder expression) {
            switch (letter) {
                case ANY_LETTERS -> expression.append("\\p{L}*");
                case '\'' -> expression.append("['\u2019]");
                case '.', '+' -> expression.append('\\').append(letter);
                default -> expression.append(letter);
            }
        }
    }

    private static Tree tree(Collection<String> entries) {
        Tree tree = new Tree();
        for (String entry : entries) {
            for (String written : LexiconEntry.expand(entry)) {
                Tree at = tree;
                for (char c : written.toCharArray()) {
                    at = at.with(Character.toLowerCase(c));
                }
                at.last = true;
            }
        }
        return tree;
    }

    // ---- parts of regular expressions

    /** Whole entries, as a part of an expression; without entries it is nowhere. */
    public static String words(Collection<String> entries) {
        return "(?:" + inWords(entries) + "|" + inRuns(entries) + ")";
    }

    /** The entries of scripts that put spaces between words. */
    public static String inWords(Collection<String> entries) {
        return BEGIN + either(spaced(entries)) + END;
    }

    /** The entries of scripts without spaces. */
    public static String inRuns(Collection<String> entries) {
        return either(unspaced(entries));
    }

    /** Any of the entries, whatever stands around it. */
    public static String either(Collection<String> entries) {
        if (entries.isEmpty()) {
            return NOTHING;
        }
        StringBuilder expression = new StringBuilder();
        tree(entries).write(expression);
        return expression.toString();
    }

    private static Collection<String> spaced(Collection<String> entries) {
        return entries.stream().filter(entry -> !isUnspaced(entry)).toList();
    }

    private static Collection<String> unspaced(Collection<String> entries) {
        return entries.stream().filter(Expression::isUnspaced).toList();
    }

    /** Whether a word is of a script without spaces, in which words stand inside runs of letters. */
    public static boolean isUnspaced(String word) {
        return Letters.isUnspaced(word.charAt(0));
    }
}
