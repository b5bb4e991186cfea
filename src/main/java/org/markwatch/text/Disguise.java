package org.markwatch.text;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Other readings of a text that was written to be read by people only: letters one by one ({@code V I S A}, {@code v.i.s.a}),
 * digits and signs for letters ({@code P4yP@l}), and marks on letters ({@code PàyPâl}).
 *
 * <p>A reading is made only where the text has what such a disguise needs, which one pass over it tells; most texts have none.
 */
public final class Disguise {
    private Disguise() {}

    /** Letters that must follow one another to be a word that was taken apart. */
    static final int FEWEST_LETTERS = 3;
    /** Longer tokens are addresses and digests. */
    private static final int LONGEST_TOKEN = 24;

    /**
     * One reading.
     *
     * @param way     how it was disguised: {@code spaced}, {@code leet} or {@code accented}
     * @param text    what it reads
     * @param source  for each character where it stands in the original, and the original's length last
     * @param changed characters that differ from the original
     */
    public record Reading(String way, String text, int[] source, BitSet changed) {
        /** Where the original of a character begins. */
        public int sourceStart(int start) {
            return source[start];
        }

        /** Where the original of the characters before {@code end} ends; 1 or more. */
        public int sourceEnd(int end) {
            return source[end - 1] + 1;
        }

        public boolean isChanged(int start, int end) {
            int next = changed.nextSetBit(start);
            return next >= 0 && next < end;
        }
    }

    /** Tells of a reading's word, letters as they stand in the text, whether anything that is looked for may have it. */
    @FunctionalInterface
    public interface Vocabulary {
        /** For what has letters of other scripts, whose words have other bounds. */
        Vocabulary ANY = (word, length) -> true;

        Vocabulary NONE = (word, length) -> false;

        /** @param word a buffer, which may be overwritten */
        boolean mayHave(char[] word, int length);
    }

    /**
     * Whether a text may have readings at all. Where something may be disguised is known by then, so that this looks at a few words;
     * all of them is what {@link #of} looks at.
     */
    public static boolean isPossible(FoldedText text, Vocabulary vocabulary) {
        if (text.has(Folding.FOREIGN_LETTER)) {
            return true;
        }
        int offset = text.offset();
        int end = text.limit();
        char[] word = new char[LONGEST_TOKEN];
        int tokenEnd = 0;
        for (int place = text.words().disguises().next(offset);
                place < end;
                place = text.words().disguises().next(place + 1)) {
            int at = place - offset;
            if (isLetter(text.charAt(at))) {
                return true;
            }
            if (at >= tokenEnd) {
                tokenEnd = endOfToken(text, at);
                if (isLeet(text, startOfToken(text, at), tokenEnd, word, vocabulary)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isLeet(CharSequence text, int start, int tokenEnd, char[] word, Vocabulary vocabulary) {
        return isRead(text, start, tokenEnd, 'i', word, vocabulary)
                || hasOne(text, start, tokenEnd) && isRead(text, start, tokenEnd, 'l', word, vocabulary);
    }

    /**
     * All readings but the plain one; empty for nearly every text.
     *
     * @param vocabulary a word that it does not have is left as it is: most digits beside letters are no disguise
     * @param unmarked   the same for words without their marks
     */
    public static List<Reading> of(String text, Vocabulary vocabulary, Vocabulary unmarked) {
        boolean spaced = false;
        boolean leet = false;
        boolean one = false;
        boolean marked = false;
        int tokenEnd = 0;
        char[] word = new char[LONGEST_TOKEN];
        int alone = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z' && i + 1 < length && text.charAt(i + 1) >= 'a' && text.charAt(i + 1) <= 'z') {
                // within a word, as nearly everywhere
                alone = 0;
                continue;
            }
            marked |= c >= 0xC0 && (LatinMarks.isMark(c) || LatinMarks.letterOf(c) != 0);
            if (isLetter(c)) {
                boolean single =
                        !(i > 0 && isLetter(text.charAt(i - 1))) && !(i + 1 < length && isLetter(text.charAt(i + 1)));
                alone = !single ? 0 : i > 1 && alone > 0 && isLetter(text.charAt(i - 2)) ? alone + 1 : 1;
                spaced |= alone >= FEWEST_LETTERS;
            } else if (stand(c, 'i') != 0) {
                // a sign for a letter has a letter at its side
                boolean besideLetter =
                        i > 0 && isLetter(text.charAt(i - 1)) || i + 1 < length && isLetter(text.charAt(i + 1));
                if (besideLetter && i >= tokenEnd) {
                    int start = startOfToken(text, i);
                    tokenEnd = endOfToken(text, i);
                    leet |= isRead(text, start, tokenEnd, 'i', word, vocabulary);
                    one |= hasOne(text, start, tokenEnd) && isRead(text, start, tokenEnd, 'l', word, vocabulary);
                }
            }
        }
        if (!spaced && !leet && !one && !marked) {
            return List.of();
        }
        List<Reading> readings = new ArrayList<>();
        if (spaced) {
            add(spaced(text, vocabulary), "spaced", readings);
        }
        if (leet) {
            add(leet(text, 'i', vocabulary), "leet", readings);
        }
        if (one) {
            add(leet(text, 'l', vocabulary), "leet", readings);
        }
        if (marked) {
            add(withoutMarks(text, unmarked), "accented", readings);
        }
        return readings;
    }

    private static void add(ReadingWriter written, String way, List<Reading> readings) {
        if (written.isChanged()) {
            readings.add(new Reading(way, written.text(), written.places(), written.changed()));
        }
    }

    /** Joins letters that stand one by one with the same sign between them. */
    private static ReadingWriter spaced(String text, Vocabulary vocabulary) {
        ReadingWriter out = new ReadingWriter(text);
        int i = 0;
        while (i < text.length()) {
            int end = endOfSpaced(text, i);
            if (end > i && vocabulary.mayHave(everySecond(text, i, end), (end - i + 1) / 2)) {
                for (int k = i; k < end; k += 2) {
                    out.write(text.charAt(k), k, true);
                }
                i = end;
            } else {
                for (int stop = Math.max(end, i + 1); i < stop; i++) {
                    out.write(text.charAt(i), i, false);
                }
            }
        }
        return out;
    }

    private static char[] everySecond(String text, int start, int end) {
        char[] letters = new char[(end - start + 1) / 2];
        for (int k = 0; k < letters.length; k++) {
            letters[k] = text.charAt(start + 2 * k);
        }
        return letters;
    }

    private static int endOfSpaced(String text, int start) {
        if (!isLetter(text.charAt(start))
                || start > 0 && isLetterOrDigit(text.charAt(start - 1))
                || start + 1 >= text.length()
                || isLetterOrDigit(text.charAt(start + 1))) {
            return start;
        }
        char spacer = text.charAt(start + 1);
        int at = start;
        int letters = 1;
        while (at + 2 < text.length()
                && text.charAt(at + 1) == spacer
                && isLetter(text.charAt(at + 2))
                && (at + 3 >= text.length() || !isLetterOrDigit(text.charAt(at + 3)))) {
            at += 2;
            letters++;
        }
        return letters >= FEWEST_LETTERS ? at + 1 : start;
    }

    /** Reads signs as letters in words that have letters too. */
    private static ReadingWriter leet(String text, char one, Vocabulary vocabulary) {
        ReadingWriter out = new ReadingWriter(text);
        char[] word = new char[LONGEST_TOKEN];
        int i = 0;
        while (i < text.length()) {
            int end = endOfToken(text, i);
            boolean read = isRead(text, i, end, one, word, vocabulary);
            int stop = endOfWord(text, i, end);
            for (int k = i; k < end; k++) {
                char c = text.charAt(k);
                out.write(read && k < stop ? asLetter(c, one) : c, k, read && k < stop);
            }
            if (end == i) {
                out.write(text.charAt(i), i, false);
                end++;
            }
            i = end;
        }
        return out;
    }

    private static int startOfToken(CharSequence text, int at) {
        int start = at;
        while (start > 0 && isToken(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int endOfToken(CharSequence text, int at) {
        int end = at;
        while (end < text.length() && isToken(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether a token has a sign that is read as one letter or another. */
    private static boolean hasOne(CharSequence text, int start, int end) {
        for (int k = start; k < end; k++) {
            char c = text.charAt(k);
            if (c == '1' || c == '!' || c == '|') {
                return true;
            }
        }
        return false;
    }

    /** Where a token ends without the exclamation mark or the like that belongs to the sentence. */
    private static int endOfWord(CharSequence text, int start, int tokenEnd) {
        int end = tokenEnd;
        while (end > start && (text.charAt(end - 1) == '!' || text.charAt(end - 1) == '|')) {
            end--;
        }
        return end;
    }

    /**
     * Whether the signs of a token are read as letters.
     *
     * @param one  the letter that a one is read as
     * @param word a buffer for what it reads
     */
    private static boolean isRead(
            CharSequence text, int start, int tokenEnd, char one, char[] word, Vocabulary vocabulary) {
        if (tokenEnd - start > LONGEST_TOKEN) {
            return false;
        }
        int end = endOfWord(text, start, tokenEnd);
        int letters = 0;
        for (int k = start; k < end; k++) {
            char c = text.charAt(k);
            letters += isLetter(c) ? 1 : 0;
            word[k - start] = asLetter(c, one);
            if (word[k - start] == 0) {
                return false;
            }
        }
        int signs = end - start - letters;
        return signs > 0 && letters >= 2 && letters >= signs && vocabulary.mayHave(word, end - start);
    }

    private static char asLetter(char c, char one) {
        return isLetter(c) ? c : stand(c, one);
    }

    /** Reads letters with marks as the letters that they are made of, in words that are looked for. */
    private static ReadingWriter withoutMarks(String text, Vocabulary vocabulary) {
        ReadingWriter out = new ReadingWriter(text);
        char[] word = new char[LONGEST_TOKEN];
        int i = 0;
        while (i < text.length()) {
            int end = i;
            int letters = 0;
            boolean marked = false;
            while (end < text.length() && (isLetterOrDigit(text.charAt(end)) || LatinMarks.isMark(text.charAt(end)))) {
                char c = text.charAt(end++);
                char plain = LatinMarks.letterOf(c);
                marked |= LatinMarks.isMark(c) || plain != 0;
                if (!LatinMarks.isMark(c) && letters++ < LONGEST_TOKEN) {
                    word[letters - 1] = plain == 0 ? c : plain;
                }
            }
            boolean read = marked && letters <= LONGEST_TOKEN && vocabulary.mayHave(word, letters);
            end = Math.max(end, i + 1);
            for (; i < end; i++) {
                char c = text.charAt(i);
                char plain = LatinMarks.letterOf(c);
                if (!read) {
                    out.write(c, i, false);
                } else if (!LatinMarks.isMark(c)) {
                    boolean bare = plain == 0 && !(i + 1 < end && LatinMarks.isMark(text.charAt(i + 1)));
                    out.write(plain == 0 ? c : plain, i, !bare);
                }
            }
        }
        return out;
    }

    /** The letter that a digit or sign stands for, or 0. */
    private static char stand(char c, char one) {
        return switch (c) {
            case '4', '@' -> 'a';
            case '3' -> 'e';
            case '1', '!', '|' -> one;
            case '0' -> 'o';
            case '5', '$' -> 's';
            case '7' -> 't';
            case '8' -> 'b';
            default -> 0;
        };
    }

    private static boolean isToken(char c) {
        return isLetterOrDigit(c) || c == '@' || c == '!' || c == '|' || c == '$';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || c >= '0' && c <= '9';
    }

    /** Latin, Greek, Cyrillic and wide letters; scripts without spaces are never spaced out this way. */
    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= 0xC0
                        && (c < 0x530 || c >= 0x1E00 && c < 0x1F00 || c >= 0xFF21 && c <= 0xFF5A)
                        && Character.isLetter(c);
    }
}
