package org.markwatch.extract;

/**
 * Extracts markup from the string literals of a script: {@code document.write('<form …')},
 * {@code box.innerHTML = `<img …`}, {@code unescape('%3Cform …')}. Sites generate footers this way, and some generate
 * whole pages to avoid automated checks.
 *
 * <p>Scripts are not run. An expression between literals becomes a space. Only literals that start with a tag, and the
 * literals joined to them, are extracted. Takes time linear in the length of the script: each character is read at most
 * once for each kind of quote.
 */
final class ScriptMarkup {
    private static final int MAX_SCRIPT_CHARS = 1 << 18;
    /** Maximum characters of an expression in or between literals. */
    private static final int MAX_EXPRESSION_LENGTH = 200;

    /** Maximum white space before the tag that starts a literal. */
    private static final int MAX_INDENT = 40;
    /** Maximum characters of <code>u{10FFFF}</code> before the closing brace. */
    private static final int MAX_CODE_LENGTH = 8;

    /** Starts of a tag in a literal: plain, percent-encoded, or with a JavaScript escape. */
    private static final String[] OPENINGS = {"<", "%3c", "\\x3c", "\\u003c"};

    private static final String QUOTES = "'\"`";

    private final String script;
    private final int limit;
    private final StringBuilder markup = new StringBuilder();
    /** For each kind of quote: a literal that starts before this position is known to be unterminated. */
    private final int[] unterminatedUntil = new int[QUOTES.length()];

    private int at;

    private ScriptMarkup(String script) {
        this.script = script;
        this.limit = Math.min(script.length(), MAX_SCRIPT_CHARS);
    }

    /** Returns the markup of all literals, concatenated in script order. Empty for most scripts. */
    static String of(String script) {
        ScriptMarkup written = new ScriptMarkup(script);
        written.read();
        return written.markup.toString();
    }

    private void read() {
        while (at < limit) {
            int quote = QUOTES.indexOf(script.charAt(at));
            if (quote < 0 || at > 0 && script.charAt(at - 1) == '\\' || !beginsMarkup(at + 1) || !readLiteral(quote)) {
                at++;
                continue;
            }
            while (moveToNextLiteral()) {
                if (!readLiteral(QUOTES.indexOf(script.charAt(at)))) {
                    break;
                }
            }
        }
    }

    private boolean beginsMarkup(int from) {
        int start = from;
        while (start < limit && start - from < MAX_INDENT && script.charAt(start) <= ' ') {
            start++;
        }
        for (String opening : OPENINGS) {
            int next = start + opening.length();
            if (next < limit && script.regionMatches(true, start, opening, 0, opening.length())) {
                char c = script.charAt(next);
                return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '!' || c == '/' || c == '%' || c == '\\';
            }
        }
        return false;
    }

    /**
     * Appends the literal that starts here and moves past it. Returns false and does neither if the literal is
     * unterminated.
     */
    private boolean readLiteral(int kind) {
        if (at < unterminatedUntil[kind]) {
            return false;
        }
        char quote = QUOTES.charAt(kind);
        StringBuilder text = new StringBuilder();
        int i = at + 1;
        while (i < limit) {
            char c = script.charAt(i);
            if (c == quote) {
                String value = text.toString();
                markup.append(isPercentEncoded(value) ? UrlReference.decode(value) : value);
                at = i + 1;
                return true;
            }
            if (c == '\n' && quote != '`') {
                break;
            }
            if (c == '\\') {
                i = appendEscape(i + 1, text);
            } else if (c == '$' && quote == '`' && script.startsWith("${", i)) {
                i = endOfExpression(i + 2);
                text.append(' ');
            } else {
                text.append(c);
                i++;
            }
        }
        unterminatedUntil[kind] = i;
        return false;
    }

    private static boolean isPercentEncoded(String value) {
        return value.stripLeading().regionMatches(true, 0, "%3c", 0, 3);
    }

    /** Appends the character of an escape sequence (ECMA-262 section 12.9.4) and returns the position after it. */
    private int appendEscape(int from, StringBuilder text) {
        if (from >= limit) {
            return limit;
        }
        char c = script.charAt(from);
        switch (c) {
            case 'n', 'r', 't', 'b', 'f', 'v' -> text.append(' ');
            case '\n', '\r' -> {}
            case 'x' -> {
                return appendCodePoint(from, from + 1, from + 3, text);
            }
            case 'u' -> {
                if (from + 1 < limit && script.charAt(from + 1) == '{') {
                    int close = from + 2;
                    while (close < limit && close - from <= MAX_CODE_LENGTH && script.charAt(close) != '}') {
                        close++;
                    }
                    boolean closed = close < limit && script.charAt(close) == '}';
                    return closed ? appendCodePoint(from, from + 2, close, text) + 1 : from + 1;
                }
                return appendCodePoint(from, from + 1, from + 5, text);
            }
            default -> text.append(c);
        }
        return from + 1;
    }

    /** Appends the code point in hex from {@code start} to {@code end}; returns {@code from + 1} if it is not hex. */
    private int appendCodePoint(int from, int start, int end, StringBuilder text) {
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

    /** Returns the position after the brace that ends an expression, or the position at which the search stops. */
    private int endOfExpression(int from) {
        int depth = 1;
        int i = from;
        while (i < limit && i - from < MAX_EXPRESSION_LENGTH && depth > 0) {
            char c = script.charAt(i++);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return i;
    }

    /**
     * Moves to the next literal if a plus or comma joins it to the previous one; expressions between them are skipped.
     */
    private boolean moveToNextLiteral() {
        boolean joined = false;
        for (int i = at; i < limit && i - at < MAX_EXPRESSION_LENGTH; i++) {
            char c = script.charAt(i);
            if (QUOTES.indexOf(c) >= 0) {
                if (joined) {
                    at = i;
                }
                return joined;
            }
            if (c == '+' || c == ',') {
                joined = true;
            } else if (c == ';' || c == '}' || !joined && c > ' ') {
                return false;
            } else if (c > ' ' && (markup.isEmpty() || markup.charAt(markup.length() - 1) != ' ')) {
                markup.append(' ');
            }
        }
        return false;
    }
}
