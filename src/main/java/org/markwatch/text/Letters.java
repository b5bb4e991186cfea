package org.markwatch.text;

/** What a character is to words. */
final class Letters {
    private static final byte OF_WORD = 1;
    private static final byte LETTER = 2;
    private static final byte UNSPACED = 4;
    private static final byte[] TRAITS = new byte[Character.MAX_VALUE + 1];

    static {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            int type = Character.getType(c);
            boolean ofWord = Character.isLetterOrDigit(c)
                    || type == Character.NON_SPACING_MARK
                    || type == Character.COMBINING_SPACING_MARK
                    || c == '_';
            TRAITS[c] = (byte) ((ofWord ? OF_WORD : 0)
                    | (Character.isLetter(c) ? LETTER : 0)
                    | (Folding.CLASSES[c] == Folding.UNSPACED ? UNSPACED : 0));
        }
    }

    private Letters() {}

    /** Whether it is a letter, digit, mark or underscore. */
    static boolean isOfWord(char c) {
        return (TRAITS[c] & OF_WORD) != 0;
    }

    /** Whether it is a letter of any script. */
    static boolean isLetter(char c) {
        return (TRAITS[c] & LETTER) != 0;
    }

    /** Whether it is a letter of a script that is written without spaces between words. */
    static boolean isUnspaced(char c) {
        return (TRAITS[c] & UNSPACED) != 0;
    }

    /** The character in lower case; an apostrophe in its plain form. */
    static char plain(char c) {
        return c == '\u2019' ? '\'' : Character.toLowerCase(c);
    }
}
