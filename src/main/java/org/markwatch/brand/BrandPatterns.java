package org.markwatch.brand;

/** Takes the patterns that {@link BrandRules} looks for. */
public interface BrandPatterns {
    /** Takes words to be found in this order; nothing is looked for if there is neither a letter nor a digit in them. */
    void phrase(String pattern, BrandTarget target);

    /** Takes a folded string to be found where a word begins. */
    void opening(String folded, BrandTarget target);

    /** Takes a folded string to be found anywhere. */
    void anywhere(String folded, BrandTarget target);
}
