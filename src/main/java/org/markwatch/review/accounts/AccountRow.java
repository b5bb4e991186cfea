package org.markwatch.review.accounts;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Accounts;
import org.markwatch.review.Role;

/**
 * An account as a row of the list.
 *
 * @param roles    labels of its roles
 * @param state    {@code active}, {@code locked}, {@code one-time} for one that has not replaced its one-time password
 *                 yet, or {@code expired} if that password can no longer be used
 * @param since    when it was locked, or until when the one-time password can be used; empty for an active account
 * @param lastSeen time of the last sign-in; empty if there was none
 * @param own      whether it is the account of the administrator who looks at the list
 */
record AccountRow(
        String name, List<String> roles, String state, String since, String added, String lastSeen, boolean own) {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    static AccountRow of(Accounts.AccountSummary account, String administrator, Instant now) {
        Instant locked = account.lockedAt();
        Instant until = account.oneTimeUntil();
        String state =
                locked != null ? "locked" : until == null ? "active" : now.isBefore(until) ? "one-time" : "expired";
        return new AccountRow(
                account.name(),
                account.roles().stream().sorted().map(Role::label).toList(),
                state,
                text(locked != null ? locked : until),
                text(account.createdAt()),
                text(account.lastSignInAt()),
                account.name().equals(administrator));
    }

    /** Returns whether the account has a role, by its label. */
    public boolean has(String role) {
        return roles.contains(role);
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "" : UTC.format(time) + " UTC";
    }
}
