package org.markwatch.brand;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import org.markwatch.watchlist.LexiconCategory;

/** Places of lexicon entries in one text, ordered by start. Filled by {@link WordingTrie}. */
final class WordingSpans {
    static final int NONE = -1;

    private final Set<LexiconCategory> present = EnumSet.noneOf(LexiconCategory.class);
    private final LexiconCategory[] categories;
    /** Sets of languages. */
    private final long[] languages;

    private final int[] starts;
    private final int[] ends;
    private int size;

    /** @param capacity number of entries that will be added */
    WordingSpans(int capacity) {
        categories = new LexiconCategory[capacity];
        languages = new long[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
    }

    void add(LexiconCategory category, long ofLanguages, int start, int end) {
        present.add(category);
        categories[size] = category;
        languages[size] = ofLanguages;
        starts[size] = start;
        ends[size++] = end;
    }

    int start(int span) {
        return starts[span];
    }

    int end(int span) {
        return ends[span];
    }

    /** Whether an entry of the category lies between two places. */
    boolean has(LexiconCategory category, int from, int to) {
        return first(category, from, to) != NONE;
    }

    /** Whether an entry of the category lies anywhere in the text. */
    boolean has(LexiconCategory category) {
        return has(category, 0, Integer.MAX_VALUE);
    }

    /** Whether an entry of one of the categories lies anywhere in the text. */
    boolean hasAny(LexiconCategory one, LexiconCategory other, LexiconCategory third) {
        return has(one) || has(other) || has(third);
    }

    /** Returns the first entry of the category between two places, or {@link #NONE}. */
    int first(LexiconCategory category, int from, int to) {
        if (!present.contains(category)) {
            return NONE;
        }
        for (int span = firstFrom(from); span < size && starts[span] < to; span++) {
            if (categories[span] == category && ends[span] <= to) {
                return span;
            }
        }
        return NONE;
    }

    /** Returns the last entry of the category between two places, or {@link #NONE}. */
    int last(LexiconCategory category, int from, int to) {
        if (!present.contains(category)) {
            return NONE;
        }
        int last = NONE;
        for (int span = firstFrom(from); span < size && starts[span] < to; span++) {
            if (categories[span] == category && ends[span] <= to) {
                last = span;
            }
        }
        return last;
    }

    int size() {
        return size;
    }

    /** Returns the languages of an entry, a bit each. */
    long languages(int span) {
        return languages[span];
    }

    /** Removes entries of the categories that are in none of the languages. */
    void keepLanguages(Set<LexiconCategory> of, long allowed) {
        int kept = 0;
        for (int span = 0; span < size; span++) {
            if ((languages[span] & allowed) == 0 && of.contains(categories[span])) {
                continue;
            }
            move(span, kept++);
        }
        size = kept;
    }

    private void move(int span, int to) {
        categories[to] = categories[span];
        languages[to] = languages[span];
        starts[to] = starts[span];
        ends[to] = ends[span];
    }

    /**
     * Removes entries that are a part of something longer.
     *
     * @param longer gives for a start and an end the end of what covers them, or less than the end if nothing does
     */
    void removeCovered(IntBinaryOperator longer) {
        int kept = 0;
        for (int span = 0; span < size; span++) {
            if (longer.applyAsInt(starts[span], ends[span]) >= ends[span]) {
                continue;
            }
            move(span, kept++);
        }
        size = kept;
    }

    private int firstFrom(int place) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
