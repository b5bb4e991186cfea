package org.markwatch.brand;

import org.jspecify.annotations.Nullable;
import org.markwatch.brand.PageSigns.LogoAt;
import org.markwatch.extract.Passage;

/**
 * A place where a page may use a brand. {@link EvidenceModel} decides which use it is.
 *
 * @param passage  the passage
 * @param start    offset of the name or reference in the passage
 * @param end      offset after its last character
 * @param brand    index of the brand
 * @param rule     rule of the match if it is a claim of acceptance, for example {@code icons}
 * @param mark     the reference to a picture; null for names, links, forms, scripts and values
 * @param features of the place, without those of the page
 */
public record UseCandidate(
        Passage passage,
        int start,
        int end,
        int brand,
        String rule,
        @Nullable LogoAt mark,
        FeatureValues features) {}
