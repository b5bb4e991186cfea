package org.markwatch.review;

import java.util.List;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** The account of a session, with the version of the account at sign-in. */
final class AccountPrincipal extends User {
    private static final long serialVersionUID = 1L;

    private final int version;

    AccountPrincipal(Accounts.Account account) {
        super(
                account.name(),
                account.password(),
                List.of(new SimpleGrantedAuthority("ROLE_" + account.role().name())));
        this.version = account.version();
    }

    int version() {
        return version;
    }
}
