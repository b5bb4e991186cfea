package org.markwatch.match;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.markwatch.extract.Passage;

/**
 * All passages of a page as they are compared, one after the other in one buffer, so that what is done with every character and
 * every word is done once a page: most passages are shorter than what it takes to begin. A buffer: filled again and again by one
 * thread.
 *
 * <p>Passages of ASCII, which are nearly all, are folded eight characters at a time; others that keep their length by the table;
 * the few that do not ({@link #isEven}) are left to {@link FoldedText}.
 */
final class FoldedPage {
    /** Between passages; no phrase reaches across. */
    private static final char SEAM = ';';
    /** What may be overwritten after the last character. */
    private static final int ROOM = Long.BYTES;
    /** Characters that are folded together, few enough to stay near the processor from one step to the next. */
    private static final int RUN = 2048;

    // the JDK's coders of ASCII go through many characters at a time, and stop at what is none
    private final CharsetEncoder encoder = StandardCharsets.US_ASCII.newEncoder();
    private final CharsetDecoder decoder = StandardCharsets.US_ASCII.newDecoder();

    private char[] chars = new char[1 << 12];
    /** Some of the characters. */
    private byte[] ascii = new byte[2 * RUN];

    private final Words words = new Words();

    private List<Passage> passages = List.of();
    /** Where each passage begins, and where one after the last would. */
    private int[] starts = new int[64];
    /** By passage, as far as they are known. */
    private int[] traits = new int[64];

    /** Takes in the passages of a page and forgets the one before. */
    void fold(List<Passage> all) {
        passages = all;
        int count = all.size();
        if (starts.length <= count) {
            starts = new int[count * 2];
            traits = new int[count * 2];
        }
        starts[0] = 0;
        int first = 0;
        for (int p = 0; p < count; p++) {
            append(p);
            if (starts[p + 1] - starts[first] >= RUN || p + 1 == count) {
                fold(first, p + 1);
                first = p + 1;
            }
        }
        words.split(starts[count]);
    }

    private void append(int passage) {
        String text = passages.get(passage).text();
        int at = starts[passage];
        int end = at + text.length();
        if (end >= chars.length) {
            chars = Arrays.copyOf(chars, (end + 1) * 2);
        }
        text.getChars(0, text.length(), chars, at);
        chars[end] = SEAM;
        starts[passage + 1] = end + 1;
    }

    private void fold(int first, int end) {
        words.grow(starts[end]);
        int passage = first;
        while (passage < end) {
            int foreign = nextForeign(passage, end);
            foldAscii(passage, foreign);
            if (foreign < end) {
                foldByTable(foreign);
            }
            passage = foreign + 1;
        }
    }

    /** The first of some passages that is not all ASCII, or the one after them; puts what is before it into {@link #ascii}. */
    private int nextForeign(int first, int end) {
        int from = starts[first];
        int length = starts[end] - from;
        if (ascii.length < length + ROOM) {
            ascii = new byte[(length + ROOM) * 2];
        }
        ByteBuffer out = ByteBuffer.wrap(ascii);
        encoder.reset().encode(CharBuffer.wrap(chars, from, length), out, true);
        int at = Arrays.binarySearch(starts, first, end + 1, from + out.position());
        return at < 0 ? -at - 2 : at;
    }

    private void foldAscii(int first, int end) {
        int from = starts[first];
        int length = starts[end] - from;
        // what was left behind there might look odd
        Arrays.fill(ascii, length, length + ROOM, (byte) SEAM);
        boolean plain = words.fold(ascii, from, length);
        decoder.reset().decode(ByteBuffer.wrap(ascii, 0, length), CharBuffer.wrap(chars, from, length), true);
        Arrays.fill(traits, first, end, Folding.PLAIN);
        for (int p = first; !plain && p < end; p++) {
            if (!isPlain(starts[p], endOf(p))) {
                foldByTable(p);
            }
        }
    }

    /** Whether ASCII needs no more than lower case. */
    private boolean isPlain(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c < ' ' || c == 0x7F || c == ' ' && chars[i + 1] == ' ') {
                return false;
            }
        }
        return true;
    }

    private void foldByTable(int passage) {
        String text = passages.get(passage).text();
        text.getChars(0, text.length(), chars, starts[passage]);
        // the seam too, which is the same for the table
        traits[passage] = words.fold(chars, starts[passage], starts[passage + 1], Folding.TABLE);
    }

    private int endOf(int passage) {
        return starts[passage + 1] - 1;
    }

    /** Whether each character of a passage is folded to one; if not, what is here of it means nothing. */
    boolean isEven(int passage) {
        return (traits[passage] & Folding.UNEVEN) == 0;
    }

    /** Lets a text show an even passage, until the next {@link #fold}. */
    void show(int passage, FoldedText text) {
        text.show(passages.get(passage).text(), chars, starts[passage], endOf(passage), words, traits[passage]);
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
