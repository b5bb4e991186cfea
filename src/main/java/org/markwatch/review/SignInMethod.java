package org.markwatch.review;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** A way to sign in beside names and passwords, or instead of them. */
public interface SignInMethod {
    /** Returns whether the settings turn it on. */
    boolean isOffered();

    /** Returns whether names and passwords can be used, too. */
    boolean allowsPasswords();

    /**
     * Adds the method to the security filters.
     *
     * @param success redirects people who have signed in
     */
    void configure(HttpSecurity http, AuthenticationSuccessHandler success);
}
