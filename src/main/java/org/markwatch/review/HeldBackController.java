package org.markwatch.review;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.HeldBackPages.HeldBackPage;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.SampleResult;
import org.markwatch.url.HttpUrl;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Shows the pages that the last run held back, most points first, and what the sample of such pages
 * showed. The list has no text of the pages.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class HeldBackController {
    private final HeldBackPages heldBack;
    private final CurrentWatchlist watchlist;

    HeldBackController(HeldBackPages heldBack, CurrentWatchlist watchlist) {
        this.heldBack = heldBack;
        this.watchlist = watchlist;
    }

    @Requires(Permission.SEE_TEAM)
    @GetMapping("/held-back")
    String list(LaneAccess access, ConsoleWords words, Model model) {
        long run = heldBack.lastRun();
        List<HeldBackPage> pages = heldBack.list(access);
        SampleResult sample = heldBack.sampleResult(access);
        model.addAttribute("run", run);
        model.addAttribute("counts", heldBack.counts(run));
        model.addAttribute(
                "rows",
                pages.stream().map(page -> HeldBackRow.of(page, watchlist)).toList());
        model.addAttribute("limit", HeldBackPages.LISTED);
        model.addAttribute("days", HeldBackPages.PERIOD.toDays());
        model.addAttribute("sample", sample);
        model.addAttribute("share", share(sample, words));
        return "held-back";
    }

    /** Returns the share of hits with its interval; null if no page of the sample is decided. */
    private static @Nullable String share(SampleResult sample, ConsoleWords words) {
        return sample.decided() == 0
                ? null
                : words.text(
                        "common.interval",
                        words.decimal(100.0 * sample.hits() / sample.decided(), 1),
                        words.decimal(100 * sample.low(), 1),
                        words.decimal(100 * sample.high(), 1));
    }

    /**
     * A held-back page as a row of the list.
     *
     * @param hasPath whether the URL has more than its origin
     */
    record HeldBackRow(
            String origin, boolean hasPath, String reason, int points, List<String> brands, List<String> groups) {
        static HeldBackRow of(HeldBackPage page, CurrentWatchlist watchlist) {
            Defanged url = Defanged.of(HttpUrl.of(page.url()));
            return new HeldBackRow(
                    url.origin(),
                    !url.rest().isEmpty(),
                    page.reason(),
                    page.points(),
                    page.brands().stream().map(watchlist::brandName).toList(),
                    page.groups().stream().map(watchlist::groupLabel).toList());
        }
    }
}
