package org.markwatch.text;

/**
 * A set of strings of one length, at most seven characters. {@code contains} may be true for a string that is not in it, and is
 * never false for one that is. Filled first, then immutable.
 *
 * <p>A string is given by the bytes of its folded characters (see {@link Folding#BYTE}), the first one's lowest. A bit rules out
 * nearly every string that is not there; the bytes of the others are compared, so only strings with equal bytes are confused.
 */
final class Grams {
    private static final int SLOT_BITS = 16;
    /** Tells what is there from an empty place. */
    private static final long TAKEN = Long.MIN_VALUE;

    private final long[] slots = new long[(1 << SLOT_BITS) / Long.SIZE];
    private final int length;
    private final long mask;
    /** The strings' bytes, each at the first free place from its hash on; at least half of the places are free. */
    private long[] strings = new long[16];

    private int count;

    Grams(int length) {
        this.length = length;
        mask = -1L >>> (Long.BYTES - length) * Byte.SIZE;
    }

    /** Takes the first characters of a folded string, which must have as many. */
    void add(String string) {
        long bytes = bytes(string, length);
        long hash = hash(bytes);
        int slot = slot(hash);
        slots[slot >> 6] |= 1L << slot;
        int place = place(hash, bytes | TAKEN);
        if (strings[place] == 0) {
            strings[place] = bytes | TAKEN;
            if (++count * 2 > strings.length) {
                grow();
            }
        }
    }

    /** The bytes of a folded string's first characters, the first one's lowest. */
    static long bytes(String string, int length) {
        long bytes = 0;
        for (int i = length - 1; i >= 0; i--) {
            bytes = bytes << Byte.SIZE | Folding.FOLDED[string.charAt(i)] >>> Folding.BYTE;
        }
        return bytes;
    }

    /** @param bytes what follows those of the string does not matter */
    boolean mayHave(long bytes) {
        long wanted = bytes & mask;
        long hash = hash(wanted);
        int slot = slot(hash);
        return (slots[slot >> 6] & 1L << slot) != 0 && strings[place(hash, wanted | TAKEN)] != 0;
    }

    private static long hash(long bytes) {
        return bytes * 0x9E3779B97F4A7C15L;
    }

    private static int slot(long hash) {
        return (int) (hash >>> Long.SIZE - SLOT_BITS);
    }

    /** Where a string is, or would be. */
    private int place(long hash, long string) {
        int place = (int) (hash >>> Integer.SIZE) & strings.length - 1;
        while (strings[place] != 0 && strings[place] != string) {
            place = place + 1 & strings.length - 1;
        }
        return place;
    }

    private void grow() {
        long[] before = strings;
        strings = new long[before.length * 2];
        for (long string : before) {
            if (string != 0) {
                strings[place(hash(string & mask), string)] = string;
            }
        }
    }
}
