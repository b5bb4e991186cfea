package org.markwatch.extract;

import java.util.Arrays;

/** The characters of a script or of JSON, and the string in quotes that was read last. For one thread. */
final class ScriptText {
    /** Minimum characters of a literal, and of a string that is scanned as JSON. */
    static final int MIN_LITERAL_LENGTH = 32;

    /** Characters of ASCII that a string can have and that end no scan of it. */
    private static final boolean[] IN_STRING = new boolean[128];
    /** Characters of ASCII that an identifier or number begins with. */
    private static final boolean[] IN_IDENTIFIER = new boolean[128];

    static {
        Arrays.fill(IN_STRING, true);
        for (char c : "\"'`\\ \n".toCharArray()) {
            IN_STRING[c] = false;
        }
        for (char c = 0; c < 128; c++) {
            IN_IDENTIFIER[c] = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '$'
                    || c == '.';
        }
    }

    final String text;
    final char[] chars;
    final int length;

    // the string read last
    int stringStart;
    int stringEnd;
    boolean escaped;
    /** Whether it has a space or a character outside ASCII. */
    boolean spaced;

    ScriptText(String text) {
        this.text = text;
        chars = text.toCharArray();
        length = chars.length;
    }

    /**
     * Reads the string that starts at a quote. Sets {@link #stringStart}, {@link #stringEnd} and {@link #escaped}.
     *
     * @return false if it does not end; {@code stringEnd} is then the position at which that shows
     */
    boolean readString(int start) {
        char quote = chars[start];
        stringStart = start + 1;
        escaped = false;
        spaced = false;
        int i = stringStart;
        while (i < length) {
            char c = chars[i];
            if (c < IN_STRING.length && IN_STRING[c]) {
                i++;
                continue;
            }
            if (c == quote) {
                stringEnd = i;
                return true;
            }
            if (c == '\\') {
                escaped = true;
                i++;
            } else if (c == ' ' || c > 0x7f) {
                spaced = true;
            } else if (c == '\n' && quote != '`') {
                break;
            }
            i++;
        }
        stringEnd = Math.min(i, length);
        return false;
    }

    /** Returns the characters of the string read last. */
    String value() {
        if (!escaped) {
            return text.substring(stringStart, stringEnd);
        }
        StringBuilder value = new StringBuilder(stringEnd - stringStart);
        int i = stringStart;
        while (i < stringEnd) {
            char c = chars[i++];
            if (c == '\\') {
                i = StringEscapes.append(text, i, stringEnd, value);
            } else {
                value.append(c);
            }
        }
        return value.toString();
    }

    /** Whether the string read last may be JSON, plain or percent-encoded. */
    boolean isJsonString() {
        if (stringEnd - stringStart < MIN_LITERAL_LENGTH) {
            return false;
        }
        int at = stringStart;
        while (at < stringEnd && chars[at] <= ' ') {
            at++;
        }
        return text.startsWith("{", at)
                || text.startsWith("[", at)
                || text.startsWith("%7B%22", at)
                || text.startsWith("%5B%7B", at);
    }

    /** Returns the end of the identifier or number that starts at a position; the position itself if there is none. */
    int endOfIdentifier(int from) {
        int i = from;
        while (i < length) {
            char c = chars[i];
            if (c < IN_IDENTIFIER.length ? IN_IDENTIFIER[c] || c == '-' && i > from : Character.isLetter(c)) {
                i++;
            } else {
                break;
            }
        }
        return i;
    }

    /** Returns whether a text, such as the value of an attribute, begins like JSON and is long enough to be scanned. */
    static boolean isJson(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
        return text.length() - at >= MIN_LITERAL_LENGTH && (text.charAt(at) == '{' || text.charAt(at) == '[');
    }
}
