package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
        return new Me(
                authentication.getName(), roles.isEmpty() ? List.of() : List.of(roles.split(", ")), authentication);
    }

    @ModelAttribute("lastDecision")
    @Nullable
    LastDecision lastDecision(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null ? null : LastDecision.of(session, clock);
    }

    /** Returns what was entered in a form of the page before the session ended; empty if there is nothing. */
    @ModelAttribute("typed")
    Map<String, String> typed(HttpServletRequest request) {
        return KeptForm.take(request.getSession(false), request.getRequestURI());
    }

    /** Returns the texts of templates in the language of the reader. */
    @ModelAttribute("words")
    ConsoleWords words(ConsoleWords words) {
        return words;
    }

    /** Returns what formats times in the zone of the signed-in account. */
    @ModelAttribute("times")
    ZoneTimes times(ZoneId zone) {
        return new ZoneTimes(zone);
    }

    /** The signed-in account as templates see it. */
    record Me(String name, List<String> roles, Authentication account) {
        /** Returns whether the account has a permission, by its name. */
        public boolean may(String permission) {
            return Permission.valueOf(permission).isHeldBy(account);
        }
    }
}
