package org.markwatch.review;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authenticates by name and password, blocks repeated failures, and writes successful and failed sign-ins to the audit.
 */
final class SignInProvider implements AuthenticationProvider {
    private final DaoAuthenticationProvider passwords;
    private final SignInThrottle throttle;
    private final Audit audit;

    SignInProvider(Accounts accounts, SignInThrottle throttle, Audit audit) {
        this.passwords = new DaoAuthenticationProvider(name -> accounts.find(name)
                .filter(account -> !account.disabled()) // same response and same time as for an unknown name
                .map(AccountPrincipal::new)
                .orElseThrow(() -> new UsernameNotFoundException(name)));
        this.passwords.setPasswordEncoder(accounts.encoder());
        this.throttle = throttle;
        this.audit = audit;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        String name = auditName(request.getName().strip().toLowerCase(Locale.ROOT));
        String address = request.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : "unknown";
        if (throttle.blocks(name, address)) {
            throw new LockedException("too many failed sign-ins of " + name + " from " + address);
        }
        UsernamePasswordAuthenticationToken attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(name, request.getCredentials());
        attempt.setDetails(request.getDetails());
        try {
            Authentication signedIn = passwords.authenticate(attempt);
            throttle.succeeded(name, address);
            audit.append(name, Accounts.SIGN_IN, "account:" + name, Map.of("address", address));
            return signedIn;
        } catch (BadCredentialsException e) {
            throttle.failed(name, address);
            audit.append(name, "sign-in.refused", "account:" + name, Map.of("address", address));
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static String auditName(String name) {
        String visible = DisplayText.escape(name);
        return visible.length() > 64 ? visible.substring(0, 64) : visible;
    }
}
