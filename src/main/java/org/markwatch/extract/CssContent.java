package org.markwatch.extract;

import java.util.function.Consumer;

/**
 * Finds the prose that a style sheet adds to a page: the strings of {@code content} (CSS Generated Content 3, section 1.2).
 * Signs and icons are left out. Takes linear time.
 */
final class CssContent {
    private static final String PROPERTY = "content";
    /** Maximum texts of one style sheet. */
    private static final int MAX_TEXTS = 200;
    /** Maximum digits of an escape (CSS Syntax 3, section 4.3.7). */
    private static final int MAX_ESCAPE_DIGITS = 6;

    private static final int HEXADECIMAL = 16;

    private final String css;
    private int at;

    private CssContent(String css) {
        this.css = css;
    }

    static void scan(String css, Consumer<String> texts) {
        CssContent content = new CssContent(css);
        int found = 0;
        int property = css.indexOf(PROPERTY);
        while (property >= 0 && found < MAX_TEXTS) {
            content.at = property + PROPERTY.length();
            if (property > 0 && !isPartOfName(css.charAt(property - 1)) && content.skipTo(':')) {
                String text = content.strings();
                if (ScriptStrings.kindOf("", text) == ScriptStrings.StringKind.PROSE) {
                    texts.accept(text);
                    found++;
                }
            }
            property = css.indexOf(PROPERTY, content.at);
        }
    }

    private static boolean isPartOfName(char c) {
        return c == '-' || c == '_' || Character.isLetterOrDigit(c);
    }

    /** Moves behind a character if only white space stands before it. */
    private boolean skipTo(char wanted) {
        int next = at;
        while (next < css.length() && Character.isWhitespace(css.charAt(next))) {
            next++;
        }
        boolean found = next < css.length() && css.charAt(next) == wanted;
        at = found ? next + 1 : at;
        return found;
    }

    /** Returns the strings of a declaration, joined; what is no string, such as a counter, is left out. */
    private String strings() {
        StringBuilder text = new StringBuilder();
        while (at < css.length()) {
            char c = css.charAt(at++);
            if (c == '"' || c == '\'') {
                string(c, text);
            } else if (c == ';' || c == '}' || c == '{') {
                break;
            }
        }
        return text.toString();
    }

    /** Reads a string up to its quote or, if it has none, the end of its line (CSS Syntax 3, section 4.3.5). */
    private void string(char quote, StringBuilder text) {
        while (at < css.length()) {
            char c = css.charAt(at++);
            if (c == quote || c == '\n') {
                return;
            }
            if (c == '\\' && at < css.length()) {
                escape(text);
            } else {
                text.append(c);
            }
        }
    }

    private void escape(StringBuilder text) {
        int digits = 0;
        int code = 0;
        while (digits < MAX_ESCAPE_DIGITS
                && at + digits < css.length()
                && Character.digit(css.charAt(at + digits), HEXADECIMAL) >= 0) {
            code = code * HEXADECIMAL + Character.digit(css.charAt(at + digits++), HEXADECIMAL);
        }
        if (digits == 0) {
            char c = css.charAt(at++);
            text.append(c == '\n' ? "" : String.valueOf(c));
            return;
        }
        at += digits;
        at += at < css.length() && Character.isWhitespace(css.charAt(at)) ? 1 : 0;
        text.appendCodePoint(Character.isValidCodePoint(code) ? code : '\ufffd');
    }
}
