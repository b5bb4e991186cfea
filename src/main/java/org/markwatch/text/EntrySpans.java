package org.markwatch.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Places of a text where entries of an {@link EntryTrie} stand, ordered by their start. Unchanged once the scan has ended.
 *
 * @param <T> what an entry stands for
 */
public final class EntrySpans<T> {
    private final List<T> ids;
    private int size;
    private int[] id = {};
    private int[] start = {};
    private int[] end = {};

    EntrySpans(List<T> ids) {
        this.ids = ids;
    }

    /** Number of spans. They are asked for by index, from 0 on. */
    public int size() {
        return size;
    }

    /** What the entry at a span stands for. */
    public T id(int span) {
        return ids.get(id[span]);
    }

    /** Offset of a span's first character. */
    public int start(int span) {
        return start[span];
    }

    /** Offset after a span's last character. */
    public int end(int span) {
        return end[span];
    }

    /** Whether an entry of an id stands anywhere. */
    public boolean has(T wanted) {
        return next(wanted, 0, Integer.MAX_VALUE) >= 0;
    }

    /** The first span of an id that begins at an offset or behind it and ends at another or before it; -1 if there is none. */
    public int next(T wanted, int from, int to) {
        for (int span = firstFrom(from); span < size && start[span] < to; span++) {
            if (end[span] <= to && ids.get(id[span]).equals(wanted)) {
                return span;
            }
        }
        return -1;
    }

    /** The first span that begins at an offset or behind it; {@link #size} if there is none. */
    public int firstFrom(int offset) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = low + high >>> 1;
            if (start[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Gives each span other offsets, in the same order. */
    void move(IntUnaryOperator place) {
        for (int span = 0; span < size; span++) {
            start[span] = place.applyAsInt(start[span]);
            end[span] = place.applyAsInt(end[span]);
        }
    }

    /** Adds a span, or lengthens that of the same id and start. */
    void add(int number, int from, int to) {
        for (int span = size - 1; span >= 0 && start[span] == from; span--) {
            if (id[span] == number) {
                end[span] = Math.max(end[span], to);
                return;
            }
        }
        if (size == id.length) {
            int capacity = Math.max(8, 2 * size);
            id = Arrays.copyOf(id, capacity);
            start = Arrays.copyOf(start, capacity);
            end = Arrays.copyOf(end, capacity);
        }
        id[size] = number;
        start[size] = from;
        end[size++] = to;
    }
}
