package org.markwatch.watchlist;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Points of the features that add up to one kind of use of a brand. The points are tenths of the log-odds of a logistic
 * regression on the labelled pages.
 *
 * @param limits   by id: {@code needed}, and others that the kind of use has
 * @param features by id, in the order of the file
 */
public record EvidenceTable(Map<String, Integer> limits, Map<String, Feature> features) {
    public EvidenceTable {
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
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

    /** Returns the points from which the use is found. */
    public int needed() {
        return limits.getOrDefault(EvidenceFile.NEEDED, 0);
    }

    /** Returns the points of these that features of the brand itself must give, 0 or more. */
    public int neededOfBrand() {
        return limits.getOrDefault(EvidenceFile.NEEDED_OF_BRAND, 0);
    }

    /** Returns the points that all wording of a clause together can give at most, 0 or more. */
    public int maxSaid() {
        return limits.getOrDefault(EvidenceFile.MAX_SAID, 0);
    }

    /** Returns the points that all features of the page together can subtract at most, 0 or more. */
    public int maxAgainstPage() {
        return limits.getOrDefault(EvidenceFile.MAX_AGAINST_PAGE, 0);
    }

    /**
     * Returns the points that all features of the page together can subtract at most from a claim in the owner's own words,
     * 0 or more: what a page adds elsewhere cannot outweigh it.
     */
    public int maxAgainstOwnWording() {
        return limits.getOrDefault(EvidenceFile.MAX_AGAINST_OWN_WORDING, maxAgainstPage());
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

    /** Returns the ids of all features and limits. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>(features.keySet());
        ids.addAll(limits.keySet());
        return ids;
    }

    /** Returns a copy with other points of some features and limits, by id. */
    EvidenceTable with(Map<String, Integer> points) {
        Map<String, Integer> changedLimits = new LinkedHashMap<>(limits);
        changedLimits.replaceAll(points::getOrDefault);
        Map<String, Feature> changed = new LinkedHashMap<>();
        features.forEach((id, feature) -> changed.put(
                id,
                new Feature(
                        points.getOrDefault(id, feature.points()),
                        feature.pages(),
                        feature.sets(),
                        feature.sentence())));
        return new EvidenceTable(changedLimits, changed);
    }
}
