package org.markwatch.review.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.markwatch.review.Permission;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Stores the tokens of the API (table {@code api_token}) as SHA-256, which suffices for 256 random bits. Making and revoking
 * are written to the audit. A token belongs to a version of its account, so it ends with any change of the account: another
 * password, other roles, a lock, a link. If the account belongs to a person of a provider, the token pauses {@value
 * #SIGN_ON_DAYS} days after the last sign-on: a provider tells nobody that it has dropped a person. Thread-safe.
 */
public final class ApiTokens {
    private static final String SELECT = """
            select t.*, t.account_version = a.version as current,
                   case when a.oidc_issuer is not null then coalesce(a.signed_on_at, t.created_at) end as signed_on_at
              from api_token t join account a on a.name = t.account
            """;

    /** Most tokens of an account that work, now or after another sign-on. */
    static final int MOST = 20;
    /** Longest life of a token, in days. */
    static final int LONGEST_DAYS = 366;

    /** How long a token works without a sign-on, in days, if its account belongs to a person of a provider. */
    static final int SIGN_ON_DAYS = 30;

    private static final String PREFIX = "mw_";
    private static final int BYTES = 32;
    private static final Duration USE_INTERVAL = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public ApiTokens(DataSource database, Audit audit, Clock clock) {
        this.jdbc = ScreenQueries.client(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A token as its owner and administrators see it.
     *
     * @param name       what it is for, as text of its owner
     * @param scopes     the most that it permits
     * @param lastUsedAt to the minute; null if it was never used
     * @param revokedAt  null if it was not revoked
     * @param current    whether the account has not changed since
     * @param signedOnAt when the person of the provider signed on last; null if the account belongs to none
     */
    public record StoredToken(
            long id,
            String account,
            String name,
            Set<Permission> scopes,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt,
            boolean current,
            @Nullable Instant signedOnAt) {
        /** Returns whether the token works, now or after another sign-on. */
        boolean isLive(Instant now) {
            return revokedAt == null && current && now.isBefore(expiresAt);
        }

        boolean isUsable(Instant now) {
            return isLive(now) && (signedOnAt == null || now.isBefore(signedOnAt.plus(Duration.ofDays(SIGN_ON_DAYS))));
        }
    }

    /**
     * Makes a token.
     *
     * @param days life in days, 1 to {@value #LONGEST_DAYS}
     * @return the token, which cannot be shown again
     * @throws IllegalArgumentException if a value is not allowed; the message is a sentence for the owner
     */
    String create(String account, String name, Set<Permission> scopes, int days) {
        String label = name.strip();
        if (label.isEmpty() || label.length() > 100 || label.indexOf('\0') >= 0) {
            throw new EntryException(Sentence.of("refusal.enter-what-token-at"));
        }
        if (scopes.isEmpty()) {
            throw new EntryException(Sentence.of("refusal.choose-at-least-one"));
        }
        if (days < 1 || days > LONGEST_DAYS) {
            throw new EntryException(Sentence.of("refusal.choose-life-days", LONGEST_DAYS));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            // the row of the account makes two requests take turns
            jdbc.sql("select 1 from account where name = ? for update")
                    .param(account)
                    .query(Integer.class)
                    .single();
            if (live(List.of(account), now).size() >= MOST) {
                throw new EntryException(Sentence.of("refusal.you-have-tokens-already", MOST));
            }
            long id = jdbc.sql("""
                            insert into api_token (account, account_version, name, sha256, scopes, created_at, expires_at)
                            select name, version, ?, ?, ?, ?, ? from account where name = ? returning id""")
                    .params(
                            label,
                            sha256(token),
                            scopes.stream().map(ApiTokens::label).sorted().toArray(String[]::new),
                            utc(now),
                            utc(now.plus(Duration.ofDays(days))),
                            account)
                    .query(Long.class)
                    .single();
            audit.append(
                    account,
                    "token.create",
                    "token:" + id,
                    Map.of(
                            "scopes",
                            String.join(
                                    " ",
                                    scopes.stream()
                                            .map(ApiTokens::label)
                                            .sorted()
                                            .toList()),
                            "days",
                            days));
        });
        return token;
    }

    /** Returns the tokens of accounts that work, now or after another sign-on, latest first; at most {@value #MOST} of an account. */
    public List<StoredToken> live(Collection<String> accounts) {
        return live(accounts, clock.instant());
    }

    private List<StoredToken> live(Collection<String> accounts, Instant now) {
        return jdbc.sql(SELECT + """
                        where t.account = any(?) and t.revoked_at is null and t.expires_at > ?
                          and t.account_version = a.version order by t.id desc""")
                .params(accounts.toArray(String[]::new), utc(now))
                .query(ApiTokens::token)
                .list();
    }

    /** Returns the latest 100 tokens of an account, latest first. */
    List<StoredToken> list(String account) {
        return jdbc.sql(SELECT + "where t.account = ? order by t.id desc limit 100")
                .param(account)
                .query(ApiTokens::token)
                .list();
    }

    /**
     * Revokes a token of an account.
     *
     * @param actor who revokes it, for the audit
     * @return whether there was one that had not been revoked
     */
    public boolean revoke(String account, long id, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            int revoked = jdbc.sql(
                            "update api_token set revoked_at = ? where id = ? and account = ? and revoked_at is null")
                    .params(utc(clock.instant()), id, account)
                    .update();
            if (revoked > 0) {
                audit.append(actor, "token.revoke", "token:" + id, Map.of("account", account));
            }
            return revoked > 0;
        }));
    }

    /** Returns the token that a request carries, and records its use; empty if it is unknown or not usable. */
    Optional<StoredToken> use(String token) {
        Instant now = clock.instant();
        Optional<StoredToken> found = jdbc.sql(SELECT + "where t.sha256 = ?")
                .param(sha256(token))
                .query(ApiTokens::token)
                .optional()
                .filter(each -> each.isUsable(now));
        found.filter(each -> each.lastUsedAt() == null
                        || each.lastUsedAt().plus(USE_INTERVAL).isBefore(now))
                .ifPresent(each -> jdbc.sql("update api_token set last_used_at = ? where id = ?")
                        .params(utc(now), each.id())
                        .update());
        return found;
    }

    /** Returns the name of a scope, for example {@code see-runs}. */
    public static String label(Permission scope) {
        return scope.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static StoredToken token(ResultSet row, int number) throws SQLException {
        return new StoredToken(
                row.getLong("id"),
                row.getString("account"),
                row.getString("name"),
                scopes(row.getArray("scopes")),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                row.getObject("last_used_at") == null ? null : instant(row, "last_used_at"),
                row.getObject("revoked_at") == null ? null : instant(row, "revoked_at"),
                row.getBoolean("current"),
                row.getObject("signed_on_at") == null ? null : instant(row, "signed_on_at"));
    }

    /** Ignores scopes that this release does not have. */
    private static Set<Permission> scopes(Array stored) throws SQLException {
        List<String> labels = List.of((String[]) stored.getArray());
        Set<Permission> scopes = EnumSet.noneOf(Permission.class);
        Arrays.stream(Permission.values())
                .filter(each -> labels.contains(label(each)))
                .forEach(scopes::add);
        return scopes;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
