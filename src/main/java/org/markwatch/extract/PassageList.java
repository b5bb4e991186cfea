package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.markwatch.watchlist.Field;

/**
 * The passages of a page. Immutable: callers must not modify the array that {@link #utf8} returns.
 *
 * <p>The texts in UTF-8 and the fields of all passages are stored in contiguous arrays. A scan over them avoids one
 * cache miss for each passage, because passages are short and their objects are spread over the heap.
 */
public final class PassageList extends AbstractList<Passage> implements RandomAccess {
    /** Byte after each text in {@link #utf8}. A word or phrase match never spans it. */
    public static final char SEPARATOR = ';';
    /** Separators added after the last text, so that a read of eight bytes from any position stays in the array. */
    private static final int PADDING_BYTES = Long.BYTES;

    private static final Field[] FIELDS = Field.values();

    private final Passage[] passages;
    private final byte[] fields;
    private final byte[] utf8;
    /** Byte offset of each text, followed by the offset after the last separator. */
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

    /** Returns an immutable list of the passages: the list itself if it is a {@code PassageList}, otherwise a copy. */
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

    /** Returns the field of a passage. */
    public Field field(int passage) {
        return FIELDS[fields[passage]];
    }

    /**
     * Whether a passage is in one of a set of fields.
     *
     * @param passage index of the passage
     * @param fieldBits the set of fields: one bit for each, by {@link Field#ordinal}
     */
    public boolean isInFields(int passage, int fieldBits) {
        return (fieldBits >>> fields[passage] & 1) != 0;
    }

    /**
     * Returns the texts in UTF-8, one after the other, with a {@link #SEPARATOR} after each and at least eight
     * separators at the end. The array is not a copy; do not modify it.
     */
    public byte[] utf8() {
        return utf8;
    }

    /**
     * Returns the byte offset in {@link #utf8} at which the text of a passage starts. For {@code passage == size()},
     * returns the offset after the last separator.
     */
    public int start(int passage) {
        return starts[passage];
    }

    /** Returns the byte offset in {@link #utf8} after the text of a passage, which is the offset of its separator. */
    public int end(int passage) {
        return starts[passage + 1] - 1;
    }
}
