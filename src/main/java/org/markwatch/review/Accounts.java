package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
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
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.queue.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The accounts of the console (table {@code account}). Stores passwords as bcrypt hashes, prefixed with the algorithm.
 * Thread-safe.
 */
public final class Accounts {
    /** Minimum length of a password, in characters. */
    public static final int MIN_PASSWORD = 12;
    /** Maximum length of a password, in UTF-8 bytes; bcrypt ignores the rest. */
    public static final int MAX_PASSWORD_BYTES = 72;

    /** Audit action of a successful sign-in. */
    static final String SIGN_IN = "sign-in";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    /** Characters that cannot be mistaken for one another. */
    private static final String PASSWORD_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Audit audit;
    private final Clock clock;
    private final PasswordEncoder encoder = PasswordEncoderFactories.createDelegatingPasswordEncoder();

    public Accounts(DataSource dataSource, Audit audit, Clock clock) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds an account.
     *
     * @param name     1 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter or digit
     * @param password at least {@value #MIN_PASSWORD} characters, at most {@value #MAX_PASSWORD_BYTES} bytes
     * @throws IllegalArgumentException if the name or the password is not valid or the name is taken; the message is a
     *                                  line for the user
     */
    public void add(String name, Set<Role> roles, String password) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + DisplayText.escape(name)
                    + "; must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        }
        String hash = hash(password);
        transaction.executeWithoutResult(status -> {
            int added = jdbc.sql("""
                            insert into account (name, roles, password, created_at) values (?, ?, ?, ?)
                            on conflict (name) do nothing
                            """).params(name, stored(roles), hash, now()).update();
            if (added == 0) {
                throw new IllegalArgumentException("name=" + name + "; an account with this name already exists");
            }
            audit.append(Audit.SYSTEM, "account.add", "account:" + name, Map.of("roles", Role.labels(roles)));
        });
    }

    /**
     * Replaces the password of an account and ends its sessions.
     *
     * @return whether the account exists
     * @throws IllegalArgumentException if the password is too short or too long; the message is a line for the user
     */
    public boolean replacePassword(String name, String password) {
        return change(name, "password = ?", hash(password), "account.password", Map.of());
    }

    /**
     * Replaces the roles of an account and ends its sessions.
     *
     * @param roles one or more
     * @return whether the account exists
     */
    public boolean replaceRoles(String name, Set<Role> roles) {
        return change(name, "roles = ?", stored(roles), "account.roles", Map.of("roles", Role.labels(roles)));
    }

    /**
     * Disables an account and ends its sessions. Its decisions and audit entries keep its name, and its claims end with
     * their leases.
     *
     * @return whether the account exists
     */
    public boolean disable(String name) {
        return change(name, "disabled_at = coalesce(disabled_at, ?)", now(), "account.disable", Map.of());
    }

    /**
     * Enables a disabled account.
     *
     * @return whether the account exists
     */
    public boolean enable(String name) {
        return change(name, "disabled_at = ?", null, "account.enable", Map.of());
    }

    private boolean change(
            String name, String assignment, @Nullable Object value, String action, Map<String, ?> details) {
        return transaction.execute(status -> {
            boolean changed = jdbc.sql("update account set version = version + 1, " + assignment + " where name = ?")
                            .params(Arrays.asList(value, name))
                            .update()
                    == 1;
            if (changed) {
                audit.append(Audit.SYSTEM, action, "account:" + name, details);
            }
            return changed;
        });
    }

    /**
     * An account as listed for administrators.
     *
     * @param disabledAt   when the account was disabled; null if it is enabled
     * @param lastSignInAt time of the last successful sign-in; null if there was none
     */
    public record AccountSummary(
            String name,
            Set<Role> roles,
            Instant createdAt,
            @Nullable Instant disabledAt,
            @Nullable Instant lastSignInAt) {}

    /** Returns all accounts, by name. */
    public List<AccountSummary> list() {
        return jdbc.sql("select name, roles, created_at, disabled_at from account order by name")
                .query((row, number) -> new AccountSummary(
                        row.getString("name"),
                        roles(row),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("disabled_at", OffsetDateTime.class)),
                        audit.lastTime("account:" + row.getString("name"), SIGN_IN)
                                .orElse(null)))
                .list();
    }

    /** Generates a random password: 20 characters of 31, in groups of four; 99 bits. */
    public static String generatePassword() {
        return new SecureRandom()
                .ints(20, 0, PASSWORD_CHARACTERS.length())
                .mapToObj(PASSWORD_CHARACTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{4})(?!$)", "$1-");
    }

    Optional<Account> find(String name) {
        return jdbc.sql("select name, roles, password, disabled_at, version from account where name = ?")
                .param(name)
                .query((row, number) -> new Account(
                        row.getString("name"),
                        roles(row),
                        row.getString("password"),
                        row.getObject("disabled_at") != null,
                        row.getInt("version")))
                .optional();
    }

    /** Returns the roles of the enabled account with this name; empty if there is none. */
    Optional<Set<Role>> rolesOf(String name) {
        return NAME.matcher(name).matches()
                ? find(name).filter(account -> !account.disabled()).map(Account::roles)
                : Optional.empty();
    }

    /** Returns whether the account is enabled and unchanged since the session began. */
    boolean isCurrent(AccountPrincipal session) {
        return find(session.getUsername())
                .filter(account -> !account.disabled() && account.version() == session.version())
                .isPresent();
    }

    PasswordEncoder encoder() {
        return encoder;
    }

    private String hash(String password) {
        if (password.length() < MIN_PASSWORD) {
            throw new IllegalArgumentException("the password has " + password.length() + " characters; at least "
                    + MIN_PASSWORD + " are required");
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException(
                    "the password has " + bytes + " bytes; at most " + MAX_PASSWORD_BYTES + " are allowed");
        }
        return encoder.encode(password);
    }

    private static String[] stored(Set<Role> roles) {
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("an account has at least one role; the roles are " + Role.labels());
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
     * @param password hash of the password
     * @param version  incremented with every change of the account
     */
    record Account(String name, Set<Role> roles, String password, boolean disabled, int version) {}
}
