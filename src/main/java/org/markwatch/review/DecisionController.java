package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Calibration;
import org.markwatch.queue.Decision;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.ItemConflictException;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeps drafts, stores decisions and takes them back. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
@Requires(Permission.DECIDE)
class DecisionController {
    private final Items items;
    private final Decisions decisions;
    private final Drafts drafts;
    private final Calibration calibration;
    private final Recrawls recrawls;
    private final NextItem nextItem;
    private final Clock clock;

    DecisionController(
            Items items,
            Decisions decisions,
            Drafts drafts,
            Calibration calibration,
            Recrawls recrawls,
            NextItem nextItem,
            Clock clock) {
        this.items = items;
        this.decisions = decisions;
        this.drafts = drafts;
        this.calibration = calibration;
        this.recrawls = recrawls;
        this.nextItem = nextItem;
        this.clock = clock;
    }

    /** Keeps the entries of the form. */
    @PostMapping("/draft")
    String draft(
            @PathVariable long id,
            @ModelAttribute DecisionForm form,
            @RequestHeader(name = ItemController.HTMX, required = false) @Nullable String htmx,
            Principal reviewer,
            ConsoleWords words,
            Model model,
            RedirectAttributes redirect) {
        drafts.save(id, reviewer.getName(), form.fields(), form.evidence());
        if (htmx != null) {
            model.addAttribute("savedAt", clock.instant());
            return "parts :: saved";
        }
        redirect.addFlashAttribute("notice", words.text("common.entries-kept"));
        return "redirect:/items/" + id;
    }

    @PostMapping("/decide")
    String decide(
            @PathVariable long id,
            @ModelAttribute DecisionForm form,
            @RequestParam(defaultValue = "") String then,
            Principal reviewer,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            RedirectAttributes redirect) {
        long decision;
        try {
            decision = decisions.decide(id, reviewer.getName(), access, form.toRequest(words));
        } catch (IllegalArgumentException | ItemConflictException e) {
            drafts.save(id, reviewer.getName(), form.fields(), "");
            redirect.addFlashAttribute("problem", words.problem(e));
            return "redirect:/items/" + id;
        }
        recrawls.carryOut(List.of(id));
        String done = words.text("item.item-decided", id, words.label("verdict", form.verdict())) + " "
                + review(id, decision, words);
        boolean visible = items.isVisible(id, reviewer.getName(), access);
        LastDecision.forget(session);
        if (!visible) {
            done += " " + words.text("item.restricted-lane-now");
        } else if (decisions.isReversible(decision)) {
            new LastDecision(id, decision, done.strip(), clock.instant()).keepIn(session);
            done = "";
        }
        if (then.equals("next")) {
            return nextItem.redirect(session, reviewer.getName(), access, words, redirect, done);
        }
        redirect.addFlashAttribute("notice", done.isEmpty() ? null : done);
        return visible ? "redirect:/items/" + id : "redirect:/queue";
    }

    /** Returns what happens to the decision next, as a sentence; empty if it is final without a second review. */
    private String review(long id, long decision, ConsoleWords words) {
        boolean disputed = decisions
                .openReview(id)
                .filter(review -> review.second() != null)
                .isPresent();
        return switch (decisions.reviewOf(decision)) {
            case "waiting" ->
                disputed
                        ? words.text("item.differs-from-first-decision")
                        : words.text("item.waits-another-person-decide");
            case "agreed" -> words.text("item.was-second-review-both");
            case "adjudicated" -> words.text("item.two-persons-had-decided");
            default ->
                calibration
                        .answerFor(decision)
                        .map(known -> calibrated(decision, known, words))
                        .orElse("");
        };
    }

    private String calibrated(long decision, DecisionKind known, ConsoleWords words) {
        boolean agrees =
                decisions.find(decision).filter(made -> made.kind() == known).isPresent();
        String answer = words.label("verdict", known.label());
        return agrees
                ? words.text("item.was-calibration-item-copy", answer)
                : words.text("item.was-calibration-item-copy-one", answer);
    }

    /** Takes back the last decision and shows its entries again. */
    @PostMapping("/undo")
    String undo(
            @PathVariable long id,
            @RequestParam long decision,
            Principal reviewer,
            HttpSession session,
            ConsoleWords words,
            RedirectAttributes redirect) {
        LastDecision.forget(session); // also if it cannot be taken back any more
        Decision undone = decisions.undo(id, decision, reviewer.getName());
        DecisionForm form = DecisionForm.of(undone);
        drafts.save(id, reviewer.getName(), form.fields(), form.evidence());
        redirect.addFlashAttribute("notice", words.text("item.decision-on-item-taken", id));
        return "redirect:/items/" + id;
    }

    @PostMapping("/reopen")
    String reopen(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Authentication actor,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            RedirectAttributes redirect) {
        boolean allowed = items.find(id, access)
                .map(item -> ItemScreen.mayReopen(item, actor))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
        if (!allowed) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Only the reviewer who decided, or a supervisor, may re-open the item.");
        }
        try {
            decisions.reopen(id, actor.getName(), reason);
            LastDecision.forget(session, id);
            redirect.addFlashAttribute("notice", words.text("item.item-re-opened-earlier", id));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return "redirect:/items/" + id;
    }
}
