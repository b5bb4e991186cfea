package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a crawled page in a form that is safe to display.
 *
 * <p>Masking here hides the words around a match until a reviewer reveals them. It is separate from the masking of
 * restricted indicators ({@code Indicator.isMasked}), which the matcher applies before anything is stored and which
 * nobody can reveal.
 *
 * @param parts  the text in pieces, in order
 * @param masked whether the words around the match are replaced by bars
 */
record Snippet(List<SnippetPart> parts, boolean masked) {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final int MAX_BAR_LENGTH = 14;

    /**
     * Returns a snippet that shows the whole text.
     *
     * @param start offset of the match
     * @param end   offset after the match
     */
    static Snippet revealed(String text, int start, int end) {
        int from = Math.clamp(start, 0, text.length());
        int to = Math.clamp(end, from, text.length());
        List<SnippetPart> parts = new ArrayList<>();
        add(parts, SnippetPartKind.TEXT, text.substring(0, from));
        add(parts, SnippetPartKind.MATCH, text.substring(from, to));
        add(parts, SnippetPartKind.TEXT, text.substring(to));
        return new Snippet(List.copyOf(parts), false);
    }

    /**
     * Returns a snippet that shows the match and a bar for each word around it. The masked words are not sent to the
     * browser.
     *
     * @param start offset of the match
     * @param end   offset after the match
     */
    static Snippet masked(String text, int start, int end) {
        int from = Math.clamp(start, 0, text.length());
        int to = Math.clamp(end, from, text.length());
        List<SnippetPart> parts = new ArrayList<>();
        bars(parts, text.substring(0, from));
        add(parts, SnippetPartKind.MATCH, text.substring(from, to));
        bars(parts, text.substring(to));
        return new Snippet(List.copyOf(parts), true);
    }

    private static void bars(List<SnippetPart> parts, String text) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            // figure spaces make a bar as wide as the word, without any text to select or copy
            parts.add(new SnippetPart(
                    SnippetPartKind.BAR, "\u2007".repeat(Math.min(word.group().length(), MAX_BAR_LENGTH))));
        }
    }

    private static void add(List<SnippetPart> parts, SnippetPartKind kind, String text) {
        if (!text.isEmpty()) {
            parts.add(new SnippetPart(kind, DisplayText.escape(text)));
        }
    }

    /** How a part is displayed. */
    enum SnippetPartKind {
        TEXT,
        MATCH,
        BAR
    }

    /** @param text safe to display after HTML escaping */
    record SnippetPart(SnippetPartKind kind, String text) {}
}
