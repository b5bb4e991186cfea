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
        if (text.length() <= max && isCollapsed(text)) {
            return text;
        }
        Run run = new Run(max);
        run.append(text);
        return run.toString();
    }

    /** Whether a text is plain words with one space between them, like most names and values. */
    private static boolean isCollapsed(String text) {
        boolean space = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' ? space : c <= ' ' || c >= '\u007f') {
                return false;
            }
            space = c == ' ';
        }
        return !space;
    }

    void append(String piece) {
        append(piece, false);
    }

    /** @param lines whether line feeds are kept, as in {@code pre} */
    void append(String piece, boolean lines) {
        int length = piece.length();
        int i = 0;
        while (i < length) {
            char c = piece.charAt(i);
            if (isPlain(c)) {
                int start = i;
                do {
                    i++;
                } while (i < length && isWithinWords(piece, i));
                if (!append(piece, start, i)) {
                    return;
                }
            } else if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(piece.charAt(i + 1));
                if (!(pair ? append(piece, i, i + 2) : append("\ufffd", 0, 1))) {
                    return;
                }
                i += pair ? 2 : 1;
            } else {
                if (c == '\n' && lines) {
                    breakLine();
                } else if (isSpace(c)) {
                    space();
                }
                i++;
            }
        }
    }

    /** A plain character, or the one space before a plain character: most of any page is copied in long strides. */
    private static boolean isWithinWords(String piece, int i) {
        char c = piece.charAt(i);
        return isPlain(c) || (c == ' ' && i + 1 < piece.length() && isPlain(piece.charAt(i + 1)));
    }

    /** Characters that are kept as they are: no space, no control, no half of a pair. */
    private static boolean isPlain(char c) {
        return c > ' '
                && (c < '\u007f' || (c > '\u00a0' && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029'));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u00a0' || c >= '\u2028';
    }

    /** @return false when the run is full: as much as fits is kept, but no half of a pair */
    private boolean append(String piece, int start, int end) {
        if (pending != NONE) {
            if (!text.isEmpty() && text.length() < max) {
                text.append(pending);
            }
            pending = NONE;
        }
        int room = max - text.length();
        if (end - start <= room) {
            text.append(piece, start, end);
            return true;
        }
        if (!Character.isSurrogate(piece.charAt(start))) {
            text.append(piece, start, start + room);
        }
        return false;
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
