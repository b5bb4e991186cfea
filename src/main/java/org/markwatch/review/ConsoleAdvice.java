package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Adds the signed-in account, its format of times, and the decision that it can take back to the model of every page. */
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
        String roles = authentication.getPrincipal() instanceof AccountPrincipal account ? account.roles() : "";
        return new Me(authentication.getName(), roles, authentication);
    }

    @ModelAttribute("lastDecision")
    @Nullable
    LastDecision lastDecision(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : LastDecision.of(session, clock);
    }

    /** Returns what formats times in the zone of the signed-in account. */
    @ModelAttribute("times")
    ZoneTimes times(ZoneId zone) {
        return new ZoneTimes(zone);
    }

    /** The signed-in account as templates see it. */
    record Me(String name, String roles, Authentication account) {
        /** Returns whether the account has a permission, by its name. */
        public boolean may(String permission) {
            return Permission.valueOf(permission).isHeldBy(account);
        }
    }
}
