package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.database.TestDatabase;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.SettableClock;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class AccountsIT {
    private final DataSource database = TestDatabase.fresh();
    private final SettableClock clock = new SettableClock();
    private final Audit audit = new Audit(database, clock);
    private final Accounts accounts = new Accounts(database, audit, clock);

    @Test
    void storesPasswordHashesOnlyAndAuditsTheNewAccount() {
        accounts.add("ana", Set.of(Role.SUPERVISOR), "long enough password");

        Accounts.Account account = accounts.find("ana").orElseThrow();
        assertThat(account.roles()).containsExactly(Role.SUPERVISOR);
        assertThat(account.password()).startsWith("{argon2id}").doesNotContain("enough");
        assertThat(Passwords.ENCODER.matches("long enough password", account.password()))
                .isTrue();
        assertThat(audit.entriesOf("account:ana", 1))
                .extracting(AuditEntry::action)
                .containsExactly("account.add");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ana", "a b", "-a", "ä", "a\u202Eb"})
    void refusesInvalidNames(String name) {
        assertThatThrownBy(() -> accounts.add(name, Set.of(Role.REVIEWER), "long enough password"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be 1 to 64 of a-z");
    }

    @Test
    void refusesPasswordsThatAreTooShortOrTooLong() {
        assertThatThrownBy(() -> accounts.add("ana", Set.of(Role.REVIEWER), "short"))
                .hasMessageContaining("at least 12");
        assertThatThrownBy(() -> accounts.add("ana", Set.of(Role.REVIEWER), "é".repeat(129)))
                .hasMessageContaining("at most 128");
    }

    @Test
    void refusesDuplicateNameAndReplacesPassword() {
        accounts.add("ana", Set.of(Role.REVIEWER), "long enough password");

        assertThatThrownBy(() -> accounts.add("ana", Set.of(Role.ADMINISTRATOR), "another long password"))
                .hasMessageContaining("already");
        assertThat(accounts.replacePassword("ana", "another long password")).isTrue();
        assertThat(accounts.replacePassword("nobody", "another long password")).isFalse();
    }

    @Test
    void listsAccountsWithTheirStateAndAuditsEveryChange() {
        accounts.add("ana", Set.of(Role.REVIEWER), "long enough password");
        accounts.add("ben", Set.of(Role.SUPERVISOR), "long enough password");
        audit.append("ben", Accounts.SIGN_IN, "account:ben", Map.of());

        assertThat(accounts.lock("ana")).isTrue();
        assertThat(accounts.replaceRoles("ben", Set.of(Role.ADMINISTRATOR))).isTrue();
        assertThat(accounts.list())
                .satisfiesExactly(
                        ana -> {
                            assertThat(ana.name()).isEqualTo("ana");
                            assertThat(ana.lockedAt()).isNotNull();
                            assertThat(ana.lastSignInAt()).isNull();
                        },
                        ben -> {
                            assertThat(ben.roles()).containsExactly(Role.ADMINISTRATOR);
                            assertThat(ben.lockedAt()).isNull();
                            assertThat(ben.lastSignInAt()).isNotNull();
                        });
        assertThat(accounts.unlock("ana")).isTrue();
        assertThat(accounts.list().getFirst().lockedAt()).isNull();
        assertThat(audit.entriesOf("account:ana", 5))
                .extracting(AuditEntry::action)
                .containsExactly("account.unlock", "account.lock", "account.add");
        assertThat(audit.entriesOf("account:ben", 1))
                .extracting(AuditEntry::details)
                .containsExactly("{\"roles\":\"administrator\"}");
    }

    @Test
    void returnsFalseForUnknownAccount() {
        assertThat(accounts.lock("nobody")).isFalse();
        assertThat(accounts.unlock("nobody")).isFalse();
        assertThat(accounts.replaceRoles("nobody", Set.of(Role.SUPERVISOR))).isFalse();
        assertThat(audit.entriesOf("account:nobody", 1)).isEmpty();
    }

    @Test
    void generatesValidPasswords() {
        String password = Passwords.generate();

        assertThat(password).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}").isNotEqualTo(Passwords.generate());
        accounts.add("ana", Set.of(Role.REVIEWER), password);
    }

    @Test
    void addsTheFirstAdministratorOnlyWhenThereIsNoAccount() {
        String password = accounts.addFirst().orElseThrow();

        Accounts.Account first = accounts.find("admin").orElseThrow();
        assertThat(first.roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(Passwords.ENCODER.matches(password, first.password())).isTrue();
        assertThat(first.mayEnter(clock.instant())).isTrue();
        assertThat(accounts.addFirst()).isEmpty();
        clock.advance(Accounts.ONE_TIME);
        assertThat(first.mayEnter(clock.instant())).isFalse();
    }

    @Test
    void ownerReplacesAOneTimePasswordWithThePresentOneOnly() {
        String oneTime = accounts.by("root").addWithOneTimePassword("ana", Set.of(Role.REVIEWER));

        assertThat(accounts.by("ana").replaceOwnPassword("ana", "wrong", "a long new password"))
                .isFalse();
        assertThatThrownBy(() -> accounts.by("ana").replaceOwnPassword("ana", oneTime, oneTime))
                .hasMessageContaining("choose another");
        assertThat(accounts.by("ana").replaceOwnPassword("ana", oneTime, "a long new password"))
                .isTrue();

        assertThat(accounts.find("ana").orElseThrow().oneTimeUntil()).isNull();
        assertThat(audit.entriesOf("account:ana", 5))
                .extracting(AuditEntry::actor, AuditEntry::action)
                .containsExactly(
                        tuple("ana", "account.password"),
                        tuple("ana", "account.password.refused"),
                        tuple("root", "account.add"));
    }

    @Test
    void hashesByArgon2idAndReplacesOlderHashes() {
        accounts.add("ana", Set.of(Role.REVIEWER), "long enough password");

        assertThat(accounts.find("ana").orElseThrow().password())
                .startsWith("{argon2id}$argon2id$v=19$m=19456,t=2,p=1$");
        String older = "{bcrypt}" + new BCryptPasswordEncoder().encode("long enough password");
        assertThat(Passwords.ENCODER.matches("long enough password", older)).isTrue();
        assertThat(Passwords.ENCODER.upgradeEncoding(older)).isTrue();
    }
}
