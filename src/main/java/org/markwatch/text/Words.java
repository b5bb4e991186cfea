package org.markwatch.text;

import java.util.Arrays;

/**
 * The words of a folded text. A buffer: filled again and again by one thread.
 *
 * <p>A word is a run of letters, digits and marks of a script that is written with spaces. Two neighbours are joined, so that a
 * phrase may reach across, if at most {@value #MAX_GAP} other characters lie between them and none of them ends a sentence.
 *
 * <p>Words start at the bits of {@link FoldedBytes} without one before them, and a word's hash is made of the eight bytes from its
 * start on. The end of a word is computed on request.
 */
public final class Words {
    /** Most characters between two words that a phrase reaches across. */
    public static final int MAX_GAP = 3;

    /** Characters of a long word, or more. */
    public static final int LONG = 26;

    private static final int TILE = FoldedBytes.TILE;
    /** Where a run of 1, 2, 4, 8 and 16 characters ends, one that is longer by as many ends if another ended so many before. */
    private static final int[] STEPS = {1, 2, 4, 8, LONG - 16};
    /** Starts that are written at once, more than there are at the end: cheaper than to ask after each. */
    private static final int BATCH = 8;

    private static final long HASH = 0x9E3779B97F4A7C15L;

    private final FoldedBytes bytes = new FoldedBytes();
    private final DisguisePlaces disguises = new DisguisePlaces();
    private boolean disguisesKnown;
    private final OrderedPlaces longWords = new OrderedPlaces();
    private boolean longWordsKnown;
    private int[] starts = new int[128];
    int count;
    /** Words before the offset that was asked for last. */
    private int passed;

    /** What they are the words of. */
    public FoldedBytes bytes() {
        return bytes;
    }

    /** Number of words. */
    public int count() {
        return count;
    }

    /** Offset of a word's first character. */
    public int start(int word) {
        return starts[word];
    }

    /** Offset after a word's last character. */
    public int end(int word) {
        int start = starts[word];
        int tile = start / TILE;
        long outside = ~bytes.inWord(tile) >>> start;
        if (outside != 0) {
            return start + Long.numberOfTrailingZeros(outside);
        }
        do {
            tile++;
        } while (bytes.inWord(tile) == -1);
        return tile * TILE + Long.numberOfTrailingZeros(~bytes.inWord(tile));
    }

    /**
     * Reads a text and puts into place of each character what the table gives for it; see {@link FoldedBytes#fold(char[], int, int[])}.
     *
     * @return the traits of all characters
     */
    int read(char[] chars, int length, int[] table) {
        bytes.grow(length);
        int traits = bytes.fold(chars, length, table);
        split(length);
        return traits;
    }

    /** Ends what has been folded, and finds its words. */
    void split(int length) {
        bytes.end(length);
        findStarts();
        passed = 0;
        disguisesKnown = false;
        longWordsKnown = false;
    }

    /** Where something may be disguised, which is only looked for when it is asked for. */
    public DisguisePlaces disguises() {
        if (!disguisesKnown) {
            disguises.find(bytes);
            disguisesKnown = true;
        }
        return disguises;
    }

    /** The first place from an offset on that is in a word of {@value #LONG} characters or more; the greatest number if there is none. */
    public int nextLong(int from) {
        if (!longWordsKnown) {
            findLongWords();
            longWordsKnown = true;
        }
        return longWords.next(from);
    }

    private void findLongWords() {
        longWords.clear();
        long[] before = new long[STEPS.length];
        for (int tile = 0; tile < bytes.tiles(); tile++) {
            long ends = bytes.inWord(tile);
            for (int i = 0; i < STEPS.length; i++) {
                long shorter = ends;
                ends &= shorter << STEPS[i] | before[i] >>> TILE - STEPS[i];
                before[i] = shorter;
            }
            longWords.add(tile, ends);
        }
    }

    private void findStarts() {
        int n = 0;
        long before = 0;
        for (int tile = 0; tile < bytes.tiles(); tile++) {
            if (n + TILE + BATCH > starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            long word = bytes.inWord(tile);
            long begins = word & ~(word << 1 | before);
            before = word >>> TILE - 1;
            int end = n + Long.bitCount(begins);
            for (int batch = n; batch < end; batch += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    starts[batch + i] = tile * TILE + Long.numberOfTrailingZeros(begins);
                    begins &= begins - 1;
                }
            }
            n = end;
        }
        count = n;
    }

    /** The first word from an offset on; found at once if offsets are asked for in their order. */
    public int firstFrom(int offset) {
        while (passed > 0 && start(passed - 1) >= offset) {
            passed--;
        }
        while (passed < count && start(passed) < offset) {
            passed++;
        }
        return passed;
    }

    /** Whether a word is joined to the one before it. */
    boolean isJoined(char[] chars, int word) {
        if (word == 0) {
            return false;
        }
        int from = end(word - 1);
        int to = start(word);
        boolean initial = from - start(word - 1) == 1;
        boolean joins = to - from <= MAX_GAP;
        for (int i = from; joins && i < to; i++) {
            // a full stop before a space ends a sentence, but not after an initial as in 'U.S. dollars'
            boolean ends = !initial && chars[i] == '.' && i + 1 < to && chars[i + 1] == ' ';
            joins = Folding.CLASSES[chars[i]] == Folding.SEPARATOR && !ends;
        }
        return joins;
    }

    /**
     * A word's hash, the same wherever it stands: that of its first eight characters, which differ in nearly all words. Its highest
     * bits depend on all of them.
     */
    long hash(int word) {
        long eight = opening(word);
        return (eight & inWord(eight)) * HASH;
    }

    /** A hash of all characters of a word, the same wherever it stands; that of {@link #hash} if it has at most seven. */
    long wholeHash(int word) {
        long hash = 0;
        int at = starts[word];
        while (true) {
            long eight = bytes.eight(at);
            long inWord = inWord(eight);
            hash = (hash + (eight & inWord)) * HASH;
            if (inWord != -1) {
                return hash;
            }
            hash ^= hash >>> Integer.SIZE;
            at += Long.BYTES;
        }
    }

    /** Of eight bytes all below the first one outside of a word, all eight if there is none. */
    private static long inWord(long eight) {
        long outside = ~eight & FoldedBytes.SIGNS;
        return ((outside & -outside) >>> Byte.SIZE - 1) - 1;
    }

    /** The same of a word of letters of ASCII, in any case. */
    static long hash(char[] letters, int length) {
        long eight = 0;
        for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
            eight = eight << Byte.SIZE | Folding.TABLE[letters[i]] >>> Folding.BYTE;
        }
        return eight * HASH;
    }

    /** The bytes of a word's first character and of the seven after it, whatever they are; the first one lowest. */
    long opening(int word) {
        return bytes.eight(starts[word]);
    }

    /** Hash of two neighbours. */
    static long pair(long first, long second) {
        return first * 0xC2B2AE3D27D4EB4FL + second;
    }

    /** Spreads a hash over all bits (finalizer of MurmurHash3). */
    public static int mix(int h) {
        int x = h;
        x ^= x >>> 16;
        x *= 0x85ebca6b;
        x ^= x >>> 13;
        x *= 0xc2b2ae35;
        return x ^ x >>> 16;
    }
}
