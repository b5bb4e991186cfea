package org.markwatch.brand;

import java.util.BitSet;

/** What of a text is quoted. */
final class Quotations {
    private static final int NOWHERE = -1;

    /** Where a quotation has begun and not ended. */
    private final BitSet open = new BitSet();

    Quotations(String text) {
        int begin = NOWHERE;
        for (int i = 0; i < text.length(); i++) {
            boolean opens;
            switch (text.charAt(i)) {
                case '"', '\u201c' -> opens = begin == NOWHERE; // the second ends a German one
                case '\u201e', '\u00ab', '\u300c' -> opens = true;
                case '\u201d', '\u00bb', '\u300d' -> opens = false;
                default -> {
                    continue;
                }
            }
            if (opens) {
                begin = begin == NOWHERE ? i : begin;
            } else if (begin != NOWHERE) {
                open.set(begin + 1, i + 1);
                begin = NOWHERE;
            }
        }
        if (begin != NOWHERE) {
            open.set(begin + 1, text.length() + 1);
        }
    }

    /** Whether a quotation that began before a place has not ended. */
    boolean isOpenAt(int place) {
        return open.get(place);
    }
}
