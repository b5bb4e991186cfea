package org.markwatch.brand;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.markwatch.watchlist.LexiconCategory;
import org.markwatch.watchlist.WordGroup;

/**
 * The category of each word group whose words are looked for in every text: where none of them is near, nothing else of the group
 * is asked for. Chosen so that few entries are looked for (the greedy choice of Chvátal, Mathematics of Operations Research 4, 1979).
 * Immutable.
 */
final class GroupGates {
    private final Map<WordGroup, LexiconCategory> gates = new HashMap<>();

    /** @param cost what it takes to look for the entries of a category, above 0 */
    GroupGates(Collection<WordGroup> groups, ToIntFunction<LexiconCategory> cost) {
        List<WordGroup> left = new ArrayList<>(groups);
        while (!left.isEmpty()) {
            LexiconCategory cheapest = left.stream()
                    .flatMap(group -> group.categories().stream())
                    .min(Comparator.comparingDouble(one -> cost.applyAsInt(one) / (double) countWith(one, left)))
                    .orElseThrow();
            left.removeIf(group -> {
                boolean has = group.categories().contains(cheapest);
                if (has) {
                    gates.put(group, cheapest);
                }
                return has;
            });
        }
    }

    private static long countWith(LexiconCategory category, List<WordGroup> groups) {
        return groups.stream()
                .filter(group -> group.categories().contains(category))
                .count();
    }

    /** The category whose words are looked for to find a group. */
    LexiconCategory of(WordGroup group) {
        LexiconCategory gate = gates.get(group);
        if (gate == null) {
            throw new IllegalArgumentException(group + " is not among the groups that are looked for");
        }
        return gate;
    }

    /** All categories whose words are looked for. */
    Set<LexiconCategory> all() {
        Set<LexiconCategory> all = EnumSet.noneOf(LexiconCategory.class);
        all.addAll(gates.values());
        return all;
    }
}
