package org.markwatch.text;

import java.util.BitSet;
import java.util.Collection;

/**
 * Numbers for the characters of a set of strings, in the order of the characters. The forms of {@link Letters#plain} share
 * one, and so do all letters that no string has, and all other characters. Immutable.
 */
final class Alphabet {
    /** What a character is that is no letter and that no string has. */
    static final int OTHER = 0;
    /** What a letter is that no string has. */
    static final int OTHER_LETTER = 1;

    private final char[] codes = new char[Character.MAX_VALUE + 1];
    private final char[] characters;

    Alphabet(Collection<String> strings) {
        BitSet used = new BitSet();
        for (String string : strings) {
            for (int i = 0; i < string.length(); i++) {
                used.set(string.charAt(i));
            }
        }
        characters = new char[used.cardinality() + OTHER_LETTER + 1];
        char code = OTHER_LETTER;
        for (int c = used.nextSetBit(0); c >= 0; c = used.nextSetBit(c + 1)) {
            characters[++code] = (char) c;
            codes[c] = code;
        }
        for (int c = 0; c < codes.length; c++) {
            char plain = codes[Letters.plain((char) c)];
            codes[c] = plain == OTHER && Letters.isLetter((char) c) ? OTHER_LETTER : plain;
        }
    }

    /** Number of codes. */
    int size() {
        return characters.length;
    }

    int code(char c) {
        return codes[c];
    }

    /** Whether strings have the characters of a code. */
    boolean isUsed(int code) {
        return code > OTHER_LETTER;
    }

    /** The character of a used code, in its plain form. */
    char character(int code) {
        return characters[code];
    }

    boolean isLetter(int code) {
        return code == OTHER_LETTER || Letters.isLetter(characters[code]);
    }
}
