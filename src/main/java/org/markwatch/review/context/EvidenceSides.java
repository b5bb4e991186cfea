package org.markwatch.review.context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.markwatch.queue.Item;
import org.markwatch.queue.Item.ItemReason;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Excerpt;

/**
 * The evidence that a decision was made on beside the present evidence, as far as they differ. Text of the page is masked
 * until it is revealed.
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
     * @param excerpt its snippet, as part {@code then-} or {@code now-} with the number of the reason
     */
    record Piece(String group, String points, boolean changed, Excerpt excerpt) {}

    /** Compares evidence of a decision on an item with that of the item. */
    static EvidenceSides of(Item item, List<ItemReason> then, Set<String> revealed, CurrentWatchlist watchlist) {
        List<ItemReason> now = item.reasons();
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
                String part = "then-" + then.indexOf(reason);
                removed.add(piece(item, reason, later != null, part, revealed.contains(part), watchlist));
            }
        }
        for (ItemReason reason : after.values()) {
            ItemReason earlier = before.get(reason.rule());
            if (earlier == null || !isSame(earlier, reason)) {
                int number = now.indexOf(reason);
                String part = "now-" + number;
                boolean shown = revealed.contains(part) || revealed.contains(String.valueOf(number));
                added.add(piece(item, reason, earlier != null, part, shown, watchlist));
            }
        }
        return new EvidenceSides(List.copyOf(removed), List.copyOf(added), same);
    }

    /** Returns the snippet with this part; empty if there is none. */
    Optional<Excerpt> find(String part) {
        return Stream.concat(removed.stream(), added.stream())
                .map(Piece::excerpt)
                .filter(excerpt -> excerpt.part().equals(part))
                .findFirst();
    }

    private static boolean isSame(ItemReason one, ItemReason other) {
        return one.points() == other.points() && matched(one).equals(matched(other));
    }

    private static String matched(ItemReason reason) {
        int from = Math.clamp(reason.snippetStart(), 0, reason.snippet().length());
        int to = Math.clamp(reason.snippetEnd(), from, reason.snippet().length());
        return reason.snippet().substring(from, to);
    }

    private static Piece piece(
            Item item, ItemReason reason, boolean changed, String part, boolean revealed, CurrentWatchlist watchlist) {
        return new Piece(
                watchlist.groupLabel(reason.group()),
                (reason.points() < 0 ? "\u2212" : "+") + Math.abs(reason.points()),
                changed,
                Excerpt.of(item, part, reason, revealed, watchlist));
    }

    private static Map<String, ItemReason> byRule(List<ItemReason> reasons) {
        Map<String, ItemReason> byRule = new LinkedHashMap<>();
        reasons.forEach(reason -> byRule.putIfAbsent(reason.rule(), reason));
        return byRule;
    }
}
