package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a crawled page in a form that is safe to display.
 *
 * <p>Masking here hides words of the page until a reviewer reveals them. It is separate from the masking of restricted
 * indicators ({@code Indicator.isMasked}), which the matcher applies before anything is stored and which nobody can
 * reveal.
 *
 * @param parts  the text in pieces, in order
 * @param masked whether words of the page are replaced by bars
 */
public record Snippet(List<SnippetPart> parts, boolean masked) {
    private static final Pattern TOKEN = Pattern.compile("\\S+");
    /** Characters between the words of a token that say nothing by themselves. */
    private static final Pattern PUNCTUATION = Pattern.compile("[-.,:;!?'\"/&()+_=*]*");

    private static final int MAX_BAR_LENGTH = 14;

    /**
     * Returns a snippet that shows the whole text.
     *
     * @param start offset of the match
     * @param end   offset after the match
     */
    public static Snippet revealed(String text, int start, int end) {
        int from = Math.clamp(start, 0, text.length());
        int to = Math.clamp(end, from, text.length());
        List<SnippetPart> parts = new ArrayList<>();
        add(parts, SnippetPartKind.TEXT, text.substring(0, from));
        add(parts, SnippetPartKind.MATCH, text.substring(from, to));
        add(parts, SnippetPartKind.TEXT, text.substring(to));
        return new Snippet(List.copyOf(parts), false);
    }

    /**
     * Returns a snippet that shows the words of the match that the rule itself contains, and a bar for each other word.
     * The masked words are not sent to the browser.
     *
     * @param start    offset of the match
     * @param end      offset after the match
     * @param literals words of the rule
     */
    public static Snippet masked(String text, int start, int end, LiteralWords literals) {
        int from = Math.clamp(start, 0, text.length());
        int to = Math.clamp(end, from, text.length());
        List<SnippetPart> parts = new ArrayList<>();
        bars(parts, SnippetPartKind.BAR, text.substring(0, from));
        match(parts, text.substring(from, to), literals);
        bars(parts, SnippetPartKind.BAR, text.substring(to));
        return new Snippet(List.copyOf(parts), true);
    }

    private static void match(List<SnippetPart> parts, String text, LiteralWords literals) {
        StringBuilder shown = new StringBuilder();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            for (String piece : pieces(token.group())) {
                boolean punctuation = PUNCTUATION.matcher(piece).matches();
                if (punctuation && !shown.isEmpty() || literals.wrote(piece)) {
                    shown.append(piece);
                } else if (!punctuation) {
                    unspaced(parts, shown, piece, literals);
                }
            }
            if (!shown.isEmpty()) {
                shown.append(' ');
            }
        }
        show(parts, shown);
    }

    /** Splits a token into words and what stands between them. */
    private static List<String> pieces(String token) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        for (int[] word : LiteralWords.wordsIn(token)) {
            if (word[0] > at) {
                pieces.add(token.substring(at, word[0]));
            }
            pieces.add(token.substring(word[0], word[1]));
            at = word[1];
        }
        if (at < token.length()) {
            pieces.add(token.substring(at));
        }
        return pieces;
    }

    /** Shows what the rule contains of a word that has no spaces around it in its script, and masks the rest. */
    private static void unspaced(List<SnippetPart> parts, StringBuilder shown, String word, LiteralWords literals) {
        int masked = 0;
        for (int at = 0; at < word.length(); ) {
            int length = literals.lengthAt(word, at);
            if (length > 0) {
                bar(parts, SnippetPartKind.MATCH_BAR, masked);
                masked = 0;
                shown.append(word, at, at + length);
                at += length;
            } else {
                show(parts, shown);
                int next = Character.charCount(word.codePointAt(at));
                masked += next;
                at += next;
            }
        }
        bar(parts, SnippetPartKind.MATCH_BAR, masked);
    }

    private static void show(List<SnippetPart> parts, StringBuilder shown) {
        String text = shown.toString().strip();
        shown.setLength(0);
        add(parts, SnippetPartKind.MATCH, text);
    }

    private static void bars(List<SnippetPart> parts, SnippetPartKind kind, String text) {
        Matcher word = TOKEN.matcher(text);
        while (word.find()) {
            bar(parts, kind, word.group().length());
        }
    }

    /** A bar of figure spaces is as wide as the word, without any text to select or copy. */
    private static void bar(List<SnippetPart> parts, SnippetPartKind kind, int length) {
        if (length > 0) {
            parts.add(new SnippetPart(kind, "\u2007".repeat(Math.min(length, MAX_BAR_LENGTH))));
        }
    }

    private static void add(List<SnippetPart> parts, SnippetPartKind kind, String text) {
        if (!text.isEmpty()) {
            parts.add(new SnippetPart(kind, Defanged.inText(DisplayText.escape(text))));
        }
    }

    /** How a part is displayed. */
    public enum SnippetPartKind {
        TEXT,
        MATCH,
        BAR,
        /** A bar inside the match: text that a wildcard of the rule took. */
        MATCH_BAR
    }

    /** @param text safe to display after HTML escaping */
    public record SnippetPart(SnippetPartKind kind, String text) {}
}
