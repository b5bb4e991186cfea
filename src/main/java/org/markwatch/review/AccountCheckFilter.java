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

/** Ends a session whose account has been switched off, or given another password or role, with the next request. */
final class AccountCheckFilter extends OncePerRequestFilter {
    private final Accounts accounts;
    private final SecurityContextLogoutHandler end = new SecurityContextLogoutHandler();

    AccountCheckFilter(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication reader = SecurityContextHolder.getContext().getAuthentication();
        if (reader != null
                && reader.getPrincipal() instanceof AccountPrincipal account
                && !accounts.isCurrent(account)) {
            end.logout(request, response, reader);
        }
        chain.doFilter(request, response);
    }
}
