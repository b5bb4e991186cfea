package org.markwatch.extract;

/**
 * A run of text under way: collapses white space as a browser lays it out, keeps every other character as on the page.
 *
 * <p>Dropped are NUL and other control characters, which no page shows and no database column of text takes; half a
 * surrogate pair becomes U+FFFD.
 */
final class Run {
    private static final char NONE = 0;

    private final StringBuilder text = new StringBuilder();
    private final int max;
    private char pending = NONE;

    /** @param max characters after which the rest is dropped */
    Run(int max) {
        this.max = max;
    }

    /** Collapsed, as one piece. */
    static String collapse(String text, int max) {
        Run run = new Run(max);
        run.append(text);
        return run.toString();
    }

    void append(String piece) {
        append(piece, false);
    }

    /** @param lines whether line feeds are kept, as in {@code pre} */
    void append(String piece, boolean lines) {
        int length = piece.length();
        for (int i = 0; i < length; i++) {
            char c = piece.charAt(i);
            if (c <= ' ' || c == '\u00a0' || (c >= '\u007f' && c < '\u00a0') || c == '\u2028' || c == '\u2029') {
                if (c == '\n' && lines) {
                    breakLine();
                } else if (isSpace(c)) {
                    space();
                }
                continue;
            }
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(piece.charAt(i + 1));
            if (text.length() + (pair ? 3 : 2) > max) {
                return;
            }
            if (pending != NONE) {
                if (!text.isEmpty()) {
                    text.append(pending);
                }
                pending = NONE;
            }
            if (pair) {
                text.append(c).append(piece.charAt(++i));
            } else {
                text.append(Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u00a0' || c >= '\u2028';
    }

    /** What follows is a word of its own. */
    void space() {
        if (pending == NONE) {
            pending = ' ';
        }
    }

    /** What follows stands on a line of its own. */
    void breakLine() {
        pending = '\n';
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    void clear() {
        text.setLength(0);
        pending = NONE;
        if (text.capacity() > 1 << 16) {
            text.trimToSize();
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
