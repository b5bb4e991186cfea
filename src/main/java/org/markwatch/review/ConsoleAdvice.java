package org.markwatch.review;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the head of every page shows: who is signed in. */
@ControllerAdvice
@ConditionalOnWebApplication(type = Type.SERVLET)
class ConsoleAdvice {
    @ModelAttribute("me")
    @Nullable
    Me me(@Nullable Authentication reader) {
        if (reader == null) {
            return null;
        }
        String authority = reader.getAuthorities().stream()
                .map(each -> String.valueOf(each.getAuthority()))
                .filter(each -> each.startsWith("ROLE_"))
                .findFirst()
                .orElse("");
        return new Me(
                reader.getName(),
                authority.replaceFirst("^ROLE_", "").toLowerCase(Locale.ROOT),
                Role.mayOverrule(authority));
    }

    /** @param lead whether the audit is open to this account, and runs may be stopped by it */
    record Me(String name, String role, boolean lead) {}
}
