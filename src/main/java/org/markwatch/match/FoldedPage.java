package org.markwatch.match;

import java.util.Arrays;
import java.util.List;
import org.markwatch.extract.PassageList;

/**
 * All passages of a page as they are compared, one after the other in one buffer, so that what is done with every character and
 * every word is done once a page: most passages are shorter than what it takes to begin. A buffer: filled again and again by one
 * thread.
 *
 * <p>Each passage has the place of its UTF-8. Passages of ASCII, which are nearly all, are folded eight characters at a time; others
 * that keep their length by the table; the few that do not ({@link #isEven}) are left to {@link FoldedText}.
 */
final class FoldedPage {
    /**
     * Bytes, or a few more, that are folded together, few enough to stay near the processor. If something is odd about one of them,
     * each passage of them is looked at.
     */
    private static final int RUN = 7168;

    /** Those of plain passages only once they are shown: many never are. */
    private char[] chars = new char[1 << 12];

    private final Words words = new Words();

    private PassageList passages = PassageList.of(List.of());
    /** By passage, where its text ends in the characters. */
    private int[] ends = new int[64];
    /** By passage, as far as they are known. */
    private int[] traits = new int[64];

    /** Takes in the passages of a page and forgets the one before. */
    void fold(PassageList all) {
        passages = all;
        int count = all.size();
        int length = all.start(count);
        if (chars.length < length) {
            chars = new char[length * 2];
        }
        if (traits.length < count) {
            ends = new int[count * 2];
            traits = new int[count * 2];
        }
        words.grow(length);
        int first = 0;
        for (int p = 0; p < count; p++) {
            ends[p] = all.end(p);
            traits[p] = Folding.PLAIN;
            if (all.start(p + 1) - all.start(first) >= RUN || p + 1 == count) {
                fold(first, p + 1);
                first = p + 1;
            }
        }
        words.split(length);
    }

    private void fold(int first, int end) {
        int from = passages.start(first);
        boolean plain = words.fold(passages.utf8(), from, passages.start(end));
        for (int p = first; !plain && p < end; p++) {
            if (!Words.isPlain(passages.utf8(), passages.start(p), passages.end(p))) {
                foldByTable(p);
            }
        }
    }

    private void foldByTable(int passage) {
        String text = passages.get(passage).text();
        int start = passages.start(passage);
        ends[passage] = start + text.length();
        text.getChars(0, text.length(), chars, start);
        // UTF-8 takes at least as much room, and the rest of it and the seam are the same for the table
        Arrays.fill(chars, ends[passage], passages.start(passage + 1), PassageList.SEAM);
        traits[passage] = words.fold(chars, start, passages.start(passage + 1), Folding.TABLE);
    }

    /** Whether each character of a passage is folded to one; if not, what is here of it means nothing. */
    boolean isEven(int passage) {
        return !has(passage, Folding.UNEVEN);
    }

    /** Whether a passage has one of these traits of {@link Folding}; of what is plain a digit is not known. */
    boolean has(int passage, int wanted) {
        return (traits[passage] & wanted) != 0;
    }

    /** Where a passage begins in the characters. */
    int start(int passage) {
        return passages.start(passage);
    }

    /** Where a passage ends in the characters. */
    int end(int passage) {
        return ends[passage];
    }

    /** Lets a text show an even passage, until the next {@link #fold}. */
    void show(int passage, FoldedText text) {
        int start = passages.start(passage);
        if (start > 0) {
            chars[start - 1] = PassageList.SEAM;
        }
        if (has(passage, Folding.PLAIN)) {
            words.characters(start, passages.start(passage + 1), chars);
        }
        text.show(chars, start, ends[passage], words, traits[passage]);
    }

    /** The words of all passages, also of those that are not even. */
    Words words() {
        return words;
    }

    /** Characters of the longest page that it has room for. */
    int capacity() {
        return chars.length;
    }
}
