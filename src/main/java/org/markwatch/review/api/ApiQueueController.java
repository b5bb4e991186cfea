package org.markwatch.review.api;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.review.Defanged;
import org.markwatch.review.FilterForm;
import org.markwatch.review.PageCursor;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists lanes and items, with what a row of the queue shows. Writes searches to the audit. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1")
@Requires(Permission.VIEW_ITEMS)
class ApiQueueController {
    private static final int MOST = 100;
    /** Largest count of a lane. */
    private static final int MOST_COUNTED = 10_000;

    private final Items items;
    private final Audit audit;
    private final QueuePolicy policy;
    private final Clock clock;

    ApiQueueController(Items items, Audit audit, QueuePolicy policy, Clock clock) {
        this.items = items;
        this.audit = audit;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A lane with open items.
     *
     * @param waiting open items, at most 10,000
     * @param oldest  when the one was queued that has waited longest
     */
    record ApiLane(
            String name,
            long waiting,
            long reopened,
            long claimed,
            @Nullable Instant oldest) {}

    record ApiLanes(List<ApiLane> lanes) {}

    @GetMapping("/lanes")
    ApiLanes lanes(Principal reader, LaneAccess access) {
        return new ApiLanes(items.lanes(reader.getName(), access, MOST_COUNTED).stream()
                .map(lane -> new ApiLane(lane.name(), lane.waiting(), lane.reopened(), lane.claimed(), lane.oldest()))
                .toList());
    }

    /** @param brand brand id */
    record ApiUse(String brand, String kind) {}

    /**
     * An item without any text of its page.
     *
     * @param origin    defanged scheme, host and port
     * @param groups    policy groups that gave points
     * @param claimedBy account that holds it; null if none does
     */
    record ApiItem(
            long id,
            String origin,
            String lane,
            String severity,
            int score,
            String state,
            List<ApiUse> brands,
            List<String> groups,
            Instant queuedAt,
            @Nullable String claimedBy) {
        static ApiItem of(Item item) {
            return new ApiItem(
                    item.id(),
                    Defanged.of(item.url()).origin(),
                    item.lane(),
                    item.severity(),
                    item.score(),
                    item.state().label(),
                    item.brandUses().stream()
                            .map(use -> new ApiUse(use.brand(), use.kind()))
                            .toList(),
                    item.reasons().stream()
                            .filter(reason -> reason.points() > 0)
                            .map(Item.ItemReason::group)
                            .distinct()
                            .toList(),
                    item.queuedAt(),
                    item.claim() == null ? null : item.claim().reviewer());
        }
    }

    /** @param next value of {@code after} for the next page; null if this is the last one */
    record ApiItemPage(List<ApiItem> items, @Nullable String next) {}

    @GetMapping("/items")
    ApiItemPage items(
            @ModelAttribute FilterForm form,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "25") int limit,
            Principal reader,
            LaneAccess access) {
        ItemFilter filter = form.toFilter(reader.getName(), access, policy, clock.instant());
        Items.@Nullable Cursor cursor = PageCursor.read(after, Items.Cursor::parse);
        if (filter.isSearch()) {
            audit.append(reader.getName(), "queue.search", "queue", filter.auditDetails());
        }
        Items.ItemPage page = items.page(filter, cursor, ApiPage.limit(limit, MOST));
        return new ApiItemPage(
                page.items().stream().map(ApiItem::of).toList(),
                page.next() == null ? null : page.next().toString());
    }
}
