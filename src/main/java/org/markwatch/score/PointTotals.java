package org.markwatch.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Policy;

/** Points by group. */
final class PointTotals {
    private final Policy policy;
    final Map<String, List<ScoredRule>> positive = new LinkedHashMap<>();
    final Map<String, List<ScoredRule>> negative = new LinkedHashMap<>();

    PointTotals(Policy policy, Collection<ScoredRule> fired) {
        this.policy = policy;
        for (ScoredRule rule : fired) {
            (rule.weight() > 0 ? positive : negative)
                    .computeIfAbsent(rule.shown().group(), g -> new ArrayList<>())
                    .add(rule);
        }
    }

    int score() {
        return Math.max(0, balance());
    }

    /** Returns the points without those of contexts. */
    int positivePoints() {
        int points = 0;
        for (Map.Entry<String, List<ScoredRule>> group : positive.entrySet()) {
            points += capped(group.getKey(), sum(group.getValue()));
        }
        return points;
    }

    private int balance() {
        int balance = 0;
        for (Map.Entry<String, List<ScoredRule>> group : positive.entrySet()) {
            balance += capped(group.getKey(), sum(group.getValue()));
        }
        for (Map.Entry<String, List<ScoredRule>> group : negative.entrySet()) {
            balance -= capped(group.getKey(), sum(group.getValue()));
        }
        return balance;
    }

    static int sum(List<ScoredRule> rules) {
        return rules.stream().mapToInt(rule -> Math.abs(rule.weight())).sum();
    }

    int capped(String group, int points) {
        Policy.Group rule = policy.groups().get(group);
        return rule == null ? points : Math.min(points, rule.cap());
    }

    /** Returns the number of independent groups that give points. A group with mentions only does not count. */
    int groups() {
        return (int) positive.entrySet().stream()
                .filter(group ->
                        group.getValue().stream().anyMatch(rule -> rule.shown().kind() != Kind.MENTION))
                .count();
    }

    boolean hasMoreThanMentions() {
        return groups() > 0;
    }

    boolean hasPoints(String group) {
        return positive.containsKey(group);
    }

    List<Reason> reasons(Collection<ScoredRule> fired) {
        List<Reason> reasons = new ArrayList<>();
        int balance = balance();
        positive.forEach((group, rules) -> reasons(group, rules, 1, balance, fired, reasons));
        negative.forEach((group, rules) -> reasons(group, rules, -1, balance, fired, reasons));
        reasons.sort(Comparator.comparingInt((Reason reason) -> Math.abs(reason.points()))
                .reversed()
                .thenComparing(Reason::rule));
        return reasons;
    }

    /** Adds the reasons of a group. Its rules use up the cap in the order of their weight, largest first. */
    private void reasons(
            String group,
            List<ScoredRule> rules,
            int sign,
            int balance,
            Collection<ScoredRule> fired,
            List<Reason> reasons) {
        int all = sum(rules);
        int ofGroup = capped(group, all);
        int left = ofGroup;
        List<ScoredRule> heaviestFirst = new ArrayList<>(rules);
        heaviestFirst.sort(Comparator.comparingInt((ScoredRule rule) -> -Math.abs(rule.weight()))
                .thenComparing(rule -> rule.shown().rule()));
        for (ScoredRule rule : heaviestFirst) {
            Match shown = rule.shown();
            int weight = Math.abs(shown.weight());
            int points = Math.min(weight, left);
            left -= points;
            int withoutIt = balance - sign * (ofGroup - capped(group, all - weight));
            if (rule.isClaim()) {
                // without this rule, the next weaker claim of the brand gives points
                withoutIt = new PointTotals(
                                policy,
                                ScoredRule.strongestClaims(fired.stream()
                                        .filter(other -> other != rule)
                                        .toList()))
                        .balance();
            }
            reasons.add(new Reason(
                    shown.rule(),
                    group,
                    shown.field(),
                    shown.start(),
                    shown.end(),
                    shown.weight(),
                    sign * points,
                    points < weight,
                    Math.max(0, withoutIt),
                    shown.snippet(),
                    shown.snippetStart(),
                    shown.snippetStart() + shown.text().length(),
                    rule.count(),
                    shown.signs().stream().map(Reason.ScoredFeature::of).toList()));
        }
    }
}
