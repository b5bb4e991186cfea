package org.markwatch.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.markwatch.queue.Item.ItemReason;
import org.markwatch.queue.ItemEvidence;

/**
 * How the evidence of an item changed between two times. It has no text of the page.
 *
 * @param lines one for each rule that differs: what was added, then removed, then changed
 */
record EvidenceDifference(List<RuleChange> lines) {
    /**
     * A rule that differs.
     *
     * @param kind   {@code added}, {@code removed} or {@code changed}
     * @param rule   rule, without its version
     * @param before points before, empty if the rule was added
     * @param after  points after, empty if the rule was removed
     * @param text   whether the same rule matches other text now
     */
    record RuleChange(String kind, String rule, String before, String after, boolean text) {}

    static EvidenceDifference between(List<ItemReason> before, List<ItemReason> after) {
        Map<String, ItemReason> earlier = byRule(before);
        Map<String, ItemReason> later = byRule(after);
        List<RuleChange> added = new ArrayList<>();
        List<RuleChange> removed = new ArrayList<>();
        List<RuleChange> changed = new ArrayList<>();
        later.forEach((rule, now) -> {
            ItemReason then = earlier.get(rule);
            if (then == null) {
                added.add(new RuleChange("added", shown(rule), "", ItemView.signed(now.points()), false));
            } else if (then.points() != now.points() || !matched(then).equals(matched(now))) {
                changed.add(new RuleChange(
                        "changed",
                        shown(rule),
                        ItemView.signed(then.points()),
                        ItemView.signed(now.points()),
                        !matched(then).equals(matched(now))));
            }
        });
        earlier.forEach((rule, then) -> {
            if (!later.containsKey(rule)) {
                removed.add(new RuleChange("removed", shown(rule), ItemView.signed(then.points()), "", false));
            }
        });
        added.addAll(removed);
        added.addAll(changed);
        return new EvidenceDifference(List.copyOf(added));
    }

    static EvidenceDifference between(ItemEvidence before, List<ItemReason> after) {
        return between(before.reasons(), after);
    }

    private static String matched(ItemReason reason) {
        int from = Math.clamp(reason.snippetStart(), 0, reason.snippet().length());
        return reason.snippet()
                .substring(
                        from,
                        Math.clamp(reason.snippetEnd(), from, reason.snippet().length()));
    }

    private static String shown(String rule) {
        return DisplayText.escape(rule);
    }

    private static Map<String, ItemReason> byRule(List<ItemReason> reasons) {
        Map<String, ItemReason> byRule = new LinkedHashMap<>();
        reasons.forEach(reason -> byRule.putIfAbsent(reason.rule(), reason));
        return byRule;
    }
}
