package org.markwatch.review;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the session of an account that was locked or got another password or other roles, on its next request. Leads an
 * account with a one-time password to the page where it replaces it, whatever it requests.
 */
final class AccountCheckFilter extends OncePerRequestFilter {
    /** What an account with a one-time password may request. */
    private static final Pattern BEFORE_REPLACEMENT =
            Pattern.compile("/password|/settings|/sign-out|/sign-in|/error|/console[^/]*[.](css|js)|/webjars/.*");

    private final Accounts accounts;
    private final SecurityContextLogoutHandler logoutHandler = new SecurityContextLogoutHandler();

    AccountCheckFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null
                && authentication.getPrincipal() instanceof AccountPrincipal account
                && !accounts.isCurrent(account)) {
            logoutHandler.logout(request, response, authentication);
        } else if (authentication != null
                && authentication.getPrincipal() instanceof AccountPrincipal account
                && account.mustReplacePassword()
                && !BEFORE_REPLACEMENT.matcher(request.getRequestURI()).matches()) {
            response.sendRedirect("/password");
            return;
        }
        chain.doFilter(request, response);
    }
}
