package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Drafts;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Browsers that an account has used, and what becomes of requests without a session. */
@SpringBootTest(classes = ConsoleApplication.class)
@AutoConfigureMockMvc
class SessionEndIT {
    private static final String PASSWORD = Passwords.generate();

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Drafts drafts;

    @Autowired
    private DataSource database;

    /** A stranger behind the same proxy. */
    @Test
    void letsAPersonSignInFromAKnownBrowserWhileSomebodyGuessesThatPassword() throws Exception {
        Cookie device = device("jana", Role.REVIEWER);
        assertThat(device.isHttpOnly()).isTrue();
        assertThat(device.getAttribute("SameSite")).isEqualTo("Strict");
        Cookie forged = new Cookie(
                device.getName(),
                device.getValue().replaceFirst("^.", device.getValue().startsWith("A") ? "B" : "A"));
        for (int guess = 0; guess < 5; guess++) {
            mvc.perform(signIn("jana", "wrong", "10.0.0.20").cookie(forged));
        }

        mvc.perform(signIn("jana", PASSWORD, "10.0.0.20").cookie(forged)).andExpect(redirectedUrl("/sign-in?wait=1"));
        mvc.perform(signIn(" Jana ", PASSWORD, "10.0.0.20").cookie(device)).andExpect(redirectedUrl("/"));
        for (int guess = 0; guess < 5; guess++) {
            mvc.perform(signIn("jana", "wrong", "10.0.0.21").cookie(device));
        }
        mvc.perform(signIn("jana", PASSWORD, "10.0.0.22").cookie(device)).andExpect(redirectedUrl("/sign-in?wait=1"));
    }

    @Test
    void keepsEntriesOfSessionThatHasEndedForItsAccountOnly() throws Exception {
        accounts.add("ivo", Set.of(Role.REVIEWER), PASSWORD);
        long id = admit("https://session-end.example/");
        claims.claim(id, "hanna");
        Cookie device = device("hanna", Role.REVIEWER);

        MockHttpSession other = session(sendWithoutSession(id, "http://localhost", "hanna", device));
        mvc.perform(signIn("ivo", PASSWORD, "10.0.0.8").session(other)).andExpect(redirectedUrl("/"));
        assertThat(drafts.find(id, "ivo")).isEmpty();

        MockHttpSession session = session(sendWithoutSession(id, "http://localhost", "hanna", device));
        mvc.perform(get("/sign-in").session(session))
                .andExpect(content().string(containsString("Your session had ended")));
        mvc.perform(signIn("hanna", PASSWORD, "10.0.0.8").session(session)).andExpect(redirectedUrl("/items/" + id));
        assertThat(page("/items/" + id, session)).contains("typed for long", "name=\"account\" value=\"hanna\"");
        assertThat(session.getMaxInactiveInterval()).isEqualTo((int) ReviewConfiguration.IDLE.toSeconds());
    }

    @Test
    void keepsNoEntriesThatAnotherSiteOrAnUnknownBrowserSends() throws Exception {
        long id = admit("https://planted.example/");
        Cookie device = device("kim", Role.REVIEWER);

        for (String origin : List.of("https://evil.example", "null")) {
            assertKeepsNothing(sendWithoutSession(id, origin, "kim", device));
        }
        assertKeepsNothing(sendWithoutSession(id, "http://localhost", "hanna", device));
        assertKeepsNothing(sendWithoutSession(id, "http://localhost", "kim", new Cookie("other", "1")));
    }

    private static void assertKeepsNothing(MockHttpServletRequest request) {
        assertThat(KeptEntries.subjectOf(session(request))).isNull();
    }

    private MockHttpServletRequest sendWithoutSession(long id, String origin, String account, Cookie device)
            throws Exception {
        return mvc.perform(post("/items/" + id + "/decide")
                        .header("Origin", origin)
                        .header("Host", "localhost")
                        .param("draft", "1")
                        .param("account", account)
                        .param("note", "typed for long")
                        .param(
                                "evidence",
                                items.find(id, LaneAccess.ALL).orElseThrow().evidenceSha256())
                        .cookie(device))
                .andExpect(redirectedUrl("/sign-in"))
                .andReturn()
                .getRequest();
    }

    private static MockHttpSession session(MockHttpServletRequest request) {
        return (MockHttpSession) Objects.requireNonNull(request.getSession(false));
    }

    /** Adds an account, signs it in, and returns the cookie by which the browser is known. */
    private Cookie device(String account, Role role) throws Exception {
        accounts.add(account, Set.of(role), PASSWORD);
        return Arrays.stream(mvc.perform(signIn(account, PASSWORD, "10.0.0.20"))
                        .andReturn()
                        .getResponse()
                        .getCookies())
                .filter(cookie -> cookie.getName().startsWith("markwatch-device-"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leadsToTheRequestedPageWithoutASession() throws Exception {
        accounts.add("lena", Set.of(Role.REVIEWER), PASSWORD);
        MvcResult asked = mvc.perform(get("/queue?host=a.example").accept(MediaType.TEXT_HTML))
                .andReturn();
        assertThat(asked.getRequest().getSession(false)).isNull();
        Cookie page = Objects.requireNonNull(asked.getResponse().getCookie("markwatch-page"));
        assertThat(mvc.perform(get("/runs/events").accept(MediaType.TEXT_EVENT_STREAM))
                        .andReturn()
                        .getResponse()
                        .getCookies())
                .isEmpty();

        mvc.perform(signIn("lena", PASSWORD, "10.0.0.8").cookie(page))
                .andExpect(redirectedUrl("/queue?host=a.example"));
        for (String elsewhere : List.of("//evil.example", "/\\evil.example", "https://evil.example", "")) {
            mvc.perform(signIn("lena", PASSWORD, "10.0.0.8")
                            .cookie(new Cookie(
                                    "markwatch-page",
                                    Base64.getUrlEncoder().encodeToString(elsewhere.getBytes(StandardCharsets.UTF_8)))))
                    .andExpect(redirectedUrl("/"));
        }
    }

    @Test
    void offersTheSignInAgainIfItsPageWasOpenForTooLong() throws Exception {
        mvc.perform(post("/sign-in").param("name", "ana").param("password", PASSWORD))
                .andExpect(redirectedUrl("/sign-in?stale"));
        mvc.perform(get("/sign-in?stale")).andExpect(content().string(containsString("open for too long")));
    }

    @Test
    void showsAgainWhatWasEnteredInFormsWithoutADraft() throws Exception {
        long id = admit("https://receipt.example/");
        Cookie olga = device("olga", Role.SUPERVISOR);
        Cookie peer = device("peer", Role.BRAND_EDITOR);

        assertThat(again("olga", olga, "/items/" + id, "/items/" + id + "/action/done", "receipt", "sent as 4711"))
                .as("no action is open")
                .doesNotContain("sent as 4711");
        JdbcClient.create(database)
                .sql("update item set state = 'closed', closed_at = now() where id = ?")
                .param(id)
                .update();
        assertThat(again("olga", olga, "/items/" + id, "/items/" + id + "/reopen", "reason", "looks \"right\""))
                .contains("value=\"looks &quot;right&quot;\"", "<details open=\"open\"");
        assertThat(again(
                        "peer",
                        peer,
                        "/watchlist/change",
                        "/watchlist/change",
                        "field.label",
                        "typed for long",
                        "kind",
                        "seed",
                        "action",
                        "add"))
                .contains("typed for long");
    }

    /** Sends a form without a session, signs in, and returns the page that opens. */
    private String again(String account, Cookie device, String page, String form, String... fields) throws Exception {
        MockHttpServletRequestBuilder sent = post(form)
                .header("Origin", "http://localhost")
                .header("Host", "localhost")
                .param("account", account)
                .cookie(device);
        for (int i = 0; i < fields.length; i += 2) {
            sent.param(fields[i], fields[i + 1]);
        }
        MockHttpSession session = session(mvc.perform(sent)
                .andExpect(redirectedUrl("/sign-in"))
                .andReturn()
                .getRequest());
        mvc.perform(get("/sign-in").session(session)).andExpect(content().string(containsString("is kept")));
        mvc.perform(signIn(account, PASSWORD, "10.0.0.8").session(session)).andExpect(redirectedUrl(page));
        return page(page, session);
    }

    private long admit(String url) {
        queue.admit(1, List.of(SampleFindings.flagged(url, "x")));
        return JdbcClient.create(database)
                .sql("select id from item where url = ?")
                .param(url)
                .query(Long.class)
                .single();
    }

    private String page(String path, MockHttpSession session) throws Exception {
        return mvc.perform(get(path).session(session))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private static MockHttpServletRequestBuilder signIn(String name, String password, String address) {
        return post("/sign-in")
                .param("name", name)
                .param("password", password)
                .with(csrf())
                .with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                });
    }
}
