package org.markwatch.review.welfare;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.queue.welfare.LaneOptOuts;
import org.markwatch.queue.welfare.Standing;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.NoPermission;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows breaks, the lanes that a reviewer leaves out, and the load of the team. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class WelfareController {
    private final Exposure exposure;
    private final LaneOptOuts optOuts;
    private final QueuePolicy policy;

    WelfareController(Exposure exposure, LaneOptOuts optOuts, QueuePolicy policy) {
        this.exposure = exposure;
        this.optOuts = optOuts;
        this.policy = policy;
    }

    @GetMapping("/break")
    @NoPermission
    String pause(Principal account, Model model) {
        Standing standing = exposure.standing(account.getName());
        model.addAttribute("until", standing.until());
        model.addAttribute("dayIsOver", standing.dayIsOver());
        model.addAttribute("today", hours(standing.today()));
        model.addAttribute("daily", hours(exposure.limits().daily()));
        return "break";
    }

    @GetMapping("/my-lanes")
    @Requires(Permission.DECIDE)
    String lanes(Principal account, LaneAccess access, Model model) {
        model.addAttribute("lanes", allowed(access));
        model.addAttribute("left", optOuts.of(account.getName()));
        return "my-lanes";
    }

    /** Replaces the lanes that the account leaves out. */
    @PostMapping("/my-lanes")
    @Requires(Permission.DECIDE)
    String choose(
            @RequestParam(defaultValue = "") List<String> lane,
            Principal account,
            LaneAccess access,
            ConsoleWords words,
            RedirectAttributes redirect) {
        List<String> allowed = allowed(access);
        optOuts.replace(
                account.getName(), lane.stream().filter(allowed::contains).toList());
        redirect.addFlashAttribute("notice", words.text("my-lanes.your-lanes-are-kept"));
        return "redirect:/my-lanes";
    }

    @GetMapping("/load")
    @Requires(Permission.SEE_TEAM)
    String load(LaneAccess access, Model model) {
        model.addAttribute(
                "rows",
                exposure.loads(access).stream()
                        .map(load -> new LoadRow(
                                load.account(),
                                load.items(),
                                hours(load.standing().today()),
                                load.standing().until()))
                        .toList());
        model.addAttribute("daily", hours(exposure.limits().daily()));
        model.addAttribute("skips", exposure.skipsToday(access));
        return "load";
    }

    private List<String> allowed(LaneAccess access) {
        return policy.lanes().get().names().stream().filter(access::allows).toList();
    }

    private static String hours(Duration time) {
        String minutes = time.toMinutesPart() + " min";
        return time.toHours() == 0 ? minutes : time.toHours() + " h" + (time.toMinutesPart() == 0 ? "" : " " + minutes);
    }

    /**
     * A person's load.
     *
     * @param items items that the person holds and that the reader may see
     * @param today time worked on items today
     * @param until end of the break or of the day; null if the person may work
     */
    record LoadRow(
            String account,
            long items,
            String today,
            @Nullable Instant until) {}
}
