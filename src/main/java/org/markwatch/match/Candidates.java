package org.markwatch.match;

/** Words of a text at which patterns may stand, in order: what is left of all words when a few bits were asked. A buffer. */
final class Candidates {
    int[] words = new int[64];
    int count;
    /** How many lie before the texts that were gone through. */
    private int passed;

    /** Forgets those before, and makes room for all words of a text. */
    void begin(int room) {
        count = 0;
        passed = 0;
        if (words.length <= room) {
            words = new int[room * 2];
        }
    }

    /** Whether one is left before a place, or was passed over without having been asked for. */
    boolean anyBefore(Words all, int place) {
        return passed < count && all.start(words[passed]) < place;
    }

    /** The next one in a piece of the text, -1 if there is none left; pieces are asked for in their order. */
    int next(Words all, int from, int to) {
        while (passed < count && all.start(words[passed]) < from) {
            passed++;
        }
        return passed < count && all.start(words[passed]) < to ? words[passed++] : -1;
    }
}
