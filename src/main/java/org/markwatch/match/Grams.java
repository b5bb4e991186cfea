package org.markwatch.match;

/**
 * A set of strings of one length, at most eight characters, that may take others for its own but never denies one. Filled first,
 * then immutable.
 *
 * <p>A string is asked for by the bytes of its folded characters (see {@link Folding#BYTE}), the first one's lowest.
 */
final class Grams {
    private static final int SLOT_BITS = 16;

    private final long[] slots = new long[(1 << SLOT_BITS) / Long.SIZE];
    private final int length;
    private final long mask;

    Grams(int length) {
        this.length = length;
        mask = -1L >>> (Long.BYTES - length) * Byte.SIZE;
    }

    /** Takes the first characters of a folded string, which must have as many. */
    void add(String string) {
        long bytes = 0;
        for (int i = length - 1; i >= 0; i--) {
            bytes = bytes << Byte.SIZE | Folding.FOLDED[string.charAt(i)] >>> Folding.BYTE;
        }
        int slot = slot(bytes);
        slots[slot >> 6] |= 1L << slot;
    }

    /** @param bytes what follows those of the string does not matter */
    boolean mayHave(long bytes) {
        int slot = slot(bytes);
        return (slots[slot >> 6] & 1L << slot) != 0;
    }

    private int slot(long bytes) {
        return (int) ((bytes & mask) * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
    }
}
