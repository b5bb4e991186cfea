package org.markwatch.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The words of a folded text. A buffer: filled again and again by one thread.
 *
 * <p>A word is a run of letters, digits and marks of a script that is written with spaces. Two neighbours are joined, so that a
 * phrase may reach across, if at most {@value #MAX_GAP} other characters lie between them and none of them ends a sentence.
 *
 * <p>Every character of every page goes through here, so the work for it does not branch: whether it belongs to a word becomes
 * a bit, the changes in 64 bits are the bounds of words (as simdjson finds its structure, Langdale and Lemire, VLDB Journal
 * 28, 2019), and a word's hash is made of the eight bytes from its start on.
 */
final class Words {
    static final int MAX_GAP = 3;

    private static final int TILE = Long.SIZE;
    private static final int BYTES = Long.BYTES;
    /** Bounds that are written at once, more than there are at the end: cheaper than to ask after each. */
    private static final int BATCH = 8;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SIGNS = 0x8080808080808080L;
    private static final long LOWER_BITS = ~SIGNS;
    private static final long INNER_SIX = 0x00FFFFFFFFFFFF00L;

    /** A byte for each character, negative in words, with room before and after them. */
    private byte[] bytes = new byte[256];
    /** Start and end of each word in turn. */
    private int[] bounds = new int[128];

    int count;
    /** Words before the offset that was asked for last. */
    private int passed;

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
     * @return the traits of all characters; {@link Folding#UNEVEN} also for runs of spaces
     */
    int read(char[] chars, int length, int[] table) {
        grow(length);
        int traits = fold(chars, 0, length, table);
        split(length);
        return traits;
    }

    /** Makes room for a text of which more is to come, to be folded piece by piece and then {@link #split}. */
    void grow(int length) {
        if (bytes.length < length + TILE + 2 * BYTES) {
            bytes = Arrays.copyOf(bytes, (length + TILE + 2 * BYTES) * 2);
        }
    }

    /** As {@link #read}, for a piece of the text. */
    int fold(char[] chars, int from, int to, int[] table) {
        byte[] out = bytes;
        int seen = 0;
        int before = 0;
        for (int i = from; i < to; i++) {
            int folded = table[chars[i]];
            chars[i] = (char) folded;
            out[BYTES + i] = (byte) (folded >>> Folding.BYTE);
            int noSpace = (char) folded ^ ' ';
            seen |= folded | (noSpace | before) - 1 >> 31 & Folding.UNEVEN;
            before = noSpace;
        }
        return seen;
    }

    /**
     * As {@link #fold(char[], int, int, int[])} for ASCII, in place, eight characters at a time.
     *
     * @param ascii the characters, and eight more that may be overwritten
     * @param at    offset of the first one in the text
     * @return false if something is not folded to one character, or to another than its lower case
     */
    boolean fold(byte[] ascii, int at, int length) {
        byte[] out = bytes;
        long odd = 0;
        long spacesBefore = 0;
        for (int i = 0; i < length; i += BYTES) {
            long eight = (long) EIGHT_BYTES.get(ascii, i);
            long letters = Ascii.letters(eight);
            long lower = Ascii.lower(eight, letters);
            long spaces = Ascii.spaces(eight);
            odd |= Ascii.controls(eight) | spaces & (spaces << Byte.SIZE | spacesBefore >>> TILE - Byte.SIZE);
            spacesBefore = spaces;
            EIGHT_BYTES.set(ascii, i, lower);
            EIGHT_BYTES.set(out, BYTES + at + i, lower | letters | Ascii.digits(eight));
        }
        return odd == 0;
    }

    /** Finds the words of what has been folded. */
    void split(int length) {
        EIGHT_BYTES.set(bytes, BYTES + length, 0L); // ends the last word for its hash
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
        count = n / 2;
        passed = 0;
    }

    /** The first word from an offset on; found at once if offsets are asked for in their order. */
    int firstFrom(int offset) {
        while (passed > 0 && start(passed - 1) >= offset) {
            passed--;
        }
        while (passed < count && start(passed) < offset) {
            passed++;
        }
        return passed;
    }

    private long signs(int at) {
        return Ascii.bits((long) EIGHT_BYTES.get(bytes, BYTES + at));
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

    /** Whether there is a digit in ASCII that has been folded. */
    boolean hasDigit(int from, int to) {
        long digits = 0;
        for (int i = from; i < to; i += BYTES) {
            digits |= Ascii.digits(
                    (long) EIGHT_BYTES.get(bytes, BYTES + i) & LOWER_BITS & first(Math.min(to - i, BYTES)));
        }
        return digits != 0;
    }

    /**
     * Whether ASCII that has been folded may have what {@link Disguise} undoes: three letters that stand alone, or a letter beside
     * what is written for one. What follows the piece may deceive.
     */
    boolean mayBeDisguised(int from, int to) {
        long besideLetters = 0;
        int alone = 0;
        // eight characters of which six have both neighbours among them
        for (int i = from; i < to; i += BYTES - 2) {
            long eight = (long) EIGHT_BYTES.get(bytes, BYTES + i - 1);
            long ascii = eight & LOWER_BITS;
            long inWord = eight & SIGNS;
            long digits = Ascii.digits(ascii);
            long letters = inWord & ~digits;
            besideLetters |=
                    (digits | Disguise.signs(ascii)) & (letters << Byte.SIZE | letters >>> Byte.SIZE) & INNER_SIX;
            alone += Long.bitCount(letters & ~(inWord << Byte.SIZE | inWord >>> Byte.SIZE) & INNER_SIX);
        }
        return besideLetters != 0 || alone >= Disguise.FEWEST_LETTERS;
    }

    /** A word's hash, the same wherever it stands: that of its first eight characters, which differ in nearly all words. */
    int hash(int word) {
        long eight = opening(word);
        long outside = ~eight & SIGNS;
        // all bytes below the first one outside of the word, all eight if there is none
        long inWord = ((outside & -outside) >>> Byte.SIZE - 1) - 1;
        long first = (eight & inWord) * 0x9E3779B97F4A7C15L;
        return (int) ((first ^ first >>> 32) * 0xC2B2AE3D27D4EB4FL >>> 32);
    }

    /** Of eight bytes the first few, from 1 to 8; the first one is the lowest. */
    private static long first(int few) {
        return -1L >>> -few * Byte.SIZE;
    }

    /** The bytes of a word's first character and of the seven after it, whatever they are; the first one lowest. */
    long opening(int word) {
        return (long) EIGHT_BYTES.get(bytes, BYTES + start(word));
    }

    /** Hash of two neighbours. */
    static int pair(int first, int second) {
        return first * 0x9E3779B1 + second;
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
