package org.markwatch.review.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Accounts;
import org.markwatch.review.Permission;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests of the API by their bearer token (RFC 6750). A request has the permissions of the account that are
 * scopes of the token too, so that a role which the account loses, or its lock, counts at once.
 */
final class ApiTokenFilter extends OncePerRequestFilter {
    private static final String SCHEME = "Bearer ";
    private static final int LONGEST = 200;

    private final ApiTokens tokens;
    private final Accounts accounts;
    private final ApiThrottle throttle;
    private final ApiProblems problems;

    ApiTokenFilter(ApiTokens tokens, Accounts accounts, ApiThrottle throttle, ApiProblems problems) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.throttle = throttle;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContextHolder.setContext(SecurityContextHolder.createEmptyContext()); // only a token authenticates
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        Optional<ApiTokens.StoredToken> token =
                header != null && header.startsWith(SCHEME) && header.length() <= LONGEST
                        ? tokens.use(header.substring(SCHEME.length()).strip())
                        : Optional.empty();
        if (token.isPresent()) {
            int wait = throttle.secondsToWait(token.get().id());
            if (wait > 0) {
                response.setHeader(HttpHeaders.RETRY_AFTER, Integer.toString(wait));
                problems.write(
                        response,
                        HttpStatus.TOO_MANY_REQUESTS,
                        "A token may make " + ApiThrottle.MOST + " requests a minute; try again in " + wait + " s.");
                return;
            }
            accounts.permissionsOf(token.get().account()).ifPresent(held -> authenticate(token.get(), held));
        }
        try {
            chain.doFilter(request, response);
        } finally {
            SecurityContextHolder.clearContext();
        }
    }

    private static void authenticate(ApiTokens.StoredToken token, Set<Permission> held) {
        List<SimpleGrantedAuthority> authorities = held.stream()
                .filter(token.scopes()::contains)
                .map(Permission::authority)
                .toList();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(token.account(), null, authorities));
        SecurityContextHolder.setContext(context);
    }
}
