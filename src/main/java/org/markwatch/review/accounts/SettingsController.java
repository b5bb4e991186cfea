package org.markwatch.review.accounts;

import java.security.Principal;
import java.util.Locale;
import org.markwatch.review.ConsoleWords;
import org.markwatch.review.NoPermission;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Lets everybody who has signed in choose how the console looks to the own account. */
@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class SettingsController {
    private final AccountSettings settings;

    SettingsController(AccountSettings settings) {
        this.settings = settings;
    }

    @PostMapping("/settings")
    @NoPermission
    String replace(
            @RequestParam(defaultValue = "") String zone,
            @RequestParam(defaultValue = "") String language,
            Principal owner,
            ConsoleWords words,
            RedirectAttributes redirect) {
        try {
            settings.replace(owner.getName(), zone, language);
            Locale chosen = settings.languageOf(owner.getName()).orElse(words.language());
            redirect.addFlashAttribute("notice", words.in(chosen).text("password.your-settings-are-kept"));
        } catch (IllegalArgumentException e) {
            redirect.addFlashAttribute("problem", words.problem(e));
        }
        return "redirect:/password";
    }
}
