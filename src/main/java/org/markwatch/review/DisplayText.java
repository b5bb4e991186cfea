package org.markwatch.review;

/**
 * Makes characters visible that would hide or reorder text: controls, bidirectional controls (UAX #9), zero-width and
 * other format characters, line separators, private use and lone surrogates. HTML escaping is the template's work.
 */
final class DisplayText {
    private DisplayText() {}

    /** The text with each such character written as {@code ⟨U+202E⟩}, and white space other than a space as a space. */
    static String escape(String text) {
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

    /** The same of the first characters of a text that may be of any length; a dot dot dot says that there was more. */
    static String escape(String text, int most) {
        return text.length() <= most ? escape(text) : escape(text.substring(0, most)) + " \u2026";
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
            // drawn as nothing: Hangul fillers, combining grapheme joiner, variation selectors
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
