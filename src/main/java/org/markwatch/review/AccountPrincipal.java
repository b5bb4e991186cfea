package org.markwatch.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.User;

/** The account of a session, with its permissions and its version at sign-in. */
public class AccountPrincipal extends User {
    private static final long serialVersionUID = 1L;

    private final String roles;
    private final boolean oneTime;
    private final int version;

    AccountPrincipal(Accounts.Account account) {
        super(
                account.name(),
                account.password(),
                Role.permissions(account.roles()).stream()
                        .map(Permission::authority)
                        .toList());
        this.roles = Role.labels(account.roles());
        this.oneTime = account.oneTimeUntil() != null;
        this.version = account.version();
    }

    /** Creates a copy. */
    protected AccountPrincipal(AccountPrincipal account) {
        super(account.getUsername(), "", account.getAuthorities());
        this.roles = account.roles;
        this.oneTime = account.oneTime;
        this.version = account.version;
    }

    /** Returns the roles at sign-in, as text for people. */
    String roles() {
        return roles;
    }

    /** Returns whether the account signed in by a one-time password, which it must replace before it does anything else. */
    protected boolean mustReplacePassword() {
        return oneTime;
    }

    /** Returns when a provider of single sign-on vouched for the person; null if the session began with a password. */
    public @Nullable Instant signedOnAt() {
        return null;
    }

    int version() {
        return version;
    }
}
