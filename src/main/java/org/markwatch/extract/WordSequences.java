package org.markwatch.extract;

import org.jspecify.annotations.Nullable;

/**
 * The sequences of one to four words in texts. Takes linear time and space: for each number of words that is looked for,
 * a set of the hashes of the sequences of that many words.
 */
final class WordSequences {
    /** Words of the longest sequence. */
    private static final int MAX_WORDS = 4;

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    /** By number of words: the known sequences, or null until one is looked for. */
    private final @Nullable LongSet[] known = new LongSet[MAX_WORDS + 1];

    /**
     * Whether texts hold each sequence of four words of another text, or all of a shorter one. True for a text without
     * words.
     *
     * @param words hashes of the words of the texts, with a 0 after each text, and from {@code from} to {@code to} of the
     *              words of the other text. The texts of the last call, and those added since, come first
     */
    boolean holdAll(long[] words, int from, int to) {
        int length = Math.min(to - from, MAX_WORDS);
        if (length == 0) {
            return true;
        }
        LongSet ofLength = known[length];
        if (ofLength == null) {
            ofLength = new LongSet(from);
            add(ofLength, words, 0, from, length);
            known[length] = ofLength;
        }
        for (int at = from; at + length <= to; at++) {
            if (!ofLength.contains(sequence(words, at, length))) {
                return false;
            }
        }
        return true;
    }

    /** Adds a text. */
    void add(long[] words, int from, int to) {
        for (int length = 1; length <= MAX_WORDS; length++) {
            LongSet ofLength = known[length];
            if (ofLength != null) {
                add(ofLength, words, from, to, length);
            }
        }
    }

    private static void add(LongSet set, long[] words, int from, int to, int length) {
        int complete = 0;
        for (int at = from; at < to; at++) {
            complete = words[at] == 0 ? 0 : complete + 1;
            if (complete >= length) {
                set.add(sequence(words, at - length + 1, length));
            }
        }
    }

    /** Returns the hash of the words from an index on; never 0. */
    private static long sequence(long[] words, int at, int length) {
        long hash = length;
        for (int i = at; i < at + length; i++) {
            hash = (hash ^ words[i]) * PRIME;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }

    /** A set of hashes other than 0. */
    private static final class LongSet {
        private static final int MIN_SLOTS = 64;

        private long[] slots;
        private int size;

        /** @param expected estimate of the number of hashes, to size the table */
        LongSet(int expected) {
            slots = new long[Math.max(MIN_SLOTS, Integer.highestOneBit(Math.max(1, expected)) * 4)];
        }

        boolean contains(long hash) {
            return slots[slot(hash)] != 0;
        }

        void add(long hash) {
            int at = slot(hash);
            if (slots[at] != 0) {
                return;
            }
            slots[at] = hash;
            if (++size * 2 > slots.length) {
                long[] old = slots;
                slots = new long[old.length * 2];
                for (long entry : old) {
                    if (entry != 0) {
                        slots[slot(entry)] = entry;
                    }
                }
            }
        }

        private int slot(long hash) {
            int mask = slots.length - 1;
            int at = (int) (hash >>> 32) & mask;
            while (slots[at] != 0 && slots[at] != hash) {
                at = (at + 1) & mask;
            }
            return at;
        }
    }
}
