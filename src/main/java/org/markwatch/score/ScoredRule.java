package org.markwatch.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;

/** A rule with matches, and the match to show: the one with the largest weight, then the first. */
record ScoredRule(Match shown, int count) {
    /** By field, place and name. */
    static final Comparator<Match> BY_PLACE = Comparator.comparing(Match::field)
            .thenComparingInt(Match::start)
            .thenComparingInt(Match::end)
            .thenComparing(Match::rule);

    private static final Set<Kind> CLAIMS = EnumSet.of(Kind.ACCEPTANCE, Kind.LOGO, Kind.MENTION);

    int weight() {
        return shown.weight();
    }

    String brand() {
        return Objects.requireNonNullElse(shown.brand(), "");
    }

    boolean isClaim() {
        return CLAIMS.contains(shown.kind());
    }

    /** Returns the rules that have points, by name. */
    static Collection<ScoredRule> of(List<Match> matches) {
        Map<String, ScoredRule> byRule = new TreeMap<>();
        for (Match match : matches.stream().sorted(BY_PLACE).toList()) {
            if (match.weight() != 0) {
                byRule.merge(
                        match.rule(),
                        new ScoredRule(match, 1),
                        (one, other) -> new ScoredRule(
                                Math.abs(other.weight()) > Math.abs(one.weight()) ? other.shown : one.shown,
                                one.count + 1));
            }
        }
        return byRule.values();
    }

    /**
     * Mention, logo and acceptance are degrees of one claim. Of each brand, only the rule with the largest weight among
     * them gives points. Logos that nothing offers are one statement together, however many are drawn.
     */
    static List<ScoredRule> strongestClaims(Collection<ScoredRule> fired) {
        Map<String, ScoredRule> claims = new HashMap<>();
        for (ScoredRule rule : fired) {
            if (rule.isClaim()) {
                claims.merge(rule.brand(), rule, (one, other) -> other.weight() > one.weight() ? other : one);
            }
        }
        boolean logoGiven = false;
        List<ScoredRule> strongest = new ArrayList<>();
        for (ScoredRule rule : fired) {
            boolean logo = rule.shown.kind() == Kind.LOGO;
            if (!rule.isClaim() || claims.get(rule.brand()) == rule && !(logo && logoGiven)) {
                strongest.add(rule);
                logoGiven |= logo;
            }
        }
        return strongest;
    }
}
