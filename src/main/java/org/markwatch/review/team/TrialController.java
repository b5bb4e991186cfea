package org.markwatch.review.team;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.LaneAccess;
import org.markwatch.review.CurrentWatchlist;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.team.RuleTrial.TriedPage;
import org.markwatch.url.HttpUrl;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Tries the rules that are in force on pasted HTML, or on the text that a run has kept of a URL. Sends no request. Pasted
 * HTML is not stored; of kept text, no word is shown.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@Requires(Permission.EDIT_WATCHLIST)
class TrialController {
    private static final int LONGEST_HTML = 400_000;
    private static final int LONGEST_URL = 2_000;
    /** Analyses at the same time. */
    private static final int AT_ONCE = 2;

    private final RuleTrial trial;
    private final CurrentWatchlist current;
    private final HeldBackPages pages;
    private final Audit audit;
    private final Semaphore free = new Semaphore(AT_ONCE);

    TrialController(RuleTrial trial, CurrentWatchlist current, HeldBackPages pages, Audit audit) {
        this.trial = trial;
        this.current = current;
        this.pages = pages;
        this.audit = audit;
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
            Principal editor,
            Model model) {
        HttpUrl page =
                url.length() > LONGEST_URL ? null : HttpUrl.parse(url.strip()).orElse(null);
        if (page == null) {
            model.addAttribute(
                    "problem",
                    "The URL must be an absolute http or https URL of at most " + LONGEST_URL + " characters.");
        } else if (html.length() > LONGEST_HTML) {
            model.addAttribute("problem", "The HTML must have at most " + LONGEST_HTML + " characters.");
        } else if (!free.tryAcquire()) {
            model.addAttribute("problem", "Other pages are being analysed. Try again in a few seconds.");
        } else {
            try {
                analyse(page, html, access, editor, model);
            } finally {
                free.release();
            }
        }
        return show(url, html, model);
    }

    private void analyse(HttpUrl page, String html, LaneAccess access, Principal editor, Model model) {
        if (!html.isBlank()) {
            model.addAttribute("result", TrialResult.of(trial.html(current.watchlist(), page, html), current, true));
            return;
        }
        audit.append(editor.getName(), "watchlist.try", "page", Map.of("url", page.toString()));
        TriedPage found = kept(page, access);
        if (found == null) {
            model.addAttribute("problem", "No text of this page is kept. Paste its HTML instead; nothing is fetched.");
        } else {
            model.addAttribute("result", TrialResult.of(found, current, false));
        }
    }

    /** Returns the result for kept text; null if none is kept, or the page is in a lane that the account may not see. */
    private @Nullable TriedPage kept(HttpUrl page, LaneAccess access) {
        if (!pages.hidden(List.of(page.toString()), access).isEmpty()) {
            return null;
        }
        return trial.kept(current.watchlist(), page)
                .filter(found -> access.allows(found.lane()))
                .orElse(null);
    }

    private static String show(String url, String html, Model model) {
        model.addAttribute("url", url);
        model.addAttribute("html", html.length() > LONGEST_HTML ? "" : html);
        model.addAttribute("longestHtml", LONGEST_HTML);
        return "rule-trial";
    }
}
