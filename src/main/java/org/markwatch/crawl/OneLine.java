package org.markwatch.crawl;

/** What a server sent, made fit for a log line, a terminal and a text column. */
final class OneLine {
    private static final int MAX = 200;

    private OneLine() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX));
        for (int i = 0; i < text.length() && out.length() < MAX; i++) {
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
