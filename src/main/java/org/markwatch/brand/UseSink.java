package org.markwatch.brand;

import java.util.List;
import org.markwatch.extract.Passage;

/** Takes the uses of brands on a page. */
@FunctionalInterface
public interface UseSink {
    /**
     * Takes a use with its place.
     *
     * @param start    offset in the passage
     * @param end      offset after the last character
     * @param brand    index of the brand
     * @param rule     how it was found, for example {@code icons}
     * @param features what counted for and against it, most telling first; empty for uses that are not weighed
     */
    void add(
            Passage passage,
            int start,
            int end,
            int brand,
            UseKind kind,
            String rule,
            List<Evidence.CountedFeature> features);
}
