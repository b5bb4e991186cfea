package org.markwatch.review;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.markwatch.queue.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which person of which provider an account belongs to. Each change is written to the audit. Thread-safe. */
public final class AccountLinks {
    /** How long an account is open to a sign-on. */
    public static final Duration OPEN = Duration.ofDays(7);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Accounts accounts;
    private final Audit audit;
    private final Clock clock;
    private final String actor;

    /** @param actor whom the audit names as the one who links */
    AccountLinks(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Accounts accounts,
            Audit audit,
            Clock clock,
            String actor) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
        this.actor = actor;
    }

    /** Returns the name of the account that belongs to a person of a provider; empty if none does. */
    public Optional<String> nameOf(SignOnIdentity person) {
        return jdbc.sql("select name from account where oidc_issuer = ? and oidc_subject = ?")
                .params(person.issuer(), person.subject())
                .query(String.class)
                .optional();
    }

    /**
     * Gives an account to a person of a provider: a new one without a password, or one that {@link #open} has opened. A
     * one-time password ends with it; a password that the owner chose stays.
     *
     * @param roles roles of a new account; empty if none may be added
     * @return whether the person has the account now
     * @throws IllegalArgumentException if the name is not valid; the message is a line for the user
     */
    public boolean link(String name, SignOnIdentity person, Set<Role> roles) {
        return transaction.execute(status -> {
            boolean added = !roles.isEmpty() && accounts.find(name).isEmpty();
            if (added) {
                accounts.add(name, roles, Passwords.generate());
            }
            boolean linked = jdbc.sql("""
                            update account set oidc_issuer = :issuer, oidc_subject = :subject, link_until = null,
                                   version = version + 1, one_time_until = null,
                                   password = case when one_time_until is null then password else :unknown end
                             where name = :name and oidc_issuer is null and (:added or link_until > :now)
                            """)
                            .param("issuer", person.issuer())
                            .param("subject", person.subject())
                            .param("unknown", Passwords.hash(Passwords.generate()))
                            .param("name", name)
                            .param("added", added)
                            .param("now", now())
                            .update()
                    == 1;
            if (linked) {
                Map<String, ?> details = Map.of("issuer", person.issuer(), "subject", person.subject());
                audit.append(actor, "account.link", "account:" + name, details);
            }
            return linked;
        });
    }

    /** Records that the person to whom an account belongs has signed on. */
    public void signedOn(String name) {
        jdbc.sql("update account set signed_on_at = ? where name = ? and oidc_issuer is not null")
                .params(now(), name)
                .update();
    }

    /**
     * Opens an account for {@link #OPEN} to the next sign-on under its name, and takes it from the person who has it.
     *
     * @return whether the account exists
     */
    public boolean open(String name) {
        String assignment = "oidc_issuer = null, oidc_subject = null, link_until = ?";
        return accounts.change(name, assignment, now().plus(OPEN), "account.link.open", Map.of());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
