package org.markwatch.extract;

/**
 * A set of the word sequences of texts, to tell whether another text repeats what they say. Letter case, punctuation and
 * white space are ignored. Takes linear time and space.
 */
final class WordSequences {
    /** Words of the longest sequence that is kept. */
    private static final int MAX_WORDS = 4;

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private long[] slots = new long[1 << 10];
    private int size;

    /** Hashes of the words read last, the latest first. */
    private final long[] last = new long[MAX_WORDS];

    private int words;
    private boolean missing;

    /** Adds the sequences of a text. */
    void add(String text) {
        read(text, true);
    }

    /**
     * Whether the texts hold each sequence of four words of a text, or all of a shorter one. True for a text without
     * words.
     */
    boolean contains(String text) {
        read(text, false);
        return words == 0 || !missing && (words >= MAX_WORDS || holds(sequence(words)));
    }

    private void read(String text, boolean add) {
        words = 0;
        missing = false;
        long hash = 0;
        for (int i = 0; i < text.length() && !missing; i++) {
            char c = text.charAt(i);
            if (ScriptStrings.isUnspaced(c)) {
                if (hash != 0) {
                    word(hash, add);
                }
                word(c, add);
                hash = 0;
            } else if (Character.isLetterOrDigit(c)) {
                hash = hash * 31 + Character.toLowerCase(c);
            } else if (hash != 0) {
                word(hash, add);
                hash = 0;
            }
        }
        if (hash != 0 && !missing) {
            word(hash, add);
        }
    }

    private void word(long hash, boolean add) {
        System.arraycopy(last, 0, last, 1, MAX_WORDS - 1);
        last[0] = hash;
        words = Math.min(words + 1, Integer.MAX_VALUE - 1);
        if (add) {
            for (int n = 1; n <= Math.min(words, MAX_WORDS); n++) {
                insert(sequence(n));
            }
        } else if (words >= MAX_WORDS) {
            missing = !holds(sequence(MAX_WORDS));
        }
    }

    /** Returns the hash of the last {@code n} words; never 0. */
    private long sequence(int n) {
        long hash = n;
        for (int i = n - 1; i >= 0; i--) {
            hash = (hash ^ last[i]) * PRIME;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int at = (int) (hash * PRIME >>> 33) & mask;
        while (slots[at] != 0 && slots[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private boolean holds(long hash) {
        return slots[slot(hash)] != 0;
    }

    private void insert(long hash) {
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
}
