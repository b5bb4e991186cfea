package org.markwatch.text;

import java.util.Arrays;
import java.util.List;
import org.markwatch.extract.PassageList;

/**
 * All passages of a page as they are compared, one after the other in one buffer, so that what is done with every character and
 * every word is done once a page: most passages are shorter than what it takes to begin. A buffer: filled again and again by one
 * thread.
 *
 * <p>Each passage has the place of its UTF-8. What is ASCII, which is nearly all, is folded eight characters at a time, the rest by
 * the table; the few passages that do not keep their length ({@link #isEven}) are left to {@link FoldedText}.
 */
public final class FoldedPage {
    /** Laid out only once they are shown: most never are. */
    private char[] chars = new char[1 << 12];

    private final Words words = new Words();

    private PassageList passages = PassageList.of(List.of());
    /** By passage, as far as they are known. */
    private int[] traits = new int[64];

    /** Takes in the passages of a page and forgets the one before. */
    public void fold(PassageList all) {
        passages = all;
        int count = all.size();
        int length = all.start(count);
        if (chars.length < length) {
            chars = new char[length * 2];
        }
        if (traits.length < count) {
            traits = new int[count * 2];
        }
        Arrays.fill(traits, 0, count, Folding.PLAIN);
        FoldedBytes bytes = words.bytes();
        bytes.grow(length);
        int odd = bytes.fold(all.utf8(), length);
        int passage = 0;
        for (int i = 0; i < odd; i++) {
            // eight characters may be of several passages
            for (int place = bytes.oddPlace(i); passage < count && all.start(passage) < place + Long.BYTES; passage++) {
                if (all.start(passage + 1) > place) {
                    traits[passage] = bytes.foldOdd(all.utf8(), all.start(passage), all.end(passage));
                }
            }
        }
        words.split(length);
    }

    /** Whether each character of a passage is folded to one; if not, what is here of it means nothing. */
    public boolean isEven(int passage) {
        return !has(passage, Folding.UNEVEN);
    }

    /** Whether a passage has one of these traits of {@link Folding}; of what is plain a digit is not known. */
    public boolean has(int passage, int wanted) {
        return (traits[passage] & wanted) != 0;
    }

    /** Lets a text show an even passage, until the next {@link #fold}. */
    public void show(int passage, FoldedText text) {
        int start = passages.start(passage);
        int next = passages.start(passage + 1);
        int end = next - 1;
        if (start > 0) {
            chars[start - 1] = PassageList.SEPARATOR;
        }
        if (has(passage, Folding.PLAIN)) {
            words.bytes().characters(start, next, chars);
        } else {
            String original = passages.get(passage).text();
            end = start + original.length();
            original.getChars(0, original.length(), chars, start);
            for (int i = start; i < end; i++) {
                chars[i] = (char) Folding.TABLE[chars[i]];
            }
            Arrays.fill(chars, end, next, PassageList.SEPARATOR);
        }
        text.show(chars, start, end, words, traits[passage]);
    }

    /** The words of all passages, also of those that are not even. */
    public Words words() {
        return words;
    }

    /** Characters of the longest page that it has room for. */
    public int capacity() {
        return chars.length;
    }
}
