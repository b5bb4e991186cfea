package org.markwatch.review;

import java.security.Principal;
import java.util.Locale;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Items;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Frees and assigns claims of others. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
@Requires(Permission.OVERRULE)
class ClaimsOfOthersController {
    private final Claims claims;
    private final Accounts accounts;
    private final RouteAccess access;
    private final Items items;

    ClaimsOfOthersController(Claims claims, Accounts accounts, RouteAccess access, Items items) {
        this.claims = claims;
        this.accounts = accounts;
        this.access = access;
        this.items = items;
    }

    @PostMapping("/free")
    String free(@PathVariable long id, Principal supervisor, RedirectAttributes redirect) {
        claims.free(id, supervisor.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is free. What its holder entered is kept for them.");
        return "redirect:/items/" + id;
    }

    @PostMapping("/assign")
    String assign(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String to,
            Principal supervisor,
            RedirectAttributes redirect) {
        String name = to.strip().toLowerCase(Locale.ROOT);
        boolean reviews = accounts.rolesOf(name)
                .filter(roles -> Role.permissions(roles).contains(Permission.DECIDE))
                .filter(roles -> items.isVisible(id, access.laneAccess(roles)))
                .isPresent();
        if (!reviews) {
            redirect.addFlashAttribute(
                    "problem",
                    "There is no enabled account with this name that may decide this item. Enter the name of a reviewer.");
            return "redirect:/items/" + id;
        }
        claims.assign(id, name, supervisor.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is assigned to " + name + ".");
        return "redirect:/items/" + id;
    }
}
