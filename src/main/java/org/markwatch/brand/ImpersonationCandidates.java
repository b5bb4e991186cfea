package org.markwatch.brand;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.markwatch.brand.ImpersonationCandidate.Place;

/** The brands that a page may impersonate, in the order of the watchlist. Filled by one thread. */
final class ImpersonationCandidates {
    private final Map<Integer, ImpersonationCandidate> byBrand = new TreeMap<>();

    /** Returns the candidate of a brand; adds it if it is not there. */
    ImpersonationCandidate of(int brand, Place place) {
        return byBrand.computeIfAbsent(brand, b -> new ImpersonationCandidate(place));
    }

    void forEach(BiConsumer<Integer, ImpersonationCandidate> action) {
        byBrand.forEach(action);
    }
}
