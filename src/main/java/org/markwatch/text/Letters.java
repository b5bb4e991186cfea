package org.markwatch.text;

import java.lang.Character.UnicodeScript;

/** What a character is to words. */
final class Letters {
    private static final byte OF_WORD = 1;
    private static final byte LETTER = 2;
    private static final byte UNSPACED = 4;
    /** Of what does not show, joins the letter before it or is more than one letter. */
    private static final byte ODD = 8;
    /** Of a letter of ASCII. */
    static final byte LATIN = 16;
    /** Of a letter of another script that looks like one of ASCII. */
    static final byte DOUBLE = 32;
    /** Of any other letter of a script that has such letters. */
    static final byte FOREIGN = 64;

    /** First code units of supplementary letters that are drawn like those of ASCII, and of what does not show. */
    private static final String ODD_SURROGATES = "\ud835\ud83c\udb40";

    private static final byte[] TRAITS = new byte[Character.MAX_VALUE + 1];
    private static final char[] PLAIN = new char[Character.MAX_VALUE + 1];

    static {
        char[] lookalikes = new char[PLAIN.length];
        Lookalikes.into(lookalikes);
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            int type = Character.getType(c);
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
            TRAITS[c] = (byte) ((mark || Character.isLetterOrDigit(c) || c == '_' ? OF_WORD : 0)
                    | (mark || Character.isLetter(c) ? LETTER : 0)
                    | (Folding.CLASSES[c] == Folding.UNSPACED ? UNSPACED : 0)
                    | (isOdd((char) c) ? ODD : 0)
                    | scriptOf((char) c, lookalikes[c]));
            PLAIN[c] = plainOf((char) c, lookalikes[c]);
        }
    }

    private static boolean isOdd(char c) {
        return Folding.isMark(c) || Folding.isIgnorable(c) || isLigature(c) || ODD_SURROGATES.indexOf(c) >= 0;
    }

    private static int scriptOf(char c, char lookalike) {
        if (c < 0x80) {
            return Character.isLetter(c) ? LATIN : 0;
        }
        boolean greekOrCyrillic = c >= 0x370 && c < 0x530 || c >= 0x1F00 && c < 0x2000;
        if (lookalike != 0) {
            return Character.isLetter(c) && UnicodeScript.of(c) != UnicodeScript.LATIN ? DOUBLE : 0;
        }
        return greekOrCyrillic && Character.isLetter(c) ? FOREIGN : 0;
    }

    private static char plainOf(char c, char lookalike) {
        // the Turkish dotless i is a letter of words that others have too
        if (lookalike != 0 && c != '\u0131' && (!Character.isLetter(c) || UnicodeScript.of(c) == UnicodeScript.LATIN)) {
            return lookalike;
        }
        char folded = (char) Folding.TABLE[c];
        return isStyled(c) && folded != 0 ? folded : Character.toLowerCase(c);
    }

    /** Letters in another width, in circles, raised, and the joined forms of Arabic; no ordinals or abbreviations. */
    private static boolean isStyled(char c) {
        return c >= 0x1D2C && c <= 0x1D6A
                || c >= 0x24B6 && c <= 0x24E9
                || c >= 0xFB50 && c <= 0xFDFF
                || c >= 0xFE70 && c < 0xFEFF
                || c >= 0xFF10 && c <= 0xFFDC;
    }

    private Letters() {}

    /** Whether it is a letter, digit, mark or underscore. */
    static boolean isOfWord(char c) {
        return (TRAITS[c] & OF_WORD) != 0;
    }

    /** Whether it is a letter of any script, or a mark that a word is written with, such as a vowel sign of Hindi. */
    static boolean isLetter(char c) {
        return (TRAITS[c] & LETTER) != 0;
    }

    /** Whether it is a letter of a script that is written without spaces between words. */
    static boolean isUnspaced(char c) {
        return (TRAITS[c] & UNSPACED) != 0;
    }

    /**
     * Whether it stands for several characters, as which it is also written: a Latin ligature, a letter of India with a dot that Unicode
     * does not compose, or the Lao vowel am.
     */
    static boolean isLigature(char c) {
        return c >= 0xFB00 && c <= 0xFB06
                || c == 0x0EB3
                || c >= 0x0958 && c <= 0x0A5E && !Folding.expansion(c).isEmpty();
    }

    /** Traits of a character. */
    static int traits(char c) {
        return TRAITS[c];
    }

    /** The traits of all characters of a text. */
    static int traits(char[] chars, int length) {
        int traits = 0;
        for (int i = 0; i < length; i++) {
            traits |= TRAITS[chars[i]];
        }
        return traits;
    }

    /** Whether a text with these traits may read otherwise as {@link UndisguisedText}. */
    static boolean mayBeDisguised(int traits) {
        return (traits & ODD) != 0 || mixesScripts(traits);
    }

    /** Whether a text with these traits has letters of ASCII, and some that look like such. */
    static boolean mixesScripts(int traits) {
        return (traits & LATIN) != 0 && (traits & DOUBLE) != 0;
    }

    /** The character in lower case, in plain width; an apostrophe or a dash in its plain form. */
    static char plain(char c) {
        return PLAIN[c];
    }
}
