package org.markwatch.match;

import org.markwatch.extract.PassageList;

/** The passages of a page of which it is not known that they say nothing. For one page and one thread. */
final class Unread {
    private final QuietTexts quiet;
    private final PassageList passages;
    private final int[] places;
    private final long[] hashes;

    /** @param quiet texts that are known; takes those that turn out to be */
    Unread(QuietTexts quiet, PassageList all) {
        this.quiet = quiet;
        int count = all.size();
        places = new int[count];
        hashes = new long[count];
        int left = 0;
        for (int p = 0; p < count; p++) {
            long hash = quiet.hash(all, p);
            places[left] = p;
            hashes[left] = hash;
            left += quiet.has(hash) ? 0 : 1;
        }
        passages = left == count ? all : all.only(places, left);
    }

    /** Returns the passages, in their order. */
    PassageList passages() {
        return passages;
    }

    /** Returns where a passage is in the page. */
    int place(int passage) {
        return places[passage];
    }

    /** Takes in that passages say nothing, from one to another. */
    void isQuiet(int from, int to) {
        for (int passage = from; passage < to; passage++) {
            quiet.add(hashes[passage]);
        }
    }
}
