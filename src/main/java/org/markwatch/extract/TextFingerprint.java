package org.markwatch.extract;

import org.markwatch.watchlist.Field;

/**
 * Computes a fingerprint of the visible text of a page, independent of markup. Copies of a text with another name or
 * price have similar fingerprints.
 *
 * <p>A feature is a sequence of three words (a shingle, Broder 1997) in lower case and without punctuation. In scripts
 * that are written without spaces, each character is a word. Visible title, headings and text are included.
 */
public final class TextFingerprint {
    /** Shorter texts have no fingerprint, because they resemble each other by chance. */
    private static final int MIN_WORDS = 40;

    private static final int MAX_WORDS = 20_000;

    /** ASCII letters and digits in lower case; 0 for other characters. */
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

    /**
     * Returns the fingerprint, or 0 if the page has fewer than {@value #MIN_WORDS} words. Takes one pass over the text.
     */
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

    /** Returns a letter, combining mark or digit in lower case, or 0 for any other character. */
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

    /**
     * Whether a script is written without spaces: Thai, Lao, Tibetan, Myanmar, Khmer, kana, ideographs, Hangul
     * syllables.
     */
    private static boolean isUnspaced(char c) {
        return c >= 0x0E00
                && (c <= 0x0EFF
                        || c >= 0x1000 && c <= 0x109F
                        || c >= 0x1780 && c <= 0x17FF
                        || c >= 0x3040 && c <= 0x9FFF
                        || c >= 0xAC00 && c <= 0xD7A3);
    }
}
