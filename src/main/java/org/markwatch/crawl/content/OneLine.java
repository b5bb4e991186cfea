package org.markwatch.crawl.content;

/** Sanitises text from servers for log lines, terminals and text columns. */
public final class OneLine {
    private static final int MAX_LENGTH = 200;

    private OneLine() {}

    /**
     * Returns the first {@value #MAX_LENGTH} characters of a text, with control and format characters, line separators
     * and surrogates replaced by spaces and the ends stripped.
     */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (int i = 0; i < text.length() && out.length() < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            boolean printable = !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && c != '\u2028'
                    && c != '\u2029'
                    && !Character.isSurrogate(c);
            out.append(printable ? c : ' ');
        }
        return out.toString().strip();
    }
}
