package org.markwatch.extract;

import java.util.Arrays;

/**
 * Builds text from pieces with white space collapsed as in browser layout. Other characters are kept as on the page.
 *
 * <p>NUL and other control characters are dropped: browsers do not display them, and PostgreSQL does not store NUL in a
 * text column. An unpaired surrogate becomes U+FFFD. Text is in the order in which it is displayed ({@link DisplayOrder}).
 * Not safe for use by multiple threads.
 */
final class CollapsedText {
    private static final char NO_SPACE = 0;
    /** Characters processed at once, so that a long value that will be cut off is not copied in full. */
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
    /** Whether the maximum length was exceeded; further text is ignored. */
    private boolean truncated;

    /** @param maxLength maximum characters to keep; the rest is dropped */
    CollapsedText(int maxLength) {
        this.maxLength = maxLength;
    }

    /** Returns one piece of text, collapsed and cut to {@code max} characters. */
    static String collapse(String text, int max) {
        if (text.length() <= max && isCollapsed(text)) {
            return text;
        }
        CollapsedText collapsed = new CollapsedText(max);
        collapsed.append(text);
        return collapsed.toString();
    }

    /** Whether a text is printable ASCII words with one space between them, as most names and values are. */
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

    /** @param keepLineFeeds whether to keep line feeds, as in {@code pre} */
    void append(String piece, boolean keepLineFeeds) {
        int at = 0;
        while (at < piece.length() && !truncated) {
            int until = Math.min(piece.length(), at + CHUNK_LENGTH);
            if (until < piece.length() && Character.isSurrogatePair(piece.charAt(until - 1), piece.charAt(until))) {
                until++;
            }
            append(piece, at, until, keepLineFeeds);
            at = until;
        }
    }

    private void append(String piece, int start, int until, boolean keepLineFeeds) {
        int from = length + 1; // one character for the pending space; collapsing never adds another
        int end = from + until - start;
        if (end > text.length) {
            text = Arrays.copyOf(text, Math.max(end, 2 * text.length));
        }
        piece.getChars(start, until, text, from);
        collapse(from, end, keepLineFeeds);
        if (length > maxLength) {
            truncated = true;
            length = Character.isSurrogatePair(text[maxLength - 1], text[maxLength]) ? maxLength - 1 : maxLength;
        }
    }

    /**
     * Collapses the characters from {@code from} to {@code end} of {@link #text} and moves them to the end of the kept
     * text.
     */
    private void collapse(int from, int end, boolean keepLineFeeds) {
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
                // Fast path: words with one space between them are most of any page.
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
                if (c == '\n' && keepLineFeeds) {
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

    /** Whether a character is kept unchanged: it is no white space, control character or surrogate. */
    private static boolean isPlain(char c) {
        return c > ' '
                && (c < '\u007f' || (c > '\u00a0' && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029'));
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r') || c == '\u0085' || c == '\u00a0' || c >= '\u2028';
    }

    /** Separates the next piece by a space. */
    void addSpace() {
        if (pendingSpace == NO_SPACE) {
            pendingSpace = ' ';
        }
    }

    /** Separates the next piece by a line feed. */
    void addLineFeed() {
        pendingSpace = '\n';
    }

    /** Whether no character is kept; pending white space does not count. */
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
        return DisplayOrder.of(new String(text, 0, length));
    }
}
