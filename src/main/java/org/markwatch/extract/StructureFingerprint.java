package org.markwatch.extract;

import org.jsoup.nodes.Element;

/**
 * Fingerprint of how a page's elements are nested, whatever they say: sites made from one kit share it.
 *
 * <p>A feature is an element's name with those of the two around it; how often it occurs counts by its logarithm, so that a
 * shop with twenty goods is like one with thirty. An element costs one look-up, the hash is made once at the end.
 */
final class StructureFingerprint {
    /** Pages with fewer elements have no structure to speak of. */
    private static final int MIN_ELEMENTS = 20;
    /** Names are free in HTML; what a hostile page has beyond these is left out. */
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

    /** 0 for a page that is too small to tell. */
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
