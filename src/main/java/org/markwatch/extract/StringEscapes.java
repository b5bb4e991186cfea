package org.markwatch.extract;

/** Decodes escape sequences in string literals of JavaScript (ECMA-262 section 12.9.4) and JSON (RFC 8259 section 7). */
final class StringEscapes {
    /** Maximum characters of <code>u{10FFFF}</code> before the closing brace. */
    private static final int MAX_CODE_LENGTH = 8;

    private StringEscapes() {}

    /**
     * Appends the character of an escape sequence. An escaped line break continues the line and appends nothing.
     *
     * @param from  index of the character after the backslash
     * @param limit index after the last character that is read
     * @return the index after the sequence
     */
    static int append(String script, int from, int limit, StringBuilder text) {
        if (from >= limit) {
            return limit;
        }
        char c = script.charAt(from);
        switch (c) {
            case 'n' -> text.append('\n');
            case 'r', 't', 'b', 'f', 'v' -> text.append(' ');
            case '\n', '\r' -> {}
            case 'x' -> {
                return appendCodePoint(script, from, from + 1, from + 3, limit, text);
            }
            case 'u' -> {
                if (from + 1 < limit && script.charAt(from + 1) == '{') {
                    int close = from + 2;
                    while (close < limit && close - from <= MAX_CODE_LENGTH && script.charAt(close) != '}') {
                        close++;
                    }
                    boolean closed = close < limit && script.charAt(close) == '}';
                    return closed ? appendCodePoint(script, from, from + 2, close, limit, text) + 1 : from + 1;
                }
                return appendCodePoint(script, from, from + 1, from + 5, limit, text);
            }
            default -> text.append(c);
        }
        return from + 1;
    }

    /** Appends the code point in hex from {@code start} to {@code end}; returns {@code from + 1} if it is not hex. */
    private static int appendCodePoint(String script, int from, int start, int end, int limit, StringBuilder text) {
        int code = 0;
        for (int i = start; i < end; i++) {
            int digit = i < limit ? Character.digit(script.charAt(i), 16) : -1;
            if (digit < 0) {
                return from + 1;
            }
            code = code << 4 | digit;
        }
        if (Character.isValidCodePoint(code)) {
            text.appendCodePoint(code);
        }
        return end;
    }
}
