package org.markwatch.watchlist;

/** Checks the group that an indicator names against the policy. */
final class GroupReference {
    private GroupReference() {}

    /** Adds a fault if the policy has no such group, or if the weight of the indicator contradicts the group's effect. */
    static void check(Section row, Indicator indicator, Policy policy, String policyFile) {
        String group = indicator.group();
        if (group.isEmpty() || policy.groups().isEmpty()) {
            return;
        }
        if (group.equals(PolicyFile.BRAND_USE_GROUP) || group.equals(PolicyFile.IDENTITY_GROUP)) {
            row.fault("group", "is reserved for brand use; use another group of " + policyFile);
        } else if (!policy.groups().containsKey(group)) {
            row.fault(
                    "group",
                    "must be a group of " + policyFile + "; "
                            + SpellingSuggestion.suggest(group, policy.groups().keySet()));
        } else if (policy.effect(group).isContext() && indicator.weight() > 0) {
            row.fault(
                    "weight",
                    "must be negative, since the group " + group + " is a context (effect "
                            + Syntax.configName(policy.effect(group)) + " in " + policyFile
                            + "); write a minus sign, or use another group");
        }
    }
}
