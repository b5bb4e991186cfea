package org.markwatch.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.markwatch.match.Match;
import org.markwatch.match.Match.Kind;

/**
 * How well a ruleset does on labelled pages. A buffer, filled page by page by one thread.
 *
 * <p>A label is the strongest use of a brand on a page. It is found if the page has a use of that kind; a kind is wrongly found
 * if it is the strongest that was found and not the label. An indicator is right where the page is one that a reviewer should see.
 */
public final class Evaluation {
    private final Map<Kind, ConfusionCounts> kinds = new EnumMap<>(Kind.class);
    private final Map<String, ConfusionCounts> indicators = new TreeMap<>();
    private final List<Set<String>> fired = new ArrayList<>();
    private final List<Boolean> wanted = new ArrayList<>();
    private final ConfusionCounts flagged = new ConfusionCounts();

    /** Pages counted by what they are and what they were taken for. */
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
     * A share of pages with its 95 % interval after Wilson (1927), which holds for few pages and for shares near 0 and 1.
     *
     * @param value 0 to 1; 0 when there are no pages
     * @param low   lower end
     * @param high  upper end
     * @param of    pages it is a share of
     */
    public record Share(double value, double low, double high, int of) {
        private static final double Z = 1.959964;

        /** @param part number of {@code of} pages */
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
     * Pages by what they are and what they were taken for.
     *
     * @param falseAlarmRate share of the pages that are not of it and were taken for it
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
     * Counts a page.
     *
     * @param label    a kind's label, or {@code none}
     * @param isWanted whether a reviewer should see it
     * @throws IllegalArgumentException if the label is no kind of brand use
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

    /** Whether pages that a reviewer should see were flagged. */
    public Measures flagged() {
        return flagged.measures();
    }

    /** By kind of brand use, strongest first. */
    public Map<Kind, Measures> kinds() {
        Map<Kind, Measures> measures = new EnumMap<>(Kind.class);
        kinds.forEach((kind, tally) -> measures.put(kind, tally.measures()));
        return Collections.unmodifiableMap(measures);
    }

    /** By rule of the indicators that fired at all: hits are pages that a reviewer should see. */
    public Map<String, Measures> indicators() {
        indicators.clear();
        fired.forEach(rules -> rules.forEach(rule -> indicators.putIfAbsent(rule, new ConfusionCounts())));
        for (int page = 0; page < fired.size(); page++) {
            int at = page;
            indicators.forEach(
                    (rule, tally) -> tally.count(wanted.get(at), fired.get(at).contains(rule)));
        }
        Map<String, Measures> measures = new TreeMap<>();
        indicators.forEach((rule, tally) -> measures.put(rule, tally.measures()));
        return Collections.unmodifiableMap(measures);
    }
}
