package org.markwatch.brand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.markwatch.brand.Evidence.CountedFeature;
import org.markwatch.brand.UseFeature.Direction;
import org.markwatch.watchlist.EvidenceTable;

/**
 * Decides one kind of use by the sum of the points of features: it holds from the points on that the table needs. Wording
 * of a clause gives no more than a limit together, and features of the page that speak against subtract no more than a limit
 * together. Immutable.
 */
final class EvidenceModel {
    private static final UseFeature[] FEATURES = UseFeature.values();

    private final UseKind kind;
    private final EvidenceTable table;
    /** By ordinal. A feature that the table lacks has no points. */
    private final int[] points = new int[FEATURES.length];

    EvidenceModel(UseKind kind, EvidenceTable table) {
        this.kind = kind;
        this.table = table;
        for (UseFeature feature : FEATURES) {
            EvidenceTable.Feature of = table.features().get(feature.id());
            points[feature.ordinal()] = of == null ? 0 : of.points();
        }
    }

    /** Returns the points of all features, after the limits. */
    int sum(FeatureValues values) {
        double sum = 0;
        double said = 0;
        double against = 0;
        for (UseFeature feature : FEATURES) {
            double given = points[feature.ordinal()] * values.get(feature);
            switch (feature.direction()) {
                case SAID -> said += given;
                case AGAINST_PAGE -> against += given;
                default -> sum += given;
            }
        }
        return (int) Math.round(sum + Math.min(said, table.maxSaid()) + Math.max(against, -maxAgainst(values)));
    }

    private double sum(FeatureValues values, Direction direction) {
        double sum = 0;
        for (UseFeature feature : FEATURES) {
            sum += feature.direction() == direction ? points[feature.ordinal()] * values.get(feature) : 0;
        }
        return sum;
    }

    private double maxAgainst(FeatureValues values) {
        double own = values.get(UseFeature.OWN_WORDING);
        return own * table.maxAgainstOwnWording() + (1 - own) * table.maxAgainstPage();
    }

    boolean holds(FeatureValues values) {
        return sum(values) >= table.needed();
    }

    /** Returns what counts for and against a use, most telling first. @param brand brand id */
    Evidence evidence(String brand, FeatureValues values) {
        List<CountedFeature> counted = new ArrayList<>();
        for (UseFeature feature : FEATURES) {
            add(counted, feature.id(), points[feature.ordinal()] * values.get(feature), table);
        }
        int over = (int) Math.round(table.maxSaid() - sum(values, Direction.SAID));
        if (over < 0) {
            counted.add(new CountedFeature("max-said", over, "wording of one clause counts up to a limit"));
        }
        int back = (int) Math.round(-maxAgainst(values) - sum(values, Direction.AGAINST_PAGE));
        if (back > 0) {
            counted.add(new CountedFeature("max-against-page", back, "the rest of the page counts up to a limit"));
        }
        counted.sort(Comparator.comparingInt((CountedFeature one) -> -Math.abs(one.points())));
        int sum = sum(values);
        return new Evidence(brand, kind, sum, table.needed(), sum >= table.needed(), counted);
    }

    private static void add(List<CountedFeature> counted, String feature, double given, EvidenceTable table) {
        int rounded = (int) Math.round(given);
        if (rounded != 0) {
            counted.add(
                    new CountedFeature(feature, rounded, table.feature(feature).sentence()));
        }
    }
}
