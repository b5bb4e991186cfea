package org.markwatch.extract;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a page, to tell whether another text repeats what they say. Letter case, punctuation and white space are
 * ignored. Takes linear time and space: for each number of words that is asked for, a set of the hashes of the sequences
 * of that many words.
 */
final class WordSequences {
    /** Words of the longest sequence that is kept. */
    private static final int MAX_WORDS = 4;

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    /** Letters and digits of ASCII in lower case; 0 for other characters. */
    private static final byte[] ASCII = new byte[0x80];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = (byte) (Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0);
        }
    }

    /** Hashes of the words of all texts, with a 0 after each text. */
    private long[] words = new long[1 << 10];

    private int size;

    /** By number of words: the sequences in {@link #words}, or null until one is looked for. */
    private final @Nullable LongSet[] sequences = new LongSet[MAX_WORDS + 1];

    /** Adds a text. */
    void add(String text) {
        int start = size;
        read(text);
        end(start);
    }

    /**
     * Adds a text, unless the texts hold each sequence of four words of it, or all of a shorter one.
     *
     * @return whether it was added; false for a text without words
     */
    boolean addUnlessRepeated(String text) {
        int start = size;
        read(text);
        int length = Math.min(size - start, MAX_WORDS);
        if (length == 0 || holdsAll(start, length)) {
            size = start;
            return false;
        }
        end(start);
        return true;
    }

    /** Whether all sequences of a number of words are known, of those that begin at {@code start} or after it. */
    private boolean holdsAll(int start, int length) {
        LongSet known = sequences[length];
        if (known == null) {
            known = new LongSet(start);
            addSequences(known, 0, start, length);
            sequences[length] = known;
        }
        for (int at = start; at + length <= size; at++) {
            if (!known.contains(sequence(at, length))) {
                return false;
            }
        }
        return true;
    }

    private void end(int start) {
        for (int length = 1; length <= MAX_WORDS; length++) {
            LongSet known = sequences[length];
            if (known != null) {
                addSequences(known, start, size, length);
            }
        }
        word(0);
    }

    private void addSequences(LongSet known, int from, int to, int length) {
        int complete = 0;
        for (int at = from; at < to; at++) {
            complete = words[at] == 0 ? 0 : complete + 1;
            if (complete >= length) {
                known.add(sequence(at - length + 1, length));
            }
        }
    }

    /** Returns the hash of the words from an index on; never 0. */
    private long sequence(int at, int length) {
        long hash = length;
        for (int i = at; i < at + length; i++) {
            hash = (hash ^ words[i]) * PRIME;
            hash ^= hash >>> 32;
        }
        return hash == 0 ? 1 : hash;
    }

    private void read(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int letter = c < ASCII.length ? ASCII[c] : letter(c);
            if (letter > 0) {
                hash = hash * 31 + letter;
            } else {
                if (hash != 0) {
                    word(hash);
                    hash = 0;
                }
                if (letter < 0) {
                    word(c);
                }
            }
        }
        if (hash != 0) {
            word(hash);
        }
    }

    /** Returns a letter or digit in lower case, -1 for a letter that is a word, or 0 for any other character. */
    private static int letter(char c) {
        return ScriptStrings.isUnspaced(c) ? -1 : Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
    }

    private void word(long hash) {
        if (size == words.length) {
            words = Arrays.copyOf(words, 2 * size);
        }
        words[size++] = hash;
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
            int at = (int) (hash * PRIME >>> 33) & mask;
            while (slots[at] != 0 && slots[at] != hash) {
                at = (at + 1) & mask;
            }
            return at;
        }
    }
}
