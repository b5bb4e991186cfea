package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of crawled text, ready to be shown.
 *
 * @param parts  in order
 * @param masked whether the words around the match are withheld
 */
record Snippet(List<SnippetPart> parts, boolean masked) {
    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final int LONGEST_BAR = 14;

    /**
     * Text with a match in it.
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
     * The same, but with a bar for each word around the match. The match itself is the watchlist's own wording, which
     * tells a reviewer what fired; what the page says around it never leaves the server until it is asked for.
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
            // figure spaces: a bar as wide as the word is long, with nothing to select or to read
            parts.add(new SnippetPart(
                    SnippetPartKind.BAR, "\u2007".repeat(Math.min(word.group().length(), LONGEST_BAR))));
        }
    }

    private static void add(List<SnippetPart> parts, SnippetPartKind kind, String text) {
        if (!text.isEmpty()) {
            parts.add(new SnippetPart(kind, DisplayText.escape(text)));
        }
    }

    /** How a part is shown. */
    enum SnippetPartKind {
        TEXT,
        MATCH,
        BAR
    }

    /** @param text safe to show once escaped */
    record SnippetPart(SnippetPartKind kind, String text) {}
}
