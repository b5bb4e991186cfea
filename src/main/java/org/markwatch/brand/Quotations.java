package org.markwatch.brand;

import java.util.BitSet;
import org.markwatch.text.Folding;

/** What of a text is quoted. A sign that opens a quotation which nothing closes quotes nothing. */
final class Quotations {
    private static final int NOWHERE = -1;

    /** Where a quotation has begun and not ended. */
    private final BitSet open = new BitSet();

    private final String text;

    Quotations(String text) {
        this.text = text;
        int begin = NOWHERE;
        for (int i = 0; i < text.length(); i++) {
            boolean opens;
            switch (text.charAt(i)) {
                case '"' -> {
                    if (begin == NOWHERE && isBehindDigit(text, i)) {
                        continue; // inches
                    }
                    opens = begin == NOWHERE;
                }
                case '\u201c' -> opens = begin == NOWHERE; // ends a German one
                case '\u201e', '\u300c', '\u300e' -> opens = true;
                case '\u300d', '\u300f' -> opens = false;
                // either opens in one language and closes in another
                case '\u00ab' -> opens = begin == NOWHERE || text.charAt(begin) != '\u00bb';
                case '\u201d', '\u00bb' -> opens = begin == NOWHERE && isBeforeWord(text, i);
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
    }

    private static boolean isBehindDigit(String text, int at) {
        return at > 0 && Character.isDigit(text.charAt(at - 1));
    }

    /** Whether a sign stands between a space and a letter, as one that opens does. */
    private static boolean isBeforeWord(String text, int at) {
        return (at == 0 || " (:".indexOf(text.charAt(at - 1)) >= 0)
                && at + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(at + 1));
    }

    /** Returns the number of words that are not quoted. Each ideograph is one. */
    int wordsAround() {
        int words = 0;
        boolean inside = false;
        for (int at = 0; at < text.length(); at++) {
            boolean letter = Character.isLetterOrDigit(text.charAt(at)) && !open.get(at);
            words += letter && !inside ? 1 : 0;
            inside = letter && Folding.CLASSES[text.charAt(at)] != Folding.UNSPACED;
        }
        return words;
    }

    /** Returns the characters that are quoted, with the signs that close the quotations. */
    int length() {
        return open.cardinality();
    }

    /** Whether a place stands in a quotation. */
    boolean isOpenAt(int place) {
        return open.get(place);
    }
}
