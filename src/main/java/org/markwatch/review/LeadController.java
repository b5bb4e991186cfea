package org.markwatch.review;

import java.security.Principal;
import java.util.Locale;
import org.markwatch.queue.Claims;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Frees and assigns claims, for leads and admins. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/items/{id}")
class LeadController {
    private final Claims claims;
    private final Accounts accounts;

    LeadController(Claims claims, Accounts accounts) {
        this.claims = claims;
        this.accounts = accounts;
    }

    @PostMapping("/free")
    String free(@PathVariable long id, Principal lead, RedirectAttributes redirect) {
        claims.free(id, lead.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is free. What its holder entered is kept for them.");
        return "redirect:/items/" + id;
    }

    @PostMapping("/assign")
    String assign(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String to,
            Principal lead,
            RedirectAttributes redirect) {
        String name = to.strip().toLowerCase(Locale.ROOT);
        if (!accounts.isEnabled(name)) {
            redirect.addFlashAttribute(
                    "problem", "There is no enabled account with this name. Enter the name of a reviewer.");
            return "redirect:/items/" + id;
        }
        claims.assign(id, name, lead.getName());
        redirect.addFlashAttribute("notice", "Item " + id + " is assigned to " + name + ".");
        return "redirect:/items/" + id;
    }
}
