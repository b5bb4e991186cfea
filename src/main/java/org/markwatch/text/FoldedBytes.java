package org.markwatch.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.markwatch.extract.PassageList;

/**
 * A folded text, a byte for each character: the character itself if it is ASCII, else one that stands for it ({@link Folding#BYTE}),
 * with its sign set in words. A buffer: filled again and again by one thread.
 *
 * <p>Every character of every page goes through here, so the work for it does not branch: eight of them are folded at once, and
 * whether each belongs to a word becomes a bit, 64 of them in a tile (as simdjson finds its structure, Langdale and Lemire, VLDB
 * Journal 28, 2019).
 */
public final class FoldedBytes {
    /** Characters of a tile. */
    static final int TILE = Long.SIZE;

    private static final int BYTES = Long.BYTES;
    /** Longs that are gone through together, few enough to stay near the processor from one loop to the next. */
    private static final int RUN = 1024;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The signs of eight bytes, set in words. */
    static final long SIGNS = 0x8080808080808080L;

    private static final long LOWER_BITS = ~SIGNS;
    /** Least first bytes of characters that take three and four bytes in UTF-8 (RFC 3629, section 3). */
    private static final byte LEAD_OF_THREE = (byte) 0xE0;

    private static final byte LEAD_OF_FOUR = (byte) 0xF0;

    /** With room before and after them. */
    private byte[] bytes = new byte[256];
    /** A bit for each character that is in a word, and a tile that is none. */
    private long[] inWord = new long[4];

    private int tiles;

    /** Some of the bytes, eight each; {@link #letters} and {@link #other} are for what is made of them. */
    private long[] eights = new long[BYTES];

    private long[] letters = new long[BYTES];
    private long[] other = new long[BYTES];

    private int[] odd = new int[16];
    private int oddPlaces;

    /** Makes room for a text that is to be folded and then {@link #end}ed. */
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

    /**
     * Folds a text and puts into place of each character what the table gives for it.
     *
     * @param table {@link Folding#TABLE} or, for what has been folded, {@link Folding#FOLDED}
     * @return the traits of all characters; {@link Folding#UNEVEN} also for runs of spaces
     */
    int fold(char[] chars, int length, int[] table) {
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
        mark(0, length);
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
        Arrays.fill(bytes, out, BYTES + to, (byte) PassageList.SEPARATOR);
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

    /** Ends a text. */
    void end(int length) {
        EIGHT_BYTES.set(bytes, BYTES + length, 0L); // ends the last word for its hash
        tiles = (length + TILE - 1) / TILE;
        if (length % TILE != 0) {
            inWord[tiles - 1] &= (1L << length) - 1;
        }
        inWord[tiles] = 0;
    }

    int tiles() {
        return tiles;
    }

    /** A bit for each character of a tile that is in a word; no bit in the tile after the last one. */
    long inWord(int tile) {
        return inWord[tile];
    }

    /** Bits as those of {@link #inWord}, for digits and what else is written for a letter. */
    void standIns(long[] bits) {
        for (int tile = 0; tile < tiles; tile += RUN / BYTES) {
            int n = (Math.min(tile + RUN / BYTES, tiles) - tile) * BYTES;
            longs(bytes, BYTES + tile * TILE, n).get(eights, 0, n);
            for (int i = 0; i < n; i++) {
                other[i] = Ascii.signsForLetters(eights[i] & LOWER_BITS);
            }
            for (int i = 0; i < n; i++) {
                eights[i] = Ascii.digits(eights[i] & LOWER_BITS) | other[i];
            }
            for (int i = 0; i < n; i += BYTES) {
                long any = eights[i] | eights[i + 1] | eights[i + 2] | eights[i + 3];
                any |= eights[i + 4] | eights[i + 5] | eights[i + 6] | eights[i + 7];
                bits[tile + i / BYTES] = (any & SIGNS) == 0 ? 0 : bits(eights, i); // most text has none
            }
        }
        bits[tiles] = 0;
    }

    /** Eight bytes from an offset on, the first one lowest. */
    long eight(int offset) {
        return (long) EIGHT_BYTES.get(bytes, BYTES + offset);
    }

    /** The byte of a folded character, negative in a word. */
    int at(int offset) {
        return bytes[BYTES + offset];
    }

    /** The folded character at an offset if it is ASCII, else one that stands for it; 0 after the last one. */
    int ascii(int offset) {
        return bytes[BYTES + offset] & Byte.MAX_VALUE;
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

    /** Whether there is a digit in ASCII that has been folded. */
    public boolean hasDigit(int from, int to) {
        long digits = 0;
        for (int i = from; i < to; i += BYTES) {
            digits |= Ascii.digits(
                    (long) EIGHT_BYTES.get(bytes, BYTES + i) & LOWER_BITS & first(Math.min(to - i, BYTES)));
        }
        return digits != 0;
    }

    /** A bit for each character of a tile that is in a piece of the text. */
    static long piece(int tile, int from, int to) {
        long after = tile * TILE < from ? -1L << from : -1L;
        return tile * TILE + TILE > to ? after & (1L << to) - 1 : after;
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

    /** Of eight bytes the first few, from 1 to 8; the first one is the lowest. */
    private static long first(int few) {
        return -1L >>> -few * Byte.SIZE;
    }
}
