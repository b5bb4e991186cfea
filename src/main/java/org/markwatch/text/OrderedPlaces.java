package org.markwatch.text;

import java.util.Arrays;

/** Offsets of a text in their order, found at once if they are asked for in their order. A buffer. */
final class OrderedPlaces {
    private int[] places = new int[16];
    private int count;
    /** Those before the offset that was asked for last. */
    private int passed;

    void clear() {
        count = 0;
        passed = 0;
    }

    /** Adds those of a tile, a bit each. */
    void add(int tile, long bits) {
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
            }
            places[count++] = tile * FoldedBytes.TILE + Long.numberOfTrailingZeros(rest);
        }
    }

    /** The first one from an offset on, the greatest number if there is none. */
    int next(int from) {
        while (passed > 0 && places[passed - 1] >= from) {
            passed--;
        }
        while (passed < count && places[passed] < from) {
            passed++;
        }
        return passed < count ? places[passed] : Integer.MAX_VALUE;
    }
}
