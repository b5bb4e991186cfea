package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.SettableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@SpringBootTest(
        classes = ConsoleApplication.class,
        // gives the class a database of its own
        properties = "database-of=account-pages")
@AutoConfigureMockMvc
@DirtiesContext
class AccountPagesIT {
    private static final String PASSWORD = Passwords.generate();
    private static final RequestPostProcessor ROOT = ConsoleApplication.account("root", Role.ADMINISTRATOR);

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Audit audit;

    @Autowired
    private SettableClock clock;

    @Test
    void endsTheSessionThatGuessesThePresentPassword() throws Exception {
        accounts.add("guessed", Set.of(Role.REVIEWER), PASSWORD);
        MockHttpSession session = signIn("guessed", PASSWORD);
        for (int guess = 0; guess < 5; guess++) {
            mvc.perform(password(session, "guess " + guess, "another long one", "another long one"))
                    .andExpect(flash().attribute("problem", containsString("wrong")));
        }

        mvc.perform(password(session, PASSWORD, "another long one", "another long one"))
                .andExpect(redirectedUrl("/sign-in?wait=1"));

        assertThat(session.isInvalid()).isTrue();
        assertThat(audit.entriesOf("account:guessed", 1).getFirst().action()).isEqualTo("account.password.blocked");
    }

    @Test
    void ownerOfANewAccountReplacesTheOneTimePasswordBeforeAnythingElse() throws Exception {
        String oneTime = String.valueOf(
                mvc.perform(change("/accounts").param("name", " Ann ").param("roles", "reviewer"))
                        .andReturn()
                        .getFlashMap()
                        .get("oneTimePassword"));
        MockHttpSession session = signIn("ann", oneTime);
        mvc.perform(get("/queue").session(session)).andExpect(redirectedUrl("/password"));
        mvc.perform(password(session, oneTime, PASSWORD, "another one"))
                .andExpect(flash().attribute("problem", containsString("differ")));
        mvc.perform(password(session, "guess", PASSWORD, PASSWORD))
                .andExpect(flash().attribute("problem", containsString("wrong")));
        mvc.perform(password(session, oneTime, "short", "short"))
                .andExpect(flash().attribute("problem", containsString("at least 12")));

        mvc.perform(password(session, oneTime, PASSWORD, PASSWORD)).andExpect(redirectedUrl("/sign-in?changed"));

        mvc.perform(get("/queue").session(session)).andExpect(redirectedUrl("/sign-in"));
        mvc.perform(get("/queue").session(signIn("ann", PASSWORD))).andExpect(status().isOk());
        assertThat(audit.entriesOf("account:ann", 10))
                .extracting(AuditEntry::actor, AuditEntry::action)
                .contains(tuple("root", "account.add"), tuple("ann", "account.password"));
    }

    @Test
    void refusesAOneTimePasswordThatHasExpired() throws Exception {
        String oneTime = accounts.addWithOneTimePassword("late", Set.of(Role.REVIEWER));
        clock.advance(Accounts.ONE_TIME);

        mvc.perform(attempt("late", oneTime)).andExpect(redirectedUrl("/sign-in?wrong"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "reset", "roles"})
    void endsTheSessionOfALeaverAtTheNextRequest(String change) throws Exception {
        String name = "leaver-" + change;
        accounts.add(name, Set.of(Role.REVIEWER), PASSWORD);
        MockHttpSession session = signIn(name, PASSWORD);
        mvc.perform(get("/queue").session(session)).andExpect(status().isOk());

        mvc.perform(change("/accounts/" + name + "/" + change).param("roles", "viewer"))
                .andExpect(redirectedUrl("/accounts"));

        mvc.perform(get("/queue").session(session)).andExpect(redirectedUrl("/sign-in"));
        assertThat(audit.entriesOf("account:" + name, 1).getFirst().actor()).isEqualTo("root");
    }

    @Test
    void listsAccountsWithStateAndWithoutHashes() throws Exception {
        accounts.add("locked-one", Set.of(Role.VIEWER, Role.OPERATOR), PASSWORD);
        accounts.lock("locked-one");

        mvc.perform(get("/accounts").with(ROOT))
                .andExpect(content()
                        .string(allOf(
                                containsString("locked-one"),
                                containsString("locked since"),
                                not(containsString("argon2")))));
        mvc.perform(change("/accounts/locked-one/unlock"));
        mvc.perform(get("/queue").session(signIn("locked-one", PASSWORD))).andExpect(status().isOk());
    }

    @Test
    void refusesBadEntriesWithASentence() throws Exception {
        mvc.perform(change("/accounts").param("name", "ü").param("roles", "reviewer"))
                .andExpect(flash().attribute("problem", containsString("must be 1 to 64")));
        mvc.perform(change("/accounts").param("name", "bob"))
                .andExpect(flash().attribute("problem", containsString("at least one role")));
        mvc.perform(change("/accounts").param("name", "bob").param("roles", "king"))
                .andExpect(flash().attribute("problem", containsString("must be one of viewer")));
        mvc.perform(change("/accounts/nobody/lock")).andExpect(status().isNotFound());
    }

    @Test
    void letsNoAdministratorChangeTheOwnAccount() throws Exception {
        for (String change : List.of("lock", "unlock", "reset", "roles")) {
            mvc.perform(change("/accounts/root/" + change).param("roles", "viewer"))
                    .andExpect(status().isBadRequest());
        }
    }

    @Test
    void endsTheOldestSessionWhenAnAccountHasTooMany() throws Exception {
        accounts.add("many", Set.of(Role.REVIEWER), PASSWORD);
        MockHttpSession oldest = signIn("many", PASSWORD);
        for (int i = 0; i < ReviewConfiguration.MOST_SESSIONS; i++) {
            signIn("many", PASSWORD);
        }

        mvc.perform(get("/queue").session(oldest)).andExpect(redirectedUrl("/sign-in?ended"));
    }

    @Test
    void replacesABcryptHashAtTheNextSignIn() throws Exception {
        accounts.add("older", Set.of(Role.REVIEWER), PASSWORD);
        accounts.rehash("older", "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD));

        MockHttpSession session = signIn("older", PASSWORD);

        assertThat(accounts.find("older").orElseThrow().password()).startsWith("{argon2id}");
        mvc.perform(get("/queue").session(session)).andExpect(status().isOk());
    }

    private MockHttpSession signIn(String name, String password) throws Exception {
        return (MockHttpSession) mvc.perform(attempt(name, password))
                .andExpect(redirectedUrl("/"))
                .andReturn()
                .getRequest()
                .getSession();
    }

    private static MockHttpServletRequestBuilder attempt(String name, String password) {
        return post("/sign-in").param("name", name).param("password", password).with(csrf());
    }

    private static MockHttpServletRequestBuilder password(
            MockHttpSession session, String present, String password, String again) {
        return post("/password")
                .param("present", present)
                .param("password", password)
                .param("again", again)
                .session(session)
                .with(csrf());
    }

    private static MockHttpServletRequestBuilder change(String path) {
        return post(path).with(ROOT).with(csrf());
    }
}
