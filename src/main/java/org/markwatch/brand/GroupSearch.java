package org.markwatch.brand;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.WordGroup;

/**
 * Finds where words of each category of a group stand together: at most {@value #REACH} characters from a word of the first
 * category, in its passage or the one before or behind it. What is denied, asked, quoted or warned of is not found. One use per
 * group and page.
 */
final class GroupSearch {
    private static final int REACH = 160;
    private static final int NONE = -1;

    private final PageSigns signs;
    private final PageWording wording;
    private final WordGroup group;
    private final Set<Field> fields;
    private final Map<Integer, Quotations> quotations = new HashMap<>();

    GroupSearch(PageSigns signs, PageWording wording, WordGroup group, Set<Field> fields) {
        this.signs = signs;
        this.wording = wording;
        this.group = group;
        this.fields = fields;
    }

    /** @param passages passages that may have a word of the first category */
    void find(BitSet passages, GroupSink sink) {
        for (int passage = passages.nextSetBit(0); passage >= 0; passage = passages.nextSetBit(passage + 1)) {
            if (fields.contains(signs.passage(passage).field())) {
                find(passage, sink);
            }
        }
    }

    /** The first place of a passage. */
    private void find(int passage, GroupSink sink) {
        WordingSpans spans = wording.of(passage);
        for (int span = spans.first(group.first(), 0, Integer.MAX_VALUE); span != WordingSpans.NONE; ) {
            int start = spans.start(span);
            int end = spans.end(span);
            int[] place = {start, end};
            List<LexiconCategory> others = group.categories();
            // what is said of a word takes more than to see that it stands alone
            if (others.stream().skip(1).allMatch(other -> isNear(other, passage, start, end, place))
                    && isSaid(group.first(), passage, start, end)) {
                sink.add(passage, place[0], place[1]);
                return;
            }
            span = spans.first(group.first(), start + 1, Integer.MAX_VALUE);
        }
    }

    /** Whether a word of the category is near a place; widens {@code found} to words in the same passage. */
    private boolean isNear(LexiconCategory category, int passage, int start, int end, int[] found) {
        int length = signs.passage(passage).text().length();
        int at = nearest(category, passage, start - REACH, end + REACH, start);
        if (at != NONE) {
            WordingSpans spans = wording.of(passage);
            found[0] = Math.min(found[0], spans.start(at));
            found[1] = Math.max(found[1], spans.end(at));
            return true;
        }
        int behind = passage + 1;
        if (isNeighbour(passage, behind) && nearest(category, behind, 0, REACH - (length - end), 0) != NONE) {
            return true;
        }
        int before = passage - 1;
        return isNeighbour(passage, before)
                && nearest(
                                category,
                                before,
                                signs.passage(before).text().length() - (REACH - start),
                                Integer.MAX_VALUE,
                                Integer.MAX_VALUE)
                        != NONE;
    }

    private boolean isNeighbour(int passage, int other) {
        return other >= 0
                && other < signs.passages.size()
                && fields.contains(signs.passage(other).field())
                && signs.passage(other).hidden() == signs.passage(passage).hidden();
    }

    /** Returns the entry between two places that is nearest to a third and counts, or {@link #NONE}. */
    private int nearest(LexiconCategory category, int passage, int from, int to, int place) {
        WordingSpans spans = wording.of(passage);
        int best = NONE;
        for (int span = spans.first(category, from, to); span != WordingSpans.NONE; ) {
            int start = spans.start(span);
            boolean nearer = best == NONE || Math.abs(start - place) < Math.abs(spans.start(best) - place);
            if (nearer && isSaid(category, passage, start, spans.end(span))) {
                best = span;
            }
            span = spans.first(category, start + 1, to);
        }
        return best;
    }

    /**
     * Whether the page itself says a word: it is not quoted, and its sentence neither asks nor warns. What it is about, which the
     * first category says, is not told of others, unless it is what others do to the seller; what is done, which the last says,
     * is not denied.
     */
    private boolean isSaid(LexiconCategory category, int passage, int start, int end) {
        String text = signs.passage(passage).text();
        Clause clause = new Clause(text, wording.of(passage), start, end);
        return !clause.isAsked()
                && !clause.isInSentence(LexiconCategory.WARNING)
                && !(category == group.first() && category != LexiconCategory.CLOSED_DOWN && clause.isToldOfOthers())
                && !(category == group.last() && new Denial(clause, List.of(), List.of()).isFound())
                && !quotations
                        .computeIfAbsent(passage, one -> new Quotations(text))
                        .isOpenAt(start);
    }
}
