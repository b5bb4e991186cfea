package org.markwatch.queue;

/** Text that PostgreSQL can store. */
public final class StoredText {
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /**
     * Replaces the characters that PostgreSQL cannot store in UTF-8, U+0000 and unpaired surrogates, by U+FFFD. The
     * length does not change, so that offsets stay valid.
     */
    public static String of(String text) {
        StringBuilder kept = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (kept == null) {
                    kept = new StringBuilder(text);
                }
                kept.setCharAt(i, REPLACEMENT);
            }
        }
        return kept == null ? text : kept.toString();
    }
}
