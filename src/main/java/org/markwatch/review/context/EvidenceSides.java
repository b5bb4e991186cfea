package org.markwatch.review.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.queue.Item.ItemReason;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.DisplayText;
import org.markwatch.review.Snippet;

/**
 * The evidence that a decision was made on beside the present evidence, as far as they differ. Text of the page is masked.
 *
 * @param removed what is no longer there, or has changed, as it was
 * @param added   what is new, or has changed, as it is
 * @param same    number of rules that match as they did
 */
record EvidenceSides(List<Piece> removed, List<Piece> added, int same) {
    /**
     * A rule that matched.
     *
     * @param changed whether the rule matches at both times
     * @param points  points with their sign
     */
    record Piece(String rule, String group, String points, boolean changed, Snippet snippet) {}

    static EvidenceSides of(List<ItemReason> then, List<ItemReason> now, CurrentWatchlist watchlist) {
        Map<String, ItemReason> before = byRule(then);
        Map<String, ItemReason> after = byRule(now);
        List<Piece> removed = new ArrayList<>();
        List<Piece> added = new ArrayList<>();
        int same = 0;
        for (ItemReason reason : before.values()) {
            ItemReason later = after.get(reason.rule());
            if (later != null && isSame(reason, later)) {
                same++;
            } else {
                removed.add(piece(reason, later != null, watchlist));
            }
        }
        for (ItemReason reason : after.values()) {
            ItemReason earlier = before.get(reason.rule());
            if (earlier == null || !isSame(earlier, reason)) {
                added.add(piece(reason, earlier != null, watchlist));
            }
        }
        return new EvidenceSides(List.copyOf(removed), List.copyOf(added), same);
    }

    private static boolean isSame(ItemReason one, ItemReason other) {
        return one.points() == other.points() && matched(one).equals(matched(other));
    }

    private static String matched(ItemReason reason) {
        int from = Math.clamp(reason.snippetStart(), 0, reason.snippet().length());
        int to = Math.clamp(reason.snippetEnd(), from, reason.snippet().length());
        return reason.snippet().substring(from, to);
    }

    private static Piece piece(ItemReason reason, boolean changed, CurrentWatchlist watchlist) {
        return new Piece(
                DisplayText.escape(reason.rule()),
                watchlist.groupLabel(reason.group()),
                (reason.points() < 0 ? "\u2212" : "+") + Math.abs(reason.points()),
                changed,
                Snippet.masked(
                        reason.snippet(),
                        reason.snippetStart(),
                        reason.snippetEnd(),
                        watchlist.wordsOf(reason.rule())));
    }

    private static Map<String, ItemReason> byRule(List<ItemReason> reasons) {
        Map<String, ItemReason> byRule = new LinkedHashMap<>();
        reasons.forEach(reason -> byRule.putIfAbsent(reason.rule(), reason));
        return byRule;
    }
}
