package org.markwatch.review;

import java.time.Clock;
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
 * Authenticates by name and password, slows down repeated failures, and writes sign-ins to the audit: successful ones,
 * failed ones, and the first that had to wait after each failure.
 */
final class SignInProvider implements AuthenticationProvider {
    private final DaoAuthenticationProvider passwords;
    private final SignInThrottle throttle;
    private final Audit audit;

    SignInProvider(Accounts accounts, SignInThrottle throttle, Audit audit, Clock clock) {
        this.passwords = new DaoAuthenticationProvider(name -> accounts.find(name)
                .filter(account ->
                        account.mayEnter(clock.instant())) // same response and same time as for an unknown name
                .map(AccountPrincipal::new)
                .orElseThrow(() -> new UsernameNotFoundException(name)));
        this.passwords.setPasswordEncoder(Passwords.ENCODER);
        this.passwords.setUserDetailsPasswordService((account, hash) -> {
            accounts.rehash(account.getUsername(), String.valueOf(hash));
            return account;
        });
        this.throttle = throttle;
        this.audit = audit;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        String name = account(request.getName());
        String subject = "account:" + name;
        String address = request.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "unknown";
        String device = request.getDetails() instanceof SignInDetails details ? details.device() : "";
        Map<String, String> from = Map.of("address", address);
        boolean familiar = !device.isEmpty() || audit.contains(subject, Accounts.SIGN_IN, from);
        String place = SignInThrottle.place(address, device);
        SignInThrottle.SignInWait found = throttle.attempt(name, place, familiar);
        if (!found.rest().isZero()) {
            if (found.first()) {
                audit.append(name, "sign-in.blocked", subject, from);
            }
            throw new WaitException(found.seconds());
        }
        UsernamePasswordAuthenticationToken attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(name, request.getCredentials());
        attempt.setDetails(request.getDetails());
        try {
            Authentication signedIn = passwords.authenticate(attempt);
            throttle.succeeded(name, place, familiar);
            audit.append(name, Accounts.SIGN_IN, subject, from);
            return signedIn;
        } catch (BadCredentialsException e) {
            audit.append(name, "sign-in.refused", subject, from);
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }

    /** Returns the name of the account that somebody means who enters a name, as the audit has it. */
    static String account(String entered) {
        String visible = DisplayText.escape(entered.strip().toLowerCase(Locale.ROOT));
        return visible.length() > 64 ? visible.substring(0, 64) : visible;
    }

    /** Thrown when an attempt has to wait. */
    static final class WaitException extends LockedException {
        private static final long serialVersionUID = 1L;

        private final long seconds;

        WaitException(long seconds) {
            super("too many failed sign-ins");
            this.seconds = seconds;
        }

        /** Returns the time until the next attempt in seconds; 1 or more. */
        long seconds() {
            return seconds;
        }
    }
}
