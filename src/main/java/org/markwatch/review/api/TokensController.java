package org.markwatch.review.api;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.markwatch.review.Moment;
import org.markwatch.review.NoPermission;
import org.markwatch.review.Permission;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets everybody who has signed in make and revoke tokens of the API for the own account. A token is shown once. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/tokens")
class TokensController {
    private static final String AGAIN = "redirect:/tokens";
    /** The permissions that routes of the API require, and the one that shows restricted lanes. */
    private static final Set<Permission> SCOPES = EnumSet.of(
            Permission.VIEW_ITEMS,
            Permission.SEE_RESTRICTED,
            Permission.SEE_RUNS,
            Permission.RUN,
            Permission.READ_AUDIT);

    private final ApiTokens tokens;
    private final Clock clock;

    TokensController(ApiTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A token as a row of the page; {@code state} is usable, expired or revoked. */
    record TokenRow(long id, String name, String scopes, String created, String expires, String used, String state) {}

    @GetMapping
    @NoPermission
    String list(Authentication owner, Model model) {
        model.addAttribute(
                "rows", tokens.list(owner.getName()).stream().map(this::row).toList());
        model.addAttribute("scopes", held(owner).stream().map(ApiTokens::label).toList());
        return "tokens";
    }

    @PostMapping
    @NoPermission
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> scope,
            @RequestParam(defaultValue = "90") String days,
            Authentication owner,
            RedirectAttributes redirect) {
        Set<Permission> scopes = held(owner);
        scopes.removeIf(each -> !scope.contains(ApiTokens.label(each)));
        try {
            redirect.addFlashAttribute(
                    "token",
                    tokens.create(
                            owner.getName(), name, scopes, days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", e.getMessage());
        }
        return AGAIN;
    }

    @PostMapping("/{id}/revoke")
    @NoPermission
    String revoke(@PathVariable long id, Authentication owner, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "notice",
                tokens.revoke(owner.getName(), id) ? "The token is revoked." : "There is no such token to revoke.");
        return AGAIN;
    }

    private static Set<Permission> held(Authentication owner) {
        Set<Permission> scopes = EnumSet.noneOf(Permission.class);
        Arrays.stream(Permission.values())
                .filter(each -> SCOPES.contains(each) && each.isHeldBy(owner))
                .forEach(scopes::add);
        return scopes;
    }

    private TokenRow row(ApiTokens.StoredToken token) {
        return new TokenRow(
                token.id(),
                token.name(),
                String.join(
                        " ",
                        token.scopes().stream().map(ApiTokens::label).sorted().toList()),
                Moment.utc(token.createdAt()),
                Moment.utc(token.expiresAt()),
                token.lastUsedAt() == null ? "never" : Moment.utc(token.lastUsedAt()),
                token.revokedAt() != null ? "revoked" : token.isUsable(clock.instant()) ? "usable" : "expired");
    }
}
