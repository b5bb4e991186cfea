package org.markwatch.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Strings of which at least one stands in every match of a regular expression: what has to be found before the expression is
 * tried. After the prefilter of RE2 and the regexp trigrams of Cox (2012): alternatives, options and small classes that follow
 * one another are multiplied out, so that {@code (pay|send) (by|via) wire} asks for {@code pay by wire} and not for every
 * {@code wire}.
 *
 * @param strings    lower case, none empty; an empty list if nothing is known to be required
 * @param openWords  whether each string of ASCII letters counts only where a word begins
 * @param lead       whether each match begins with one of the strings
 * @param needsDigit whether each match has a digit of ASCII
 */
record RequiredLiterals(List<String> strings, boolean openWords, boolean lead, boolean needsDigit) {
    /** More strings than this stop hardly more. */
    private static final int MOST = 64;
    /** Longer strings stop hardly more. */
    private static final int LONG_ENOUGH = 12;
    /** The automaton tells strings of this length apart at once. */
    private static final int SELECTIVE = 3;

    private static final RequiredLiterals NONE = new RequiredLiterals(List.of(), false, false, false);
    private static final String DIGITS = "0123456789";

    static RequiredLiterals of(String regex) {
        if (regex.contains("\\Q") || regex.contains("\\C")) {
            return NONE;
        }
        Reader reader = new Reader(regex);
        Part whole = reader.alternation(false, true);
        if (reader.at < regex.length() || whole.best.worth() == 0) {
            return NONE;
        }
        return new RequiredLiterals(whole.best.strings, whole.best.openWords, whole.best.lead, whole.digit);
    }

    /** Whether every text has to be read for them: there are none, or one of ASCII may begin inside a word. */
    boolean areSoughtEverywhere() {
        return strings.isEmpty()
                || !openWords && !needsDigit && strings.stream().anyMatch(RequiredLiterals::isAscii);
    }

    /** The shortest string stops least; one that opens words is looked for at fewer places. */
    private int worth() {
        int shortest = strings.isEmpty() ? 0 : Integer.MAX_VALUE;
        for (String literal : strings) {
            // white space alone, or one letter, stops nothing
            boolean common =
                    literal.isBlank() || literal.length() == 1 && literal.charAt(0) < 0x80 && literal.charAt(0) != '$';
            shortest = Math.min(shortest, common ? 0 : literal.length());
        }
        return openWords && shortest >= SELECTIVE ? shortest + Short.MAX_VALUE : shortest;
    }

    private RequiredLiterals or(RequiredLiterals other) {
        return other.worth() > worth() ? other : this;
    }

    /** Of strings of which one stands in every match, in the form that is looked for at the fewest places. */
    private static RequiredLiterals among(Set<String> run, boolean openWords, boolean lead) {
        if (run.contains("")) {
            return NONE;
        }
        RequiredLiterals anywhere = new RequiredLiterals(shortest(run), false, lead, false);
        Set<String> opening = new LinkedHashSet<>();
        boolean whole = true;
        for (String literal : run) {
            int start = openWords && isWord(literal.charAt(0)) || !isAscii(literal) ? 0 : wordStart(literal);
            if (start < 0) {
                return anywhere;
            }
            opening.add(literal.substring(start));
            whole &= start == 0;
        }
        return anywhere.or(new RequiredLiterals(shortest(opening), true, lead && whole, false));
    }

    /** The beginnings of strings, without those that begin with another. */
    private static List<String> shortest(Collection<String> all) {
        Set<String> strings = new LinkedHashSet<>();
        all.forEach(one -> strings.add(one.substring(0, Math.min(one.length(), LONG_ENOUGH))));
        return strings.stream()
                .filter(one ->
                        strings.stream().noneMatch(other -> one.length() > other.length() && one.startsWith(other)))
                .toList();
    }

    /** Where the first word begins after another sign, or -1. */
    private static int wordStart(String literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (isWord(literal.charAt(i)) && !isWord(literal.charAt(i - 1))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isAscii(String literal) {
        return literal.chars().allMatch(c -> c < 0x80);
    }

    /**
     * A part of an expression.
     *
     * @param exact all strings that it matches, or null if they are many or not known
     * @param best  what stands in each of its matches
     * @param digit whether each of its matches has a digit
     */
    private record Part(@Nullable Set<String> exact, RequiredLiterals best, boolean digit) {
        static final Part UNKNOWN = new Part(null, NONE, false);

        static Part of(String literal) {
            return of(Set.of(literal));
        }

        static Part of(Set<String> strings) {
            boolean digit = strings.stream().allMatch(one -> one.length() == 1 && DIGITS.contains(one));
            return new Part(strings, NONE, digit);
        }
    }

    private enum Repeat {
        ONCE,
        OPTIONAL,
        ONCE_OR_MORE,
        ANY
    }

    private static final class Reader {
        private final String regex;
        private int at;

        private Reader(String regex) {
            this.regex = regex;
        }

        /**
         * Reads branches up to a closing bracket or the end.
         *
         * @param bound whether it stands where no word goes on
         * @param first whether nothing goes before it in a match
         */
        private Part alternation(boolean bound, boolean first) {
            List<Part> branches = new ArrayList<>();
            do {
                branches.add(new Sequence(bound, first).read());
            } while (take('|'));
            if (branches.size() == 1) {
                return branches.getFirst();
            }
            Set<String> exact = new LinkedHashSet<>();
            Set<String> strings = new LinkedHashSet<>();
            boolean every = true;
            boolean openWords = true;
            boolean lead = true;
            boolean digit = true;
            boolean known = true;
            for (Part branch : branches) {
                known &= branch.exact != null && exact.addAll(branch.exact) | true;
                every &= branch.best.worth() > 0;
                strings.addAll(branch.best.strings);
                openWords &= branch.best.openWords;
                lead &= branch.best.lead;
                digit &= branch.digit;
            }
            RequiredLiterals best = every && strings.size() <= MOST
                    ? new RequiredLiterals(shortest(strings), openWords, lead, false)
                    : NONE;
            return new Part(known && exact.size() <= MOST ? exact : null, best, digit);
        }

        /** One branch. */
        private final class Sequence {
            /** What matches of the last items read are, multiplied out. */
            private Set<String> run = Set.of("");

            private boolean runOpens;
            private boolean runLeads;
            private boolean exact = true;
            private boolean digit;
            private RequiredLiterals best = NONE;

            private Sequence(boolean bound, boolean first) {
                runOpens = bound;
                runLeads = first;
            }

            private Part read() {
                while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
                    item();
                }
                offer();
                return new Part(exact ? run : null, best, digit);
            }

            private void item() {
                int start = at;
                char c = regex.charAt(at++);
                boolean empty = run.equals(Set.of(""));
                if (c == '^' || c == '\\' && (take('b') || take('A'))) {
                    runOpens |= empty;
                    return;
                }
                if (c == '\\' && take('B')) {
                    runOpens &= !empty;
                    return;
                }
                if (c == '$' || c == '\\' && take('z')) {
                    return;
                }
                Part part = switch (c) {
                    case '(' -> group(empty && runOpens, empty && runLeads);
                    case '[' -> characterClass();
                    case '.' -> Part.UNKNOWN;
                    case '\\' -> escape();
                    default -> {
                        int codePoint = regex.codePointAt(start);
                        at = start + Character.charCount(codePoint);
                        yield Part.of(Character.toString(codePoint).toLowerCase(Locale.ROOT));
                    }
                };
                follow(part, repeat());
            }

            private void follow(Part part, Repeat repeat) {
                boolean required = repeat == Repeat.ONCE || repeat == Repeat.ONCE_OR_MORE;
                digit |= required && part.digit;
                if (part.exact == null || repeat == Repeat.ANY) {
                    cut();
                    if (required) {
                        best = best.or(part.best);
                    }
                    return;
                }
                Set<String> next = new LinkedHashSet<>(part.exact);
                if (!required) {
                    next.add("");
                }
                if (run.size() * next.size() > MOST) {
                    cut();
                    if (required) {
                        best = best.or(part.best);
                    }
                    run = next;
                } else {
                    Set<String> product = new LinkedHashSet<>();
                    for (String before : run) {
                        next.forEach(after -> product.add(before + after));
                    }
                    run = product;
                }
                if (repeat == Repeat.ONCE_OR_MORE) {
                    cut();
                }
            }

            private void offer() {
                best = best.or(among(run, runOpens, runLeads));
            }

            private void cut() {
                offer();
                run = Set.of("");
                runOpens = false;
                runLeads = false;
                exact = false;
            }
        }

        private Part group(boolean bound, boolean first) {
            if (take('?')) {
                if (regex.startsWith("P<", at) || regex.startsWith("<", at)) {
                    at = Math.max(regex.indexOf('>', at) + 1, at + 1);
                } else {
                    while (at < regex.length() && ":)".indexOf(regex.charAt(at)) < 0) {
                        at++;
                    }
                    if (take(')')) {
                        return Part.of("");
                    }
                    at++;
                }
            }
            Part inner = alternation(bound, first);
            take(')');
            return inner;
        }

        /** Its characters if they are few and written out or a range of digits. */
        private Part characterClass() {
            Set<String> members = new LinkedHashSet<>();
            boolean known = !take('^');
            boolean first = true;
            while (at < regex.length() && (first || regex.charAt(at) != ']')) {
                first = false;
                if (regex.startsWith("[:", at)) {
                    at = Math.max(regex.indexOf(":]", at) + 2, at + 2);
                    known = false;
                } else if (regex.startsWith("0-9", at)) {
                    at += 3;
                    members.addAll(List.of(DIGITS.split("")));
                } else if (regex.charAt(at) == '\\') {
                    Part escaped = escapeAt(at + 1);
                    known &= escaped.exact != null && members.addAll(escaped.exact) | true;
                } else {
                    int codePoint = regex.codePointAt(at);
                    at += Character.charCount(codePoint);
                    known &= !(regex.startsWith("-", at) && !regex.startsWith("-]", at));
                    members.add(Character.toString(codePoint).toLowerCase(Locale.ROOT));
                }
            }
            at++;
            return known && members.size() <= DIGITS.length() ? Part.of(members) : Part.UNKNOWN;
        }

        private Part escapeAt(int place) {
            at = place;
            return escape();
        }

        /** The character that an escape stands for, the digits of {@code \d}, or what is not known. */
        private Part escape() {
            char c = regex.charAt(at++);
            if (c == 'd') {
                return Part.of(new LinkedHashSet<>(List.of(DIGITS.split(""))));
            }
            if (c == 'x' || c == 'p' || c == 'P') {
                if (take('{')) {
                    at = Math.max(regex.indexOf('}', at) + 1, at);
                } else {
                    at += c == 'x' ? 2 : 1;
                }
                return Part.UNKNOWN;
            }
            if (c >= '0' && c <= '7') {
                while (at < regex.length() && regex.charAt(at) >= '0' && regex.charAt(at) <= '7') {
                    at++;
                }
                return Part.UNKNOWN;
            }
            return Character.isLetterOrDigit(c) ? Part.UNKNOWN : Part.of(String.valueOf(c));
        }

        private Repeat repeat() {
            Repeat repeat = Repeat.ONCE;
            if (take('?')) {
                repeat = Repeat.OPTIONAL;
            } else if (take('*')) {
                repeat = Repeat.ANY;
            } else if (take('+')) {
                repeat = Repeat.ONCE_OR_MORE;
            } else if (regex.startsWith("{", at)
                    && regex.indexOf('}', at) > at
                    && Character.isDigit(regex.charAt(at + 1))) {
                repeat = regex.charAt(at + 1) == '0' ? Repeat.ANY : Repeat.ONCE_OR_MORE;
                at = regex.indexOf('}', at) + 1;
            }
            if (repeat != Repeat.ONCE) {
                take('?');
            }
            return repeat;
        }

        private boolean take(char c) {
            boolean there = at < regex.length() && regex.charAt(at) == c;
            if (there) {
                at++;
            }
            return there;
        }
    }
}
