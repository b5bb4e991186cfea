package org.markwatch.text;

import java.util.Arrays;

/**
 * A text as it is compared, with the way back to every place of the original. A buffer: filled again and again by one thread,
 * with a text of its own ({@link #fold}) or a piece of a page ({@link FoldedPage#show}).
 *
 * <p>The way back is kept as breakpoints, places where the distance between folded and original offset changes. Plain text has
 * none.
 */
public final class FoldedText implements CharSequence {
    /** The original of what does not keep its length, or empty. */
    private String source = "";

    private char[] own = new char[64];
    private char[] chars = own;
    /** Where the text begins in the characters. */
    private int offset;

    private int length;
    private int[] breakFolded = new int[16];
    private int[] breakSource = new int[16];
    private int breaks;
    private int traits;
    private final Words ownWords = new Words();
    private Words words = ownWords;

    /** Takes in a text and forgets the one before. Runs of white space become one space. */
    public void fold(String text) {
        length = text.length();
        if (own.length < length) {
            own = new char[Math.max(length, own.length * 2)];
        }
        // nearly all texts keep their length, and every character its place
        text.getChars(0, length, own, 0);
        show(own, 0, length, ownWords, ownWords.read(own, length, Folding.TABLE));
        if (has(Folding.UNEVEN)) {
            source = text;
            foldUnevenly(text);
            words.read(chars, length, Folding.FOLDED);
        }
    }

    /** Shows a piece of what has been folded, with every character in its place. */
    void show(char[] folded, int start, int end, Words all, int known) {
        source = "";
        chars = folded;
        offset = start;
        length = end - start;
        words = all;
        traits = known;
        breaks = 0;
    }

    private void foldUnevenly(String text) {
        length = 0;
        Folding.fold(text, new Folding.Output() {
            private int shift;

            @Override
            public void put(char character, int source) {
                if (length == own.length) {
                    own = Arrays.copyOf(own, length + length / 4 + 1);
                    chars = own;
                }
                if (source - length != shift) {
                    shift = source - length;
                    breakAt(length, source);
                }
                own[length++] = character;
            }

            @Override
            public void replaceLast(char character) {
                own[length - 1] = character;
            }
        });
    }

    /** The words of the characters, of which those of the text are from {@link #offset} to {@link #limit}. */
    public Words words() {
        return words;
    }

    /** Whether it has a word of {@value Words#LONG} characters or more. */
    public boolean hasLongWord() {
        return words.nextLong(offset) < limit();
    }

    /** Whether the original has a character of one of these traits of {@link Folding}. */
    public boolean has(int wanted) {
        if ((traits & Folding.PLAIN) != 0 && (wanted & Folding.DIGIT) != 0) {
            traits = words.bytes().hasDigit(offset, limit()) ? Folding.DIGIT : 0;
        }
        return (traits & wanted) != 0;
    }

    private void breakAt(int folded, int original) {
        if (breaks == breakFolded.length) {
            breakFolded = Arrays.copyOf(breakFolded, breaks * 2);
            breakSource = Arrays.copyOf(breakSource, breaks * 2);
        }
        breakFolded[breaks] = folded;
        breakSource[breaks++] = original;
    }

    /** Where the folded character at an index begins in the original. */
    public int sourceStart(int folded) {
        if (breaks == 0) {
            return folded;
        }
        int low = 0;
        int high = breaks - 1;
        int at = -1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (breakFolded[middle] <= folded) {
                at = middle;
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return at < 0 ? folded : breakSource[at] + (folded - breakFolded[at]);
    }

    /** Where the original of the folded character before an index ends, with the marks that stand on it. */
    public int sourceEnd(int foldedEnd) {
        if (source.isEmpty()) {
            return foldedEnd;
        }
        int end = sourceStart(foldedEnd - 1);
        boolean pair = Character.isHighSurrogate(source.charAt(end))
                && end + 1 < source.length()
                && Character.isLowSurrogate(source.charAt(end + 1));
        end += pair ? 2 : 1;
        for (int next = end; next < source.length() && Folding.vanishes(source.charAt(next)); next++) {
            if (Folding.isMark(source.charAt(next))) {
                end = next + 1;
            }
        }
        return end;
    }

    /** The characters, of which the text is from {@link #offset} to {@link #limit}; valid until the next {@link #fold}. */
    public char[] buffer() {
        return chars;
    }

    /** Where the text begins in {@link #buffer}. */
    public int offset() {
        return offset;
    }

    /** Where the text ends in {@link #buffer}. */
    public int limit() {
        return offset + length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return chars[offset + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(chars, offset + start, end - start);
    }

    @Override
    public String toString() {
        return new String(chars, offset, length);
    }
}
