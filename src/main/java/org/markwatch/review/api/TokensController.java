package org.markwatch.review.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.AccountPrincipal;
import org.markwatch.review.Accounts;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.NoPermission;
import org.markwatch.review.PasswordAttempts;
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
            Permission.DECIDE,
            Permission.SEE_RESTRICTED,
            Permission.SEE_TEAM,
            Permission.SEE_RUNS,
            Permission.RUN,
            Permission.EDIT_WATCHLIST,
            Permission.READ_AUDIT);

    /** How long ago a provider of single sign-on may have vouched for the owner, in place of the password. */
    private static final Duration FRESH = Duration.ofMinutes(15);

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final PasswordAttempts attempts;
    private final Clock clock;

    TokensController(ApiTokens tokens, Accounts accounts, PasswordAttempts attempts, Clock clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** A token as a row of the page; {@code state} is usable, paused, expired, ended or revoked. */
    record TokenRow(
            long id,
            String name,
            String scopes,
            Instant created,
            Instant expires,
            @Nullable Instant used,
            String state) {}

    @GetMapping
    @NoPermission
    String list(Authentication owner, Model model) {
        model.addAttribute(
                "rows", tokens.list(owner.getName()).stream().map(this::row).toList());
        model.addAttribute("byPassword", signedOnAt(owner) == null);
        model.addAttribute("freshMinutes", FRESH.toMinutes());
        model.addAttribute("signOnDays", ApiTokens.SIGN_ON_DAYS);
        model.addAttribute("scopes", held(owner).stream().map(ApiTokens::label).toList());
        return "tokens";
    }

    @PostMapping
    @NoPermission
    String create(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") List<String> scope,
            @RequestParam(defaultValue = "90") String days,
            @RequestParam(defaultValue = "") String password,
            Authentication owner,
            HttpServletRequest request,
            ConsoleWords words,
            RedirectAttributes redirect) {
        Instant signedOn = signedOnAt(owner);
        if (signedOn == null) {
            Optional<String> ended = attempts.begin(owner.getName(), request);
            if (ended.isPresent()) {
                return ended.get();
            }
            if (!accounts.by(owner.getName()).isPassword(owner.getName(), password)) {
                redirect.addFlashAttribute("problem", words.text("tokens.password-wrong"));
                return AGAIN;
            }
            attempts.succeeded(owner.getName(), request);
        } else if (signedOn.plus(FRESH).isBefore(clock.instant())) {
            redirect.addFlashAttribute("problem", words.text("tokens.signed-on-too-long-ago", FRESH.toMinutes()));
            return AGAIN;
        }
        Set<Permission> scopes = held(owner);
        scopes.removeIf(each -> !scope.contains(ApiTokens.label(each)));
        try {
            redirect.addFlashAttribute(
                    "token",
                    tokens.create(
                            owner.getName(), name, scopes, days.matches("[0-9]{1,4}") ? Integer.parseInt(days) : 0));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return AGAIN;
    }

    @PostMapping("/{id}/revoke")
    @NoPermission
    String revoke(@PathVariable long id, Authentication owner, ConsoleWords words, RedirectAttributes redirect) {
        redirect.addFlashAttribute(
                "notice",
                tokens.revoke(owner.getName(), id, owner.getName())
                        ? words.text("tokens.token-revoked")
                        : words.text("tokens.there-no-such-token"));
        return AGAIN;
    }

    private static @Nullable Instant signedOnAt(Authentication owner) {
        return owner.getPrincipal() instanceof AccountPrincipal account ? account.signedOnAt() : null;
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
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                state(token));
    }

    private String state(ApiTokens.StoredToken token) {
        if (token.revokedAt() != null) {
            return "revoked";
        }
        if (token.isLive(clock.instant())) {
            return token.isUsable(clock.instant()) ? "usable" : "paused";
        }
        return token.current() ? "expired" : "ended";
    }
}
