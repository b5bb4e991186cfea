package org.markwatch.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.markwatch.match.Evidence.CountedFeature;
import org.markwatch.match.Match.Kind;
import org.markwatch.watchlist.Brand;
import org.markwatch.watchlist.EvidenceTable;

/**
 * Decides which claims of acceptance hold, by the sum of the points of their features. A brand is accepted if one of its
 * claims reaches the points that are needed. Features of the page that speak against can subtract no more than a limit
 * together. Immutable.
 */
final class AcceptanceEvidence {
    /** Claims of one brand that are weighed; the strongest and visible ones come first. */
    private static final int MOST_CLAIMS = 200;

    private static final Comparator<AcceptanceClaim> STRONGEST_FIRST = Comparator.comparing(
                    (AcceptanceClaim claim) -> claim.passage().hidden())
            .thenComparing(AcceptanceClaim::route);

    private final EvidenceTable table;
    private final List<Brand> brands;
    /** By ordinal. */
    private final EvidenceTable.Feature[] points;

    AcceptanceEvidence(EvidenceTable table, List<Brand> brands) {
        this.table = table;
        this.brands = brands;
        AcceptanceFeature[] all = AcceptanceFeature.values();
        points = new EvidenceTable.Feature[all.length];
        for (AcceptanceFeature feature : all) {
            points[feature.ordinal()] = table.feature(feature.id());
        }
    }

    /** A claim with its evidence. */
    record Weighed(AcceptanceClaim claim, Evidence evidence) {}

    /**
     * Returns the claims with their evidence, up to {@value #MOST_CLAIMS} for each brand.
     *
     * @param features of the page that has the claims
     */
    List<Weighed> weigh(ClaimFeatures features, List<AcceptanceClaim> claims) {
        if (claims.isEmpty()) {
            return List.of();
        }
        Map<Integer, List<AcceptanceClaim>> byBrand = new TreeMap<>();
        for (AcceptanceClaim claim : claims) {
            byBrand.computeIfAbsent(claim.brand(), brand -> new ArrayList<>()).add(claim);
        }
        List<Weighed> weighed = new ArrayList<>();
        byBrand.forEach((brand, all) -> all.stream()
                .sorted(STRONGEST_FIRST)
                .limit(MOST_CLAIMS)
                .forEach(claim -> weighed.add(new Weighed(claim, evidence(brand, features.of(claim))))));
        return weighed;
    }

    private Evidence evidence(int brand, Map<AcceptanceFeature, Double> values) {
        double sum = 0;
        double against = 0;
        List<CountedFeature> counted = new ArrayList<>();
        for (Map.Entry<AcceptanceFeature, Double> value : values.entrySet()) {
            EvidenceTable.Feature feature = points[value.getKey().ordinal()];
            double given = feature.points() * value.getValue();
            if (value.getKey().direction() == AcceptanceFeature.Direction.AGAINST_PAGE) {
                against += given;
            } else {
                sum += given;
            }
            int rounded = (int) Math.round(given);
            if (rounded != 0) {
                counted.add(new CountedFeature(value.getKey().id(), rounded, feature.sentence()));
            }
        }
        if (against < -table.maxAgainstPage()) {
            int back = (int) Math.round(-table.maxAgainstPage() - against);
            counted.add(new CountedFeature("max-against-page", back, "the rest of the page counts up to a limit"));
            against = -table.maxAgainstPage();
        }
        counted.sort(Comparator.comparingInt((CountedFeature one) -> -Math.abs(one.points())));
        int total = (int) Math.round(sum + against);
        return new Evidence(
                brands.get(brand).id(), Kind.ACCEPTANCE, total, table.needed(), total >= table.needed(), counted);
    }
}
