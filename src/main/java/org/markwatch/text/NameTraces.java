package org.markwatch.text;

/**
 * Recognises texts that cannot contain any of the names, whatever is written between their letters and with one typing error in
 * names of {@value #TYPO_LENGTH} letters or more.
 *
 * <p>An error spoils the first four letters of such a name or the last four, not both: one of them is left. Filled first, then
 * immutable.
 */
public final class NameTraces {
    /** The shortest name that is found with an error. */
    public static final int TYPO_LENGTH = 8;

    private static final int TRACE = 4;
    private static final int BITS = 7;

    private final Grams fours = new Grams(4);
    /** Names of three letters, and of two. */
    private final Grams threes = new Grams(3);

    private final Grams twos = new Grams(2);
    /** By two characters, of seven bits each, whether any of these ends with them: turns most characters away. */
    private final long[] endings = new long[(1 << 2 * BITS) / Long.SIZE];

    private boolean everywhere;
    private boolean nowhere = true;

    /** @param name folded letters and digits */
    public void add(String name) {
        nowhere = false;
        int length = name.length();
        switch (length) {
            case 0, 1 -> everywhere = true;
            case 2 -> add(twos, name);
            case 3 -> add(threes, name);
            default -> add(fours, name.substring(0, TRACE));
        }
        if (length >= TYPO_LENGTH) {
            add(fours, name.substring(length - TRACE));
        }
        if (length == 2 * TRACE) {
            // but for this: the fourth and the fifth change places
            add(fours, name.substring(0, TRACE - 1) + name.charAt(TRACE));
        }
    }

    private void add(Grams grams, String trace) {
        grams.add(trace);
        int last = trace.length() - 1;
        int ending = ending(ending(0, Folding.FOLDED[trace.charAt(last - 1)]), Folding.FOLDED[trace.charAt(last)]);
        endings[ending >> 6] |= 1L << ending;
    }

    /** The last two characters after one more. */
    private static int ending(int before, int folded) {
        return (before << BITS | folded >>> Folding.BYTE & (1 << BITS) - 1) & (1 << 2 * BITS) - 1;
    }

    /** Never false if a name is there. Always true for what is not ASCII, where signs may be parts of letters. */
    public boolean mayBeIn(FoldedText text) {
        if (nowhere || everywhere || text.has(Folding.FOREIGN)) {
            return !nowhere;
        }
        return isTraced(text.words().bytes(), text.offset(), text.limit());
    }

    /**
     * The same of a part of a page that has nothing but ASCII.
     *
     * @param from offset of its first character
     * @param to   offset after its last character
     */
    public boolean mayBeIn(FoldedBytes bytes, int from, int to) {
        return everywhere || !nowhere && isTraced(bytes, from, to);
    }

    private boolean isTraced(FoldedBytes bytes, int from, int to) {
        long recent = 0;
        int ending = 0;
        for (int i = from; i < to; i++) {
            int folded = bytes.at(i);
            if (folded >= 0) {
                continue;
            }
            recent = recent >>> Byte.SIZE | (folded & 0xFFL) << (TRACE - 1) * Byte.SIZE;
            ending = (ending << BITS | folded & (1 << BITS) - 1) & (1 << 2 * BITS) - 1;
            if ((endings[ending >> 6] & 1L << ending) != 0
                    && (fours.mayHave(recent)
                            || threes.mayHave(recent >>> Byte.SIZE)
                            || twos.mayHave(recent >>> 2 * Byte.SIZE))) {
                return true;
            }
        }
        return false;
    }
}
