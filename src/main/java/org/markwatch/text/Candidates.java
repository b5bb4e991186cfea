package org.markwatch.text;

/** Words of a text at which patterns may stand, in order: what is left of all words when a few bits were asked. A buffer. */
final class Candidates {
    private Words all = new Words();
    private int[] words = new int[64];
    private int count;
    /** How many lie before the texts that were gone through. */
    private int passed;
    /** Where the first one after them begins. */
    private int place;

    /** Forgets those before, and gives room for all words of a text, to be filled before the {@link #end}. */
    int[] begin(Words text) {
        all = text;
        if (words.length <= text.count) {
            words = new int[text.count * 2];
        }
        return words;
    }

    /** Takes in how many there are. */
    void end(int found) {
        count = found;
        passed = 0;
        look();
    }

    private void look() {
        place = passed < count ? all.start(words[passed]) : Integer.MAX_VALUE;
    }

    private void pass() {
        passed++;
        look();
    }

    /** Where the next one begins, or one that was passed over without having been asked for; the greatest number if there is none. */
    int place() {
        return place;
    }

    /** The next one in a piece of the text, -1 if there is none left; pieces are asked for in their order. */
    int next(int from, int to) {
        while (place < from) {
            pass();
        }
        if (place >= to) {
            return -1;
        }
        int word = words[passed];
        pass();
        return word;
    }
}
