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
record UncountedRule(String rule, String fields, int count, String why) {
    private static final int LONGEST = 200;

    /** Those of an item; {@code fired} has what gave points too. */
    static List<UncountedRule> of(Item item, List<PageRecords.RuleHits> fired) {
        Map<String, Item.ItemReason> reasons =
                item.reasons().stream().collect(Collectors.toMap(Item.ItemReason::rule, reason -> reason, (a, b) -> a));
        Set<String> brandsCounted = fired.stream()
                .filter(rule -> reasons.containsKey(rule.rule()))
                .map(PageRecords.RuleHits::brand)
                .collect(Collectors.toSet());
        List<UncountedRule> uncounted = new ArrayList<>();
        for (PageRecords.RuleHits rule : fired) {
            if (!reasons.containsKey(rule.rule())) {
                uncounted.add(new UncountedRule(
                        DisplayText.escape(rule.rule(), LONGEST),
                        DisplayText.escape(String.join(", ", rule.fields()), LONGEST),
                        rule.count(),
                        why(rule, brandsCounted)));
            }
        }
        return List.copyOf(uncounted);
    }

    private static String why(PageRecords.RuleHits rule, Set<String> brandsCounted) {
        if (rule.weight() == 0) {
            return "it stands in the background: it is counted, and weighs nothing";
        }
        return brandsCounted.contains(rule.brand())
                ? "a stronger sign of the same brand gives the points"
                : "the site is authorised to use the brand";
    }
}
