package org.markwatch.review;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
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
            throw new IllegalArgumentException("name=" + Visible.text(name)
                    + "; must be 1 to 64 of a-z 0-9 . _ - and begin with a letter or digit");
        }
        String hash = hash(password);
        transaction.executeWithoutResult(status -> {
            int added = jdbc.sql("""
                            insert into account (name, role, password, created_at) values (?, ?, ?, ?)
                            on conflict (name) do nothing
                            """)
                    .params(name, role.label(), hash, clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            if (added == 0) {
                throw new IllegalArgumentException("name=" + name + "; there is an account of that name already");
            }
            audit.append(Audit.SYSTEM, "account.add", "account:" + name, Map.of("role", role.label()));
        });
    }

    /**
     * Gives an account another password.
     *
     * @return whether there is such an account
     * @throws IllegalArgumentException with a line for the user if the password is too short or too long
     */
    public boolean replacePassword(String name, String password) {
        String hash = hash(password);
        return transaction.execute(status -> {
            boolean replaced = jdbc.sql("update account set password = ? where name = ?")
                            .params(hash, name)
                            .update()
                    == 1;
            if (replaced) {
                audit.append(Audit.SYSTEM, "account.password", "account:" + name, Map.of());
            }
            return replaced;
        });
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
        return jdbc.sql("select name, role, password from account where name = ?")
                .param(name)
                .query((row, number) -> new Account(
                        row.getString("name"),
                        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                        row.getString("password")))
                .optional();
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

    /** @param password encoded */
    record Account(String name, Role role, String password) {}
}
