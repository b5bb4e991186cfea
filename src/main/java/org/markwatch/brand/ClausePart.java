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
    /** What may stand in a part that says no more than what is taken. */
    static final Set<LexiconCategory> WAYS = EnumSet.of(
            LexiconCategory.ARTICLE,
            LexiconCategory.ANY_CARD,
            LexiconCategory.CARDS,
            LexiconCategory.CARD_WORD,
            LexiconCategory.WITH,
            LexiconCategory.AND_OR,
            LexiconCategory.OTHER_WAY,
            LexiconCategory.PAID_WHERE,
            LexiconCategory.ASKING,
            LexiconCategory.ONLY);

    /** What may stand in a label of where or for what it is paid. */
    private static final Set<LexiconCategory> PLACES = EnumSet.of(
            LexiconCategory.PAID_WHERE,
            LexiconCategory.AT_OURS,
            LexiconCategory.ORDER,
            LexiconCategory.DEVICE,
            LexiconCategory.ARTICLE,
            LexiconCategory.ASKING,
            LexiconCategory.OUR,
            LexiconCategory.AND_OR);

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

    /**
     * Whether it says no more than that the row is taken only, or that it is one of several ways: {@code Visa and Mastercard
     * only}, {@code PayPal or cash}.
     */
    boolean isOfWaysOnly() {
        boolean stated = isBesideRow(LexiconCategory.ONLY) || isJoinedToOtherWay() && !clause.isAsked();
        return stated && isSaidBy(clause, WAYS, from, clause.start) && goesOnWithWays();
    }

    /** Whether a label right before the row says no more than where or for what it is paid: {@code At our shop: Visa}. */
    boolean isLabelledByPlace() {
        int first = clause.sentenceFrom;
        int sign = clause.labelSign();
        return sign > first
                && (clause.spans.has(LexiconCategory.PAID_WHERE, first, sign)
                        || clause.spans.has(LexiconCategory.AT_OURS, first, sign)
                        || clause.spans.has(LexiconCategory.ORDER, first, sign))
                && isSaidBy(clause, PLACES, first, sign)
                && goesOnWithWays();
    }

    /** Whether nothing but other ways stand behind the row. */
    private boolean goesOnWithWays() {
        return isSaidBy(clause, WAYS, clause.end, to);
    }

    /** Whether a conjunction or sign joins another way to the row, unlike {@code a Visa gift card}. */
    private boolean isJoinedToOtherWay() {
        int before = clause.spans.last(LexiconCategory.OTHER_WAY, from, clause.start);
        int behind = clause.spans.first(LexiconCategory.OTHER_WAY, clause.end, to);
        return before != WordingSpans.NONE && isJoint(clause.spans.end(before), clause.start)
                || behind != WordingSpans.NONE && isJoint(clause.end, clause.spans.start(behind));
    }

    private boolean isJoint(int first, int last) {
        return clause.spans.has(LexiconCategory.AND_OR, first, last)
                || clause.text.substring(first, last).chars().anyMatch(c -> "/&+".indexOf(c) >= 0);
    }

    private boolean isBesideRow(LexiconCategory category) {
        return clause.spans.has(category, from, clause.start) || clause.spans.has(category, clause.end, to);
    }

    /** Whether all words between two places are entries of categories. */
    static boolean isSaidBy(Clause clause, Set<LexiconCategory> categories, int first, int last) {
        int at = first;
        while (at < last) {
            if (!Character.isLetterOrDigit(clause.text.charAt(at))) {
                at++;
                continue;
            }
            int next = end(clause, categories, at, last);
            if (next <= at) {
                return false;
            }
            at = next;
        }
        return true;
    }

    /** Returns where the longest entry of the categories ends that starts at a place, or -1. */
    static int end(Clause clause, Set<LexiconCategory> categories, int at, int last) {
        int end = -1;
        for (LexiconCategory category : categories) {
            end = Math.max(end, clause.spans.endAt(category, at, last));
        }
        return end;
    }
}
