package org.markwatch.review;

import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import org.markwatch.queue.Audit;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.LaneMoves;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Frees and assigns the claims of others, and moves items to other lanes. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
@Requires(Permission.OVERRULE)
class OverruleController {
    private static final int LONGEST_NAME = 64;

    private final Claims claims;
    private final Accounts accounts;
    private final RouteAccess access;
    private final Items items;
    private final LaneMoves moves;
    private final Audit audit;

    OverruleController(
            Claims claims, Accounts accounts, RouteAccess access, Items items, LaneMoves moves, Audit audit) {
        this.claims = claims;
        this.accounts = accounts;
        this.access = access;
        this.items = items;
        this.moves = moves;
        this.audit = audit;
    }

    @PostMapping("/free")
    String free(@PathVariable long id, Principal supervisor, ConsoleWords words, RedirectAttributes redirect) {
        claims.free(id, supervisor.getName());
        redirect.addFlashAttribute("notice", words.text("item.item-free-what-its", id));
        return "redirect:/items/" + id;
    }

    @PostMapping("/assign")
    String assign(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String to,
            Principal supervisor,
            ConsoleWords words,
            RedirectAttributes redirect) {
        String name = to.strip().toLowerCase(Locale.ROOT);
        boolean reviews = accounts.rolesOf(name)
                .filter(roles -> Role.permissions(roles).contains(Permission.DECIDE))
                .filter(roles -> items.isVisible(id, name, access.laneAccess(roles)))
                .isPresent();
        if (!reviews || !claims.assign(id, name, supervisor.getName())) {
            audit.append(
                    supervisor.getName(), "item.assign.refused", ItemScreen.subject(id), Map.of("to", shortened(name)));
            redirect.addFlashAttribute("problem", words.text("item.there-no-account-with"));
            return "redirect:/items/" + id;
        }
        redirect.addFlashAttribute("notice", words.text("item.item-assigned", id, name));
        return "redirect:/items/" + id;
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    @PostMapping("/move")
    String move(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String lane,
            Principal supervisor,
            LaneAccess visible,
            ConsoleWords words,
            RedirectAttributes redirect) {
        try {
            moves.move(id, lane, supervisor.getName());
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
            return "redirect:/items/" + id;
        }
        redirect.addFlashAttribute("notice", words.text("item.item-lane-now-runs", id, lane));
        return visible.allows(lane) ? "redirect:/items/" + id : "redirect:/queue";
    }
}
