package org.markwatch.review;

import jakarta.servlet.http.HttpSession;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
@ConditionalOnWebApplication(type = Type.SERVLET)
class SignInController {
    private final SignInMethod method;

    SignInController(SignInMethod method) {
        this.method = method;
    }

    @NoPermission
    @GetMapping("/sign-in")
    String signIn(@RequestParam(defaultValue = "") String wait, HttpSession session, Model model) {
        model.addAttribute("waitSeconds", wait.matches("[0-9]{1,4}") ? wait : "");
        model.addAttribute("singleSignOn", method.isOffered());
        model.addAttribute("passwords", !method.isOffered() || method.allowsPasswords());
        model.addAttribute("kept", KeptEntries.subjectOf(session));
        model.addAttribute("keptForm", KeptForm.in(session) != null);
        return "sign-in";
    }

    /** Redirects to the first page that the account may see. */
    @NoPermission
    @GetMapping("/")
    String home(Authentication account) {
        return Permission.VIEW_ITEMS.isHeldBy(account) ? "redirect:/queue" : "redirect:/runs";
    }
}
