package org.markwatch.review.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Decision;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemHistory;
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
 * Shows one item with its rules and its history, without any text of its page. Writes it to the audit as {@code item.read}: it is no view of
 * the evidence by a person.
 */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1/items/{id}")
@Requires(Permission.VIEW_ITEMS)
class ApiItemController {
    private static final int LONGEST_HISTORY = 100;

    private final Items items;
    private final ItemHistory history;
    private final Audit audit;

    ApiItemController(Items items, ItemHistory history, Audit audit) {
        this.items = items;
        this.history = history;
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
        Item item = read(id, reader, access);
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

    /**
     * Something that was done with the item.
     *
     * @param details a JSON object as text
     * @param times   how often; 1 except for views
     */
    record ApiDoneThing(Instant at, String actor, String action, String details, long times) {}

    /** @param history latest first, at most 100 */
    record ApiHistory(List<ApiDoneThing> history) {}

    /** Returns what was done with an item, as far as its page shows it to the account. */
    @GetMapping("/history")
    ApiHistory history(@PathVariable long id, Principal reader, LaneAccess access) {
        Item item = read(id, reader, access);
        return new ApiHistory(history.of(item, reader.getName(), LONGEST_HISTORY).stream()
                .map(done -> new ApiDoneThing(
                        done.entry().at(),
                        done.entry().actor(),
                        done.entry().action(),
                        done.entry().details(),
                        done.times()))
                .toList());
    }

    private Item read(long id, Principal reader, LaneAccess access) {
        Item item = items.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
        audit.append(reader.getName(), "item.read", "item:" + id, Map.of());
        return item;
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
