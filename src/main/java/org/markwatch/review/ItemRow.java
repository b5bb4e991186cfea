package org.markwatch.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claim;
import org.markwatch.queue.Item;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewStage;

/**
 * An item as a row of the queue. It has neither the title nor the path of the URL, which are text of the crawled page.
 *
 * @param severityRank 0 for the most severe, 1 for the next, at most 3
 * @param status       {@code new}, {@code reopened}, {@code decided}, {@code closed}, {@code yours}, {@code held}, {@code
 *                     second-review} if a decision of the account waits, or {@code adjudication}
 * @param holder       account that holds the item, empty if none does
 * @param origin       defanged origin of the URL
 * @param hasPath      whether the URL has more than its origin
 * @param ageing       {@code due soon} or {@code late} by the target of the severity; empty if there is time, or it is not open
 * @param benignSince  since when the page is benign on direct fetch, null if it is not
 * @param why          labels of the policy groups that gave points, most points first, without those of brand uses
 */
public record ItemRow(
        long id,
        String origin,
        boolean hasPath,
        int score,
        String severity,
        int severityRank,
        String lane,
        String status,
        String holder,
        List<BrandLabel> brands,
        List<String> why,
        String age,
        String ageing,
        Instant queuedAt,
        @Nullable Instant benignSince,
        @Nullable String verdict) {
    private static final int LOWEST_RANK = 3;
    /** Groups of brand uses, which have a column of their own. */
    private static final Set<String> BRAND_GROUPS = Set.of("marks", "identity");

    /** Returns the row of an item as an account sees it. */
    public static ItemRow of(Item item, QueuePolicy policy, CurrentWatchlist watchlist, Moment now, String account) {
        Defanged url = Defanged.of(item.url());
        return new ItemRow(
                item.id(),
                url.origin(),
                !url.rest().isEmpty(),
                item.score(),
                item.severity(),
                severityRank(item.severity(), policy),
                item.lane(),
                status(item, account),
                item.claim() == null ? "" : item.claim().reviewer(),
                brands(item, watchlist),
                item.reasons().stream()
                        .filter(reason -> reason.points() > 0)
                        .map(Item.ItemReason::group)
                        .filter(group -> !BRAND_GROUPS.contains(group))
                        .distinct()
                        .map(watchlist::groupLabel)
                        .toList(),
                now.since(item.queuedAt()),
                item.state().isOpen()
                        ? policy.targets()
                                .ageing(item.severity(), item.queuedAt(), now.now())
                                .label()
                        : "",
                item.queuedAt(),
                item.benignAt(),
                item.decision() == null ? null : item.decision().kind().label());
    }

    /** Returns the rank of a severity; a severity that the policy does not have gets the lowest rank. */
    public static int severityRank(String severity, QueuePolicy policy) {
        int index = policy.severities().reversed().indexOf(severity);
        return index < 0 ? LOWEST_RANK : Math.min(index, LOWEST_RANK);
    }

    static String status(Item item, String account) {
        if (item.stage() == ReviewStage.SECOND_REVIEW && item.reviewedBy().contains(account)) {
            return "second-review";
        }
        Claim claim = item.claim();
        if (claim != null && item.state().isOpen()) {
            return claim.reviewer().equals(account) ? "yours" : "held";
        }
        return item.stage() == ReviewStage.ADJUDICATION
                ? "adjudication"
                : item.state().label();
    }

    /** Returns each brand once, with all kinds of its use. */
    private static List<BrandLabel> brands(Item item, CurrentWatchlist watchlist) {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        item.brandUses()
                .forEach(use -> kinds.computeIfAbsent(use.brand(), brand -> new ArrayList<>())
                        .add(use.kind()));
        return kinds.entrySet().stream()
                .map(brand -> new BrandLabel(
                        watchlist.brandName(brand.getKey()),
                        brand.getValue().stream().distinct().toList()))
                .toList();
    }

    /** The name of a brand and the kinds of its use. */
    public record BrandLabel(String name, List<String> uses) {}
}
