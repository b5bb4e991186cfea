package org.markwatch.review.accounts;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import org.markwatch.review.Accounts;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.NoPermission;
import org.markwatch.review.PasswordAttempts;
import org.markwatch.review.Passwords;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Shows everybody who has signed in the page of the own account, and replaces the own password. All sessions
 * and tokens of the account end, this session too.
 */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
@RequestMapping("/password")
class PasswordController {
    private static final String AGAIN = "redirect:/password";

    private final Accounts accounts;
    private final PasswordAttempts attempts;
    private final AccountSettings settings;
    private final Clock clock;

    PasswordController(Accounts accounts, PasswordAttempts attempts, AccountSettings settings, Clock clock) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping
    @NoPermission
    String form(Principal owner, ZoneId zone, Model model) {
        model.addAttribute("zones", TimeZones.byRegion(clock.instant()));
        model.addAttribute("zone", zone.getId());
        model.addAttribute("languages", AccountSettings.LANGUAGES);
        model.addAttribute("language", settings.languageOf(owner.getName()).orElse(null));
        model.addAttribute("minLength", Passwords.MIN_LENGTH);
        model.addAttribute("maxLength", Passwords.MAX_LENGTH);
        return "password";
    }

    @PostMapping
    @NoPermission
    String replace(
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Principal owner,
            HttpServletRequest request,
            ConsoleWords words,
            RedirectAttributes redirect) {
        if (!password.equals(again)) {
            return problem(words.text("password.two-new-passwords-differ"), redirect);
        }
        String name = owner.getName();
        Optional<String> ended = attempts.begin(name, request);
        if (ended.isPresent()) {
            return ended.get();
        }
        try {
            if (!accounts.by(name).replaceOwnPassword(name, present, password)) {
                return problem(words.text("password.present-password-wrong-nothing"), redirect);
            }
            attempts.succeeded(name, request);
            return "redirect:/sign-in?changed";
        } catch (IllegalArgumentException e) { // the present password is right
            attempts.succeeded(name, request);
            return problem(words.problem(e), redirect);
        }
    }

    private static String problem(String sentence, RedirectAttributes redirect) {
        redirect.addFlashAttribute("problem", sentence);
        return AGAIN;
    }
}
