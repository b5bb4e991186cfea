package org.markwatch.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The words of a folded text, with a hash each. A buffer: filled again and again by one thread.
 *
 * <p>A word is a run of letters, digits and marks of a script that is written with spaces. Two neighbours are joined, so that a
 * phrase may reach across, if at most {@value #MAX_GAP} other characters lie between them and none of them ends a sentence.
 *
 * <p>Every character of every page goes through here, so the work for it does not branch: whether it belongs to a word becomes
 * a bit, the changes in 64 bits are the bounds of words (as simdjson finds its structure, Langdale and Lemire, VLDB Journal
 * 28, 2019), and a word's hash is made of its first and last eight bytes.
 */
final class Words {
    static final int MAX_GAP = 3;

    private static final int TILE = Long.SIZE;
    private static final int BYTES = Long.BYTES;
    /** Bounds that are written at once, more than there are at the end: cheaper than to ask after each. */
    private static final int BATCH = 8;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The first bytes of eight, by number of bytes. */
    private static final long[] FIRST = new long[BYTES + 1];

    static {
        for (int n = 1; n <= BYTES; n++) {
            FIRST[n] = -1L >>> (BYTES - n) * Byte.SIZE;
        }
    }

    /** A byte for each character, negative in words, with room before and after them. */
    private byte[] bytes = new byte[256];
    /** Start and end of each word in turn. */
    private int[] bounds = new int[128];

    int[] hash = new int[32];
    /** Whether the word is joined to the one before it. */
    boolean[] joined = new boolean[32];

    int count;
    /** Characters of the longest word. */
    int longest;
    /** Words of one character. */
    int single;
    /** Whether there are letters of scripts without spaces. */
    boolean unspaced;
    /** Whether a space follows a space. */
    boolean spaceRuns;

    /** Offset of a word's first character. */
    int start(int word) {
        return bounds[2 * word];
    }

    /** Offset after a word's last character. */
    int end(int word) {
        return bounds[2 * word + 1];
    }

    /**
     * Reads a text and puts into place of each character what the table gives for it.
     *
     * @param table {@link Folding#TABLE} or, for what has been folded, {@link Folding#FOLDED}
     * @return the traits of all characters
     */
    int read(char[] chars, int length, int[] table) {
        if (bytes.length < length + TILE + 2 * BYTES) {
            bytes = new byte[(length + TILE + 2 * BYTES) * 2];
        }
        byte[] out = bytes;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            int folded = table[chars[i]];
            chars[i] = (char) folded;
            out[BYTES + i] = (byte) (folded >>> Folding.BYTE);
            seen |= folded;
        }
        count = bound(length);
        unspaced = (seen & Folding.OF_UNSPACED) != 0;
        measure(chars, length);
        return seen;
    }

    /** Finds the bounds of words, and gives their number. */
    private int bound(int length) {
        int n = 0;
        long last = 0;
        for (int tile = 0; tile < length; tile += TILE) {
            if (n + TILE + BATCH > bounds.length) {
                bounds = Arrays.copyOf(bounds, bounds.length * 2);
            }
            long inWord = signs(tile)
                    | signs(tile + 8) << 8
                    | signs(tile + 16) << 16
                    | signs(tile + 24) << 24
                    | signs(tile + 32) << 32
                    | signs(tile + 40) << 40
                    | signs(tile + 48) << 48
                    | signs(tile + 56) << 56;
            if (tile + TILE > length) {
                inWord &= (1L << length) - 1;
            }
            long changes = inWord ^ (inWord << 1 | last);
            last = inWord >>> TILE - 1;
            int end = n + Long.bitCount(changes);
            for (int batch = n; batch < end; batch += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    bounds[batch + i] = tile + Long.numberOfTrailingZeros(changes);
                    changes &= changes - 1;
                }
            }
            n = end;
        }
        if ((n & 1) != 0) {
            bounds[n++] = length;
        }
        return n / 2;
    }

    /** The sign bits of eight bytes, the first one's lowest. */
    private long signs(int at) {
        long eight = (long) EIGHT_BYTES.get(bytes, BYTES + at);
        return (eight >>> 7 & 0x0101010101010101L) * 0x0102040810204080L >>> 56;
    }

    private void measure(char[] chars, int length) {
        if (hash.length < count) {
            hash = new int[count * 2];
            joined = new boolean[count * 2];
        }
        longest = 0;
        single = 0;
        spaceRuns = false;
        int before = 0;
        int wordBefore = 0;
        for (int w = 0; w < count; w++) {
            int start = start(w);
            int end = end(w);
            joined[w] = start - before == 1 && chars[before] == ' '
                    ? w > 0
                    : joins(chars, before, start, wordBefore) && w > 0;
            hash[w] = hashOf(start, end);
            wordBefore = end - start;
            longest = Math.max(longest, wordBefore);
            single += wordBefore == 1 ? 1 : 0;
            before = end;
        }
        joins(chars, before, length, wordBefore);
    }

    /** Whether what lies between two words lets a phrase across. Notes runs of spaces on the way. */
    private boolean joins(char[] chars, int from, int to, int wordBefore) {
        boolean joins = to - from <= MAX_GAP;
        for (int i = from; i < to; i++) {
            boolean spaceNext = i + 1 < to && chars[i + 1] == ' ';
            // a full stop before a space ends a sentence, but not after an initial as in 'U.S. dollars'
            joins &=
                    Folding.CLASSES[chars[i]] == Folding.SEPARATOR && !(chars[i] == '.' && spaceNext && wordBefore > 1);
            spaceRuns |= spaceNext && chars[i] == ' ';
        }
        return joins;
    }

    private int hashOf(int start, int end) {
        int length = Math.min(end - start, BYTES);
        long first = (long) EIGHT_BYTES.get(bytes, BYTES + start) & FIRST[length];
        // nothing for a shorter word: how long a word is cannot be foreseen, so a branch would cost more than the load
        long last = (long) EIGHT_BYTES.get(bytes, end) & BYTES - 1 - length >> 31;
        long hash = (first * 0x9E3779B97F4A7C15L ^ last) * 0xC2B2AE3D27D4EB4FL + end - start;
        return (int) ((hash ^ hash >>> 32) * 0x9E3779B97F4A7C15L >>> 32);
    }

    /** The bytes of a word's first character and of the seven after it, whatever they are; the first one lowest. */
    long opening(int word) {
        return (long) EIGHT_BYTES.get(bytes, BYTES + start(word));
    }

    /** Hash of two neighbours. */
    static int pair(int first, int second) {
        return mix(first * 31 + second);
    }

    /** Spreads a hash over all bits (finalizer of MurmurHash3). */
    static int mix(int h) {
        int x = h;
        x ^= x >>> 16;
        x *= 0x85ebca6b;
        x ^= x >>> 13;
        x *= 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
