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
                int before = text.length();
                i = StringEscapes.append(script, i + 1, limit, text);
                if (text.length() > before && text.charAt(before) == '\n') {
                    text.setCharAt(before, ' ');
                }
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
