package org.markwatch.brand;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import org.markwatch.watchlist.LexiconCategory;

/** Places of lexicon entries in one text, ordered by start. Filled by {@link WordingTrie}. */
final class WordingSpans {
    static final int NONE = -1;

    private final Set<LexiconCategory> present;
    private final LexiconCategory[] categories;
    /** Those that have the entry. */
    private final Languages[] languages;

    private final int[] starts;
    private final int[] ends;
    private int size;
    /** Categories that count only in some languages, and which those are. */
    private final Set<LexiconCategory> limited;

    private final Supplier<Languages> spoken;

    /** @param capacity number of entries that will be added */
    WordingSpans(int capacity) {
        present = EnumSet.noneOf(LexiconCategory.class);
        categories = new LexiconCategory[capacity];
        languages = new Languages[capacity];
        starts = new int[capacity];
        ends = new int[capacity];
        limited = Set.of();
        spoken = () -> Languages.ANY;
    }

    private WordingSpans(WordingSpans all, Set<LexiconCategory> limited, Supplier<Languages> spoken) {
        present = all.present;
        categories = all.categories;
        languages = all.languages;
        starts = all.starts;
        ends = all.ends;
        size = all.size;
        this.limited = limited;
        this.spoken = spoken;
    }

    void add(LexiconCategory category, Languages ofLanguages, int start, int end) {
        present.add(category);
        categories[size] = category;
        languages[size] = ofLanguages;
        starts[size] = start;
        ends[size++] = end;
    }

    /**
     * The same entries, of which those of some categories count only in some languages, which are asked for when such an entry is.
     *
     * @param to at least one
     */
    WordingSpans limited(Set<LexiconCategory> of, Supplier<Languages> to) {
        return new WordingSpans(this, of, to);
    }

    /** Whether an entry is of the category, in a language in which it counts. */
    private boolean counts(int span, LexiconCategory category) {
        return categories[span] == category && (!limited.contains(category) || languages[span].meets(spoken.get()));
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
        if (present.contains(category)) {
            for (int span = firstFrom(from); span < size && starts[span] < to; span++) {
                if (counts(span, category) && ends[span] <= to) {
                    return span;
                }
            }
        }
        return NONE;
    }

    /** Returns the first entry of one of the categories between two places, or {@link #NONE}. */
    int first(Set<LexiconCategory> of, int from, int to) {
        for (int span = firstFrom(from); span < size && starts[span] < to; span++) {
            if (of.contains(categories[span]) && counts(span, categories[span]) && ends[span] <= to) {
                return span;
            }
        }
        return NONE;
    }

    /** Returns the last entry of the category between two places, or {@link #NONE}. */
    int last(LexiconCategory category, int from, int to) {
        if (present.contains(category)) {
            for (int span = firstFrom(to) - 1; span >= 0 && starts[span] >= from; span--) {
                if (counts(span, category) && ends[span] <= to) {
                    return span;
                }
            }
        }
        return NONE;
    }

    /** Returns where an entry of the category ends that starts at a place and ends at another or before it, or -1. */
    int endAt(LexiconCategory category, int at, int last) {
        if (present.contains(category)) {
            for (int span = firstFrom(at); span < size && starts[span] == at; span++) {
                if (counts(span, category) && ends[span] <= last) {
                    return ends[span];
                }
            }
        }
        return -1;
    }

    /** Whether an entry is all or a part of one of the category that starts at a place or behind it. */
    boolean isPartOf(LexiconCategory category, int entry, int from) {
        if (present.contains(category)) {
            for (int span = firstFrom(from); span < size && starts[span] <= starts[entry]; span++) {
                if (counts(span, category) && ends[span] >= ends[entry]) {
                    return true;
                }
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** Returns the languages of an entry. */
    Languages languages(int span) {
        return languages[span];
    }

    /**
     * The entries that are no part of something longer.
     *
     * @param longer gives for a start and an end the end of what covers them, or less than the end if nothing does
     */
    WordingSpans uncovered(IntBinaryOperator longer) {
        WordingSpans kept = new WordingSpans(size);
        for (int span = 0; span < size; span++) {
            if (longer.applyAsInt(starts[span], ends[span]) < ends[span]) {
                kept.add(categories[span], languages[span], starts[span], ends[span]);
            }
        }
        return kept.limited(limited, spoken);
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
