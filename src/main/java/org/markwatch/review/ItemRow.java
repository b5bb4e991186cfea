package org.markwatch.review;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claim;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.QueuePolicy;

/**
 * An item as a line of the queue. The page's title is left out: it is the page's own wording, which is shown on request.
 *
 * @param severityRank 0 for the gravest severity, 3 at most
 * @param status  {@code new}, {@code reopened}, {@code decided}, {@code yours} or {@code held}
 * @param holder  who works on it, empty if nobody does
 * @param groups  what kinds of evidence it has, without those of the brand uses
 */
record ItemRow(
        long id,
        Defanged url,
        int score,
        String severity,
        int severityRank,
        String lane,
        String status,
        String holder,
        List<BrandLabel> brands,
        List<String> groups,
        String age,
        String queuedAt,
        @Nullable String verdict) {
    private static final int LEAST_GRAVITY = 3;
    /** Groups that the brands' own column shows already. */
    private static final Set<String> BRAND_GROUPS = Set.of("marks", "identity");

    static ItemRow of(Item item, QueuePolicy policy, Moment now, String reader) {
        return new ItemRow(
                item.id(),
                Defanged.of(item.url()),
                item.score(),
                item.severity(),
                severityRank(item.severity(), policy),
                item.lane(),
                status(item, reader),
                item.claim() == null ? "" : item.claim().reviewer(),
                brands(item),
                item.reasons().stream()
                        .filter(reason -> reason.points() > 0)
                        .map(Item.ItemReason::group)
                        .filter(group -> !BRAND_GROUPS.contains(group))
                        .distinct()
                        .toList(),
                now.since(item.queuedAt()),
                Moment.utc(item.queuedAt()),
                item.decision() == null ? null : decisionText(item.decision()));
    }

    /** Severities that the policy no longer has count as the least grave. */
    static int severityRank(String severity, QueuePolicy policy) {
        int index = policy.severities().reversed().indexOf(severity);
        return index < 0 ? LEAST_GRAVITY : Math.min(index, LEAST_GRAVITY);
    }

    static String status(Item item, String reader) {
        Claim claim = item.claim();
        if (claim != null && item.state() != ItemState.DECIDED) {
            return claim.reviewer().equals(reader) ? "yours" : "held";
        }
        return item.state().label();
    }

    /** Each brand once, with all the ways in which it is used. */
    static List<BrandLabel> brands(Item item) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        item.brandUses()
                .forEach(use -> kinds.computeIfAbsent(use.brand(), brand -> new ArrayList<>())
                        .add(use.kind()));
        return kinds.entrySet().stream()
                .map(brand -> new BrandLabel(
                        brand.getKey(), brand.getValue().stream().distinct().collect(Collectors.joining(", "))))
                .toList();
    }

    static String decisionText(Decision decision) {
        return decision.kind().label().replace('_', ' ');
    }

    /** A brand id and the kinds of its use. */
    record BrandLabel(String id, String uses) {}
}
