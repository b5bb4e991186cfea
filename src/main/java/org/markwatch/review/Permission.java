package org.markwatch.review;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What an account may do in the console. Routes and screens ask for permissions; only {@link Role} says which role has
 * which. The name of a permission is the name of its authority in Spring Security.
 */
public enum Permission {
    /** See the queue and its items with masked text, and search them. */
    VIEW_ITEMS,
    /** See revealed text of items. */
    REVEAL,
    /** Claim, decide, skip, keep drafts, take back and re-open own decisions. */
    DECIDE,
    /** Free, assign, move and re-open items of others. */
    OVERRULE,
    /** See the items of restricted lanes. Gives no other permission on them. */
    SEE_RESTRICTED,
    /** See what the rules hold back, how reviewers agree, and their load. */
    SEE_TEAM,
    /** See runs, their progress and summaries, and trends. */
    SEE_RUNS,
    /** Start and stop runs; propose and approve changes of their schedule. */
    RUN,
    /** Propose and approve changes of seeds, brands, indicators and merchants. */
    EDIT_WATCHLIST,
    /** Read and verify the audit. */
    READ_AUDIT,
    /** Add, lock and unlock accounts, set their roles and reset their passwords. */
    MANAGE_ACCOUNTS;

    /** Returns whether an account has this permission; false for null. */
    public boolean isHeldBy(@Nullable Authentication account) {
        return account != null && account.getAuthorities().contains(authority());
    }

    /** Returns the authority by which Spring Security knows the permission. */
    public SimpleGrantedAuthority authority() {
        return new SimpleGrantedAuthority(name());
    }
}
