package org.markwatch.match;

import java.util.ArrayList;
import java.util.List;

/**
 * How strings begin: tells of nearly every word that none of them begins there. By their first six characters, or the first
 * three or the first of strings that have no more, as {@link Words#opening} gives them. Immutable.
 */
final class WordOpenings {
    private static final int[] LENGTHS = {6, 3, 1};

    private final Opening[] openings;

    WordOpenings(String[] strings) {
        List<Opening> used = new ArrayList<>();
        int longer = Integer.MAX_VALUE;
        for (int length : LENGTHS) {
            Opening opening = new Opening(length);
            boolean any = false;
            for (String string : strings) {
                if (string.length() >= length && string.length() < longer) {
                    opening.add(string);
                    any = true;
                }
            }
            if (any) {
                used.add(opening);
            }
            longer = length;
        }
        openings = used.toArray(Opening[]::new);
    }

    /** Never false if a string begins there. */
    boolean mayBegin(long eightBytes) {
        boolean may = false;
        for (Opening opening : openings) {
            may |= opening.has(eightBytes);
        }
        return may;
    }

    /** The first characters of some strings, as a set of bits by hash. */
    private static final class Opening {
        private static final int SLOT_BITS = 16;

        private final long[] slots = new long[(1 << SLOT_BITS) / Long.SIZE];
        private final int length;
        private final long mask;

        private Opening(int length) {
            this.length = length;
            mask = -1L >>> (Long.BYTES - length) * Byte.SIZE;
        }

        private int slot(long bytes) {
            return (int) ((bytes & mask) * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
        }

        private void add(String string) {
            long bytes = 0;
            for (int i = length - 1; i >= 0; i--) {
                bytes = bytes << Byte.SIZE | Folding.FOLDED[string.charAt(i)] >>> Folding.BYTE;
            }
            int slot = slot(bytes);
            slots[slot >> 6] |= 1L << slot;
        }

        private boolean has(long bytes) {
            int slot = slot(bytes);
            return (slots[slot >> 6] & 1L << slot) != 0;
        }
    }
}
