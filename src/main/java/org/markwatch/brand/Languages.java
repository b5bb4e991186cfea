package org.markwatch.brand;

import java.util.BitSet;

/**
 * A set of languages of the lexicon, by their numbers in {@link WordingTrie}. Not changed once it is made.
 *
 * @param numbers a bit each; of {@link #ANY} none
 */
record Languages(BitSet numbers) {
    /** All languages: those of entries of no particular language, and of texts that do not tell theirs. */
    static final Languages ANY = new Languages(new BitSet());

    /** Whether a language is in both sets. */
    boolean meets(Languages others) {
        return this == ANY || others == ANY || numbers.intersects(others.numbers);
    }

    /** Number of languages; 0 of {@link #ANY}. */
    int size() {
        return numbers.cardinality();
    }
}
