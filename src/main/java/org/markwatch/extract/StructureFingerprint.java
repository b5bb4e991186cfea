package org.markwatch.extract;

import org.jsoup.nodes.Element;

/**
 * Computes a fingerprint of the nesting of elements, independent of text. Sites made from the same kit have similar
 * fingerprints.
 *
 * <p>A feature is the name of an element with the names of its parent and grandparent. Its weight is the logarithm of
 * its count, so that a shop with twenty products resembles one with thirty. Each element costs one look-up; the hash is
 * computed once at the end.
 */
final class StructureFingerprint {
    /** Pages with fewer elements have no fingerprint. */
    private static final int MIN_ELEMENTS = 20;
    /** Further features are ignored, because a hostile page can use any number of element names. */
    private static final int MAX_FEATURES = 2_048;

    private int[] features = new int[512];
    private int[] counts = new int[512];
    private int distinct;
    private int elements;

    void add(Element element) {
        elements++;
        int feature = element.normalName().hashCode();
        Element parent = element.parent();
        if (parent != null) {
            feature = feature * 31 + parent.normalName().hashCode();
            Element grandparent = parent.parent();
            feature = feature * 31
                    + (grandparent == null ? 7 : grandparent.normalName().hashCode());
        }
        count(feature == 0 ? 1 : feature);
    }

    private void count(int feature) {
        int slot = slot(feature);
        if (features[slot] == feature) {
            counts[slot]++;
        } else if (distinct < MAX_FEATURES) {
            features[slot] = feature;
            counts[slot] = 1;
            if (++distinct * 2 > features.length) {
                grow();
            }
        }
    }

    private int slot(int feature) {
        int mask = features.length - 1;
        int slot = (feature ^ feature >>> 15) * 0x9E3779B1 >>> 12 & mask;
        while (features[slot] != 0 && features[slot] != feature) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldFeatures = features;
        int[] oldCounts = counts;
        features = new int[oldFeatures.length * 2];
        counts = new int[features.length];
        for (int i = 0; i < oldFeatures.length; i++) {
            if (oldFeatures[i] != 0) {
                int slot = slot(oldFeatures[i]);
                features[slot] = oldFeatures[i];
                counts[slot] = oldCounts[i];
            }
        }
    }

    /** Returns the fingerprint, or 0 if the page has fewer than {@value #MIN_ELEMENTS} elements. */
    long fingerprint() {
        if (elements < MIN_ELEMENTS) {
            return 0;
        }
        SimHash hash = new SimHash();
        for (int i = 0; i < features.length; i++) {
            if (features[i] != 0) {
                hash.add(features[i], 32 - Integer.numberOfLeadingZeros(counts[i]));
            }
        }
        return hash.bits();
    }
}
