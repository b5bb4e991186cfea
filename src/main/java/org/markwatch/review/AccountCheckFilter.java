package org.markwatch.review;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends the session of an account that was disabled or got another password or role, on its next request. */
final class AccountCheckFilter extends OncePerRequestFilter {
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
        }
        chain.doFilter(request, response);
    }
}
