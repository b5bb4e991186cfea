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

    /** Collects the words with which a string may begin; none is left out that does. */
    void find(Words words, Candidates candidates) {
        int[] found = candidates.words;
        int n = 0;
        for (int w = 0; w < words.count; w++) {
            found[n] = w;
            n += mayBegin(words.opening(w)) ? 1 : 0;
        }
        candidates.count = n;
    }

    private boolean mayBegin(long bytes) {
        boolean may = false;
        for (Grams opening : openings) {
            may |= opening.mayHave(bytes);
        }
        return may;
    }
}
