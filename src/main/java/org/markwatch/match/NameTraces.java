package org.markwatch.match;

import java.util.BitSet;

/**
 * Tells texts in which none of some names can stand, whatever signs are written between their letters and with one typing
 * error in names of {@value #TYPO_LENGTH} letters or more.
 *
 * <p>An error spoils the first three letters of such a name or the last three, not both: one of them is left. Filled first,
 * then immutable.
 */
final class NameTraces {
    private static final int TYPO_LENGTH = 7;
    private static final int TRACE = 3;
    private static final int SLOTS = 1 << 16;

    private final BitSet threes = new BitSet(SLOTS);
    /** Names of two letters. */
    private final BitSet twos = new BitSet(SLOTS);

    private boolean everywhere;

    /** @param name folded letters and digits */
    void add(String name) {
        int length = name.length();
        if (length < 2) {
            everywhere = true;
        } else if (length < TRACE) {
            twos.set(slot((char) 0, name.charAt(0), name.charAt(1)));
        } else {
            threes.set(slot(name.charAt(0), name.charAt(1), name.charAt(2)));
            if (length >= TYPO_LENGTH) {
                threes.set(slot(name.charAt(length - 3), name.charAt(length - 2), name.charAt(length - 1)));
            }
        }
    }

    /** Never false if a name is there. Always true for what is not ASCII, where signs may be parts of letters. */
    boolean mayBeIn(FoldedText text) {
        if (everywhere || text.has(Folding.FOREIGN)) {
            return true;
        }
        char beforeLast = 0;
        char last = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Folding.CLASSES[c] != Folding.WORD) {
                continue;
            }
            if (threes.get(slot(beforeLast, last, c)) || twos.get(slot((char) 0, last, c))) {
                return true;
            }
            beforeLast = last;
            last = c;
        }
        return false;
    }

    private static int slot(char first, char second, char third) {
        return (first * 0x9E5 ^ second * 0x65 ^ third) & SLOTS - 1;
    }
}
