package org.markwatch.review.accounts;

import java.security.Principal;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.Sentence;
import org.markwatch.review.Accounts;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.Permission;
import org.markwatch.review.Requires;
import org.markwatch.review.Role;
import org.markwatch.review.api.ApiTokens;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Lists, adds and changes accounts. Administrators cannot change their own account here, so that one who can always
 * remains.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/accounts")
@Requires(Permission.MANAGE_ACCOUNTS)
class AccountsController {
    private static final int PAGE_SIZE = 50;
    private static final String LIST = "redirect:/accounts";

    private final Accounts accounts;
    private final ApiTokens tokens;
    private final Clock clock;

    AccountsController(Accounts accounts, ApiTokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping
    String list(@RequestParam(defaultValue = "") String after, Principal administrator, Model model) {
        List<Accounts.AccountSummary> page = accounts.list(after.replace("\0", ""), PAGE_SIZE + 1);
        List<ApiTokens.StoredToken> usable =
                tokens.live(page.stream().map(Accounts.AccountSummary::name).toList());
        model.addAttribute(
                "accounts",
                page.stream()
                        .limit(PAGE_SIZE)
                        .map(account -> AccountRow.of(account, usable, administrator.getName(), clock.instant()))
                        .toList());
        model.addAttribute("first", after.isEmpty());
        model.addAttribute(
                "next", page.size() > PAGE_SIZE ? page.get(PAGE_SIZE - 1).name() : null);
        model.addAttribute("roles", Role.values());
        model.addAttribute("oneTimeDays", Accounts.ONE_TIME.toDays());
        return "accounts";
    }

    @PostMapping
    String add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(name = "roles", required = false) @Nullable List<String> roles,
            Principal administrator,
            ConsoleWords words,
            RedirectAttributes redirect) {
        try {
            String account = name.strip().toLowerCase(Locale.ROOT);
            String password = accounts.by(administrator.getName()).addWithOneTimePassword(account, roles(roles));
            showOnce(account, password, redirect);
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return LIST;
    }

    @PostMapping("/{name}/roles")
    String replaceRoles(
            @PathVariable String name,
            @RequestParam(name = "roles", required = false) @Nullable List<String> roles,
            Principal administrator,
            ConsoleWords words,
            RedirectAttributes redirect) {
        requireOther(name, administrator);
        try {
            Set<Role> chosen = roles(roles);
            require(accounts.by(administrator.getName()).replaceRoles(name, chosen));
            redirect.addFlashAttribute(
                    "notice",
                    words.text(
                            "accounts.now-its-sessions-have",
                            name,
                            words.labels(
                                    "role",
                                    chosen.stream().sorted().map(Role::label).toList())));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return LIST;
    }

    @PostMapping("/{name}/lock")
    String lock(@PathVariable String name, Principal administrator, ConsoleWords words, RedirectAttributes redirect) {
        requireOther(name, administrator);
        require(accounts.by(administrator.getName()).lock(name));
        redirect.addFlashAttribute("notice", words.text("accounts.locked-its-sessions-have", name));
        return LIST;
    }

    @PostMapping("/{name}/unlock")
    String unlock(@PathVariable String name, Principal administrator, ConsoleWords words, RedirectAttributes redirect) {
        requireOther(name, administrator);
        require(accounts.by(administrator.getName()).unlock(name));
        redirect.addFlashAttribute("notice", words.text("accounts.unlocked", name));
        return LIST;
    }

    /** Sets a one-time password and shows it once. */
    @PostMapping("/{name}/reset")
    String reset(@PathVariable String name, Principal administrator, RedirectAttributes redirect) {
        requireOther(name, administrator);
        Optional<String> password = accounts.by(administrator.getName()).resetPassword(name);
        require(password.isPresent());
        showOnce(name, password.orElseThrow(), redirect);
        return LIST;
    }

    /** Revokes a token of an account, also of the own one. */
    @PostMapping("/{name}/tokens/{id}/revoke")
    String revokeToken(
            @PathVariable String name,
            @PathVariable long id,
            Principal administrator,
            ConsoleWords words,
            RedirectAttributes redirect) {
        require(tokens.revoke(name, id, administrator.getName()));
        redirect.addFlashAttribute("notice", words.text("accounts.token-revoked", name));
        return LIST;
    }

    private static void showOnce(String name, String password, RedirectAttributes redirect) {
        redirect.addFlashAttribute("oneTimeName", name);
        redirect.addFlashAttribute("oneTimePassword", password);
    }

    private static void requireOther(String name, Principal administrator) {
        if (name.equals(administrator.getName())) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "administrators cannot change their own account");
        }
    }

    private static void require(boolean exists) {
        if (!exists) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such account or token");
        }
    }

    private static Set<Role> roles(@Nullable List<String> labels) {
        if (labels == null || labels.isEmpty()) {
            throw new EntryException(Sentence.of("refusal.choose-at-least-one-role"));
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        labels.forEach(label -> roles.add(Role.of(label)));
        return roles;
    }
}
