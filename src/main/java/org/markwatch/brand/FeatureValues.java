package org.markwatch.brand;

/** Values of the features of one place, from 0 (absent) to 1. Filled by one thread. */
final class FeatureValues {
    private static final UseFeature[] FEATURES = UseFeature.values();

    private final double[] values;

    FeatureValues() {
        this(new double[FEATURES.length]);
    }

    private FeatureValues(double[] values) {
        this.values = values;
    }

    FeatureValues copy() {
        return new FeatureValues(values.clone());
    }

    void set(UseFeature feature) {
        values[feature.ordinal()] = 1;
    }

    /** Sets a feature if the place has it; one that is set stays set. */
    void set(UseFeature feature, boolean has) {
        if (has) {
            set(feature);
        }
    }

    /** Sets a share, limited to 0 to 1. */
    void setShare(UseFeature feature, double share) {
        values[feature.ordinal()] = Math.clamp(share, 0, 1);
    }

    boolean has(UseFeature feature) {
        return values[feature.ordinal()] > 0;
    }

    double get(UseFeature feature) {
        return values[feature.ordinal()];
    }

    /** Takes over the features of another. */
    void add(FeatureValues other) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(values[i], other.values[i]);
        }
    }
}
