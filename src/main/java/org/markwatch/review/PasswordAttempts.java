package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.markwatch.queue.Audit;

/**
 * Limits how often a session may enter the password of its account again. Wrong ones count as failed sign-ins; an attempt
 * that would have to wait ends the session, which may be stolen. Thread-safe.
 */
public final class PasswordAttempts {
    private final SignInThrottle throttle;
    private final DeviceCookies devices;
    private final Audit audit;

    PasswordAttempts(SignInThrottle throttle, DeviceCookies devices, Audit audit) {
        this.throttle = throttle;
        this.devices = devices;
        this.audit = audit;
    }

    /**
     * Counts an attempt as a failure until {@link #succeeded}.
     *
     * @return empty if the password may be compared; otherwise the session has ended, and the view to return
     */
    public Optional<String> begin(String account, HttpServletRequest request) {
        SignInThrottle.SignInWait wait = throttle.attempt(account, place(account, request), true);
        if (wait.rest().isZero()) {
            return Optional.empty();
        }
        audit.append(
                account, "account.password.blocked", "account:" + account, Map.of("address", request.getRemoteAddr()));
        request.getSession().invalidate();
        return Optional.of("redirect:/sign-in?wait=" + wait.seconds());
    }

    /** Forgets the failures of an account; the password was right. */
    public void succeeded(String account, HttpServletRequest request) {
        throttle.succeeded(account, place(account, request), true);
    }

    private String place(String account, HttpServletRequest request) {
        return SignInThrottle.place(
                request.getRemoteAddr(), devices.deviceOf(account, request).orElse(""));
    }
}
