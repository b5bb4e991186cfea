package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.Item;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows one item and handles its claim and reveals. Writes every view and every reveal to the audit. Every request of a
 * page with the decision form carries its entries, which are kept as a draft.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
@Requires(Permission.DECIDE)
class ItemController {
    /** Request header of htmx; such requests get a fragment, all others a whole page. */
    static final String HTMX = "HX-Request";

    private final Items items;
    private final Claims claims;
    private final Drafts drafts;
    private final Audit audit;
    private final ItemScreen page;
    private final NextItem nextItem;
    private final CurrentWatchlist watchlist;
    private final List<ItemSection> sections;
    private final Clock clock;

    ItemController(
            Items items,
            Claims claims,
            Drafts drafts,
            Audit audit,
            ItemScreen page,
            NextItem nextItem,
            CurrentWatchlist watchlist,
            List<ItemSection> sections,
            Clock clock) {
        this.items = items;
        this.claims = claims;
        this.drafts = drafts;
        this.audit = audit;
        this.page = page;
        this.nextItem = nextItem;
        this.watchlist = watchlist;
        this.sections = List.copyOf(sections);
        this.clock = clock;
    }

    @GetMapping
    @Requires(Permission.VIEW_ITEMS)
    String view(
            @PathVariable long id,
            Authentication account,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            Model model) {
        page.show(item(id, access), account, access, session, words, model);
        return "item";
    }

    /** Reveals one masked text: the title, the URL, the snippet of a reason, or a part of a section. */
    @PostMapping("/reveal")
    @Requires(Permission.REVEAL)
    String reveal(
            @PathVariable long id,
            @RequestParam String part,
            @ModelAttribute DecisionForm form,
            @RequestHeader(name = HTMX, required = false) @Nullable String htmx,
            Principal account,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            Model model,
            RedirectAttributes redirect) {
        Item item = item(id, access);
        keep(id, form, account);
        if (!item.evidenceSha256().equals(form.evidence())) {
            if (htmx != null) {
                model.addAttribute("id", id);
                return "parts :: stale";
            }
            redirect.addFlashAttribute("problem", words.text("item.run-found-other-evidence"));
            return "redirect:/items/" + id;
        }
        ItemSection.RevealedPart revealed = Excerpt.of(item, part, true, watchlist)
                .map(excerpt -> {
                    model.addAttribute("excerpt", excerpt);
                    return new ItemSection.RevealedPart(
                            "parts :: revealed", excerpt.rule().isEmpty() ? part : excerpt.rule());
                })
                .or(() -> sections.stream()
                        .flatMap(section -> section.reveal(model, item, part).stream())
                        .findFirst())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "the item has no such evidence"));
        audit.append(
                account.getName(),
                "item.reveal",
                ItemScreen.subject(id),
                Map.of("text", revealed.text(), "evidence", form.evidence()));
        RevealedParts.add(item, part, session);
        return htmx != null ? revealed.view() : "redirect:/items/" + id + "#part-" + part;
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
            @ModelAttribute DecisionForm form,
            @RequestHeader(name = HTMX, required = false) @Nullable String htmx,
            Principal reviewer,
            Model model) {
        keep(id, form, reviewer);
        model.addAttribute(
                "until", LeaseEnd.of(claims.renew(id, reviewer.getName()).until(), clock.instant()));
        return htmx == null ? "redirect:/items/" + id : "parts :: until";
    }

    @PostMapping("/release")
    String release(
            @PathVariable long id,
            @ModelAttribute DecisionForm form,
            Principal reviewer,
            ConsoleWords words,
            RedirectAttributes redirect) {
        keep(id, form, reviewer);
        claims.release(id, reviewer.getName());
        redirect.addFlashAttribute("notice", words.text("item.item-released", id));
        return "redirect:/queue";
    }

    /** Skips the item and claims the next one. Reviewers give no reason. */
    @PostMapping("/skip")
    String skip(
            @PathVariable long id,
            @ModelAttribute DecisionForm form,
            Principal reviewer,
            LaneAccess access,
            HttpSession session,
            ConsoleWords words,
            RedirectAttributes redirect) {
        keep(id, form, reviewer);
        claims.skip(id, reviewer.getName());
        return nextItem.redirect(
                session, reviewer.getName(), access, words, redirect, words.text("item.item-skipped-left-other", id));
    }

    private void keep(long id, DecisionForm form, Principal reviewer) {
        if (form.isSubmitted()) {
            drafts.save(id, reviewer.getName(), form.fields(), form.evidence());
        }
    }

    private Item item(long id, LaneAccess access) {
        return items.find(id, access)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no item " + id));
    }
}
