package org.markwatch.text;

import java.util.ArrayList;
import java.util.List;

/** Splits file names, classes and captions into words as people join them: {@code VisaMC_logo-2x}, {@code payment-icon--visa}. */
public final class Tokens {
    private Tokens() {}

    /**
     * A word of a name.
     *
     * @param word  folded
     * @param start offset in the text
     * @param end   offset after the last character
     * @param hash  whether it stands in a run that a machine may have made: letters after digits, as in {@code 1jcb8x}
     */
    public record Token(String word, int start, int end, boolean hash) {
        /** Whether it is made of digits. */
        public boolean isNumber() {
            return Character.isDigit(word.charAt(0));
        }
    }

    /** Words between {@code from} and {@code to}, in order. */
    public static List<Token> of(String text, int from, int to) {
        List<Token> tokens = new ArrayList<>();
        int run = from;
        while (run < to) {
            if (!isOfWord(text.charAt(run))) {
                run++;
                continue;
            }
            int end = run;
            boolean hash = false;
            while (end < to && isOfWord(text.charAt(end))) {
                hash |= end > run
                        && Character.isDigit(text.charAt(end - 1))
                        && Character.isLetter(text.charAt(end))
                        && !isSize(text, end, to);
                end++;
            }
            split(text, run, end, hash, tokens);
            run = end;
        }
        return tokens;
    }

    /** Whether a letter ends a size in pixels or times, {@code visa3x} or {@code 64x40}. */
    private static boolean isSize(String text, int at, int to) {
        return "xX".indexOf(text.charAt(at)) >= 0 && (at + 1 == to || !Character.isLetter(text.charAt(at + 1)));
    }

    /** Letters, digits, and the signs that Thai and Hindi write vowels with. */
    private static boolean isOfWord(char c) {
        return c < 0x300
                ? Character.isLetterOrDigit(c)
                : Character.isLetterOrDigit(c)
                        || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
    }

    private static void split(String text, int from, int to, boolean hash, List<Token> tokens) {
        int start = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || isBound(text, i, to)) {
                String word = Folding.fold(text.substring(start, i));
                if (!word.isEmpty()) {
                    tokens.add(new Token(word, start, i, hash));
                }
                start = i;
            }
        }
    }

    /** Between small and capital letter, before the last capital of a run that goes on small, between letter and digit. */
    private static boolean isBound(String text, int i, int to) {
        char before = text.charAt(i - 1);
        char here = text.charAt(i);
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        return Character.isLowerCase(before)
                || Character.isUpperCase(before) && i + 1 < to && Character.isLowerCase(text.charAt(i + 1));
    }

    /** The words joined, from one index to another. */
    public static String join(List<Token> tokens, int from, int to) {
        if (to - from == 1) {
            return tokens.get(from).word();
        }
        StringBuilder joined = new StringBuilder();
        for (Token token : tokens.subList(from, to)) {
            joined.append(token.word());
        }
        return joined.toString();
    }
}
