package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the signed-in account, and the decision that it can take back, to the model of every page. */
@ControllerAdvice
@ConditionalOnWebApplication(type = Type.SERVLET)
class ConsoleAdvice {
    private final Clock clock;

    ConsoleAdvice(Clock clock) {
        this.clock = clock;
    }

    @ModelAttribute("me")
    @Nullable
    Me me(@Nullable Authentication authentication) {
        if (authentication == null) {
            return null;
        }
        String authority = authentication.getAuthorities().stream()
                .map(each -> String.valueOf(each.getAuthority()))
                .filter(each -> each.startsWith("ROLE_"))
                .findFirst()
                .orElse("");
        return new Me(
                authentication.getName(),
                authority.replaceFirst("^ROLE_", "").toLowerCase(Locale.ROOT),
                Role.mayOverrule(authentication));
    }

    @ModelAttribute("lastDecision")
    @Nullable
    LastDecision lastDecision(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : LastDecision.of(session, clock);
    }

    /** @param lead whether the account may read the audit and stop runs */
    record Me(String name, String role, boolean lead) {}
}
