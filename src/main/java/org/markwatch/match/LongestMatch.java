package org.markwatch.match;

/**
 * The most characters that a regular expression of RE2 can match: a bound, not the exact number.
 *
 * <p>A window of as many characters on each side of a literal holds every match with that literal. An alternative is not added
 * to the others, so the window of an expression with many of them stays small.
 */
final class LongestMatch {
    /** Of an expression that may match any number of characters, or that is not understood. */
    static final int UNKNOWN = 1 << 20;

    private final String regex;
    private int at;

    private LongestMatch(String regex) {
        this.regex = regex;
    }

    /** Returns the most characters of a match, or {@link #UNKNOWN}. */
    static int of(String regex) {
        if (regex.contains("\\Q") || regex.contains("\\C")) {
            return UNKNOWN;
        }
        LongestMatch reader = new LongestMatch(regex);
        int longest = reader.alternation();
        return reader.at < regex.length() ? UNKNOWN : longest;
    }

    private int alternation() {
        int longest = 0;
        do {
            longest = Math.max(longest, sequence());
        } while (take('|'));
        return longest;
    }

    private int sequence() {
        int sum = 0;
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            sum = Math.min(UNKNOWN, sum + repeated(item()));
        }
        return sum;
    }

    /** A character outside of the basic plane counts as one, though it is two: no wording has more than a few of them. */
    private int item() {
        char c = regex.charAt(at++);
        switch (c) {
            case '(' -> {
                if (take('?')) {
                    while (at < regex.length() && ":>)".indexOf(regex.charAt(at)) < 0) {
                        at++;
                    }
                    if (take(')')) {
                        return 0;
                    }
                    at++;
                }
                int inner = alternation();
                return take(')') ? inner : UNKNOWN;
            }
            case '[' -> {
                take('^');
                take(']');
                while (at < regex.length() && regex.charAt(at) != ']') {
                    if (regex.startsWith("[:", at)) {
                        at = Math.max(regex.indexOf(":]", at) + 1, at);
                    } else if (regex.charAt(at) == '\\') {
                        at++;
                    }
                    at++;
                }
                at++;
                return 1;
            }
            case '\\' -> {
                return escape();
            }
            case '^', '$' -> {
                return 0;
            }
            default -> {
                return 1;
            }
        }
    }

    private int escape() {
        char c = at < regex.length() ? regex.charAt(at++) : '\\';
        if (c == 'b' || c == 'B' || c == 'A' || c == 'z') {
            return 0;
        }
        if (take('{')) {
            at = Math.max(regex.indexOf('}', at) + 1, at);
        }
        return 1;
    }

    private int repeated(int once) {
        int most = once;
        while (at < regex.length() && "?*+{".indexOf(regex.charAt(at)) >= 0) {
            char c = regex.charAt(at);
            if (c == '*' || c == '+') {
                most = once == 0 ? 0 : UNKNOWN;
            } else if (c == '{') {
                int close = regex.indexOf('}', at);
                if (close < 0 || !regex.substring(at + 1, close).matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
                    return Math.min(UNKNOWN, most + 1);
                }
                String bounds = regex.substring(at + 1, close);
                String last = bounds.substring(bounds.indexOf(',') + 1);
                most = last.isEmpty() ? UNKNOWN : (int) Math.min(UNKNOWN, (long) most * Integer.parseInt(last));
                at = close;
            }
            at++;
        }
        return most;
    }

    private boolean take(char c) {
        boolean there = at < regex.length() && regex.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }
}
