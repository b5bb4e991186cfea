package org.markwatch.review.action;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.markwatch.queue.ActionKind;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemEvidence;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.action.Action;
import org.markwatch.queue.action.Actions;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Defanged;
import org.markwatch.review.PageRecords;
import org.markwatch.review.Permission;
import org.markwatch.review.Recrawls;
import org.markwatch.review.Requires;
import org.markwatch.review.context.PageSurroundings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lists open actions, changes them, and shows the draft of a referral or notice. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.DECIDE)
class ActionController {
    private static final int PAGE_SIZE = 50;
    /** Addresses of the host in a draft. */
    private static final int MOST_ANSWERS = 5;

    private final Actions actions;
    private final Items items;
    private final Decisions decisions;
    private final Recrawls recrawls;
    private final ObjectProvider<PageRecords> records;
    private final ObjectProvider<PageSurroundings> surroundings;
    private final Audit audit;

    ActionController(
            Actions actions,
            Items items,
            Decisions decisions,
            Recrawls recrawls,
            ObjectProvider<PageRecords> records,
            ObjectProvider<PageSurroundings> surroundings,
            Audit audit) {
        this.actions = actions;
        this.items = items;
        this.decisions = decisions;
        this.recrawls = recrawls;
        this.records = records;
        this.surroundings = surroundings;
        this.audit = audit;
    }

    @GetMapping("/actions")
    String list(@RequestParam(defaultValue = "0") long after, LaneAccess access, Model model) {
        List<Actions.OpenAction> page = actions.open(access, after, PAGE_SIZE + 1);
        model.addAttribute(
                "rows", page.stream().limit(PAGE_SIZE).map(ActionRow::of).toList());
        model.addAttribute("first", after == 0);
        model.addAttribute(
                "next",
                page.size() > PAGE_SIZE ? page.get(PAGE_SIZE - 1).action().decisionId() : null);
        return "actions";
    }

    /** Chooses another action. */
    @PostMapping("/items/{id}/action")
    String choose(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String kind,
            Principal actor,
            ConsoleWords words,
            RedirectAttributes redirect) {
        Optional<ActionKind> chosen = ActionKind.of(kind);
        if (chosen.isEmpty()) {
            redirect.addFlashAttribute("problem", words.text("refusal.choose-one-offered-actions"));
        } else {
            actions.choose(id, chosen.get(), actor.getName());
            recrawls.carryOut(List.of(id));
            redirect.addFlashAttribute(
                    "notice",
                    words.text(
                            "item.action-now",
                            words.label("action", chosen.get().label())));
        }
        return "redirect:/items/" + id;
    }

    @PostMapping("/items/{id}/action/done")
    String done(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String receipt,
            Principal actor,
            ConsoleWords words,
            RedirectAttributes redirect) {
        try {
            actions.done(id, receipt, actor.getName());
            redirect.addFlashAttribute("notice", words.text("item.action-item-done", id));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return "redirect:/items/" + id;
    }

    /** Shows the text of a referral or a notice. It has the URL, so the view is written to the audit. */
    @GetMapping("/items/{id}/packet")
    String packet(@PathVariable long id, Principal reader, LaneAccess access, Model model) {
        Item item = item(id, access);
        Action action = actions.of(id)
                .filter(each -> item.dealtTo() == null && each.isSubmitted())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no draft for item " + id));
        audit.append(
                reader.getName(),
                "action.packet",
                "item:" + id,
                Map.of("action", action.kind().label()));
        PageRecords pages = records.getIfAvailable();
        PageSurroundings around = surroundings.getIfAvailable();
        model.addAttribute("id", id);
        model.addAttribute("kind", action.kind().label());
        model.addAttribute(
                "text",
                Packet.text(
                        item,
                        action.kind(),
                        decisions.find(action.decisionId()).orElseThrow(),
                        decisions
                                .evidenceOf(action.decisionId())
                                .orElseGet(() -> new ItemEvidence(item.brandUses(), item.reasons())),
                        pages == null ? Optional.empty() : pages.lastFetch(item.url(), item.lastRun()),
                        around == null ? List.of() : around.answers(item.url(), MOST_ANSWERS)));
        return "packet";
    }

    private Item item(long id, LaneAccess access) {
        return items.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
    }

    /** @param host defanged name of the host */
    record ActionRow(
            long itemId,
            String host,
            String kind,
            String lane,
            String severity,
            String verdict,
            Instant decidedAt,
            boolean reopened) {
        static ActionRow of(Actions.OpenAction open) {
            return new ActionRow(
                    open.action().itemId(),
                    Defanged.host(open.host()),
                    open.action().kind().label(),
                    open.lane(),
                    open.severity(),
                    open.verdict(),
                    open.decidedAt(),
                    open.reopened());
        }
    }
}
