package org.markwatch.text;

/**
 * ASCII, eight characters at a time: one in each byte of a long. What is asked of a character is told by the sign of its byte, so
 * that no answer branches (Lamport, CACM 18, 1975).
 *
 * <p>All bytes must be below 128.
 */
final class Ascii {
    private Ascii() {}

    private static final long EACH = 0x0101010101010101L;
    private static final long SIGNS = 0x8080808080808080L;
    private static final int CASE = 'a' - 'A';

    /** Signs that are set from a character on; the other bits mean nothing. No byte overflows into the next. */
    private static long from(int first, long eight) {
        return eight + (0x80 - first) * EACH;
    }

    /** Letters of either case. */
    static long letters(long eight) {
        long lower = eight | CASE * EACH;
        return from('a', lower) & ~from('z' + 1, lower) & SIGNS;
    }

    static long digits(long eight) {
        return from('0', eight) & ~from('9' + 1, eight) & SIGNS;
    }

    /** @param letters of these eight */
    static long lower(long eight, long letters) {
        return eight | letters >>> 2; // from the sign to the bit of the case
    }

    /** What is no ASCII, and control characters, which fold to a space; the other bits mean nothing. */
    static long odd(long eight) {
        return eight | ~from(' ', eight) | from(0x7F, eight);
    }

    /** All but spaces and what folds to one; a delete is not told. The other bits mean nothing. */
    static long visible(long eight) {
        return from(' ' + 1, eight);
    }

    /** All characters but one; the other bits mean nothing, so that several answers cost one mask. */
    static long otherThan(char c, long eight) {
        return from(1, eight ^ c * EACH);
    }

    /** Signs that are written for letters; the other bits mean nothing. */
    static long signsForLetters(long eight) {
        return ~(otherThan('@', eight) & otherThan('$', eight) & otherThan('!', eight) & otherThan('|', eight));
    }

    /** The signs of the eight bytes as bits, the first one's lowest. */
    static long bits(long signs) {
        return (signs >>> 7 & EACH) * 0x0102040810204080L >>> 56;
    }
}
