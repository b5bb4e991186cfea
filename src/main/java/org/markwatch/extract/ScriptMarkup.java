package org.markwatch.extract;

import org.markwatch.crawl.content.InlineData;
import org.markwatch.extract.ScriptKeywords.Keyword;

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
    /** Maximum characters of an expression in or between literals. */
    private static final int MAX_EXPRESSION_LENGTH = 200;

    /** Maximum white space before the tag that starts a literal. */
    private static final int MAX_INDENT = 40;

    /** Starts of a tag in a literal, percent-encoded or with a JavaScript escape. */
    private static final Keyword[] ENCODED_OPENINGS = {
        Keyword.PERCENT_LESS_THAN,
        Keyword.PERCENT_LESS_THAN_CAPITAL,
        Keyword.HEX_LESS_THAN,
        Keyword.HEX_LESS_THAN_CAPITAL,
        Keyword.UNICODE_LESS_THAN,
        Keyword.UNICODE_LESS_THAN_CAPITAL
    };

    private static final String QUOTES = "'\"`";

    private final ScriptKeywords keywords;
    private final String script;
    private final int limit;
    private final StringBuilder markup = new StringBuilder();
    /** For each kind of quote: a literal that starts before this position is known to be unterminated. */
    private final int[] unterminatedUntil = new int[QUOTES.length()];

    private int at;

    private ScriptMarkup(ScriptKeywords keywords) {
        this.keywords = keywords;
        this.script = keywords.script();
        this.limit = keywords.limit();
    }

    /** Returns the markup of all literals, concatenated in script order. Empty for most scripts. */
    static String of(ScriptKeywords keywords) {
        ScriptMarkup written = new ScriptMarkup(keywords);
        written.read();
        return written.markup.toString();
    }

    private void read() {
        int plain = nextPlain(0);
        int encoded = nextEncoded(0);
        while (Math.min(plain, encoded) < limit) {
            int opening = Math.min(plain, encoded);
            int quote = isTag(opening) ? quoteBefore(opening) : -1;
            if (quote >= at && !isEmbedded(quote)) {
                at = quote;
                if (readLiteral(QUOTES.indexOf(script.charAt(quote)))) {
                    readJoinedLiterals();
                } else {
                    at++;
                }
            }
            int from = Math.max(at, opening + 1);
            plain = plain < from ? nextPlain(from) : plain;
            encoded = encoded < from ? nextEncoded(from) : encoded;
        }
    }

    private void readJoinedLiterals() {
        while (moveToNextLiteral()) {
            if (!readLiteral(QUOTES.indexOf(script.charAt(at)))) {
                return;
            }
        }
    }

    private int nextPlain(int from) {
        int next = script.indexOf('<', from);
        return next < 0 ? limit : next;
    }

    private int nextEncoded(int from) {
        int first = limit;
        for (Keyword opening : ENCODED_OPENINGS) {
            int next = keywords.next(opening, from);
            first = next < 0 ? first : Math.min(first, next);
        }
        return first;
    }

    /** Whether a tag follows the opening at an index. */
    private boolean isTag(int opening) {
        int next = opening + 1;
        if (script.charAt(opening) != '<') {
            next = script.charAt(opening) == '%'
                    ? opening + 3
                    : script.startsWith("\\x", opening) ? opening + 4 : opening + 6;
        }
        if (next >= limit) {
            return false;
        }
        char c = script.charAt(next);
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '!' || c == '/' || c == '%' || c == '\\';
    }

    /** Returns the index of the quote before an opening, with white space between them, or -1. */
    private int quoteBefore(int opening) {
        int before = opening - 1;
        while (before >= 0 && opening - before <= MAX_INDENT && script.charAt(before) <= ' ') {
            before--;
        }
        boolean quote = before >= 0
                && QUOTES.indexOf(script.charAt(before)) >= 0
                && (before == 0 || script.charAt(before - 1) != '\\');
        return quote ? before : -1;
    }

    /** Whether a literal is the document of a {@code data:} URI that begins before a plus, as {@link InlineData} leaves it. */
    private boolean isEmbedded(int quote) {
        int plus = quote - 1;
        while (plus > 0 && quote - plus < MAX_EXPRESSION_LENGTH && isCall(script.charAt(plus))) {
            plus--; // encodeURIComponent('<p>')
        }
        if (plus <= 0 || script.charAt(plus) != '+') {
            return false;
        }
        int end = plus - 1;
        while (end > 0 && script.charAt(end) <= ' ') {
            end--;
        }
        return QUOTES.indexOf(script.charAt(end)) >= 0
                && script.startsWith(InlineData.CUT, end - InlineData.CUT.length());
    }

    private static boolean isCall(char c) {
        return c <= ' ' || c == '(' || c == '.' || Character.isJavaIdentifierPart(c);
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
