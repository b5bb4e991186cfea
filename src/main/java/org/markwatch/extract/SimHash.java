package org.markwatch.extract;

import java.util.Arrays;

/**
 * Computes a similarity-preserving 64-bit hash of weighted features: hashes of sets that share most features differ in
 * few bits. Not safe for use by multiple threads.
 *
 * <p>Charikar, <i>Similarity estimation techniques from rounding algorithms</i> (2002), section 3; for web pages Manku,
 * Jain and Das Sarma, <i>Detecting near-duplicates for web crawling</i> (2007), section 2, whose near-duplicates differ
 * in at most 3 bits.
 *
 * <p>Each bit of the result is the weighted majority of that bit over all features. Eight bits are counted at a time,
 * in the bytes of a long, and added to wide counters before a byte can overflow.
 */
public final class SimHash {
    private static final int BYTES = Long.BYTES;
    private static final int BYTE_MAX = 255;
    /** For each byte value: its bits, one in each byte of a long. */
    private static final long[] SPREAD = new long[1 << Byte.SIZE];

    static {
        for (int bits = 0; bits < SPREAD.length; bits++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                SPREAD[bits] |= (long) (bits >> bit & 1) << bit * Byte.SIZE;
            }
        }
    }

    private final long[] narrow = new long[BYTES];
    private final int[] ones = new int[Long.SIZE];
    private int pending;
    private int total;

    /** @param weight weight of the feature, 1 to 255 */
    void add(long feature, int weight) {
        if (pending + weight > BYTE_MAX) {
            flush();
        }
        long bits = mix(feature);
        for (int i = 0; i < BYTES; i++) {
            narrow[i] += SPREAD[(int) (bits >>> i * Byte.SIZE) & BYTE_MAX] * weight;
        }
        pending += weight;
    }

    private void flush() {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            ones[bit] += (int) (narrow[bit / Byte.SIZE] >>> bit % Byte.SIZE * Byte.SIZE) & BYTE_MAX;
        }
        Arrays.fill(narrow, 0);
        total += pending;
        pending = 0;
    }

    /** Returns the hash of the features added so far; 0 if there are none. */
    long bits() {
        flush();
        long bits = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            bits |= (ones[bit] > total - ones[bit] ? 1L : 0L) << bit;
        }
        return bits;
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood 2014, figure 18): similar features have independent bits. */
    private static long mix(long feature) {
        long z = feature + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Returns the Hamming distance of two hashes: 0 to 64 bits. */
    public static int distance(long one, long other) {
        return Long.bitCount(one ^ other);
    }

    /** Returns a hash as 16 lower-case hex digits, the form used in indicators and evidence. */
    public static String toHex(long bits) {
        return String.format("%016x", bits);
    }

    /**
     * Parses a hash that {@link #toHex} formatted.
     *
     * @param hex up to 16 hex digits
     * @throws NumberFormatException if it is no hexadecimal number of 64 bits
     */
    public static long ofHex(String hex) {
        return Long.parseUnsignedLong(hex, 16);
    }
}
