package org.markwatch.extract;

import java.util.Arrays;

/**
 * Similarity-preserving hash of 64 bits: what shares most of its features differs in few bits. A buffer for one thread.
 *
 * <p>Charikar, <i>Similarity estimation techniques from rounding algorithms</i> (2002), section 3; for web pages Manku, Jain and
 * Das Sarma, <i>Detecting near-duplicates for web crawling</i> (2007), section 2, who take 3 bits of 64 for near-duplicates.
 *
 * <p>Each bit of the result is what most features have there. Ones are counted eight at a time, in the bytes of a long, and
 * moved to wide counters before a byte can overflow.
 */
public final class SimHash {
    private static final int BYTES = Long.BYTES;
    private static final int BYTE_MAX = 255;
    /** The bits of a byte, one in each byte of a long. */
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

    /** @param weight 1 to 255 */
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

    long bits() {
        flush();
        long bits = 0;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            bits |= (ones[bit] > total - ones[bit] ? 1L : 0L) << bit;
        }
        return bits;
    }

    /** Finalizer of SplitMix64 (Steele, Lea and Flood 2014, figure 18): features that differ a little vote independently. */
    private static long mix(long feature) {
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
