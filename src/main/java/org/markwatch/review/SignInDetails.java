package org.markwatch.review;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Where a sign-in comes from: the address, and the browser if the account has signed in from it before. */
final class SignInDetails extends WebAuthenticationDetails {
    private static final long serialVersionUID = 1L;

    private final String device;

    /** @param device number of the browser, as {@link DeviceCookies} has it; empty if it is not known */
    SignInDetails(HttpServletRequest request, String device) {
        super(request);
        this.device = device;
    }

    /** Returns the number of the browser; empty if it is not known. */
    String device() {
        return device;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignInDetails that && device.equals(that.device) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + device.hashCode();
    }
}
