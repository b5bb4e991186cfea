package org.markwatch.match;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.markwatch.extract.PassageList;

/**
 * The words of a folded text. A buffer: filled again and again by one thread.
 *
 * <p>A word is a run of letters, digits and marks of a script that is written with spaces. Two neighbours are joined, so that a
 * phrase may reach across, if at most {@value #MAX_GAP} other characters lie between them and none of them ends a sentence.
 *
 * <p>Every character of every page goes through here, so the work for it does not branch: whether it belongs to a word becomes
 * a bit, the bits without one before them are where words start (as simdjson finds its structure, Langdale and Lemire, VLDB Journal
 * 28, 2019), and a word's hash is made of the eight bytes from its start on. Where a word ends is asked of few.
 */
final class Words {
    static final int MAX_GAP = 3;

    private static final int TILE = Long.SIZE;
    private static final int BYTES = Long.BYTES;
    /** Longs that are gone through together, few enough to stay near the processor from one loop to the next. */
    private static final int RUN = 1024;
    /** Starts that are written at once, more than there are at the end: cheaper than to ask after each. */
    private static final int BATCH = 8;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HASH = 0x9E3779B97F4A7C15L;
    private static final long SIGNS = 0x8080808080808080L;
    private static final long LOWER_BITS = ~SIGNS;
    /** Least first bytes of characters that take three and four bytes in UTF-8 (RFC 3629, section 3). */
    private static final byte LEAD_OF_THREE = (byte) 0xE0;

    private static final byte LEAD_OF_FOUR = (byte) 0xF0;

    /** A byte for each character, negative in words, with room before and after them. */
    private byte[] bytes = new byte[256];
    /** A bit for each character that is in a word, 64 of them in a tile, and a tile that is none. */
    private long[] inWord = new long[4];

    private int[] starts = new int[128];

    /** Some of the bytes, eight each; {@link #letters} and {@link #other} are for what is made of them. */
    private long[] eights = new long[BYTES];

    private long[] letters = new long[BYTES];
    private long[] other = new long[BYTES];

    private int[] odd = new int[16];
    private int oddPlaces;

    int count;
    private int tiles;
    /** Words before the offset that was asked for last. */
    private int passed;

    /** Bits as those of {@link #inWord}, when they have been asked for: what is written for a letter. */
    private long[] standIns = new long[4];
    /** Where a disguise may be, in order, when it has been asked for. */
    private int[] disguises = new int[16];

    /** As many of them, -1 if they are not known. */
    private int disguiseCount;
    /** Those before the offset that was asked for last. */
    private int disguisesPassed;

    /** Offset of a word's first character. */
    int start(int word) {
        return starts[word];
    }

    /** Offset after a word's last character. */
    int end(int word) {
        int start = starts[word];
        int tile = start / TILE;
        long outside = ~inWord[tile] >>> start;
        if (outside != 0) {
            return start + Long.numberOfTrailingZeros(outside);
        }
        do {
            tile++;
        } while (inWord[tile] == -1);
        return tile * TILE + Long.numberOfTrailingZeros(~inWord[tile]);
    }

    /**
     * Reads a text and puts into place of each character what the table gives for it.
     *
     * @param table {@link Folding#TABLE} or, for what has been folded, {@link Folding#FOLDED}
     * @return the traits of all characters; {@link Folding#UNEVEN} also for runs of spaces
     */
    int read(char[] chars, int length, int[] table) {
        grow(length);
        int traits = fold(chars, length, table);
        mark(0, length);
        split(length);
        return traits;
    }

    /** Makes room for a text that is to be folded and then {@link #split}. */
    void grow(int length) {
        if (bytes.length < length + TILE + 2 * BYTES) {
            bytes = Arrays.copyOf(bytes, (length + TILE + 2 * BYTES) * 2);
        }
        if (inWord.length <= length / TILE + 1) {
            inWord = new long[(length / TILE + 2) * 2];
        }
        if (length > eights.length * BYTES && eights.length < RUN) {
            int longs = length > BYTES * TILE ? RUN : TILE;
            eights = new long[longs];
            letters = new long[longs];
            other = new long[longs];
        }
    }

    private int fold(char[] chars, int length, int[] table) {
        byte[] out = bytes;
        int seen = 0;
        int before = 0;
        for (int i = 0; i < length; i++) {
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
     * Folds a text as if all of it were ASCII, eight characters at a time. There are several loops since the compiler makes vectors
     * only of short ones, over longs.
     *
     * @param utf8 with eight bytes more after the last one
     * @return how many {@link #oddPlace}s there are, whose pieces are to be folded again by {@link #foldOdd}
     */
    int fold(byte[] utf8, int length) {
        oddPlaces = 0;
        for (int at = 0; at < length; at += RUN * BYTES) {
            int n = Math.min(RUN, (length - at + BYTES - 1) / BYTES);
            longs(utf8, at, n).get(eights, 0, n);
            longs(utf8, at + 1, n).get(other, 0, n);
            for (int i = 0; i < n; i++) {
                letters[i] = Ascii.letters(eights[i]);
            }
            for (int i = 0; i < n; i++) {
                other[i] = odd(eights[i], other[i]);
            }
            for (int i = 0; i < n; i++) {
                eights[i] = signed(eights[i], letters[i]);
            }
            long odd = 0;
            for (int i = 0; i < n; i++) {
                odd |= other[i];
            }
            longs(bytes, BYTES + at, n).put(eights, 0, n);
            for (int i = 0; i < n; i += BYTES) {
                inWord[(at / BYTES + i) / BYTES] = bits(eights, i);
            }
            if ((odd & SIGNS) != 0) {
                findOdd(at, n);
            }
        }
        return oddPlaces;
    }

    private void findOdd(int at, int n) {
        if (odd.length < oddPlaces + n) {
            odd = Arrays.copyOf(odd, (oddPlaces + n) * 2);
        }
        for (int i = 0; i < n; i++) {
            odd[oddPlaces] = at + i * BYTES;
            oddPlaces += (other[i] & SIGNS) != 0 ? 1 : 0;
        }
    }

    /** Where eight characters begin of which one is not ASCII, or not folded to one character or to another than its lower case. */
    int oddPlace(int index) {
        return odd[index];
    }

    /**
     * Folds a piece again, now with what is odd in it. What comes out shorter than its UTF-8 ends with seams.
     *
     * @return {@link Folding#PLAIN} if nothing is odd; else the traits of all characters, or {@link Folding#UNEVEN} with some of them
     */
    int foldOdd(byte[] utf8, int from, int to) {
        long next = (long) EIGHT_BYTES.get(bytes, BYTES + to);
        long digits = 0;
        int traits = 0;
        int in = from;
        int out = BYTES + from;
        boolean space = false;
        while (in < to && (traits & Folding.UNEVEN) == 0) {
            long eight = (long) EIGHT_BYTES.get(utf8, in);
            long odd = odd(eight, (long) EIGHT_BYTES.get(utf8, in + 1)) & SIGNS;
            int plain = Math.min(Long.numberOfTrailingZeros(odd) / Byte.SIZE, to - in);
            if (plain > 0) {
                EIGHT_BYTES.set(bytes, out, signed(eight, Ascii.letters(eight)));
                digits |= Ascii.digits(eight) & first(plain);
                in += plain;
                out += plain;
                space = bytes[out - 1] == ' ';
            }
            if (odd != 0 && in < to) {
                int lead = utf8[in];
                int folded = Folding.TABLE[character(utf8, in)];
                in += lead >= 0 ? 1 : lead < LEAD_OF_THREE ? 2 : 3;
                bytes[out++] = (byte) (folded >>> Folding.BYTE);
                boolean before = space;
                space = (char) folded == ' ';
                boolean after = in < to && utf8[in] >= 0 && utf8[in] <= ' ';
                traits |= space && (before || after) ? folded | Folding.UNEVEN : folded;
            }
        }
        Arrays.fill(bytes, out, BYTES + to, (byte) PassageList.SEAM);
        EIGHT_BYTES.set(bytes, BYTES + to, next);
        mark(from, to);
        if (traits == 0) {
            return Folding.PLAIN;
        }
        return digits == 0 ? traits : traits | Folding.DIGIT;
    }

    /** A character of UTF-8; a surrogate for those of four bytes. */
    private static char character(byte[] utf8, int at) {
        int lead = utf8[at];
        if (lead >= 0) {
            return (char) lead;
        }
        int second = utf8[at + 1] & 0x3F;
        if (lead < LEAD_OF_THREE) {
            return (char) ((lead & 0x1F) << 6 | second);
        }
        return lead < LEAD_OF_FOUR
                ? (char) ((lead & 0x0F) << 12 | second << 6 | utf8[at + 2] & 0x3F)
                : Character.MIN_SURROGATE;
    }

    /** Eight characters folded, with the signs of those that make up words. */
    private static long signed(long eight, long letters) {
        return Ascii.lower(eight, letters) | letters | Ascii.digits(eight);
    }

    /**
     * What is odd to {@link #fold(byte[], int)}, as signs; what follows it in the same eight may deceive.
     *
     * @param next the same from the second one on, and one more
     */
    private static long odd(long eight, long next) {
        return Ascii.odd(eight) | ~(Ascii.visible(eight) | Ascii.visible(next));
    }

    /** Puts into their places the characters of a piece of which nothing is odd. */
    void characters(int from, int to, char[] out) {
        for (int i = from; i < to; i++) {
            out[i] = (char) (bytes[BYTES + i] & Byte.MAX_VALUE);
        }
    }

    private static LongBuffer longs(byte[] bytes, int from, int count) {
        return ByteBuffer.wrap(bytes, from, count * BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
    }

    /** Finds the words of what has been folded. */
    void split(int length) {
        EIGHT_BYTES.set(bytes, BYTES + length, 0L); // ends the last word for its hash
        tiles = (length + TILE - 1) / TILE;
        if (length % TILE != 0) {
            inWord[tiles - 1] &= (1L << length) - 1;
        }
        inWord[tiles] = 0;
        findStarts();
        passed = 0;
        disguiseCount = -1;
    }

    private void findStarts() {
        int n = 0;
        long before = 0;
        for (int tile = 0; tile < tiles; tile++) {
            if (n + TILE + BATCH > starts.length) {
                starts = Arrays.copyOf(starts, starts.length * 2);
            }
            long word = inWord[tile];
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
    int firstFrom(int offset) {
        while (passed > 0 && start(passed - 1) >= offset) {
            passed--;
        }
        while (passed < count && start(passed) < offset) {
            passed++;
        }
        return passed;
    }

    /** Tells again which characters of a piece are in words. */
    private void mark(int from, int to) {
        for (int tile = from / TILE; tile * TILE < to; tile++) {
            for (int i = 0; i < BYTES; i++) {
                eights[i] = (long) EIGHT_BYTES.get(bytes, BYTES + tile * TILE + i * BYTES);
            }
            inWord[tile] = bits(eights, 0);
        }
    }

    /** The signs of the bytes of a tile as bits. */
    private static long bits(long[] eights, int at) {
        return Ascii.bits(eights[at])
                | Ascii.bits(eights[at + 1]) << 8
                | Ascii.bits(eights[at + 2]) << 16
                | Ascii.bits(eights[at + 3]) << 24
                | Ascii.bits(eights[at + 4]) << 32
                | Ascii.bits(eights[at + 5]) << 40
                | Ascii.bits(eights[at + 6]) << 48
                | Ascii.bits(eights[at + 7]) << 56;
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
     * The next place from an offset on, the greatest number if there is none, where what has been folded, but for letters of other
     * scripts, may have what {@link Disguise} undoes: the last of three letters that stand alone with one character between them, or
     * beside a letter what is written for one. Found at once if offsets are asked for in their order.
     */
    int nextDisguise(int from) {
        if (disguiseCount < 0) {
            findDisguises();
        }
        while (disguisesPassed > 0 && disguises[disguisesPassed - 1] >= from) {
            disguisesPassed--;
        }
        while (disguisesPassed < disguiseCount && disguises[disguisesPassed] < from) {
            disguisesPassed++;
        }
        return disguisesPassed < disguiseCount ? disguises[disguisesPassed] : Integer.MAX_VALUE;
    }

    /** Whether a piece may have a word of 26 characters or more: one of which a tile has 13 on end. */
    boolean mayHaveLong(int from, int to) {
        for (int tile = from / TILE; tile * TILE < to; tile++) {
            long run = inWord[tile] & piece(tile, from, to);
            run &= run >>> 1;
            run &= run >>> 2;
            run &= run >>> 4;
            run &= run >>> 5;
            if (run != 0) {
                return true;
            }
        }
        return false;
    }

    /** A bit for each character of a tile that is in a piece of the text. */
    private static long piece(int tile, int from, int to) {
        long after = tile * TILE < from ? -1L << from : -1L;
        return tile * TILE + TILE > to ? after & (1L << to) - 1 : after;
    }

    /** The bits of a tile know no neighbours but those that are shifted in from the tiles beside it. */
    private void findDisguises() {
        if (standIns.length <= tiles) {
            standIns = new long[inWord.length];
        }
        for (int tile = 0; tile < tiles; tile += RUN / BYTES) {
            int end = Math.min(tile + RUN / BYTES, tiles);
            int n = (end - tile) * BYTES;
            longs(bytes, BYTES + tile * TILE, n).get(eights, 0, n);
            for (int i = 0; i < n; i++) {
                other[i] = Disguise.signs(eights[i] & LOWER_BITS);
            }
            for (int i = 0; i < n; i++) {
                eights[i] = Ascii.digits(eights[i] & LOWER_BITS) | other[i];
            }
            for (int i = 0; i < n; i += BYTES) {
                standIns[tile + i / BYTES] = bits(eights, i);
            }
        }
        standIns[tiles] = 0;
        int n = 0;
        long wordBefore = 0;
        long letterBefore = 0;
        long aloneBefore = 0;
        for (int tile = 0; tile < tiles; tile++) {
            long word = inWord[tile];
            long letters = word & ~standIns[tile];
            long lettersAfter = inWord[tile + 1] & ~standIns[tile + 1];
            long alone = letters & ~(word << 1 | wordBefore | word >>> 1 | inWord[tile + 1] << TILE - 1);
            long third = alone & (alone << 2 | aloneBefore >>> TILE - 2) & (alone << 4 | aloneBefore >>> TILE - 4);
            long besideLetter =
                    standIns[tile] & (letters << 1 | letterBefore | letters >>> 1 | lettersAfter << TILE - 1);
            for (long places = third | besideLetter; places != 0; places &= places - 1) {
                if (n == disguises.length) {
                    disguises = Arrays.copyOf(disguises, n * 2);
                }
                disguises[n++] = tile * TILE + Long.numberOfTrailingZeros(places);
            }
            wordBefore = word >>> TILE - 1;
            letterBefore = letters >>> TILE - 1;
            aloneBefore = alone;
        }
        disguiseCount = n;
        disguisesPassed = 0;
    }

    /**
     * A word's hash, the same wherever it stands: that of its first eight characters, which differ in nearly all words. Its highest
     * bits depend on all of them.
     */
    long hash(int word) {
        long eight = opening(word);
        long outside = ~eight & SIGNS;
        // all bytes below the first one outside of the word, all eight if there is none
        long inWord = ((outside & -outside) >>> Byte.SIZE - 1) - 1;
        return (eight & inWord) * HASH;
    }

    /** The same of a word of letters of ASCII, in any case. */
    static long hash(char[] letters, int length) {
        long eight = 0;
        for (int i = Math.min(length, BYTES) - 1; i >= 0; i--) {
            eight = eight << Byte.SIZE | Folding.TABLE[letters[i]] >>> Folding.BYTE;
        }
        return eight * HASH;
    }

    /** Of eight bytes the first few, from 1 to 8; the first one is the lowest. */
    private static long first(int few) {
        return -1L >>> -few * Byte.SIZE;
    }

    /** The bytes of a word's first character and of the seven after it, whatever they are; the first one lowest. */
    long opening(int word) {
        return (long) EIGHT_BYTES.get(bytes, BYTES + starts[word]);
    }

    /** The folded character at an offset if it is ASCII, else one that stands for it; 0 after the last one. */
    int ascii(int offset) {
        return bytes[BYTES + offset] & Byte.MAX_VALUE;
    }

    /** Hash of two neighbours. */
    static long pair(long first, long second) {
        return first * 0xC2B2AE3D27D4EB4FL + second;
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
