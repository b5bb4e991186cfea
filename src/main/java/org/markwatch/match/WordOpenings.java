package org.markwatch.match;

import java.util.ArrayList;
import java.util.List;

/**
 * How strings begin: tells of nearly every word that none of them begins there. By their first six characters, or the first
 * three or the first of strings that have no more. Immutable.
 */
final class WordOpenings {
    private static final int[] LENGTHS = {6, 3, 1};

    private final Grams[] openings;

    WordOpenings(String[] strings) {
        List<Grams> used = new ArrayList<>();
        int longer = Integer.MAX_VALUE;
        for (int length : LENGTHS) {
            Grams grams = new Grams(length);
            boolean any = false;
            for (String string : strings) {
                if (string.length() >= length && string.length() < longer) {
                    grams.add(string);
                    any = true;
                }
            }
            if (any) {
                used.add(grams);
            }
            longer = length;
        }
        openings = used.toArray(Grams[]::new);
    }

    /**
     * Never false if a string begins there.
     *
     * @param bytes as {@link Words#opening} gives them
     */
    boolean mayBegin(long bytes) {
        boolean may = false;
        for (Grams opening : openings) {
            may |= opening.mayHave(bytes);
        }
        return may;
    }
}
