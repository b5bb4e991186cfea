package org.markwatch.watchlist;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Points of the features that add up to one kind of use of a brand. The points are tenths of the log-odds of a logistic
 * regression on the labelled pages.
 *
 * @param needed         points from which the use is found
 * @param maxAgainstPage points that all features of the page together can subtract at most, 0 or more: what a page adds
 *                       elsewhere cannot outweigh a claim alone
 * @param features       by id, in the order of the file
 */
public record EvidenceTable(int needed, int maxAgainstPage, Map<String, Feature> features) {
    public EvidenceTable {
        features = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    /**
     * A feature.
     *
     * @param points   above 0 if it speaks for the use, below 0 if against
     * @param pages    labelled pages that have it, when the points were fitted
     * @param sets     sets of labelled pages with such a page
     * @param sentence what reviewers read, for example 'an amount stands on the page'
     */
    public record Feature(int points, int pages, int sets, String sentence) {}

    /** Returns the built-in points of acceptance claims. */
    public static EvidenceTable builtInAcceptance() {
        return EvidenceFile.BuiltInEvidence.ACCEPTANCE;
    }

    /**
     * Returns the points of a feature.
     *
     * @throws IllegalArgumentException if the table has no such feature
     */
    public Feature feature(String id) {
        Feature feature = features.get(id);
        if (feature == null) {
            throw new IllegalArgumentException("the evidence table has no feature " + id);
        }
        return feature;
    }

    /** Returns a copy with other points of some features, and other limits where given. */
    EvidenceTable with(Map<String, Integer> points) {
        Map<String, Feature> changed = new LinkedHashMap<>();
        features.forEach((id, feature) -> changed.put(
                id,
                new Feature(
                        points.getOrDefault(id, feature.points()),
                        feature.pages(),
                        feature.sets(),
                        feature.sentence())));
        return new EvidenceTable(
                points.getOrDefault(EvidenceFile.NEEDED, needed),
                points.getOrDefault(EvidenceFile.MAX_AGAINST_PAGE, maxAgainstPage),
                changed);
    }
}
