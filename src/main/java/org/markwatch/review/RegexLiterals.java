package org.markwatch.review;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Collects the literal characters of a regular expression in RE2 syntax. Classes, wildcards and escapes such as {@code
 * \w} stand for text of the page and end a literal. A character with a quantifier is a literal of its own, since it may
 * be absent.
 */
final class RegexLiterals {
    private static final Pattern GROUP_HEAD = Pattern.compile("\\?(P?<[^>]*>|[a-zA-Z-]*:?)");
    private static final Pattern COUNT = Pattern.compile("\\{\\d+(,\\d*)?}");

    private final String regex;
    private final Set<String> literals = new HashSet<>();
    private final StringBuilder run = new StringBuilder();
    private int at;

    private RegexLiterals(String regex) {
        this.regex = regex;
    }

    /** Returns the literals, in any order; what the parser does not know is no literal. */
    static Set<String> of(String regex) {
        RegexLiterals parser = new RegexLiterals(regex);
        parser.parse();
        return parser.literals;
    }

    private void parse() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> skipClass();
                case '(' -> {
                    end();
                    at += lengthOf(GROUP_HEAD);
                }
                case '*', '+', '?' -> separateLast();
                case '{' -> {
                    at--;
                    int count = lengthOf(COUNT);
                    at += Math.max(count, 1);
                    separateLast();
                }
                case '.', '|', ')', '^', '$' -> end();
                default -> run.append(c);
            }
        }
        end();
    }

    private void escape() {
        if (at == regex.length()) {
            return;
        }
        char c = regex.charAt(at++);
        if (c == 'Q') {
            int end = regex.indexOf("\\E", at);
            run.append(regex, at, end < 0 ? regex.length() : end);
            at = end < 0 ? regex.length() : end + 2;
        } else if (c == 'p' || c == 'P' || c == 'x') {
            end();
            int close = at < regex.length() && regex.charAt(at) == '{' ? regex.indexOf('}', at) : -1;
            at = close > 0 ? close + 1 : Math.min(regex.length(), at + (c == 'x' ? 2 : 1));
        } else if (Character.isLetterOrDigit(c)) {
            end();
        } else {
            run.append(c);
        }
    }

    private void skipClass() {
        end();
        int from = at + (at < regex.length() && regex.charAt(at) == '^' ? 1 : 0);
        // a bracket at the beginning of a class is one of its characters
        for (int i = from; i < regex.length(); i++) {
            if (regex.charAt(i) == '\\') {
                i++;
            } else if (regex.startsWith("[:", i)) {
                int close = regex.indexOf(":]", i);
                i = close < 0 ? i : close + 1;
            } else if (regex.charAt(i) == ']' && i > from) {
                at = i + 1;
                return;
            }
        }
        at = regex.length();
    }

    /** Ends the literal before its last character, and makes the last character another one. */
    private void separateLast() {
        if (run.isEmpty()) {
            return;
        }
        int last = run.offsetByCodePoints(run.length(), -1);
        String optional = run.substring(last);
        run.setLength(last);
        end();
        literals.add(optional);
    }

    private void end() {
        if (!run.isEmpty()) {
            literals.add(run.toString());
            run.setLength(0);
        }
    }

    private int lengthOf(Pattern token) {
        var matcher = token.matcher(regex).region(at, regex.length());
        return matcher.lookingAt() ? matcher.end() - at : 0;
    }
}
