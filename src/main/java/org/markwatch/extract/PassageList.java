package org.markwatch.extract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.AbstractList;
import java.util.ArrayList;
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

    private PassageList(PassageListBuilder builder) {
        passages = builder.passages.toArray(Passage[]::new);
        fields = new byte[passages.length];
        for (int p = 0; p < passages.length; p++) {
            fields[p] = (byte) passages[p].field().ordinal();
        }
        utf8 = builder.utf8;
        starts = Arrays.copyOf(builder.starts, passages.length + 1);
        Arrays.fill(utf8, starts[passages.length], utf8.length, (byte) SEPARATOR);
    }

    private PassageList(PassageList all, int[] kept, int count) {
        passages = new Passage[count];
        fields = new byte[count];
        starts = new int[count + 1];
        int length = 0;
        for (int p = 0; p < count; p++) {
            length += all.starts[kept[p] + 1] - all.starts[kept[p]];
        }
        utf8 = new byte[length + PADDING_BYTES];
        for (int p = 0; p < count; p++) {
            int from = all.starts[kept[p]];
            int size = all.starts[kept[p] + 1] - from;
            passages[p] = all.passages[kept[p]];
            fields[p] = all.fields[kept[p]];
            System.arraycopy(all.utf8, from, utf8, starts[p], size);
            starts[p + 1] = starts[p] + size;
        }
        Arrays.fill(utf8, length, utf8.length, (byte) SEPARATOR);
    }

    /**
     * Returns some of the passages.
     *
     * @param kept  indices of passages, ascending
     * @param count how many of them count
     */
    public PassageList only(int[] kept, int count) {
        return new PassageList(this, kept, count);
    }

    /** Collects passages and encodes their texts. A builder builds one list. */
    static final class PassageListBuilder {
        private final List<Passage> passages = new ArrayList<>();
        private byte[] utf8;
        private int[] starts = new int[128];
        private boolean dropped;

        /** @param capacity estimate of the bytes of all texts; 0 or more */
        PassageListBuilder(int capacity) {
            utf8 = new byte[capacity + PADDING_BYTES];
        }

        /** Adds a passage after the others. */
        void add(Passage passage) {
            byte[] text = passage.text().getBytes(UTF_8);
            int size = passages.size();
            int end = starts[size] + text.length;
            if (utf8.length < end + 1 + PADDING_BYTES) {
                utf8 = Arrays.copyOf(utf8, Math.max(2 * utf8.length, end + 1 + PADDING_BYTES));
            }
            System.arraycopy(text, 0, utf8, starts[size], text.length);
            utf8[end] = SEPARATOR;
            if (size + 1 == starts.length) {
                starts = Arrays.copyOf(starts, 2 * starts.length);
            }
            starts[size + 1] = end + 1;
            passages.add(passage);
        }

        /** Removes the passage added last. */
        void removeLast() {
            passages.removeLast();
        }

        /**
         * Drops passages from the middle of those of a field that are hidden or not.
         *
         * @param count how many there are
         * @param kept  how many of them are kept, half of them the first ones; less than {@code count}
         */
        void dropMiddle(Field field, boolean hidden, int count, int kept) {
            int first = kept / 2;
            int last = count - (kept - first);
            int met = 0;
            int to = 0;
            for (int p = 0; p < passages.size(); p++) {
                Passage passage = passages.get(p);
                boolean ofKind = passage.field() == field && passage.hidden() == hidden;
                if (!ofKind || met < first || met >= last) {
                    int length = starts[p + 1] - starts[p];
                    System.arraycopy(utf8, starts[p], utf8, starts[to], length);
                    passages.set(to, passage);
                    starts[to + 1] = starts[to] + length;
                    to++;
                }
                met += ofKind ? 1 : 0;
            }
            passages.subList(to, passages.size()).clear();
            dropped = true;
        }

        private void setOffsets() {
            int[] next = new int[FIELDS.length];
            passages.replaceAll(passage -> {
                int field = passage.field().ordinal();
                int start = next[field];
                next[field] += passage.text().length() + 1;
                return new Passage(passage.field(), passage.detail(), passage.text(), start, passage.hidden());
            });
        }

        int size() {
            return passages.size();
        }

        Passage get(int passage) {
            return passages.get(passage);
        }

        /** Returns the encoded texts, and at least eight more bytes. The next call of {@link #add} may replace the array. */
        byte[] utf8() {
            return utf8;
        }

        int start(int passage) {
            return starts[passage];
        }

        int end(int passage) {
            return starts[passage + 1] - 1;
        }

        PassageList build() {
            if (dropped) {
                setOffsets();
            }
            return new PassageList(this);
        }
    }

    /** Returns an immutable list of the passages: the list itself if it is a {@code PassageList}, otherwise a copy. */
    public static PassageList of(List<Passage> list) {
        if (list instanceof PassageList same) {
            return same;
        }
        PassageListBuilder builder = new PassageListBuilder(0);
        list.forEach(builder::add);
        return builder.build();
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
