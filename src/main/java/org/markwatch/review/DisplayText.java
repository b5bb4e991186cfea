package org.markwatch.review;

/**
 * Escapes characters that could hide or reorder text on screen: control characters, bidirectional controls (UAX #9),
 * zero-width and other format characters, line separators, private use characters and unpaired surrogates. HTML
 * escaping is left to the templates.
 */
public final class DisplayText {
    private DisplayText() {}

    /** Returns the text with each such character as {@code ⟨U+202E⟩}, and tabs and line breaks as spaces. */
    public static String escape(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\t' || c == '\n' || c == '\r') {
                visible.append(' ');
            } else if (hides(c)) {
                visible.append(String.format("\u27E8U+%04X\u27E9", c));
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Escapes the first {@code maxLength} characters of a text and appends an ellipsis if there are more. */
    public static String escape(String text, int maxLength) {
        return text.length() <= maxLength ? escape(text) : escape(text.substring(0, maxLength)) + " \u2026";
    }

    private static boolean hides(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            // rendered as nothing: Hangul fillers, combining grapheme joiner, variation selectors
            default ->
                codePoint == 0x034F
                        || codePoint == 0x115F
                        || codePoint == 0x1160
                        || codePoint == 0x3164
                        || codePoint == 0xFFA0
                        || (codePoint >= 0xFE00 && codePoint <= 0xFE0F)
                        || (codePoint >= 0xE0100 && codePoint <= 0xE01EF);
        };
    }
}
