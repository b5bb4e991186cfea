package org.markwatch.extract;

import java.util.Arrays;

/**
 * A run of text under way: collapses white space as a browser lays it out, keeps every other character as on the page.
 *
 * <p>Dropped are NUL and other control characters, which no page shows and no database column of text takes; half a
 * surrogate pair becomes U+FFFD.
 */
final class CollapsedText {
    private static final char NO_SPACE = 0;
    /** Characters looked at together: a value that is cut short is not copied as a whole. */
    private static final int CHUNK_LENGTH = 1 << 13;

    private static final int PLAIN = 0;
    private static final int SPACE = 1;
    private static final int OTHER = 2;
    /** {@link #PLAIN}, {@link #SPACE} or {@link #OTHER} for every character of ASCII. */
    private static final byte[] ASCII = new byte[128];

    static {
        Arrays.fill(ASCII, 0, ' ', (byte) OTHER);
        ASCII[' '] = SPACE;
        ASCII[0x7f] = OTHER;
    }

    private final int maxLength;
    private char[] text = {};
    private int length;
    private char pendingSpace = NO_SPACE;
    /** Whether something has been dropped. */
    private boolean truncated;

    /** @param max characters after which the rest is dropped */
    CollapsedText(int max) {
        this.maxLength = max;
    }

    /** Collapsed, as one piece. */
    static String collapse(String text, int max) {
        if (text.length() <= max && isCollapsed(text)) {
            return text;
        }
        CollapsedText run = new CollapsedText(max);
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
        int at = 0;
        while (at < piece.length() && !truncated) {
            int until = Math.min(piece.length(), at + CHUNK_LENGTH);
            if (until < piece.length() && Character.isSurrogatePair(piece.charAt(until - 1), piece.charAt(until))) {
                until++;
            }
            append(piece, at, until, lines);
            at = until;
        }
    }

    private void append(String piece, int start, int until, boolean lines) {
        int from = length + 1; // room for what is pending; nothing else gets longer
        int end = from + until - start;
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, 2 * text.length));
        }
        piece.getChars(start, until, text, from);
        collapse(from, end, lines);
        if (length > maxLength) {
            truncated = true;
            length = Character.isSurrogatePair(text[maxLength - 1], text[maxLength]) ? maxLength - 1 : maxLength;
        }
    }

    /** Moves what is kept of a stretch of {@link #text} to the end of the run, which lies before it. */
    private void collapse(int from, int end, boolean lines) {
        char[] chars = text;
        int kept = length;
        char gap = pendingSpace;
        int i = from;
        while (i < end) {
            char c = chars[i];
            if (isPlain(c)) {
                if (gap != NO_SPACE && kept > 0) {
                    chars[kept++] = gap;
                }
                gap = NO_SPACE;
                // most of any page: words with one space between them
                int before = PLAIN;
                int kind = PLAIN;
                do {
                    chars[kept++] = c;
                    before = kind;
                    if (++i == end) {
                        break;
                    }
                    c = chars[i];
                    kind = c < ASCII.length ? ASCII[c] : isPlain(c) ? PLAIN : OTHER;
                } while (((kind & OTHER) | (kind & before)) == 0);
                if (before == SPACE) {
                    kept--;
                    gap = ' ';
                }
            } else if (Character.isSurrogate(c)) {
                if (gap != NO_SPACE && kept > 0) {
                    chars[kept++] = gap;
                }
                gap = NO_SPACE;
                boolean pair = i + 1 < end && Character.isSurrogatePair(c, chars[i + 1]);
                chars[kept++] = pair ? c : '\ufffd';
                i++;
                if (pair) {
                    chars[kept++] = chars[i++];
                }
            } else {
                if (c == '\n' && lines) {
                    gap = '\n';
                } else if (gap == NO_SPACE && isSpace(c)) {
                    gap = ' ';
                }
                i++;
            }
        }
        length = kept;
        pendingSpace = gap;
    }

    /** Characters that are kept as they are: no space, no control, no half of a pair. */
    private static boolean isPlain(char c) {
        return c > ' '
                && (c < '\u007f' || (c > '\u00a0' && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029'));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u00a0' || c >= '\u2028';
    }

    /** What follows is a word of its own. */
    void addSpace() {
        if (pendingSpace == NO_SPACE) {
            pendingSpace = ' ';
        }
    }

    /** What follows stands on a line of its own. */
    void addLineFeed() {
        pendingSpace = '\n';
    }

    boolean isEmpty() {
        return length == 0;
    }

    void clear() {
        length = 0;
        pendingSpace = NO_SPACE;
        truncated = false;
    }

    @Override
    public String toString() {
        return new String(text, 0, length);
    }
}
