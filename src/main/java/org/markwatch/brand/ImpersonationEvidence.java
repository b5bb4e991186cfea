package org.markwatch.brand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.brand.ImpersonationFeature.Direction;
import org.markwatch.watchlist.EvidenceTable;

/**
 * Decides whether a page impersonates a brand, by the sum of the points of its features. Features of the rest of the page
 * that speak against can subtract no more than a limit together, and features of the brand itself must give some points.
 * Immutable.
 */
final class ImpersonationEvidence {
    private final EvidenceTable table;
    /** By ordinal. */
    private final EvidenceTable.Feature[] features;

    /** @throws IllegalArgumentException if the table lacks a feature */
    ImpersonationEvidence(EvidenceTable table) {
        this.table = table;
        ImpersonationFeature[] all = ImpersonationFeature.values();
        features = new EvidenceTable.Feature[all.length];
        for (ImpersonationFeature feature : all) {
            features[feature.ordinal()] = table.feature(feature.id());
        }
    }

    int points(ImpersonationFeature feature) {
        return features[feature.ordinal()].points();
    }

    /** Whether a brand may be impersonated, before all texts are read: only {@link ImpersonationFeature#NAMELESS_TITLE} can add. */
    boolean isPossible(Map<ImpersonationFeature, Double> values) {
        double sum = points(ImpersonationFeature.NAMELESS_TITLE);
        for (Map.Entry<ImpersonationFeature, Double> value : values.entrySet()) {
            if (value.getKey().direction() != Direction.AGAINST_PAGE) {
                sum += points(value.getKey()) * value.getValue();
            }
        }
        return Math.round(sum) >= table.needed();
    }

    /**
     * Returns the evidence of one brand.
     *
     * @param brand  brand id
     * @param values of the features that the page has, above 0 and at most 1
     */
    Evidence of(String brand, Map<ImpersonationFeature, Double> values) {
        double sum = 0;
        double ofBrand = 0;
        double againstPage = 0;
        List<CountedFeature> counted = new ArrayList<>();
        for (Map.Entry<ImpersonationFeature, Double> value : values.entrySet()) {
            EvidenceTable.Feature feature = features[value.getKey().ordinal()];
            double given = feature.points() * value.getValue();
            switch (value.getKey().direction()) {
                case FOR_BRAND -> {
                    sum += given;
                    ofBrand += given;
                }
                case FOR, AGAINST -> sum += given;
                case AGAINST_PAGE -> againstPage += given;
            }
            int rounded = (int) Math.round(given);
            if (rounded != 0) {
                counted.add(new CountedFeature(value.getKey().id(), rounded, feature.sentence()));
            }
        }
        if (againstPage < -table.maxAgainstPage()) {
            int back = (int) Math.round(-table.maxAgainstPage() - againstPage);
            counted.add(new CountedFeature("max-against-page", back, "the rest of the page counts up to a limit"));
            againstPage = -table.maxAgainstPage();
        }
        counted.sort(Comparator.comparingInt((CountedFeature one) -> -Math.abs(one.points())));
        int total = (int) Math.round(sum + againstPage);
        boolean found = total >= table.needed() && Math.round(ofBrand) >= table.neededOfBrand();
        return new Evidence(brand, UseKind.IMPERSONATION, total, table.needed(), found, counted);
    }
}
