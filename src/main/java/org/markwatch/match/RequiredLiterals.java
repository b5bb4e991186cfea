package org.markwatch.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Strings of which at least one stands in every match of a regular expression: what has to be found before the expression is
 * tried. After the prefilter of RE2 and the regexp trigrams of Cox (2012), kept to what rules are made of.
 */
final class RequiredLiterals {
    private static final int MOST = 64;

    private final String regex;
    private int at;

    private RequiredLiterals(String regex) {
        this.regex = regex;
    }

    /** Lower-case strings, none empty; an empty list if nothing is known to be required. */
    static List<String> of(String regex) {
        if (regex.contains("\\Q") || regex.contains("\\C")) {
            return List.of();
        }
        RequiredLiterals reader = new RequiredLiterals(regex);
        List<String> literals = reader.alternation();
        return reader.at < regex.length() ? List.of() : literals;
    }

    /** Reads branches up to a closing bracket or the end. */
    private List<String> alternation() {
        List<String> all = new ArrayList<>();
        boolean every = true;
        do {
            List<String> branch = sequence();
            every &= !branch.isEmpty();
            all.addAll(branch);
        } while (take('|'));
        return every && all.size() <= MOST ? all : List.of();
    }

    private List<String> sequence() {
        List<String> best = List.of();
        StringBuilder run = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            List<String> group = List.of();
            String literal = "";
            char c = regex.charAt(at++);
            switch (c) {
                case '(' -> {
                    group = group();
                }
                case '[' -> skipClass();
                case '.', '^', '$' -> {}
                case '\\' -> literal = escape();
                default -> {
                    int codePoint = regex.codePointAt(at - 1);
                    literal = Character.toString(codePoint).toLowerCase(Locale.ROOT);
                    at += Character.charCount(codePoint) - 1;
                }
            }
            int least = leastRepeats();
            boolean repeated = least != 1;
            if (literal.isEmpty()) {
                best = better(best, run);
                run.setLength(0);
                best = least > 0 ? better(best, group) : best;
            } else if (least == 0) {
                best = better(best, run);
                run.setLength(0);
            } else {
                run.append(literal);
                if (repeated) {
                    best = better(best, run);
                    run.setLength(0);
                }
            }
        }
        return better(best, run);
    }

    private List<String> group() {
        if (take('?')) {
            if (regex.startsWith("P<", at) || regex.startsWith("<", at)) {
                at = Math.max(regex.indexOf('>', at) + 1, at + 1);
            } else {
                while (at < regex.length() && ":)".indexOf(regex.charAt(at)) < 0) {
                    at++;
                }
                if (take(')')) {
                    return List.of();
                }
                at++;
            }
        }
        List<String> inner = alternation();
        take(')');
        return inner;
    }

    private void skipClass() {
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
    }

    /** The literal character that an escape stands for, or empty if it is a class or an assertion. */
    private String escape() {
        char c = regex.charAt(at++);
        if (c == 'x' || c == 'p' || c == 'P') {
            if (take('{')) {
                at = Math.max(regex.indexOf('}', at) + 1, at);
            } else {
                at += c == 'x' ? 2 : 1;
            }
            return "";
        }
        if (c >= '0' && c <= '7') {
            while (at < regex.length() && regex.charAt(at) >= '0' && regex.charAt(at) <= '7') {
                at++;
            }
            return "";
        }
        return Character.isLetterOrDigit(c) ? "" : String.valueOf(c);
    }

    /** How often at least the item before is repeated: 1 without a quantifier, 2 for any quantifier of at least once. */
    private int leastRepeats() {
        if (at >= regex.length()) {
            return 1;
        }
        int least = 1;
        char c = regex.charAt(at);
        if (c == '?' || c == '*') {
            least = 0;
            at++;
        } else if (c == '+') {
            least = 2;
            at++;
        } else if (c == '{' && regex.indexOf('}', at) > at && Character.isDigit(regex.charAt(at + 1))) {
            least = regex.charAt(at + 1) == '0' ? 0 : 2;
            at = regex.indexOf('}', at) + 1;
        }
        if (least != 1) {
            take('?');
        }
        return least;
    }

    private boolean take(char c) {
        boolean there = at < regex.length() && regex.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private static List<String> better(List<String> best, StringBuilder run) {
        return run.isEmpty() ? best : better(best, List.of(run.toString()));
    }

    /** The set whose shortest string is longer stops more. */
    private static List<String> better(List<String> one, List<String> other) {
        return worth(other) > worth(one) ? other : one;
    }

    private static int worth(List<String> literals) {
        int shortest = literals.isEmpty() ? 0 : Integer.MAX_VALUE;
        for (String literal : literals) {
            // white space alone, or one letter, stops nothing
            boolean common =
                    literal.isBlank() || literal.length() == 1 && literal.charAt(0) < 0x80 && literal.charAt(0) != '$';
            shortest = Math.min(shortest, common ? 0 : literal.length());
        }
        return shortest;
    }
}
