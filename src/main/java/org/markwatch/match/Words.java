package org.markwatch.match;

import java.util.Arrays;

/**
 * The words of a folded text, with a hash each. A buffer: filled again and again by one thread.
 *
 * <p>A word is a run of letters, digits and marks of a script that is written with spaces. Two neighbours are joined, so that a
 * phrase may reach across, if at most {@value #MAX_GAP} other characters lie between them and none of them ends a sentence.
 */
final class Words {
    static final int MAX_GAP = 3;

    int[] start = new int[256];
    int[] end = new int[256];
    int[] hash = new int[256];
    /** Whether the word is joined to the one before it. */
    boolean[] joined = new boolean[256];

    int count;
    /** Characters of the longest word. */
    int longest;
    /** Words of one character. */
    int single;
    /** Whether there are letters of scripts without spaces. */
    boolean unspaced;

    void read(char[] chars, int length) {
        byte[] classes = Folding.CLASSES;
        int n = 0;
        int i = 0;
        longest = 0;
        single = 0;
        unspaced = false;
        while (i < length) {
            int gapStart = i;
            boolean broken = n == 0;
            byte kind = Folding.SEPARATOR;
            while (i < length && (kind = classes[chars[i]]) != Folding.WORD) {
                unspaced |= kind == Folding.UNSPACED;
                broken |= kind != Folding.SEPARATOR || endsSentence(chars, length, i, n);
                i++;
            }
            if (i == length) {
                break;
            }
            if (n == start.length) {
                grow();
            }
            joined[n] = !broken && i - gapStart <= MAX_GAP;
            start[n] = i;
            int h = 0;
            while (i < length && classes[chars[i]] == Folding.WORD) {
                h = 31 * h + chars[i++];
            }
            hash[n] = mix(h);
            longest = Math.max(longest, i - start[n]);
            single += i - start[n] == 1 ? 1 : 0;
            end[n++] = i;
        }
        count = n;
    }

    /** A full stop before a space, but not after an initial as in 'U.S. dollars'. */
    private boolean endsSentence(char[] chars, int length, int i, int words) {
        return chars[i] == '.'
                && i + 1 < length
                && chars[i + 1] == ' '
                && words > 0
                && end[words - 1] - start[words - 1] > 1;
    }

    private void grow() {
        int size = start.length * 2;
        start = Arrays.copyOf(start, size);
        end = Arrays.copyOf(end, size);
        hash = Arrays.copyOf(hash, size);
        joined = Arrays.copyOf(joined, size);
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

    /** Hash of two neighbours. */
    static int pair(int first, int second) {
        return mix(first * 31 + second);
    }
}
