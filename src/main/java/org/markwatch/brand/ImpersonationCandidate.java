package org.markwatch.brand;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.brand.PageSigns.Name;
import org.markwatch.brand.PageSigns.Owned;

/** A brand that a page may impersonate, with the features that the page has of it. Filled by one thread. */
final class ImpersonationCandidate {
    private final Map<ImpersonationFeature, Double> values = new EnumMap<>(ImpersonationFeature.class);
    private final Map<ImpersonationFeature, Place> places = new EnumMap<>(ImpersonationFeature.class);
    /** Where it is named or shown first. */
    private final Place first;

    private boolean named;
    private boolean namedAsBrand;
    private boolean namedInFull;

    ImpersonationCandidate(Place first) {
        this.first = first;
    }

    /**
     * A place on the page. Offsets are those of the passage.
     *
     * @param disguise how a name is disguised, or empty
     */
    record Place(int passage, int start, int end, String disguise) {
        static Place of(Name name) {
            return new Place(name.passage(), name.start(), name.end(), name.way());
        }

        static Place of(LogoAt at) {
            return new Place(at.passage(), at.logo().start(), at.logo().end(), "");
        }

        static Place of(Owned reference) {
            return new Place(reference.passage(), reference.start(), reference.end(), "");
        }
    }

    Place first() {
        return first;
    }

    /**
     * Notes that a text names the brand.
     *
     * @param asBrand whether the name is no common word, or is written or used as that of the firm
     * @param inFull  whether the name is no common word
     */
    void name(boolean asBrand, boolean inFull) {
        named = true;
        namedAsBrand |= asBrand;
        namedInFull |= inFull;
    }

    boolean isNamed() {
        return named;
    }

    /** Whether a name is no common word, or is written or used as that of the firm. */
    boolean isNamedAsBrand() {
        return namedAsBrand;
    }

    /** Whether a name is no common word. */
    boolean isNamedInFull() {
        return namedInFull;
    }

    void add(ImpersonationFeature feature, Place place) {
        add(feature, 1, place);
    }

    /** Adds a feature; the greatest value counts, with the first place that has it. */
    void add(ImpersonationFeature feature, double value, Place place) {
        if (value > values.getOrDefault(feature, 0.0)) {
            values.put(feature, Math.min(1, value));
            places.put(feature, place);
        }
    }

    /** Returns the value of each feature of the brand on the page, above 0 and at most 1; read-only. */
    Map<ImpersonationFeature, Double> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns the place of the feature of the brand that gives most. */
    Place strongest(ImpersonationEvidence evidence) {
        Place strongest = first;
        double most = 0;
        for (Map.Entry<ImpersonationFeature, Place> feature : places.entrySet()) {
            double points = evidence.points(feature.getKey()) * values.getOrDefault(feature.getKey(), 0.0);
            if (points > most) {
                most = points;
                strongest = feature.getValue();
            }
        }
        return strongest;
    }
}
