package org.markwatch.review.team;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.markwatch.queue.Audit;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.team.RuleTrial.TriedPage;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.edit.FileChange;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Tries the rules that are in force on pasted HTML, or on the text that a run has kept of a URL. Sends no request: the console
 * never fetches (ADR 0137). Pasted
 * HTML is not stored; of kept text, no word is shown. Masked indicators count for accounts that may see what is restricted
 * only: their names would tell which words the sealed lexicon has.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.EDIT_WATCHLIST)
class TrialController {
    private static final int LONGEST_HTML = 400_000;
    private static final int LONGEST_URL = 2_000;

    private final RuleTrial trial;
    private final CurrentWatchlist current;
    private final HeldBackPages pages;
    private final Items items;
    private final Audit audit;
    private final TrialSlots slots;

    TrialController(
            RuleTrial trial,
            CurrentWatchlist current,
            HeldBackPages pages,
            Items items,
            Audit audit,
            TrialSlots slots) {
        this.trial = trial;
        this.current = current;
        this.pages = pages;
        this.items = items;
        this.audit = audit;
        this.slots = slots;
    }

    @GetMapping("/watchlist/try")
    String form(Model model) {
        return show("", "", model);
    }

    @PostMapping("/watchlist/try")
    String tryRules(
            @RequestParam(defaultValue = "") String url,
            @RequestParam(defaultValue = "") String html,
            LaneAccess access,
            Authentication editor,
            ConsoleWords words,
            Model model) {
        HttpUrl page =
                url.length() > LONGEST_URL ? null : HttpUrl.parse(url.strip()).orElse(null);
        if (page == null) {
            model.addAttribute("problem", words.text("rule-trial.url-must-be-absolute", LONGEST_URL));
        } else if (html.length() > LONGEST_HTML) {
            model.addAttribute("problem", words.text("rule-trial.html-must-have-at", LONGEST_HTML));
        } else {
            boolean masked = Permission.SEE_RESTRICTED.isHeldBy(editor);
            model.addAttribute("masked", masked);
            slots.run(() -> analysed(page, html, access, editor.getName(), masked, words))
                    .ifPresentOrElse(
                            tried -> tried.ifPresentOrElse(
                                    result -> model.addAttribute("result", result),
                                    () -> model.addAttribute("unkept", true)),
                            () -> model.addAttribute("problem", words.text(TrialSlots.TAKEN)));
        }
        return show(url, html, model);
    }

    /** Returns the result; empty if no text is kept. The audit has the page, and of pasted HTML the hash only. */
    private Optional<TrialResult> analysed(
            HttpUrl page, String html, LaneAccess access, String editor, boolean masked, ConsoleWords words) {
        OptionalLong item = items.numberOf(page);
        boolean pasted = !html.isBlank();
        Map<String, Object> details = new LinkedHashMap<>();
        if (item.isEmpty()) { // the item has the URL, and its history must not show what the item masks
            details.put("url", page.toString());
        }
        if (pasted) {
            details.put("sha256 of the HTML", FileChange.sha256(html));
        }
        audit.append(editor, "watchlist.try", item.isPresent() ? "item:" + item.getAsLong() : "page", details);
        if (pasted) {
            TriedPage tried = trial.html(current.watchlist(), page, html, masked);
            return Optional.of(TrialResult.of(tried, current, true, words));
        }
        return kept(page, access, masked).map(found -> TrialResult.of(found, current, false, words));
    }

    /** Returns the result for kept text; empty if none is kept, or the page is in a lane that the account may not see. */
    private Optional<TriedPage> kept(HttpUrl page, LaneAccess access, boolean masked) {
        return pages.hidden(List.of(page.toString()), access).isEmpty()
                ? trial.kept(current.watchlist(), page, masked).filter(found -> access.allows(found.lane()))
                : Optional.empty();
    }

    private static String show(String url, String html, Model model) {
        model.addAttribute("url", url);
        model.addAttribute("html", html.length() > LONGEST_HTML ? "" : html);
        model.addAttribute("longestHtml", LONGEST_HTML);
        return "rule-trial";
    }
}
