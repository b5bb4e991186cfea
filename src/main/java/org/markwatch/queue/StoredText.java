package org.markwatch.queue;

/** Text that PostgreSQL can keep. */
final class StoredText {
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /**
     * Replaces, character by character so that offsets stay true, what PostgreSQL's UTF-8 cannot hold: U+0000 and
     * surrogates without their partner.
     */
    static String of(String text) {
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
