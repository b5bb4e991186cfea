package org.markwatch.text;

import java.text.Normalizer;

/** Marks on Latin letters. */
final class LatinMarks {
    /** By letter with marks the letter they stand on, 0 for others: Latin-1, Latin Extended-A and -B, and Additional. */
    private static final char[] LETTERS = new char[0x1F00];

    static {
        for (char c = 0xC0; c < LETTERS.length; c++) {
            String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
            char first = parts.charAt(0);
            boolean latin = first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z';
            LETTERS[c] = latin && parts.length() > 1 ? first : 0;
        }
    }

    private LatinMarks() {}

    /** Whether a character is a combining diacritical mark (Unicode block U+0300). */
    static boolean isMark(char c) {
        return c >= 0x300 && c < 0x370;
    }

    /** The letter that a letter with marks is made of, 0 for any other character. */
    static char letterOf(char c) {
        return c < LETTERS.length ? LETTERS[c] : 0;
    }
}
