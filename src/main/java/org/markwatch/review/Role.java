package org.markwatch.review;

import java.util.Locale;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Roles of accounts. */
public enum Role {
    /** Reviews items and may re-open items that the account itself decided. */
    REVIEWER,
    /** As {@link #REVIEWER}, and may re-open any item, read the audit and stop runs. */
    LEAD,
    /** Has the same permissions as {@link #LEAD}; meant for those who operate the installation. */
    ADMIN;

    /** Returns the name on the command line and in tables, for example {@code reviewer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role with this {@link #label}. */
    static Role of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Returns whether an account has a role that may re-open, free and assign items of others. */
    static boolean mayOverrule(Authentication account) {
        return account.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority -> ("ROLE_" + LEAD).equals(authority) || ("ROLE_" + ADMIN).equals(authority));
    }
}
