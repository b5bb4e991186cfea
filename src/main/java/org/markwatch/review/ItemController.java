package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.Decision;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemConflictException;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.Items;
import org.markwatch.queue.QueuePolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows one item and handles its claim, reveals and decision. Writes every view and every reveal to the audit. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
class ItemController {
    /** Request header of htmx; such requests get a fragment, all others a whole page. */
    private static final String HTMX = "HX-Request";

    private static final int HISTORY_LIMIT = 50;

    private final Items items;
    private final Claims claims;
    private final Decisions decisions;
    private final Audit audit;
    private final QueuePolicy policy;
    private final ObjectProvider<PageRecords> records;
    private final Clock clock;

    ItemController(
            Items items,
            Claims claims,
            Decisions decisions,
            Audit audit,
            QueuePolicy policy,
            ObjectProvider<PageRecords> records,
            Clock clock) {
        this.items = items;
        this.claims = claims;
        this.decisions = decisions;
        this.audit = audit;
        this.policy = policy;
        this.records = records;
        this.clock = clock;
    }

    @GetMapping
    String view(@PathVariable long id, Authentication account, Model model) {
        Item item = item(id);
        audit.append(account.getName(), "item.view", subject(id), Map.of("evidence", item.evidenceSha256()));
        String revealed = model.getAttribute("revealed") instanceof String part ? part : "";
        model.addAttribute("item", ItemView.of(item, policy, new Moment(clock.instant()), account.getName(), revealed));
        if (model.getAttribute("form") instanceof DecisionForm form) {
            model.addAttribute("evidenceChanged", !form.evidence().equals(item.evidenceSha256()));
        } else {
            model.addAttribute("form", DecisionForm.empty(item));
        }
        addRecords(item, model);
        model.addAttribute("mayReopen", mayReopen(item, account));
        model.addAttribute(
                "history",
                audit.entriesOf(subject(id), HISTORY_LIMIT).stream()
                        .map(HistoryEntry::of)
                        .toList());
        model.addAttribute("verdicts", DecisionKind.values());
        model.addAttribute("confidences", Confidence.values());
        model.addAttribute("severities", policy.severities());
        return "item";
    }

    /**
     * Adds the records of the page, if there are any: a console without the crawl database has none.
     */
    private void addRecords(Item item, Model model) {
        PageRecords pages = records.getIfAvailable();
        Optional<PageRecords.FetchDetails> fetch =
                pages == null ? Optional.empty() : pages.lastFetch(item.url(), item.lastRun());
        Optional<PageRecords.AnalysisDetails> analysis =
                pages == null ? Optional.empty() : pages.analysis(item.url(), item.lastRun());
        model.addAttribute(
                "fetch", fetch.map(details -> PageFacts.of(item.url(), details)).orElse(null));
        model.addAttribute(
                "analysedIn",
                analysis.map(PageRecords.AnalysisDetails::run)
                        .filter(run -> run != item.lastRun())
                        .orElse(null));
        model.addAttribute(
                "uncounted",
                analysis.map(found -> UncountedRule.of(item, found.rules())).orElse(List.of()));
        model.addAttribute(
                "dropped", analysis.map(PageRecords.AnalysisDetails::dropped).orElse(0));
    }

    /** Reveals one masked text: the title, or the snippet of a reason. */
    @PostMapping("/reveal")
    String reveal(
            @PathVariable long id,
            @RequestParam String part,
            @RequestParam String evidence,
            @RequestHeader(name = HTMX, required = false) @Nullable String htmx,
            Principal account,
            Model model,
            RedirectAttributes redirect) {
        Item item = item(id);
        if (!item.evidenceSha256().equals(evidence)) {
            if (htmx != null) {
                return "parts :: stale";
            }
            redirect.addFlashAttribute(
                    "problem", "A run found other evidence since you opened this page. This is the new evidence.");
            return "redirect:/items/" + id;
        }
        Excerpt excerpt = Excerpt.of(item, part, true)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "the item has no such evidence"));
        audit.append(
                account.getName(),
                "item.reveal",
                subject(id),
                Map.of("text", part.equals(Excerpt.TITLE) ? "title" : excerpt.rule(), "evidence", evidence));
        if (htmx != null) {
            model.addAttribute("excerpt", excerpt);
            return "parts :: excerpt";
        }
        redirect.addFlashAttribute("revealed", part);
        return "redirect:/items/" + id + "#part-" + part;
    }

    @PostMapping("/claim")
    String claim(@PathVariable long id, Principal reviewer) {
        claims.claim(id, reviewer.getName());
        return "redirect:/items/" + id;
    }

    /** Renews the claim and responds with the new end of the lease. */
    @PostMapping("/renew")
    String renew(
            @PathVariable long id,
            @RequestHeader(name = HTMX, required = false) @Nullable String htmx,
            Principal reviewer,
            Model model) {
        model.addAttribute(
                "until", Moment.utc(claims.renew(id, reviewer.getName()).until()));
        return htmx == null ? "redirect:/items/" + id : "parts :: until";
    }

    @PostMapping("/release")
    String release(@PathVariable long id, Principal reviewer, RedirectAttributes redirect) {
        claims.release(id, reviewer.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is released.");
        return "redirect:/queue";
    }

    /** Skips the item and claims the next one. Reviewers give no reason. */
    @PostMapping("/skip")
    String skip(@PathVariable long id, Principal reviewer, RedirectAttributes redirect) {
        claims.skip(id, reviewer.getName());
        return next(item(id).lane(), reviewer, redirect, "Item " + id + " is skipped and left to other reviewers.");
    }

    @PostMapping("/decide")
    String decide(
            @PathVariable long id,
            @ModelAttribute DecisionForm form,
            @RequestParam(defaultValue = "") String then,
            Principal reviewer,
            RedirectAttributes redirect) {
        try {
            decisions.decide(id, reviewer.getName(), form.toRequest());
        } catch (IllegalArgumentException | ItemConflictException e) {
            redirect.addFlashAttribute("problem", e.getMessage());
            redirect.addFlashAttribute("form", form);
            return "redirect:/items/" + id;
        }
        String done = "Item " + id + " is decided: " + form.verdict().replace('_', ' ') + ".";
        if (then.equals("next")) {
            return next(item(id).lane(), reviewer, redirect, done);
        }
        redirect.addFlashAttribute("notice", done);
        return "redirect:/items/" + id;
    }

    @PostMapping("/reopen")
    String reopen(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String reason,
            Authentication actor,
            RedirectAttributes redirect) {
        if (!mayReopen(item(id), actor)) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN, "Only the reviewer who decided, a lead or an admin may re-open the item.");
        }
        try {
            decisions.reopen(id, actor.getName(), reason);
            redirect.addFlashAttribute("notice", "Item " + id + " is re-opened. The earlier decision is kept.");
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:/items/" + id;
    }

    /** Shows the current state of the item after a conflict, for example with another claim or an expired lease. */
    @ExceptionHandler
    Object conflict(ItemConflictException conflict, HttpServletRequest request, RedirectAttributes redirect) {
        if (request.getHeader(HTMX) != null) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .header("HX-Refresh", "true")
                    .build();
        }
        redirect.addFlashAttribute("problem", conflict.getMessage());
        Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return "redirect:/items/" + variables.get("id");
    }

    private String next(String lane, Principal reviewer, RedirectAttributes redirect, String done) {
        Optional<Long> next = claims.next(lane, reviewer.getName());
        redirect.addFlashAttribute(
                "notice", next.isPresent() ? done : done + " No other item is available to you in lane " + lane + ".");
        return next.map(id -> "redirect:/items/" + id).orElse("redirect:/queue");
    }

    private Item item(long id) {
        return items.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
    }

    private static boolean mayReopen(Item item, Authentication actor) {
        Decision decision = item.decision();
        boolean own = item.state() == ItemState.DECIDED
                && decision != null
                && decision.reviewer().equals(actor.getName());
        return own
                || !item.state().isOpen()
                        && actor.getAuthorities().stream()
                                .anyMatch(authority -> Role.mayOverrule(authority.getAuthority()));
    }

    private static String subject(long id) {
        return "item:" + id;
    }
}
