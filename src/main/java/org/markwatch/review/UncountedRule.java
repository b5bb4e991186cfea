package org.markwatch.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.markwatch.queue.Item;

/**
 * A rule that matched on a page and gave no points.
 *
 * @param fields fields of the page that have a match
 * @param count  number of matches
 * @param why    reason, as text for reviewers
 */
record UncountedRule(String rule, List<String> fields, int count, String why) {
    private static final int MAX_LENGTH = 200;
    private static final int MOST_FIELDS = 20;

    /** Returns the rules among {@code rules} that are not among the reasons of an item. */
    static List<UncountedRule> of(Item item, List<PageRecords.RuleHits> rules) {
        Map<String, Item.ItemReason> reasons =
                item.reasons().stream().collect(Collectors.toMap(Item.ItemReason::rule, reason -> reason, (a, b) -> a));
        Set<String> brandsCounted = rules.stream()
                .filter(rule -> reasons.containsKey(rule.rule()))
                .map(PageRecords.RuleHits::brand)
                .collect(Collectors.toSet());
        List<UncountedRule> uncounted = new ArrayList<>();
        for (PageRecords.RuleHits rule : rules) {
            if (!reasons.containsKey(rule.rule())) {
                uncounted.add(new UncountedRule(
                        DisplayText.escape(rule.rule(), MAX_LENGTH),
                        rule.fields().stream()
                                .limit(MOST_FIELDS)
                                .map(field -> DisplayText.escape(field, MAX_LENGTH))
                                .toList(),
                        rule.count(),
                        why(rule, brandsCounted)));
            }
        }
        return List.copyOf(uncounted);
    }

    private static String why(PageRecords.RuleHits rule, Set<String> brandsCounted) {
        if (rule.weight() == 0) {
            return "background";
        }
        return brandsCounted.contains(rule.brand()) ? "stronger-use" : "authorised";
    }
}
