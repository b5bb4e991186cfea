package org.markwatch.review;

import java.security.Principal;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Claims;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemFilter.Show;
import org.markwatch.queue.Items;
import org.markwatch.queue.QueuePolicy;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows the queue and claims the next item. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class QueueController {
    private static final int PAGE_SIZE = 25;

    private final Items items;
    private final Claims claims;
    private final QueuePolicy policy;
    private final ObjectProvider<RunControl> runs;
    private final Clock clock;

    QueueController(Items items, Claims claims, QueuePolicy policy, ObjectProvider<RunControl> runs, Clock clock) {
        this.items = items;
        this.claims = claims;
        this.policy = policy;
        this.runs = runs;
        this.clock = clock;
    }

    @GetMapping("/queue")
    String queue(
            @RequestParam(defaultValue = "OPEN") Show show,
            @RequestParam(defaultValue = "") String lane,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "") String brand,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String after,
            Principal reviewer,
            Model model) {
        ItemFilter filter = new ItemFilter(show, reviewer.getName(), lane, severity, brand, text.strip());
        Items.ItemPage page = items.page(filter, Items.Cursor.parse(after).orElse(null), PAGE_SIZE);
        Moment now = new Moment(clock.instant());
        model.addAttribute("filter", filter);
        model.addAttribute("filtered", !filter.equals(ItemFilter.open(reviewer.getName())));
        model.addAttribute("first", after.isEmpty());
        model.addAttribute("next", page.next());
        model.addAttribute("count", items.count(filter));
        model.addAttribute(
                "rows",
                page.items().stream()
                        .map(item -> ItemRow.of(item, policy, now, reviewer.getName()))
                        .toList());
        model.addAttribute(
                "lanes",
                items.lanes().stream().map(each -> LaneCard.of(each, now)).toList());
        RunControl control = runs.getIfAvailable();
        model.addAttribute("run", control == null ? null : control.activeRun().orElse(null));
        model.addAttribute("emptyRun", control == null ? null : orNull(control.lastRunWithoutText()));
        model.addAttribute("shows", Show.values());
        model.addAttribute("severities", policy.severities().reversed());
        model.addAttribute("brands", items.brands());
        return "queue";
    }

    @PostMapping("/queue/next")
    String next(@RequestParam(defaultValue = "") String lane, Principal reviewer, RedirectAttributes redirect) {
        Optional<Long> next = claims.next(lane.isEmpty() ? null : lane, reviewer.getName());
        if (next.isEmpty()) {
            redirect.addFlashAttribute(
                    "notice",
                    "No item is available to you" + (lane.isEmpty() ? "" : " in lane " + lane)
                            + ": all items are decided, held by others, or skipped by you.");
            return "redirect:/queue";
        }
        return "redirect:/items/" + next.get();
    }

    private static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** @param oldest how long the item that has waited longest is open, null if no item is open */
    record LaneCard(
            String name,
            long waiting,
            long reopened,
            long claimed,
            @Nullable String oldest) {
        static LaneCard of(Items.LaneCounts lane, Moment now) {
            return new LaneCard(
                    lane.name(),
                    lane.waiting(),
                    lane.reopened(),
                    lane.claimed(),
                    lane.oldest() == null ? null : now.since(lane.oldest()));
        }
    }
}
