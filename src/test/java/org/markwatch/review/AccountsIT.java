package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class AccountsIT {
    private final DataSource database = TestDatabase.fresh();
    private final Audit audit = new Audit(database, new SettableClock());
    private final Accounts accounts = new Accounts(database, audit, new SettableClock());

    @Test
    void storesPasswordHashesOnlyAndAuditsTheNewAccount() {
        accounts.add("ana", Set.of(Role.SUPERVISOR), "long enough password");

        Accounts.Account account = accounts.find("ana").orElseThrow();
        assertThat(account.roles()).containsExactly(Role.SUPERVISOR);
        assertThat(account.password()).startsWith("{bcrypt}").doesNotContain("enough");
        assertThat(accounts.encoder().matches("long enough password", account.password()))
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
    void refusesPasswordsThatAreTooShortOrTooLongForBcrypt() {
        assertThatThrownBy(() -> accounts.add("ana", Set.of(Role.REVIEWER), "short"))
                .hasMessageContaining("at least 12");
        assertThatThrownBy(() -> accounts.add("ana", Set.of(Role.REVIEWER), "é".repeat(37)))
                .hasMessageContaining("at most 72");
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

        assertThat(accounts.disable("ana")).isTrue();
        assertThat(accounts.replaceRoles("ben", Set.of(Role.ADMINISTRATOR))).isTrue();
        assertThat(accounts.list())
                .satisfiesExactly(
                        ana -> {
                            assertThat(ana.name()).isEqualTo("ana");
                            assertThat(ana.disabledAt()).isNotNull();
                            assertThat(ana.lastSignInAt()).isNull();
                        },
                        ben -> {
                            assertThat(ben.roles()).containsExactly(Role.ADMINISTRATOR);
                            assertThat(ben.disabledAt()).isNull();
                            assertThat(ben.lastSignInAt()).isNotNull();
                        });
        assertThat(accounts.enable("ana")).isTrue();
        assertThat(accounts.list().getFirst().disabledAt()).isNull();
        assertThat(audit.entriesOf("account:ana", 5))
                .extracting(AuditEntry::action)
                .containsExactly("account.enable", "account.disable", "account.add");
        assertThat(audit.entriesOf("account:ben", 1))
                .extracting(AuditEntry::details)
                .containsExactly("{\"roles\":\"administrator\"}");
    }

    @Test
    void returnsFalseForUnknownAccount() {
        assertThat(accounts.disable("nobody")).isFalse();
        assertThat(accounts.enable("nobody")).isFalse();
        assertThat(accounts.replaceRoles("nobody", Set.of(Role.SUPERVISOR))).isFalse();
        assertThat(audit.entriesOf("account:nobody", 1)).isEmpty();
    }

    @Test
    void generatesValidPasswords() {
        String password = Accounts.generatePassword();

        assertThat(password).matches("([a-z2-9]{4}-){4}[a-z2-9]{4}").isNotEqualTo(Accounts.generatePassword());
        accounts.add("ana", Set.of(Role.REVIEWER), password);
    }
}
