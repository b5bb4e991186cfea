package org.markwatch.text;

/**
 * Recognises texts that cannot contain any of the names, whatever is written between their letters and with one typing error in
 * names of {@value #TYPO_LENGTH} letters or more.
 *
 * <p>An error spoils the first half of such a name or the last, not both: one of them is left. Filled first, then immutable.
 */
public final class NameTraces {
    /** The shortest name that is found with an error. */
    public static final int TYPO_LENGTH = 8;

    private static final int LONGEST = 7;
    private static final int TAIL = 4;
    private static final int END = 3;
    private static final int SLOT_BITS = 15;

    /** Beginnings and endings of names, by length. */
    private final Grams[] traces = new Grams[LONGEST + 1];
    /** The last characters of those that have as many. */
    private final Grams tails = new Grams(TAIL);
    /** By the last three characters of a word, whether any trace may end with them: turns most away. */
    private final long[] endings = new long[(1 << SLOT_BITS) / Long.SIZE];

    private boolean everywhere;
    private boolean nowhere = true;

    /** Makes traces of no names. */
    public NameTraces() {
        for (int length = 2; length <= LONGEST; length++) {
            traces[length] = new Grams(length);
        }
    }

    /**
     * @param name     folded letters and digits
     * @param mistyped whether a name of {@value #TYPO_LENGTH} letters or more may have an error
     */
    public void add(String name, boolean mistyped) {
        nowhere = false;
        int length = name.length();
        if (length < 2) {
            everywhere = true;
        } else if (!mistyped || length < TYPO_LENGTH) {
            trace(name.substring(0, Math.min(length, LONGEST)));
        } else {
            int half = Math.min(length / 2, LONGEST);
            trace(name.substring(0, half));
            trace(name.substring(length - half));
            if (length == 2 * half) {
                // the last letter of the first half and the first of the last change places
                trace(name.substring(0, half - 1) + name.charAt(half));
            }
        }
    }

    private void trace(String trace) {
        int length = trace.length();
        traces[length].add(trace);
        if (length >= TAIL) {
            tails.add(trace.substring(length - TAIL));
        }
        if (length >= END) {
            end(Grams.bytes(trace.substring(length - END), END));
        } else {
            // whatever goes before it
            for (int before = 0; before < 1 << Byte.SIZE; before++) {
                end(Grams.bytes(trace, length) << Byte.SIZE | before);
            }
        }
    }

    private void end(long bytes) {
        int slot = slot(bytes);
        endings[slot >> 6] |= 1L << slot;
    }

    private static int slot(long bytes) {
        return (int) (bytes * 0x9E3779B97F4A7C15L >>> Long.SIZE - SLOT_BITS);
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
        for (int i = from; i < to; i++) {
            int folded = bytes.at(i);
            if (folded >= 0) {
                continue;
            }
            recent = recent >>> Byte.SIZE | (long) folded << Long.SIZE - Byte.SIZE;
            int slot = slot(recent >>> Long.SIZE - END * Byte.SIZE);
            if ((endings[slot >> 6] & 1L << slot) != 0 && endsTrace(recent)) {
                return true;
            }
        }
        return false;
    }

    /** @param recent the last characters, the very last one highest */
    private boolean endsTrace(long recent) {
        int longest = tails.mayHave(recent >>> Long.SIZE - TAIL * Byte.SIZE) ? LONGEST : TAIL - 1;
        for (int length = 2; length <= longest; length++) {
            if (traces[length].mayHave(recent >>> Long.SIZE - length * Byte.SIZE)) {
                return true;
            }
        }
        return false;
    }
}
