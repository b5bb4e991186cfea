package org.markwatch.review.api;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Item;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.action.Action;
import org.markwatch.queue.action.Actions;
import org.markwatch.review.Defanged;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Lists actions that are to be done, shows the action and the receipts of an item, and records receipts. */
@RestController
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/api/v1")
@Requires(Permission.DECIDE)
class ApiActionController {
    private static final int MOST = 100;

    private final Actions actions;
    private final Items items;
    private final Audit audit;

    ApiActionController(Actions actions, Items items, Audit audit) {
        this.actions = actions;
        this.items = items;
        this.audit = audit;
    }

    /**
     * An action of a final decision.
     *
     * @param host     defanged host name
     * @param reopened whether a run has re-opened the item since
     */
    record ApiAction(
            long item,
            String kind,
            String host,
            String lane,
            String severity,
            String verdict,
            Instant decidedAt,
            boolean reopened) {}

    /** @param next value of {@code after} for the next page; null if this is the last one */
    record ApiActionPage(List<ApiAction> actions, @Nullable Long next) {}

    @GetMapping("/actions")
    ApiActionPage actions(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "25") int limit,
            LaneAccess access) {
        int most = ApiPage.limit(limit, MOST);
        List<Actions.OpenAction> open = actions.open(access, after, most + 1);
        return new ApiActionPage(
                open.stream().limit(most).map(ApiActionController::action).toList(),
                open.size() > most ? open.get(most - 1).action().decisionId() : null);
    }

    private static ApiAction action(Actions.OpenAction open) {
        return new ApiAction(
                open.action().itemId(),
                open.action().kind().label(),
                Defanged.host(open.host()),
                open.lane(),
                open.severity(),
                open.verdict(),
                open.decidedAt(),
                open.reopened());
    }

    /**
     * What shows that an action was done.
     *
     * @param kind kind of the action
     */
    record ApiReceipt(String kind, String receipt, String doneBy, Instant doneAt) {
        static ApiReceipt of(Action done) {
            return new ApiReceipt(
                    done.kind().label(),
                    done.receipt(),
                    Objects.requireNonNull(done.doneBy(), "the action is done"),
                    Objects.requireNonNull(done.doneAt(), "the action is done"));
        }
    }

    /**
     * The action of an item and its receipts.
     *
     * @param action   kind of the action; null if the item has none
     * @param open     whether it is to be done
     * @param receipts latest decision first, whatever became of their decisions
     */
    record ApiItemActions(@Nullable String action, boolean open, List<ApiReceipt> receipts) {}

    @GetMapping("/items/{id}/receipts")
    ApiItemActions receipts(@PathVariable long id, Principal reader, LaneAccess access) {
        Item item = items.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
        audit.append(reader.getName(), "item.read", "item:" + id, Map.of());
        if (item.dealtTo() != null) { // a copy for calibration looks like an item without an action
            return new ApiItemActions(null, false, List.of());
        }
        Action action = actions.of(id).orElse(null);
        return new ApiItemActions(
                action == null ? null : action.kind().label(),
                action != null && action.isOpen(),
                actions.done(id).stream().map(ApiReceipt::of).toList());
    }

    /** @param receipt what shows that the action is done, 1 to 1,000 characters */
    record ApiNewReceipt(@Nullable String receipt) {}

    /** Records that the action of an item is done. */
    @PostMapping("/items/{id}/receipts")
    @ResponseStatus(HttpStatus.CREATED)
    void done(@PathVariable long id, @RequestBody ApiNewReceipt receipt, Principal actor) {
        actions.done(id, Objects.requireNonNullElse(receipt.receipt(), ""), actor.getName());
    }
}
