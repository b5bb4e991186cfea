package org.markwatch.extract;

import org.markwatch.watchlist.Field;

/**
 * Fingerprint of what a page says, whatever its markup: copies of a text with another name or price share it.
 *
 * <p>A feature is three words on end (a shingle, Broder 1997), in lower case and without punctuation; a character of a script
 * that is written without spaces is a word. Title, headings and visible text count.
 */
public final class TextFingerprint {
    /** Shorter texts are like each other by chance. */
    private static final int MIN_WORDS = 40;

    private static final int MAX_WORDS = 20_000;

    /** Letters and digits of ASCII in lower case; 0 for the rest. */
    private static final char[] ASCII = new char[0x80];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
        }
    }

    private final SimHash hash = new SimHash();
    private long secondLast;
    private long last;
    private int words;

    private TextFingerprint() {}

    /** 0 for a page that says too little to tell. Costs about as much as reading the text once. */
    public static long of(PageText page) {
        TextFingerprint text = new TextFingerprint();
        for (Passage passage : page.passages()) {
            boolean shown = !passage.hidden()
                    && (passage.field() == Field.TITLE
                            || passage.field() == Field.HEADING
                            || passage.field() == Field.TEXT);
            if (shown) {
                text.read(passage.text());
            }
        }
        return text.words < MIN_WORDS ? 0 : text.hash.bits();
    }

    private void read(String text) {
        int length = text.length();
        long word = 0;
        for (int i = 0; i < length && words < MAX_WORDS; i++) {
            char c = text.charAt(i);
            char lower = c < ASCII.length ? ASCII[c] : toLowerCaseLetter(c);
            if (lower != 0 && !isUnspaced(c)) {
                word = word * 31 + lower;
            } else {
                addWord(word);
                word = 0;
                addWord(lower);
            }
        }
        addWord(word);
    }

    /** A letter or digit in lower case, or 0. */
    private static char toLowerCaseLetter(char c) {
        boolean letter = Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
        return letter ? Character.toLowerCase(c) : 0;
    }

    private void addWord(long word) {
        if (word != 0) {
            words++;
            if (words > 2) {
                hash.add((secondLast * 0x9E3779B1L + last) * 0x85EBCA77L + word, 1);
            }
            secondLast = last;
            last = word;
        }
    }

    /** Thai to Khmer, kana, ideographs, Hangul. */
    private static boolean isUnspaced(char c) {
        return c >= 0x0E00
                && (c <= 0x0EFF
                        || c >= 0x1000 && c <= 0x109F
                        || c >= 0x1780 && c <= 0x17FF
                        || c >= 0x3040 && c <= 0x9FFF
                        || c >= 0xAC00 && c <= 0xD7A3);
    }
}
