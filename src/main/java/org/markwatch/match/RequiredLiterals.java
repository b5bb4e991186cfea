package org.markwatch.match;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Strings of which at least one stands in every match of a regular expression; the expression is tried only around them. As in the
 * prefilter of RE2, groups, options and small classes are multiplied out: {@code (pay|send) (by|via)} has four.
 *
 * @param strings    lower case, none empty; an empty list if nothing is known to be required
 * @param openWords  whether each string of ASCII letters counts only where a word begins
 * @param lead       whether each match begins with one of the strings
 * @param needsDigit whether each match has a digit of ASCII
 */
record RequiredLiterals(List<String> strings, boolean openWords, boolean lead, boolean needsDigit) {
    private static final int MAX_STRINGS = 64;
    private static final int MAX_LENGTH = 12;
    /** Strings of this length are rare enough at the beginnings of words. */
    private static final int SELECTIVE = 3;

    // what outlines have besides literals: the bound of a word, a digit, and any characters
    private static final String BOUND = "\0";
    private static final String DIGIT = "\1";
    private static final String UNKNOWN = "\2";
    private static final Set<String> ANY = Set.of(UNKNOWN);
    private static final Set<String> NOTHING = Set.of("");

    private static final Set<String> BOUNDS = Set.of("\\b", "\\A", "^");
    private static final Set<String> NO_CHARACTERS = Set.of("\\B", "\\z", "$");

    /** An escape, a class, flags, the beginning of a group, a quantifier, or a character. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\\\(?:[pPx]\\{[^}]*}|[pP].|x..|[0-7]{1,3}|.)|\\[\\^?]?(?:\\[:\\^?\\w+:]|\\\\.|[^]\\\\])*]|\\(\\?[a-zA-Z-]*\\)"
                    + "|\\((?:\\?(?:P?<\\w+>|[a-zA-Z-]*:))?|(?:[*+?]|\\{\\d+(?:,\\d*)?})\\??|.",
            Pattern.DOTALL);

    static RequiredLiterals of(String regex) {
        boolean readable = !regex.contains("\\Q") && !regex.contains("\\C");
        List<String> tokens =
                TOKEN.matcher(regex).results().map(MatchResult::group).toList();
        Set<String> outlines = readable ? new Reader(tokens).branches(false) : ANY;
        boolean opening = opens(outlines);
        List<String> strings = worth(outlines) > 0 ? literals(outlines, opening) : List.of();
        boolean lead = outlines.stream()
                .map(outline -> outline.replace(BOUND, ""))
                .allMatch(outline -> strings.stream().anyMatch(outline::startsWith));
        return new RequiredLiterals(strings, opening, lead, hasDigit(outlines));
    }

    private static boolean hasDigit(Set<String> outlines) {
        return outlines.stream()
                .allMatch(outline -> outline.chars().anyMatch(c -> c >= '0' && c <= '9' || c == DIGIT.charAt(0)));
    }

    private static boolean opens(Set<String> outlines) {
        return shortest(outlines, true) >= SELECTIVE;
    }

    /** How much the literals of outlines stop: more if they are looked for only where words begin, and if they are long. */
    private static int worth(Set<String> outlines) {
        return opens(outlines) ? MAX_LENGTH + shortest(outlines, true) : shortest(outlines, false);
    }

    /** The length of the shortest literal; 0 if one is common. */
    private static int shortest(Set<String> outlines, boolean opening) {
        return outlines.stream()
                .map(outline -> literal(outline, opening))
                .mapToInt(one ->
                        one.isBlank() || one.length() == 1 && isAscii(one) && !one.equals("$") ? 0 : one.length())
                .min()
                .orElse(0);
    }

    /** The longest literal of an outline, or the longest from where a word begins. */
    private static String literal(String outline, boolean opening) {
        String longest = "";
        int from = 0;
        for (int i = 0; i <= outline.length(); i++) {
            if (i == outline.length()
                    || outline.charAt(i) == DIGIT.charAt(0)
                    || outline.charAt(i) == UNKNOWN.charAt(0)) {
                String whole = outline.substring(from, i).replace(BOUND, "");
                // the index looks for what is not ASCII everywhere
                String literal = opening && isAscii(whole) ? fromWord(outline.substring(from, i)) : whole;
                literal = literal.substring(0, Math.min(literal.length(), MAX_LENGTH));
                longest = literal.length() > longest.length() ? literal : longest;
                from = i + 1;
            }
        }
        return longest;
    }

    private static String fromWord(String literal) {
        for (int i = 1; i < literal.length(); i++) {
            if (isOfWord(literal.charAt(i)) && !isOfWord(literal.charAt(i - 1))) {
                return literal.substring(i).replace(BOUND, "");
            }
        }
        return "";
    }

    private static boolean isOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isAscii(String literal) {
        return literal.chars().allMatch(c -> c < 0x80);
    }

    /** The literals of outlines in their order, without those that begin with another. */
    private static List<String> literals(Set<String> outlines, boolean opening) {
        List<String> all = outlines.stream()
                .map(outline -> literal(outline, opening))
                .distinct()
                .toList();
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> one.length() > other.length() && one.startsWith(other)))
                .toList();
    }

    /** Reads outlines: strings of which each match has one, but for what is not known of it. */
    private static final class Reader {
        private final List<String> tokens;
        private int at;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        /**
         * Branches up to a closing bracket or the end. If they are many, only their literals count, whole or cut.
         *
         * @param bound whether they stand where no word goes on
         */
        Set<String> branches(boolean bound) {
            List<Set<String>> branches = new ArrayList<>();
            do {
                branches.add(branch(bound));
            } while (take("|"));
            Set<String> all = union(branches);
            for (int length = MAX_LENGTH; all.size() > MAX_STRINGS && length > 1; length /= 2) {
                int cut = length;
                all = union(
                        branches.stream().map(branch -> literalsOf(branch, cut)).toList());
            }
            return all.size() > MAX_STRINGS ? ANY : all;
        }

        private static Set<String> literalsOf(Set<String> branch, int length) {
            String bound = UNKNOWN + (opens(branch) ? BOUND : "");
            String end = UNKNOWN + (hasDigit(branch) ? DIGIT : "");
            return literals(branch, opens(branch)).stream()
                    .map(one -> bound + one.substring(0, Math.min(one.length(), length)) + end)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private Set<String> branch(boolean bound) {
            Set<String> best = ANY;
            Set<String> run = bound ? Set.of(BOUND) : NOTHING;
            boolean digit = false;
            boolean whole = true;
            while (at < tokens.size() && !isNext("|") && !isNext(")")) {
                boolean atBound = run.stream().allMatch(outline -> isBound(outline));
                Set<String> item = item(tokens.get(at++), atBound);
                boolean optional = isNext("?") || isNext("*") || isNext("{0");
                digit |= !optional && hasDigit(item);
                if (take("?")) {
                    item = union(List.of(item, NOTHING));
                } else if (take("*") || take("{0")) {
                    item = ANY;
                }
                boolean exact = item.stream().noneMatch(outline -> outline.contains(UNKNOWN));
                boolean begins = run.stream()
                        .allMatch(outline -> outline.replace(BOUND, "").isEmpty());
                if (exact && run.size() * item.size() <= MAX_STRINGS) {
                    run = product(run, item);
                } else {
                    best = better(best, product(run, ANY));
                    best = better(best, product(begins ? run : ANY, item));
                    run = exact ? product(ANY, item) : ANY;
                    whole = false;
                }
                if (take("+") || take("{")) {
                    best = better(best, product(run, ANY));
                    run = ANY;
                    whole = false;
                }
            }
            best = whole ? run : better(best, run);
            return digit && !hasDigit(best) ? product(best, Set.of(UNKNOWN + DIGIT)) : best;
        }

        private static Set<String> better(Set<String> one, Set<String> other) {
            return worth(other) > worth(one) ? other : one;
        }

        /** Whether no word goes on behind an outline. */
        private static boolean isBound(String outline) {
            return !outline.isEmpty()
                    && !isOfWord(outline.charAt(outline.length() - 1))
                    && !outline.endsWith(DIGIT)
                    && !outline.endsWith(UNKNOWN);
        }

        private static Set<String> union(List<Set<String>> sets) {
            return sets.stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
        }

        private static Set<String> product(Set<String> first, Set<String> second) {
            Set<String> all = new LinkedHashSet<>();
            first.forEach(before -> second.forEach(after -> all.add(before + after)));
            return all;
        }

        private Set<String> item(String token, boolean bound) {
            if (BOUNDS.contains(token)) {
                return Set.of(BOUND);
            }
            if (NO_CHARACTERS.contains(token) || token.startsWith("(?") && token.endsWith(")")) {
                return NOTHING;
            }
            return switch (token.charAt(0)) {
                case '(' -> {
                    Set<String> inner = branches(bound);
                    take(")");
                    yield inner;
                }
                case '[' -> members(token.substring(1, token.length() - 1));
                case '.' -> ANY;
                case '\\' -> escape(token);
                default -> Set.of(token.toLowerCase(Locale.ROOT));
            };
        }

        private static Set<String> escape(String token) {
            if (token.equals("\\d")) {
                return Set.of(DIGIT);
            }
            return Character.isLetterOrDigit(token.charAt(1)) ? ANY : Set.of(token.substring(1));
        }

        /** The characters of a class if they are written out. */
        private static Set<String> members(String members) {
            if (members.equals("0-9")) {
                return Set.of(DIGIT);
            }
            int hyphen = members.indexOf('-', 1);
            if (members.startsWith("^") || members.contains("[:") || hyphen > 0 && hyphen < members.length() - 1) {
                return ANY;
            }
            Set<String> all = new LinkedHashSet<>();
            TOKEN.matcher(members)
                    .results()
                    .map(MatchResult::group)
                    .forEach(member -> all.addAll(
                            member.startsWith("\\") ? escape(member) : Set.of(member.toLowerCase(Locale.ROOT))));
            return all;
        }

        /** Whether the next token begins so. A brace by itself is a character. */
        private boolean isNext(String beginning) {
            return at < tokens.size()
                    && tokens.get(at).startsWith(beginning)
                    && (!beginning.equals("{") || tokens.get(at).length() > 1);
        }

        private boolean take(String beginning) {
            boolean there = isNext(beginning);
            at += there ? 1 : 0;
            return there;
        }
    }
}
