package org.markwatch.brand;

import java.util.List;

/**
 * What counts for and against one use of a brand on a page.
 *
 * @param brand    brand id
 * @param kind     acceptance, logo or impersonation
 * @param sum      points of all features, after limits
 * @param needed   points from which the use is found
 * @param found    whether it is found
 * @param features features with points, most telling first
 */
public record Evidence(String brand, UseKind kind, int sum, int needed, boolean found, List<CountedFeature> features) {
    public Evidence {
        features = List.copyOf(features);
    }

    /**
     * A feature that the page has.
     *
     * @param feature  id, for example {@code row-of-names}
     * @param points   points that it gives here; below 0 if it speaks against
     * @param sentence what it is, in words for people
     */
    public record CountedFeature(String feature, int points, String sentence) {
        @Override
        public String toString() {
            return (points > 0 ? "+" : "") + points + " " + sentence;
        }
    }
}
