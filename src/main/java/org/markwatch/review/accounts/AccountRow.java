package org.markwatch.review.accounts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.markwatch.review.Accounts;
import org.markwatch.review.DisplayText;
import org.markwatch.review.Role;
import org.markwatch.review.api.ApiTokens;

/**
 * An account as a row of the list.
 *
 * @param roles    labels of its roles
 * @param state    {@code active}, {@code locked}, {@code one-time} for one that has not replaced its one-time password
 *                 yet, or {@code expired} if that password can no longer be used
 * @param since    when it was locked, or until when the one-time password can be used; null for an active account
 * @param lastSeen time of the last sign-in; null if there was none
 * @param tokens   its tokens for programs that can be used
 * @param own      whether it is the account of the administrator who looks at the list
 */
record AccountRow(
        String name,
        List<String> roles,
        String state,
        @Nullable Instant since,
        Instant added,
        @Nullable Instant lastSeen,
        List<AccountToken> tokens,
        boolean own) {
    /**
     * A token as administrators see it.
     *
     * @param name   what its owner says it is for, escaped
     * @param scopes the most that it permits
     * @param used   when it was used last; null if it never was
     */
    record AccountToken(
            long id,
            String name,
            String scopes,
            Instant expires,
            @Nullable Instant used) {
        static AccountToken of(ApiTokens.StoredToken token) {
            return new AccountToken(
                    token.id(),
                    DisplayText.escape(token.name()),
                    String.join(
                            " ",
                            token.scopes().stream()
                                    .map(ApiTokens::label)
                                    .sorted()
                                    .toList()),
                    token.expiresAt(),
                    token.lastUsedAt());
        }
    }

    /** @param tokens tokens of any accounts that can be used */
    static AccountRow of(
            Accounts.AccountSummary account, List<ApiTokens.StoredToken> tokens, String administrator, Instant now) {
        Instant locked = account.lockedAt();
        Instant until = account.oneTimeUntil();
        String state =
                locked != null ? "locked" : until == null ? "active" : now.isBefore(until) ? "one-time" : "expired";
        return new AccountRow(
                account.name(),
                account.roles().stream().sorted().map(Role::label).toList(),
                state,
                locked != null ? locked : until,
                account.createdAt(),
                account.lastSignInAt(),
                tokens.stream()
                        .filter(token -> token.account().equals(account.name()))
                        .map(AccountToken::of)
                        .toList(),
                account.name().equals(administrator));
    }

    /** Returns whether the account has a role, by its label. */
    public boolean has(String role) {
        return roles.contains(role);
    }
}
