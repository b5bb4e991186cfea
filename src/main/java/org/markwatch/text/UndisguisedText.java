package org.markwatch.text;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;

/**
 * A text as its words are read: without characters that do not show, with marks joined to their letters, and with each word in
 * one script. Unlike the folded text it keeps every script, so that Russian {@code а} does not become the English article.
 * Immutable.
 *
 * <p>A word that mixes Latin letters with letters of another script that look like Latin ones is in the script of those of its
 * letters that have no double, or else in that of the text's other words. Takes linear time.
 */
final class UndisguisedText {
    private final String source;
    private char[] chars;
    /** By character, the offset of its original. */
    private int[] places;

    private int length;

    UndisguisedText(String source) {
        this.source = source;
        chars = new char[source.length()];
        places = new int[source.length()];
        read();
        if (Letters.mixesScripts(Letters.traits(chars, length))) {
            unmix();
        }
    }

    /** The characters, in any case. */
    char[] chars() {
        return Arrays.copyOf(chars, length);
    }

    /** Where the character at an index begins in the original; the end of the original for the index behind the last one. */
    int place(int index) {
        return index < length ? places[index] : source.length();
    }

    private void read() {
        for (int at = 0; at < source.length(); at++) {
            char c = source.charAt(at);
            if (Folding.isMark(c)) {
                char composed = length == 0 ? 0 : Folding.compose(Letters.plain(chars[length - 1]), c);
                if (composed != 0) {
                    chars[length - 1] = composed;
                }
            } else if (Folding.isIgnorable(c)) {
                if (joinsArabic(at)) {
                    put(c, at);
                }
            } else if (Character.isHighSurrogate(c) && at + 1 < source.length()) {
                readPair(at++);
            } else if (Letters.isLigature(c)) {
                for (char part : Folding.expansion(c).toCharArray()) {
                    put(part, at);
                }
            } else {
                put(c, at);
            }
        }
    }

    private void readPair(int at) {
        int codePoint = source.codePointAt(at);
        char letter = Folding.supplementary(codePoint);
        if (letter != 0) {
            put(letter, at);
        } else if (!Folding.isTag(codePoint)) {
            put(source.charAt(at), at);
            put(source.charAt(at + 1), at + 1);
        }
    }

    /** Whether it is the sign by which Persian and its neighbours part the ending of a word. */
    private boolean joinsArabic(int at) {
        return source.charAt(at) == '\u200c'
                && at > 0
                && at + 1 < source.length()
                && UnicodeScript.of(source.charAt(at - 1)) == UnicodeScript.ARABIC
                && UnicodeScript.of(source.charAt(at + 1)) == UnicodeScript.ARABIC;
    }

    private void put(char c, int place) {
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, 2 * length);
            places = Arrays.copyOf(places, 2 * length);
        }
        chars[length] = c;
        places[length++] = place;
    }

    private void unmix() {
        UnicodeScript spoken = foreign(0, length);
        for (int start = 0; start < length; ) {
            int end = start;
            int traits = 0;
            while (end < length && Letters.isOfWord(chars[end])) {
                traits |= Letters.traits(chars[end++]);
            }
            if (Letters.mixesScripts(traits)) {
                UnicodeScript own = foreign(start, end);
                unmix(start, end, own == UnicodeScript.LATIN && !hasOwnLatin(start, end, spoken) ? spoken : own);
            }
            start = end + 1;
        }
    }

    /** The script of the first letter that no Latin one looks like; Latin if there is none. */
    private UnicodeScript foreign(int start, int end) {
        for (int i = start; i < end; i++) {
            if ((Letters.traits(chars[i]) & Letters.FOREIGN) != 0) {
                return UnicodeScript.of(chars[i]);
            }
        }
        return UnicodeScript.LATIN;
    }

    /** Whether a word has a Latin letter that no letter of another script looks like. */
    private boolean hasOwnLatin(int start, int end, UnicodeScript other) {
        for (int i = start; i < end; i++) {
            if ((Letters.traits(chars[i]) & Letters.LATIN) != 0 && Lookalikes.in(other, chars[i]) == 0) {
                return true;
            }
        }
        return false;
    }

    private void unmix(int start, int end, UnicodeScript to) {
        for (int i = start; i < end; i++) {
            int traits = Letters.traits(chars[i]);
            if (to == UnicodeScript.LATIN && (traits & Letters.DOUBLE) != 0) {
                chars[i] = (char) Folding.TABLE[chars[i]];
            } else if (to != UnicodeScript.LATIN && (traits & Letters.LATIN) != 0) {
                char other = Lookalikes.in(to, chars[i]);
                chars[i] = other == 0 ? chars[i] : other;
            }
        }
    }
}
