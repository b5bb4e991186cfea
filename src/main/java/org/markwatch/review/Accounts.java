package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Who may sign in. Passwords are kept as bcrypt hashes with the algorithm's name before them, so it can be changed. */
public final class Accounts {
    /** The fewest characters of a password. */
    public static final int MIN_PASSWORD = 12;
    /** The most UTF-8 bytes of a password: bcrypt reads no further. */
    public static final int MAX_PASSWORD_BYTES = 72;

    /** Audit action of a sign-in. */
    static final String SIGN_IN = "sign-in";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    /** Without characters that are taken for one another. */
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
     * @throws IllegalArgumentException with a line for the user if one of them is not so or the name is taken
     */
    public void add(String name, Role role, String password) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name=" + DisplayText.escape(name)
                    + "; must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        }
        String hash = hash(password);
        transaction.executeWithoutResult(status -> {
            int added = jdbc.sql("""
                            insert into account (name, role, password, created_at) values (?, ?, ?, ?)
                            on conflict (name) do nothing
                            """).params(name, role.label(), hash, now()).update();
            if (added == 0) {
                throw new IllegalArgumentException("name=" + name + "; there is an account of that name already");
            }
            audit.append(Audit.SYSTEM, "account.add", "account:" + name, Map.of("role", role.label()));
        });
    }

    /**
     * Gives an account another password, and ends its sessions.
     *
     * @return whether there is such an account
     * @throws IllegalArgumentException with a line for the user if the password is too short or too long
     */
    public boolean replacePassword(String name, String password) {
        return change(name, "password = ?", hash(password), "account.password", Map.of());
    }

    /**
     * Gives an account another role, and ends its sessions.
     *
     * @return whether there is such an account
     */
    public boolean replaceRole(String name, Role role) {
        return change(name, "role = ?", role.label(), "account.role", Map.of("role", role.label()));
    }

    /**
     * Lets nobody sign in by an account any more, and ends its sessions; what it did stays under its name. What it holds is free again
     * when the leases end.
     *
     * @return whether there is such an account
     */
    public boolean disable(String name) {
        return change(name, "disabled_at = coalesce(disabled_at, ?)", now(), "account.disable", Map.of());
    }

    /**
     * Undoes {@link #disable}.
     *
     * @return whether there is such an account
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
     * An account as those who run the installation see it.
     *
     * @param disabledAt   since when nobody may sign in by it; null if one may
     * @param lastSignInAt null if nobody has yet
     */
    public record AccountSummary(
            String name,
            Role role,
            Instant createdAt,
            @Nullable Instant disabledAt,
            @Nullable Instant lastSignInAt) {}

    /** Every account, by name. */
    public List<AccountSummary> list() {
        return jdbc.sql("select name, role, created_at, disabled_at from account order by name")
                .query((row, number) -> new AccountSummary(
                        row.getString("name"),
                        Role.of(row.getString("role")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row.getObject("disabled_at", OffsetDateTime.class)),
                        audit.lastTime("account:" + row.getString("name"), SIGN_IN)
                                .orElse(null)))
                .list();
    }

    /** A password that nobody can guess: 20 random characters in groups of four, 99 bits. */
    public static String generatePassword() {
        return new SecureRandom()
                .ints(20, 0, PASSWORD_CHARACTERS.length())
                .mapToObj(PASSWORD_CHARACTERS::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining())
                .replaceAll("(.{4})(?!$)", "$1-");
    }

    Optional<Account> find(String name) {
        return jdbc.sql("select name, role, password, disabled_at, version from account where name = ?")
                .param(name)
                .query((row, number) -> new Account(
                        row.getString("name"),
                        Role.of(row.getString("role")),
                        row.getString("password"),
                        row.getObject("disabled_at") != null,
                        row.getInt("version")))
                .optional();
    }

    /** Whether a session's account is what it was when the session began. */
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
            throw new IllegalArgumentException(
                    "the password has " + password.length() + " characters; at least " + MIN_PASSWORD + " are needed");
        }
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PASSWORD_BYTES) {
            throw new IllegalArgumentException(
                    "the password has " + bytes + " bytes; at most " + MAX_PASSWORD_BYTES + " are allowed");
        }
        return encoder.encode(password);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * @param password encoded
     * @param version  grows with every change
     */
    record Account(String name, Role role, String password, boolean disabled, int version) {}
}
