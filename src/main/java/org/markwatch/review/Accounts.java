package org.markwatch.review;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.markwatch.queue.EntryException;
import org.markwatch.queue.ScreenQueries;
import org.markwatch.queue.Sentence;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of the console (table {@code account}). Each change is written to the audit and ends the sessions
 * and tokens of the account, which hold its version. Thread-safe.
 */
public final class Accounts {
    /** How long a one-time password can be used. */
    public static final Duration ONE_TIME = Duration.ofDays(7);

    /** Audit action of a successful sign-in. */
    public static final String SIGN_IN = "sign-in";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final String FIRST = "admin";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;
    private final String actor;

    /** Creates the accounts of a database; the audit names {@link Audit#SYSTEM} as the one who changes them. */
    public Accounts(DataSource dataSource, Audit audit, Clock clock) {
        this(
                ScreenQueries.client(dataSource),
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                audit,
                clock,
                Audit.SYSTEM);
    }

    private Accounts(JdbcClient jdbc, TransactionTemplate transaction, Audit audit, Clock clock, String actor) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
        this.actor = actor;
    }

    /** Returns the same accounts; the audit names {@code other} as the one who changes them. */
    public Accounts by(String other) {
        return new Accounts(jdbc, transaction, audit, clock, other);
    }

    /** Returns which persons of providers these accounts belong to; the audit names the same one as for them. */
    public AccountLinks links() {
        return new AccountLinks(jdbc, transaction, this, audit, clock, actor);
    }

    /**
     * Adds an account.
     *
     * @param name     1 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
     * @param password see {@link Passwords#hash}
     * @throws IllegalArgumentException if the name or the password is not valid or the name is taken; the message is a
     *                                  line for the user
     */
    public void add(String name, Set<Role> roles, String password) {
        add(name, roles, Passwords.hash(password), null);
    }

    /**
     * Adds an account with a one-time password, which its owner must replace at the first sign-in.
     *
     * @return the password, which is not stored
     * @throws IllegalArgumentException as {@link #add} throws it
     */
    public String addWithOneTimePassword(String name, Set<Role> roles) {
        String password = Passwords.generate();
        add(name, roles, Passwords.hash(password), oneTimeUntil());
        return password;
    }

    /**
     * Adds the account {@code admin} with the role administrator and a one-time password, unless there is an account.
     *
     * @return the password; empty if there is an account
     */
    public Optional<String> addFirst() {
        return transaction.execute(status -> {
            // two processes at once must not both add it
            jdbc.sql("lock table account in share row exclusive mode").update();
            boolean none = jdbc.sql("select not exists (select from account)")
                    .query(Boolean.class)
                    .single();
            return none ? Optional.of(addWithOneTimePassword(FIRST, Set.of(Role.ADMINISTRATOR))) : Optional.empty();
        });
    }

    private void add(String name, Set<Role> roles, String hash, @Nullable OffsetDateTime oneTimeUntil) {
        if (!NAME.matcher(name).matches()) {
            throw new EntryException(Sentence.of("refusal.name-must-be-z", DisplayText.escape(name)));
        }
        transaction.executeWithoutResult(status -> {
            int added = jdbc.sql("""
                            insert into account (name, roles, password, created_at, one_time_until) values (?, ?, ?, ?, ?)
                            on conflict (name) do nothing
                            """)
                    .params(Arrays.asList(name, stored(roles), hash, now(), oneTimeUntil))
                    .update();
            if (added == 0) {
                throw new EntryException(Sentence.of("refusal.name-account-with-this", name));
            }
            audit.append(actor, "account.add", "account:" + name, Map.of("roles", Role.labels(roles)));
        });
    }

    /**
     * Replaces the password of an account by one that its owner chose.
     *
     * @return whether the account exists
     * @throws IllegalArgumentException if the password is too short or too long; the message is a line for the user
     */
    public boolean replacePassword(String name, String password) {
        return changePassword(name, password, null, "account.password");
    }

    /**
     * Replaces the password of an account by a one-time password, which its owner must replace at the next sign-in.
     *
     * @return the password, which is not stored; empty if there is no such account
     */
    public Optional<String> resetPassword(String name) {
        String password = Passwords.generate();
        return changePassword(name, password, oneTimeUntil(), "account.reset")
                ? Optional.of(password)
                : Optional.empty();
    }

    /**
     * Replaces the password of an account for its owner.
     *
     * @return whether the present password is right
     * @throws IllegalArgumentException if the new password is the present one, too short or too long; the message is a
     *                                  line for the user
     */
    public boolean replaceOwnPassword(String name, String present, String password) {
        if (!isPassword(name, present)) {
            return false;
        }
        if (present.equals(password)) {
            throw new EntryException(Sentence.of("refusal.new-password-present-one"));
        }
        return replacePassword(name, password);
    }

    /** Returns whether a text is the password of an account; if not, the audit says so. */
    public boolean isPassword(String name, String present) {
        boolean right = find(name)
                .filter(account -> Passwords.ENCODER.matches(present, account.password()))
                .isPresent();
        if (!right) {
            audit.append(actor, "account.password.refused", "account:" + name, Map.of());
        }
        return right;
    }

    private boolean changePassword(String name, String password, @Nullable OffsetDateTime oneTimeUntil, String action) {
        String hash = Passwords.hash(password);
        return transaction.execute(status -> {
            boolean changed = change(name, "password = ?", hash, action, Map.of());
            jdbc.sql("update account set one_time_until = ? where name = ?")
                    .params(Arrays.asList(oneTimeUntil, name))
                    .update();
            return changed;
        });
    }

    /** Stores the hash of the same password by the present algorithm; changes nothing else. */
    void rehash(String name, String hash) {
        jdbc.sql("update account set password = ? where name = ?")
                .params(hash, name)
                .update();
    }

    /**
     * Replaces the roles of an account.
     *
     * @param roles one or more
     * @return whether the account exists
     */
    public boolean replaceRoles(String name, Set<Role> roles) {
        return change(name, "roles = ?", stored(roles), "account.roles", Map.of("roles", Role.labels(roles)));
    }

    /**
     * Locks an account. Its decisions and audit entries keep its name, and its claims end with their leases.
     *
     * @return whether the account exists
     */
    public boolean lock(String name) {
        return change(name, "locked_at = coalesce(locked_at, ?)", now(), "account.lock", Map.of());
    }

    /**
     * Unlocks an account.
     *
     * @return whether the account exists
     */
    public boolean unlock(String name) {
        return change(name, "locked_at = ?", null, "account.unlock", Map.of());
    }

    /**
     * Ends the sessions and tokens of an account, because the provider of its sign-on refuses it.
     *
     * @return whether the account exists
     */
    public boolean endAccess(String name, String why) {
        return change(name, "link_until = ?", null, "account.end", Map.of("why", why));
    }

    /**
     * Changes an account, ends its sessions and tokens, and writes the change to the audit.
     *
     * @param assignment SQL assignment with one parameter
     * @param value      the parameter
     * @return whether the account exists
     */
    boolean change(String name, String assignment, @Nullable Object value, String action, Map<String, ?> details) {
        return transaction.execute(status -> {
            boolean changed = jdbc.sql("update account set version = version + 1, " + assignment + " where name = ?")
                            .params(Arrays.asList(value, name))
                            .update()
                    == 1;
            if (changed) {
                audit.append(actor, action, "account:" + name, details);
            }
            return changed;
        });
    }

    /**
     * An account as listed for administrators.
     *
     * @param lockedAt     when the account was locked; null if it is not
     * @param oneTimeUntil until when its one-time password can be used; null if its owner chose the password
     * @param lastSignInAt time of the last successful sign-in; null if there was none
     */
    public record AccountSummary(
            String name,
            Set<Role> roles,
            Instant createdAt,
            @Nullable Instant lockedAt,
            @Nullable Instant oneTimeUntil,
            @Nullable Instant lastSignInAt) {}

    /** Returns all accounts, by name. */
    public List<AccountSummary> list() {
        return list("", Integer.MAX_VALUE);
    }

    /** Returns the accounts whose names come after {@code after}, by name, at most {@code limit}. */
    public List<AccountSummary> list(String after, int limit) {
        return jdbc.sql("""
                        select name, roles, created_at, locked_at, one_time_until from account
                         where name collate "C" > ? order by name collate "C" limit ?
                        """)
                .params(after, limit)
                .query((row, number) -> new AccountSummary(
                        row.getString("name"),
                        roles(row),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("locked_at", OffsetDateTime.class)),
                        instant(row.getObject("one_time_until", OffsetDateTime.class)),
                        audit.lastTime("account:" + row.getString("name"), SIGN_IN)
                                .orElse(null)))
                .list();
    }

    Optional<Account> find(String name) {
        return jdbc.sql("select name, roles, password, locked_at, one_time_until, version from account where name = ?")
                .param(name)
                .query((row, number) -> new Account(
                        row.getString("name"),
                        roles(row),
                        row.getString("password"),
                        row.getObject("locked_at") != null,
                        instant(row.getObject("one_time_until", OffsetDateTime.class)),
                        row.getInt("version")))
                .optional();
    }

    /** Returns the account with this name as one that signs in; empty if there is none or it is locked. */
    public Optional<AccountPrincipal> principal(String name) {
        return NAME.matcher(name).matches()
                ? find(name).filter(account -> !account.locked()).map(AccountPrincipal::new)
                : Optional.empty();
    }

    /** Replaces the roles of an account if they differ. */
    public void followRoles(String name, Set<Role> roles) {
        if (find(name).filter(account -> !account.roles().equals(roles)).isPresent()) {
            replaceRoles(name, roles);
        }
    }

    /** Returns the roles of the account with this name; empty if there is none or it is locked. */
    Optional<Set<Role>> rolesOf(String name) {
        return NAME.matcher(name).matches()
                ? find(name).filter(account -> !account.locked()).map(Account::roles)
                : Optional.empty();
    }

    /**
     * Returns the permissions of the account with this name; empty if there is none, it is locked, or it has to replace a
     * one-time password.
     */
    public Optional<Set<Permission>> permissionsOf(String name) {
        return find(name)
                .filter(account -> !account.locked() && account.oneTimeUntil() == null)
                .map(account -> Role.permissions(account.roles()));
    }

    /** Returns whether the account is not locked and is unchanged since the session began. */
    boolean isCurrent(AccountPrincipal session) {
        return find(session.getUsername())
                .filter(account -> !account.locked() && account.version() == session.version())
                .isPresent();
    }

    private OffsetDateTime oneTimeUntil() {
        return now().plus(ONE_TIME);
    }

    private static String[] stored(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new EntryException(Sentence.of("refusal.account-has-at-least", Role.labels()));
        }
        return roles.stream().sorted().map(Role::label).toArray(String[]::new);
    }

    private static Set<Role> roles(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String label : (String[]) row.getArray("roles").getArray()) {
            roles.add(Role.of(label));
        }
        return roles;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * @param password     hash of the password
     * @param oneTimeUntil until when the password can be used; null for one that its owner chose
     * @param version      incremented with every change of the account
     */
    record Account(
            String name,
            Set<Role> roles,
            String password,
            boolean locked,
            @Nullable Instant oneTimeUntil,
            int version) {
        /** Returns whether a sign-in is possible: the account is not locked, and its password has not expired. */
        boolean mayEnter(Instant now) {
            return !locked && (oneTimeUntil == null || now.isBefore(oneTimeUntil));
        }
    }
}
