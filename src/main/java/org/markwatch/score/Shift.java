package org.markwatch.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of the points of a rule on a page between two rulesets.
 *
 * @param rule   rule@version
 * @param before points by the earlier ruleset; 0 if the rule did not match
 * @param now    points by the later ruleset; 0 if the rule does not match
 */
public record Shift(String rule, int before, int now) {

    /**
     * Returns the rules whose points differ, largest difference first. A rule without points is treated like one
     * without a match.
     */
    public static List<Shift> between(List<Reason> before, List<Reason> now) {
        Map<String, Integer> earlier = points(before);
        Map<String, Integer> later = points(now);
        List<Shift> shifts = new ArrayList<>();
        later.forEach((rule, points) -> add(shifts, rule, earlier.getOrDefault(rule, 0), points));
        earlier.forEach((rule, points) -> {
            if (!later.containsKey(rule)) {
                add(shifts, rule, points, 0);
            }
        });
        shifts.sort(Comparator.comparingInt((Shift shift) -> -Math.abs(shift.now - shift.before))
                .thenComparing(Shift::rule));
        return List.copyOf(shifts);
    }

    private static Map<String, Integer> points(List<Reason> reasons) {
        Map<String, Integer> points = new LinkedHashMap<>();
        reasons.forEach(reason -> points.merge(reason.rule(), reason.points(), Integer::sum));
        return points;
    }

    private static void add(List<Shift> shifts, String rule, int before, int now) {
        if (before != now) {
            shifts.add(new Shift(rule, before, now));
        }
    }

    /** Returns {@code +20 rule@1}, {@code rule@1 no more (was +20)} or {@code rule@1 +12, was +20}. */
    @Override
    public String toString() {
        if (before == 0) {
            return signed(now) + " " + rule;
        }
        return now == 0
                ? rule + " no more (was " + signed(before) + ")"
                : rule + " " + signed(now) + ", was " + signed(before);
    }

    private static String signed(int points) {
        return points < 0 ? Integer.toString(points) : "+" + points;
    }
}
