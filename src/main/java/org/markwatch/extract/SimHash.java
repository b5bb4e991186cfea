package org.markwatch.extract;

/**
 * Similarity-preserving hash of 64 bits: what shares most of its features differs in few bits. A buffer for one thread.
 *
 * <p>Charikar, <i>Similarity estimation techniques from rounding algorithms</i> (2002), section 3; for web pages Manku, Jain and
 * Das Sarma, <i>Detecting near-duplicates for web crawling</i> (2007), section 2, who take 3 bits of 64 for near-duplicates.
 */
public final class SimHash {
    private static final int BITS = 64;

    private final int[] votes = new int[BITS];

    /** @param weight 1 or more */
    void add(long feature, int weight) {
        long bits = spread(feature);
        for (int bit = 0; bit < BITS; bit++) {
            votes[bit] += ((int) (bits >>> bit & 1) * 2 - 1) * weight;
        }
    }

    long bits() {
        long bits = 0;
        for (int bit = 0; bit < BITS; bit++) {
            bits |= (votes[bit] > 0 ? 1L : 0L) << bit;
        }
        return bits;
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood 2014, figure 18): features that differ a little vote independently. */
    private static long spread(long feature) {
        long z = feature + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Bits in which two hashes differ, 0 to 64. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /** 16 hex digits, as indicators and evidence write a hash. */
    public static String toHex(long bits) {
        return String.format("%016x", bits);
    }

    /** @param hex 16 hex digits */
    public static long ofHex(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
