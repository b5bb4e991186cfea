package org.markwatch.brand;

import java.util.EnumSet;
import java.util.Set;
import org.markwatch.watchlist.LexiconCategory;

/**
 * The part of a sentence around a row of names, up to the next sign on each side.
 *
 * @param from first character
 * @param to   first character behind
 */
record ClausePart(Clause clause, int from, int to) {
    /** What may stand in a part that says no more than what is taken only. */
    private static final Set<LexiconCategory> BESIDE_ONLY = EnumSet.of(
            LexiconCategory.ARTICLE,
            LexiconCategory.ANY_CARD,
            LexiconCategory.CARDS,
            LexiconCategory.CARD_WORD,
            LexiconCategory.WITH,
            LexiconCategory.AND_OR,
            LexiconCategory.OTHER_WAY);

    private static final String SIGNS = ",;:()[]–—·|，；：（）、،\n";

    static ClausePart around(Clause clause) {
        int from = clause.start;
        while (from > clause.sentenceFrom && SIGNS.indexOf(clause.text.charAt(from - 1)) < 0) {
            from--;
        }
        int to = clause.end;
        while (to < clause.sentenceTo && SIGNS.indexOf(clause.text.charAt(to)) < 0) {
            to++;
        }
        return new ClausePart(clause, from, to);
    }

    /** Whether it says no more than that the row is taken only: {@code Visa and Mastercard only}, {@code only by Visa}. */
    boolean isLimitedToRow() {
        boolean limited = clause.spans.has(LexiconCategory.ONLY, from, clause.start)
                || clause.spans.has(LexiconCategory.ONLY, clause.end, to);
        return limited && isSaidBy(from, clause.start) && isSaidBy(clause.end, to);
    }

    /** Whether all words between two places are entries of such categories. */
    private boolean isSaidBy(int first, int last) {
        int at = first;
        while (at < last) {
            if (!Character.isLetterOrDigit(clause.text.charAt(at))) {
                at++;
                continue;
            }
            int next = end(LexiconCategory.ONLY, at, last);
            for (LexiconCategory category : BESIDE_ONLY) {
                next = Math.max(next, end(category, at, last));
            }
            if (next <= at) {
                return false;
            }
            at = next;
        }
        return true;
    }

    private int end(LexiconCategory category, int at, int last) {
        int span = clause.spans.first(category, at, last);
        return span != WordingSpans.NONE && clause.spans.start(span) == at ? clause.spans.end(span) : -1;
    }
}
