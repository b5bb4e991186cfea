package org.markwatch.score;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Indicator;

/**
 * Measures a ruleset on labelled pages: precision, recall and false alarm rate. Pages are added one by one. Not
 * thread-safe.
 *
 * <p>The label of a page is its strongest kind of brand use. A kind is a hit if it is the label and the finding has a
 * use of this kind. It is a false alarm if it is not the label but the strongest kind of a finding that is not
 * suppressed. An indicator with positive points is a hit on a page that a reviewer should see, and a false alarm on any
 * other. A context, which has negative points, is a hit on a page that no reviewer should see, and a false alarm on any
 * other.
 */
public final class Evaluation {
    private final Map<Kind, ConfusionCounts> kinds = new EnumMap<>(Kind.class);
    private final List<Set<String>> fired = new ArrayList<>();
    private final List<Boolean> wanted = new ArrayList<>();
    private final ConfusionCounts flagged = new ConfusionCounts();
    private final Set<String> contexts;

    /** @param rules indicators of the ruleset; those with negative weights are measured as contexts */
    public Evaluation(Collection<Indicator> rules) {
        contexts = rules.stream()
                .filter(indicator -> indicator.weight() < 0)
                .map(Indicator::rule)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A confusion matrix with two classes. */
    private static final class ConfusionCounts {
        private int hits;
        private int falseAlarms;
        private int misses;
        private int quiet;

        private void count(boolean is, boolean found) {
            if (is) {
                hits += found ? 1 : 0;
                misses += found ? 0 : 1;
            } else {
                falseAlarms += found ? 1 : 0;
                quiet += found ? 0 : 1;
            }
        }

        private Measures measures() {
            Share precision = Share.of(hits, hits + falseAlarms);
            Share recall = Share.of(hits, hits + misses);
            double f1 = hits == 0 ? 0 : 2.0 * hits / (2.0 * hits + falseAlarms + misses);
            return new Measures(
                    hits,
                    falseAlarms,
                    misses,
                    quiet,
                    precision,
                    recall,
                    Share.of(falseAlarms, falseAlarms + quiet),
                    f1);
        }
    }

    /**
     * A share of pages with its 95 % score interval (Wilson 1927), which is valid for small samples and for shares near
     * 0 and 1.
     *
     * @param value 0 to 1; 0 when there are no pages
     * @param low   lower end of the interval
     * @param high  upper end of the interval
     * @param of    number of pages in the whole
     */
    public record Share(double value, double low, double high, int of) {
        private static final double Z = 1.959964;

        /**
         * Returns the share of {@code part} in {@code of} pages.
         *
         * @param part number of pages, 0 to {@code of}
         */
        public static Share of(int part, int of) {
            if (of == 0) {
                return new Share(0, 0, 1, 0);
            }
            double p = (double) part / of;
            double z2 = Z * Z / of;
            double middle = (p + z2 / 2) / (1 + z2);
            double half = Z / (1 + z2) * Math.sqrt(p * (1 - p) / of + z2 / (4 * of));
            return new Share(p, Math.max(0, middle - half), Math.min(1, middle + half), of);
        }
    }

    /**
     * The measures of one class of pages.
     *
     * @param hits           pages of the class that were found (true positives)
     * @param falseAlarms    other pages that were found (false positives)
     * @param misses         pages of the class that were not found (false negatives)
     * @param quiet          other pages that were not found (true negatives)
     * @param falseAlarmRate share of the other pages that were found
     * @param f1             harmonic mean of precision and recall, 0 to 1
     */
    public record Measures(
            int hits,
            int falseAlarms,
            int misses,
            int quiet,
            Share precision,
            Share recall,
            Share falseAlarmRate,
            double f1) {}

    /**
     * Adds a page.
     *
     * @param label    label of a {@link Kind}, or {@code none}
     * @param isWanted whether a reviewer should see the page
     * @throws IllegalArgumentException if the label is not {@code none} or a kind of brand use
     */
    public void add(String label, boolean isWanted, Finding finding) {
        Kind strongest = finding.brandUses().isEmpty()
                ? Kind.INDICATOR
                : finding.brandUses().getFirst().kind();
        boolean known = label.equals("none");
        for (Kind kind : Kind.values()) {
            if (kind != Kind.INDICATOR) {
                boolean is = kind.label().equals(label);
                known |= is;
                boolean found = is
                        ? finding.brandUses().stream().anyMatch(use -> use.kind() == kind)
                        : strongest == kind && finding.suppressed().isEmpty();
                kinds.computeIfAbsent(kind, k -> new ConfusionCounts()).count(is, found);
            }
        }
        if (!known) {
            throw new IllegalArgumentException(
                    "label=" + label + "; must be none or a kind of brand use: acceptance, logo,"
                            + " impersonation, lookalike-host, asset, mention");
        }
        flagged.count(isWanted, finding.flagged());
        Set<String> rules = new TreeSet<>();
        for (Match match : finding.matches()) {
            if (match.kind() == Kind.INDICATOR) {
                rules.add(match.rule());
            }
        }
        fired.add(rules);
        wanted.add(isWanted);
    }

    /** Returns how well the flag of findings marks the pages that a reviewer should see. */
    public Measures flagged() {
        return flagged.measures();
    }

    /** Returns the measures by kind of brand use, strongest first. */
    public Map<Kind, Measures> kinds() {
        Map<Kind, Measures> measures = new EnumMap<>(Kind.class);
        kinds.forEach((kind, counts) -> measures.put(kind, counts.measures()));
        return Collections.unmodifiableMap(measures);
    }

    private boolean isContext(String rule) {
        return contexts.contains(Match.plainRule(rule));
    }

    /** Returns the measures of each indicator with positive points and a match, by rule. */
    public Map<String, Measures> indicators() {
        return byRule(false);
    }

    /** Returns the measures of each context with a match, by rule. */
    public Map<String, Measures> contexts() {
        return byRule(true);
    }

    private Map<String, Measures> byRule(boolean ofContexts) {
        Map<String, ConfusionCounts> indicators = new TreeMap<>();
        fired.forEach(rules -> rules.stream()
                .filter(rule -> isContext(rule) == ofContexts)
                .forEach(rule -> indicators.putIfAbsent(rule, new ConfusionCounts())));
        for (int page = 0; page < fired.size(); page++) {
            int at = page;
            indicators.forEach((rule, counts) ->
                    counts.count(wanted.get(at) != ofContexts, fired.get(at).contains(rule)));
        }
        Map<String, Measures> measures = new TreeMap<>();
        indicators.forEach((rule, counts) -> measures.put(rule, counts.measures()));
        return Collections.unmodifiableMap(measures);
    }
}
