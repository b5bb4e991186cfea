package org.markwatch.review.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Shows one item with its rules, without any text of its page. Writes it to the audit as {@code item.read}: it is no view of
 * the evidence by a person.
 */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/items/{id}")
@Requires(Permission.VIEW_ITEMS)
class ApiItemController {
    private final Items items;
    private final Audit audit;

    ApiItemController(Items items, Audit audit) {
        this.items = items;
        this.audit = audit;
    }

    /**
     * A rule that matched.
     *
     * @param rule   rule@version
     * @param points points after caps, negative for context
     * @param count  number of matches, 1 or more
     */
    record ApiReason(String rule, String group, String field, int points, int count) {}

    /**
     * The latest final decision.
     *
     * @param current whether it stands; otherwise the item is open again
     */
    record ApiDecision(
            String verdict, String severity, String confidence, String reviewer, Instant at, boolean current) {}

    /** @param evidence SHA-256 of the evidence */
    record ApiItemDetails(
            ApiQueueController.ApiItem item,
            String language,
            List<ApiReason> reasons,
            String evidence,
            long firstRun,
            long lastRun,
            Instant firstSeenAt,
            Instant lastSeenAt,
            @Nullable ApiDecision decision) {}

    @GetMapping
    ApiItemDetails item(@PathVariable long id, Principal reader, LaneAccess access) {
        Item item = items.find(id, access)
                .filter(found -> items.isVisible(id, reader.getName(), access))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
        audit.append(reader.getName(), "item.read", "item:" + id, Map.of());
        return new ApiItemDetails(
                ApiQueueController.ApiItem.of(item),
                item.language(),
                item.reasons().stream()
                        .map(reason -> new ApiReason(
                                reason.rule(), reason.group(), reason.field(), reason.points(), reason.count()))
                        .toList(),
                item.evidenceSha256(),
                item.firstRun(),
                item.lastRun(),
                item.firstSeenAt(),
                item.lastSeenAt(),
                decision(item));
    }

    private static @Nullable ApiDecision decision(Item item) {
        Decision made = item.decision();
        return made == null
                ? null
                : new ApiDecision(
                        made.kind().label(),
                        made.severity(),
                        made.confidence().label(),
                        made.reviewer(),
                        made.at(),
                        item.state() == ItemState.DECIDED);
    }
}
