package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.markwatch.queue.Item;

/**
 * A rule that fired on a page and gave it no points.
 *
 * @param fields parts of the page that it fired in
 * @param count  how often it fired
 * @param why    in words
 */
record Uncounted(String rule, String fields, int count, String why) {
    private static final int LONGEST = 200;

    /** Those of an item; {@code fired} has what gave points too. */
    static List<Uncounted> of(Item item, List<PageRecords.Fired> fired) {
        Map<String, Item.Reason> reasons =
                item.reasons().stream().collect(Collectors.toMap(Item.Reason::rule, reason -> reason, (a, b) -> a));
        Set<String> brandsCounted = fired.stream()
                .filter(rule -> reasons.containsKey(rule.rule()))
                .map(PageRecords.Fired::brand)
                .collect(Collectors.toSet());
        List<Uncounted> uncounted = new ArrayList<>();
        for (PageRecords.Fired rule : fired) {
            if (!reasons.containsKey(rule.rule())) {
                uncounted.add(new Uncounted(
                        Visible.text(rule.rule(), LONGEST),
                        Visible.text(String.join(", ", rule.fields()), LONGEST),
                        rule.count(),
                        why(rule, brandsCounted)));
            }
        }
        return List.copyOf(uncounted);
    }

    private static String why(PageRecords.Fired rule, Set<String> brandsCounted) {
        if (rule.weight() == 0) {
            return "it stands in the background: it is counted, and weighs nothing";
        }
        return brandsCounted.contains(rule.brand())
                ? "a stronger sign of the same brand gives the points"
                : "the site is authorised to use the brand";
    }
}
