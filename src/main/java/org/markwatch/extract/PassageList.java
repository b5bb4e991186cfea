package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.markwatch.watchlist.Field;

/**
 * The passages of a page, with what is asked of all of them side by side: their texts in UTF-8, and their fields. Most passages are
 * short and lie far apart, so that who goes from one to the next waits for memory longer than he reads. Immutable.
 */
public final class PassageList extends AbstractList<Passage> implements RandomAccess {
    /** After each text; no word and no phrase reaches across. */
    public static final char SEPARATOR = ';';
    /** Seams after the last one, so that eight bytes can be read from each on. */
    private static final int PADDING_BYTES = Long.BYTES;

    private static final Field[] FIELDS = Field.values();

    private final Passage[] passages;
    private final byte[] fields;
    private final byte[] utf8;
    /** Where each text begins in the bytes, and where one after the last would. */
    private final int[] starts;

    private PassageList(List<Passage> list) {
        passages = list.toArray(Passage[]::new);
        fields = new byte[passages.length];
        starts = new int[passages.length + 1];
        int length = PADDING_BYTES;
        for (Passage passage : passages) {
            length += passage.text().length() + 1;
        }
        byte[] bytes = new byte[length];
        int end = 0;
        for (int p = 0; p < passages.length; p++) {
            fields[p] = (byte) passages[p].field().ordinal();
            byte[] text = passages[p].text().getBytes(UTF_8);
            if (bytes.length < end + text.length + 1 + PADDING_BYTES) {
                bytes = Arrays.copyOf(bytes, 2 * (end + text.length + 1 + PADDING_BYTES));
            }
            System.arraycopy(text, 0, bytes, end, text.length);
            end += text.length;
            bytes[end++] = SEPARATOR;
            starts[p + 1] = end;
        }
        Arrays.fill(bytes, end, bytes.length, (byte) SEPARATOR);
        utf8 = bytes;
    }

    /** A copy, if the list may still change. */
    public static PassageList of(List<Passage> list) {
        return list instanceof PassageList same ? same : new PassageList(list);
    }

    @Override
    public Passage get(int passage) {
        return passages[passage];
    }

    @Override
    public int size() {
        return passages.length;
    }

    /** The field of a passage. */
    public Field field(int passage) {
        return FIELDS[fields[passage]];
    }

    /** Whether a passage is in one of some fields, a bit each by ordinal. */
    public boolean isInFields(int passage, int some) {
        return (some >>> fields[passage] & 1) != 0;
    }

    /** The texts in UTF-8 one after the other, a {@link #SEPARATOR} after each, and eight or more at the end; not to be changed. */
    public byte[] utf8() {
        return utf8;
    }

    /** Where the text of a passage begins in {@link #utf8}; for the number of passages, where all of them end. */
    public int start(int passage) {
        return starts[passage];
    }

    /** Where it ends there, before its seam. */
    public int end(int passage) {
        return starts[passage + 1] - 1;
    }
}
