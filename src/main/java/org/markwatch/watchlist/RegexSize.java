package org.markwatch.watchlist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Estimates the size of a compiled regular expression from its text. The compiler writes a repetition out, so that nested
 * repetitions such as {@code ((a{100}){100}){100}} take memory without limit; the estimate takes none.
 */
final class RegexSize {
    private static final Pattern REPETITION = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");
    private static final long CAP = 1_000_000_000_000L;

    private RegexSize() {}

    /** Returns the number of characters and classes after all repetitions are written out; never too few, at most 10^12. */
    static long of(String expression) {
        Deque<Long> outer = new ArrayDeque<>();
        Matcher repetition = REPETITION.matcher(expression);
        long sum = 0; // of the innermost open group
        long last = 0; // the part of it that a repetition would repeat
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            if (c == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
                i++;
            } else if (c == ')' && !outer.isEmpty()) {
                last = Math.max(1, sum);
                sum = Math.min(CAP, outer.pop() + last);
                i++;
            } else if (c == '{' && repetition.region(i, expression.length()).lookingAt()) {
                long times = Math.max(number(repetition.group(1)), number(repetition.group(2)));
                long repeated = Math.min(CAP, last * Math.max(1, times));
                sum = Math.min(CAP, sum - last + repeated);
                last = repeated;
                i = repetition.end();
            } else if (c == '*' || c == '+' || c == '?') {
                sum++;
                last++;
                i++;
            } else {
                last = 1;
                sum++;
                i = afterAtom(expression, i);
            }
        }
        while (!outer.isEmpty()) {
            sum = Math.min(CAP, sum + outer.pop());
        }
        return sum;
    }

    private static long number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    /** Returns where an escape, a class or a character ends; a class ends at its first bracket that may close it. */
    private static int afterAtom(String expression, int start) {
        int i = start;
        if (expression.charAt(i) == '[') {
            i++;
            while (i < expression.length() && expression.charAt(i) != ']') {
                i += expression.charAt(i) == '\\' ? 2 : 1;
            }
            return Math.min(i + 1, expression.length());
        }
        if (expression.charAt(i) != '\\') {
            return i + 1;
        }
        boolean named = expression.startsWith("x{", i + 1)
                || expression.startsWith("p{", i + 1)
                || expression.startsWith("P{", i + 1);
        int close = named ? expression.indexOf('}', i) : -1;
        return Math.min(close < 0 ? i + 2 : close + 1, expression.length());
    }
}
