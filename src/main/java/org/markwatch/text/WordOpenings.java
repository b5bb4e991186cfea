package org.markwatch.text;

import java.util.ArrayList;
import java.util.List;

/**
 * How strings begin: tells of nearly every word that none of them begins there. A bit for their first five characters, or for fewer
 * of shorter strings, turns most words away; those left are told by their first six, or the first three or the first of strings
 * that have no more. Immutable.
 */
final class WordOpenings {
    private static final int[] LENGTHS = {6, 3, 1};
    private static final int FIRST = 5;
    private static final int SLOT_BITS = 16;

    /** By the first characters of a word, whether any string may begin with them; 8 KB, always at hand. */
    private final long[] slots = new long[(1 << SLOT_BITS) / Long.SIZE];
    /** Of eight bytes those that a slot is for, of strings of {@value #FIRST} characters or more, and of shorter ones. */
    private final long first = bytes(FIRST);

    private final long firstOfShort;

    private final Grams[] openings;

    WordOpenings(String[] strings) {
        List<Grams> used = new ArrayList<>();
        int longer = Integer.MAX_VALUE;
        for (int length : LENGTHS) {
            Grams grams = new Grams(length);
            boolean any = false;
            for (String string : strings) {
                if (string.length() >= length && string.length() < longer) {
                    grams.add(string);
                    any = true;
                }
            }
            if (any) {
                used.add(grams);
            }
            longer = length;
        }
        openings = used.toArray(Grams[]::new);
        int shortest = FIRST;
        for (String string : strings) {
            shortest = Math.min(shortest, string.length());
        }
        firstOfShort = bytes(shortest);
        for (String string : strings) {
            int slot = slot(Grams.bytes(string, string.length() < FIRST ? shortest : FIRST));
            slots[slot >> 6] |= 1L << slot;
        }
    }

    private static long bytes(int few) {
        return -1L >>> -few * Byte.SIZE;
    }

    /**
     * Collects the words with which a string may begin; none is left out that does.
     *
     * @param found has room for all words
     * @return how many there are
     */
    int find(Words words, int[] found) {
        int n = 0;
        for (int w = 0; w < words.count; w++) {
            long bytes = words.opening(w);
            int slot = slot(bytes & first);
            int shorter = slot(bytes & firstOfShort);
            found[n] = w;
            n += (slots[slot >> 6] >>> slot | slots[shorter >> 6] >>> shorter) & 1;
        }
        int left = 0;
        for (int i = 0; i < n; i++) {
            if (mayBegin(words.opening(found[i]))) {
                found[left++] = found[i];
            }
        }
        return left;
    }

    private static int slot(long bytes) {
        return (int) (bytes * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
    }

    private boolean mayBegin(long bytes) {
        for (Grams opening : openings) {
            if (opening.mayHave(bytes)) {
                return true;
            }
        }
        return false;
    }
}
