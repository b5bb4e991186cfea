package org.markwatch.match;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What speaks for and against a page being a copy of a brand's.
 *
 * @param brand brand id
 * @param signs in the order of {@link CopySign}; unmodifiable
 */
public record Copy(String brand, Set<CopySign> signs) {
    public Copy {
        signs = signs.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(signs));
    }

    /** The points of all signs; below 0 if more speaks against. */
    public int points() {
        return CopySign.sum(signs);
    }

    /** The signs with their points, those that say most first: {@code +33 the title is its name}. */
    public List<String> told() {
        return signs.stream()
                .sorted(Comparator.comparingInt(CopySign::points).reversed())
                .map(sign -> (sign.points() > 0 ? "+" : "") + sign.points() + " " + sign.said())
                .toList();
    }

    /** Returns the same in the form that all kinds of use share. */
    Evidence evidence() {
        return new Evidence(
                brand,
                Match.Kind.IMPERSONATION,
                points(),
                CopySign.ENOUGH,
                isOne(),
                signs.stream()
                        .sorted(Comparator.comparingInt(CopySign::points).reversed())
                        .map(sign -> new Evidence.CountedFeature(sign.label(), sign.points(), sign.said()))
                        .toList());
    }

    /** The points of those that show the brand itself. */
    public int pointsOfBrand() {
        return CopySign.sum(signs.stream().filter(CopySign::isOfBrand).toList());
    }

    /** Whether they are enough to call the page a copy, and show the brand enough. */
    public boolean isOne() {
        return points() >= CopySign.ENOUGH && pointsOfBrand() >= CopySign.ENOUGH_OF_BRAND;
    }
}
