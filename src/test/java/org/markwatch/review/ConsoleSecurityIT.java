package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.ItemState;
import org.markwatch.queue.ItemTerm;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.ReviewStage;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.queue.UnsupportedItems;
import org.markwatch.report.RunFailures;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges.DroppedPage;
import org.markwatch.score.FindingStore;
import org.markwatch.score.HeldBack;
import org.markwatch.url.HttpUrl;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

@SpringBootTest(classes = ConsoleApplication.class)
@AutoConfigureMockMvc
class ConsoleSecurityIT {
    private static final String PASSWORD = Passwords.generate();
    private static final RequestPostProcessor ANA = ConsoleApplication.account("ana", Role.REVIEWER);
    private static final RequestPostProcessor BEN = ConsoleApplication.account("ben", Role.REVIEWER);
    private static final RequestPostProcessor LEA = ConsoleApplication.account("lea", Role.SUPERVISOR, Role.OPERATOR);

    @Autowired
    private ResourceUrlProvider staticFiles;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private StubRunControl runs;

    @Autowired
    private RunFailures failures;

    @Autowired
    private StubPageRecords records;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private HeldBackPages heldBack;

    @Autowired
    private UnsupportedItems unsupported;

    @Autowired
    private DataSource database;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Audit audit;

    @Autowired
    private SettableClock clock;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/queue", "/items/1", "/audit", "/nothing-here"})
    void redirectsToSignIn(String path) throws Exception {
        mvc.perform(get(path)).andExpect(status().isFound()).andExpect(redirectedUrl("/sign-in"));
    }

    @Test
    void redirectsHtmxRequestsToTheSignInPage() throws Exception {
        mvc.perform(get("/queue").header("HX-Request", "true"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("HX-Redirect", "/sign-in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/queue", "/health"})
    void sendsSecurityHeadersWithEveryPage(String path) throws Exception {
        mvc.perform(get(path).with(ANA))
                .andExpect(status().isOk())
                .andExpect(header().string("Content-Security-Policy", ReviewConfiguration.CONTENT_SECURITY_POLICY))
                .andExpect(header().string("Referrer-Policy", "same-origin"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("X-Frame-Options", "DENY"))
                .andExpect(header().string("Cache-Control", containsString("no-store")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/queue"})
    void servesNoInlineStyleInlineScriptOrPicture(String path) throws Exception {
        mvc.perform(get(path).with(ANA))
                .andExpect(content().string(not(containsString("style="))))
                .andExpect(content().string(not(containsString("<style"))))
                .andExpect(content().string(not(containsString("<img"))))
                .andExpect(content().string(not(containsString("<svg"))))
                .andExpect(content().string(not(containsString("onclick"))));
    }

    @Test
    void letsOnlyLeadsStopTheRunInProgress() throws Exception {
        runs.set(new RunControl.RunSnapshot(7, 90, 40, false));
        mvc.perform(get("/runs").with(ANA)).andExpect(content().string(not(containsString("Stop the run"))));
        mvc.perform(post("/runs/7/stop").with(ANA).with(csrf())).andExpect(status().isForbidden());
        assertThat(runs.stopped()).doesNotContain(7L);

        mvc.perform(get("/runs").with(LEA)).andExpect(content().string(containsString("Stop the run")));
        mvc.perform(post("/runs/7/stop").with(LEA).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("is stopping")));
        assertThat(runs.stopped()).contains(7L);
        assertThat(audit.entriesOf("run:7", 1))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(tuple("run.stop", "lea"));
    }

    @Test
    void warnsReviewersOfRunWithoutText() throws Exception {
        runs.setLastRunWithoutText(OptionalLong.of(9));
        mvc.perform(get("/queue").with(ANA))
                .andExpect(content().string(containsString("Run 9, the last one, obtained no text")));

        runs.setLastRunWithoutText(OptionalLong.empty());
        mvc.perform(get("/queue").with(ANA)).andExpect(content().string(not(containsString("obtained no text"))));
    }

    @Test
    void showsWhyARunDidNotStartToOperatorsOnly() throws Exception {
        failures.recordNotStarted("fault in job-config: /srv/job-config/seeds.csv: line 3");

        mvc.perform(get("/runs").with(ANA))
                .andExpect(content().string(containsString("A scheduled run did not start")))
                .andExpect(content().string(containsString("Operators see the cause.")))
                .andExpect(content().string(not(containsString("seeds.csv"))));
        mvc.perform(get("/runs").with(LEA)).andExpect(content().string(containsString("/srv/job-config/seeds.csv")));
    }

    @Test
    void doesNotStopRunThatHasEnded() throws Exception {
        runs.set(null);
        mvc.perform(post("/runs/8/stop").with(LEA).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("no longer in progress")));
        assertThat(runs.stopped()).doesNotContain(8L);
        assertThat(audit.entriesOf("run:8", 1)).isEmpty();
    }

    @Test
    void servesScriptsFromTheConsole() throws Exception {
        mvc.perform(get("/webjars/htmx.org/dist/htmx.min.js"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("htmx")));
        mvc.perform(get("/console.js")).andExpect(status().isOk());
    }

    @Test
    void looksForNoFilesOfTheNamesOfPages() {
        assertThat(staticFiles.getHandlerMap().keySet())
                .anyMatch(pattern -> staticFiles.getPathMatcher().match(pattern, "/console.js"))
                .noneMatch(pattern -> staticFiles.getPathMatcher().match(pattern, "/items/17"));
    }

    @Test
    void letsBrowsersKeepStaticFilesUnderTheirHash() throws Exception {
        String page = mvc.perform(get("/sign-in")).andReturn().getResponse().getContentAsString();
        Matcher style =
                Pattern.compile("href=\"(/console-[0-9a-f]{32}\\.css)\"").matcher(page);

        assertThat(style.find()).isTrue();
        mvc.perform(get(style.group(1)))
                .andExpect(status().isOk())
                .andExpect(header().string("Cache-Control", "max-age=31536000, public"))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"));
    }

    @Test
    void keepsDraftWithEveryPress() throws Exception {
        long id = admit("https://draft.example/");
        claims.claim(id, "ana");
        Item item = items.find(id, LaneAccess.ALL).orElseThrow();

        mvc.perform(reveal(item, "0").param("draft", "1").param("note", "with a reveal"))
                .andExpect(status().isFound());
        assertThat(page(id)).contains("with a reveal");
        mvc.perform(press(item, "draft").param("note", "as it is typed").header("HX-Request", "true"))
                .andExpect(content().string(containsString("Your entries are kept")));
        assertThat(page(id)).contains("as it is typed");
        mvc.perform(press(item, "release").param("note", "with a release")).andExpect(redirectedUrl("/queue"));
        assertThat(page(id)).contains("with a release", "Your entries are kept");
        assertThat(page(id, BEN)).doesNotContain("with a release");
    }

    @Test
    void takesDecisionBackAndShowsItsEntriesAgain() throws Exception {
        long id = admit("https://take-back.example/");
        claims.claim(id, "ana");
        MockHttpSession session = new MockHttpSession();
        mvc.perform(decision(id, Map.of("note", "too fast")).with(ANA).session(session));
        String queue = mvc.perform(get("/queue").with(ANA).session(session))
                .andReturn()
                .getResponse()
                .getContentAsString();
        Matcher decision =
                Pattern.compile("name=\"decision\" value=\"([0-9]+)\"").matcher(queue);
        assertThat(decision.find()).isTrue();

        mvc.perform(post("/items/" + id + "/undo")
                        .param("decision", decision.group(1))
                        .with(ANA)
                        .session(session)
                        .with(csrf()))
                .andExpect(flash().attribute("notice", containsString("taken back")));

        assertThat(page(id)).contains("too fast", "Decide and take the next");
    }

    @Test
    void letsOnlyLeadsFreeAndAssign() throws Exception {
        accounts.add("ida", Set.of(Role.REVIEWER), PASSWORD);
        long id = admit("https://lead.example/");
        claims.claim(id, "ben");

        mvc.perform(post("/items/" + id + "/free").with(ANA).with(csrf())).andExpect(status().isForbidden());
        mvc.perform(post("/items/" + id + "/assign")
                        .param("to", "ida")
                        .with(ANA)
                        .with(csrf()))
                .andExpect(status().isForbidden());
        mvc.perform(post("/items/" + id + "/assign")
                        .param("to", "nobody")
                        .with(LEA)
                        .with(csrf()))
                .andExpect(flash().attribute("problem", containsString("no account with this name that may decide")));
        mvc.perform(post("/items/" + id + "/assign")
                        .param("to", "Ida")
                        .with(LEA)
                        .with(csrf()))
                .andExpect(flash().attribute("notice", containsString("assigned to ida")));
        mvc.perform(post("/items/" + id + "/free").with(LEA).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("is free")));
    }

    @Test
    void servesHealthWithoutSignIn() throws Exception {
        mvc.perform(get("/health"))
                .andExpect(status().isOk())
                .andExpect(content().json("{\"status\":\"up\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "claim", "renew", "release", "skip", "decide", "draft", "undo", "reopen", "reveal", "free", "assign"
            })
    void refusesFormsWithoutCsrfToken(String action) throws Exception {
        long id = admit("https://csrf.example/" + action);

        mvc.perform(post("/items/" + id + "/" + action).with(ANA)).andExpect(status().isForbidden());
        assertThat(items.find(id, LaneAccess.ALL).orElseThrow().claim()).isNull();
    }

    @Test
    void listsHeldBackPagesWithoutTheirTextAndDefanged() throws Exception {
        new FindingStore(database)
                .save(9, List.of(SampleFindings.withMatch(SampleFindings.quiet("https://held.example/a?b=%3Ci%3E"))));
        heldBack.store(9, 0, Map.of(HeldBack.POINTS, 1L));

        mvc.perform(get("/held-back").with(LEA))
                .andExpect(content().string(containsString("has-path\">hxxps://held[.]example<")))
                .andExpect(content().string(containsString("Run 9")))
                .andExpect(content().string(not(containsString("https://held.example"))))
                .andExpect(content().string(not(containsString("Members area"))));
    }

    @Test
    void showsTheAuditToLeadsOnly() throws Exception {
        mvc.perform(get("/audit").with(ANA)).andExpect(status().isForbidden());
        mvc.perform(post("/audit/verify").with(ANA).with(csrf())).andExpect(status().isForbidden());
        mvc.perform(get("/audit").with(LEA)).andExpect(status().isOk());
        mvc.perform(get("/held-back").with(ANA)).andExpect(status().isForbidden());
        mvc.perform(get("/held-back").with(LEA)).andExpect(status().isOk());
        mvc.perform(post("/audit/verify").with(LEA).with(csrf()))
                .andExpect(flash().attribute("notice", containsString("intact")));
    }

    @Test
    void auditsSignIns() throws Exception {
        accounts.add("cleo", Set.of(Role.REVIEWER), PASSWORD);

        mvc.perform(signIn(" Cleo ", PASSWORD, "10.0.0.1")).andExpect(redirectedUrl("/"));

        assertThat(audit.entriesOf("account:cleo", 1))
                .extracting(AuditEntry::action)
                .containsExactly("sign-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "password", "role"})
    void endsSessionOfChangedAccount(String change) throws Exception {
        String name = "edda-" + change;
        accounts.add(name, Set.of(Role.SUPERVISOR), PASSWORD);
        MockHttpSession session = (MockHttpSession) mvc.perform(signIn(name, PASSWORD, "10.0.0.4"))
                .andReturn()
                .getRequest()
                .getSession();
        mvc.perform(get("/audit").session(session)).andExpect(status().isOk());

        switch (change) {
            case "lock" -> accounts.lock(name);
            case "password" -> accounts.replacePassword(name, PASSWORD + "2");
            default -> accounts.replaceRoles(name, Set.of(Role.REVIEWER));
        }

        mvc.perform(get("/audit").session(session)).andExpect(redirectedUrl("/sign-in"));
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void refusesSignInOfALockedAccountUntilItIsUnlocked() throws Exception {
        accounts.add("finn", Set.of(Role.REVIEWER), PASSWORD);
        accounts.lock("finn");
        mvc.perform(signIn("finn", PASSWORD, "10.0.0.5")).andExpect(redirectedUrl("/sign-in?wrong"));
        assertThat(audit.entriesOf("account:finn", 1))
                .extracting(AuditEntry::action)
                .containsExactly("sign-in.refused");

        accounts.unlock("finn");
        mvc.perform(signIn("finn", PASSWORD, "10.0.0.5")).andExpect(redirectedUrl("/"));
    }

    @Test
    void makesAnAccountWaitAfterRepeatedFailedSignIns() throws Exception {
        accounts.add("dora", Set.of(Role.REVIEWER), PASSWORD);
        for (int i = 0; i < 5; i++) {
            mvc.perform(signIn("dora", "wrong", "10.0.0.2")).andExpect(redirectedUrl("/sign-in?wrong"));
        }

        mvc.perform(signIn("dora", PASSWORD, "10.0.0.2")).andExpect(redirectedUrl("/sign-in?wait=1"));
        mvc.perform(signIn("dora", PASSWORD, "10.0.0.2")).andExpect(redirectedUrl("/sign-in?wait=1"));
        mvc.perform(signIn("dora", PASSWORD, "10.0.0.3")).andExpect(redirectedUrl("/"));
        clock.advance(Duration.ofSeconds(1));
        mvc.perform(signIn("dora", PASSWORD, "10.0.0.2")).andExpect(redirectedUrl("/"));
        assertThat(audit.entriesOf("account:dora", 100))
                .extracting(AuditEntry::action)
                .containsExactly(
                        "sign-in",
                        "sign-in",
                        "sign-in.blocked",
                        "sign-in.refused",
                        "sign-in.refused",
                        "sign-in.refused",
                        "sign-in.refused",
                        "sign-in.refused",
                        "account.add");
    }

    @Test
    void letsTheTeamSignInWhileSomebodyGuessesAtTheSameAddress() throws Exception {
        accounts.add("gina", Set.of(Role.REVIEWER), PASSWORD);
        mvc.perform(signIn("gina", PASSWORD, "10.0.0.9")).andExpect(redirectedUrl("/"));
        for (int i = 0; i < 40; i++) {
            mvc.perform(signIn("guess" + i, "wrong", "10.0.0.9"));
        }

        mvc.perform(signIn("gina", PASSWORD, "10.0.0.9")).andExpect(redirectedUrl("/"));
        mvc.perform(signIn("guess50", "wrong", "10.0.0.9")).andExpect(redirectedUrl("/sign-in?wait=1"));
    }

    @Test
    void masksTextUntilItIsRevealedAndAuditsReveals() throws Exception {
        long id = admit("https://mask.example/hidden-path/a?token=t0ken");
        Item item = items.find(id, LaneAccess.ALL).orElseThrow();
        MockHttpSession session = new MockHttpSession();

        String page = page(id);
        assertThat(page)
                .doesNotContain("no name needed", "Members area", "hidden-path", "t0ken", "30-day", "price")
                .contains("accept Visa", "hxxps://mask[.]example", "<mark>membership<");
        assertThat(mvc.perform(get("/queue").with(ANA))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("hxxps://mask[.]example")
                .doesNotContain("hidden-path", "t0ken");

        mvc.perform(reveal(item, "1").header("HX-Request", "true"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("⟨U+202E⟩for 30 days⟨U+202C⟩ &lt;b&gt;from 49&lt;/b&gt;")))
                .andExpect(content().string(containsString("autofocus aria-live=\"polite\"")))
                .andExpect(content().string(not(containsString("<html"))));
        mvc.perform(reveal(item, "url").header("HX-Request", "true"))
                .andExpect(content().string(containsString("hxxps://mask[.]example/hidden-path/a?token=t0ken")))
                .andExpect(content().string(containsString("data-copy")));
        mvc.perform(reveal(item, "title").session(session)).andExpect(redirectedUrl("/items/" + id + "#part-title"));
        mvc.perform(get("/items/" + id).with(ANA).session(session))
                .andExpect(content().string(containsString("Members area")));
        mvc.perform(reveal(item, "99")).andExpect(status().isNotFound());

        assertThat(audit.entriesOf("item:" + id, 10))
                .extracting(AuditEntry::action)
                .containsExactly("item.view", "item.reveal", "item.reveal", "item.reveal", "item.view");
        assertThat(audit.entriesOf("item:" + id, 1).getFirst().details()).contains("\"revealed\":\"title\"");
    }

    @Test
    void masksNothingOfTheNewEvidenceWithAnEarlierReveal() throws Exception {
        String url = "https://mask-again.example/";
        long id = admit(url);
        MockHttpSession session = new MockHttpSession();
        mvc.perform(
                reveal(items.find(id, LaneAccess.ALL).orElseThrow(), "title").session(session));
        queue.admit(2, List.of(SampleFindings.flagged(url, "y")));

        mvc.perform(get("/items/" + id).with(ANA).session(session))
                .andExpect(content().string(not(containsString("Members area"))));
    }

    @Test
    void showsNoLinkToACrawledPage() throws Exception {
        long id = admit("https://evil.example/%22onmouseover=%22?q=<b>".replace("<b>", "%3Cb%3E"));

        mvc.perform(get("/items/" + id).with(ANA))
                .andExpect(content().string(containsString("hxxps://evil[.]example")))
                .andExpect(content().string(not(containsString("https://evil.example"))))
                .andExpect(content().string(not(containsString("evil.example"))));
    }

    @Test
    void showsHowThePageWasFetchedAndWhichRulesGaveNoPoints() throws Exception {
        long id = admit("https://read.example/");
        records.set(
                new PageRecords.FetchDetails(
                        1,
                        HttpUrl.of("http://short.example/p"),
                        Instant.parse("2026-11-25T00:40:00Z"),
                        304,
                        "text/html",
                        0,
                        false,
                        CertificateFaults.NONE,
                        "Legal, order 12",
                        Instant.parse("2026-11-20T00:40:00Z")),
                new PageRecords.AnalysisDetails(
                        7,
                        3,
                        List.of(
                                new PageRecords.RuleHits("brand:visa@acceptance", "visa", 24, List.of("text"), 1),
                                new PageRecords.RuleHits("brand:visa@mention", "visa", 6, List.of("text", "title"), 4),
                                new PageRecords.RuleHits("brand:jcb@logo", "jcb", 12, List.of("image"), 1),
                                new PageRecords.RuleHits("currency-sign@1", "", 0, List.of("text"), 2))));

        String page = page(id);

        assertThat(page)
                .contains("2026-11-25 00:40 UTC</time><bdi>, run 1", "HTTP 304: not modified")
                .contains(
                        "hxxp://short[.]example",
                        "ignored on the authority of: Legal, order 12",
                        "2026-11-20 00:40 UTC")
                .contains("in run 7; text and rules have not changed")
                .contains("Without points: 3", "3 further matches exceed")
                .containsSubsequence("brand:visa@mention", "a stronger use of the same brand")
                .containsSubsequence("brand:jcb@logo", "authorised to use the brand")
                .containsSubsequence("currency-sign@1", "background indicator");
    }

    @Test
    void escapesHostileRecords() throws Exception {
        long id = admit("https://hostile-record.example/");
        String hostile = "</script><b>=cmd()\u202E\u0007" + "x".repeat(1_000_000);
        records.set(
                new PageRecords.FetchDetails(
                        1,
                        HttpUrl.of("https://a.example/%3C/script%3E?q=" + "y".repeat(1_000_000)),
                        Instant.EPOCH,
                        200,
                        hostile,
                        1,
                        true,
                        new CertificateFaults(List.of(
                                new CertificateFaults.NamedFault("wrong-name", hostile),
                                new CertificateFaults.NamedFault("untrusted", hostile))),
                        hostile,
                        null),
                new PageRecords.AnalysisDetails(
                        1, 0, List.of(new PageRecords.RuleHits(hostile, "", 0, List.of(hostile), 1))));

        String page = page(id);

        assertThat(page.length()).isLessThan(100_000);
        assertThat(page)
                .contains("&lt;/script&gt;&lt;b&gt;=cmd()⟨U+202E⟩⟨U+0007⟩")
                .doesNotContain("</script><b>", "\u202E", "\u0007", "a.example");
    }

    @Test
    void showsThatThereIsNoRecordOfTheFetch() throws Exception {
        records.set(null, null);

        assertThat(page(admit("https://long-ago.example/")))
                .contains("no record of a fetch")
                .doesNotContain("Without points");
    }

    private static Finding impersonation(String url) {
        return SampleFindings.flagged(url, "high", "impersonation", 90);
    }

    private MockHttpServletRequestBuilder press(Item item, String action) {
        return post("/items/" + item.id() + "/" + action)
                .param("draft", "1")
                .param("evidence", item.evidenceSha256())
                .with(ANA)
                .with(csrf());
    }

    private String page(long id) throws Exception {
        return page(id, ANA);
    }

    private String page(long id, RequestPostProcessor account) throws Exception {
        return mvc.perform(get("/items/" + id).with(account))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void letsOnlyTheHolderDecide() throws Exception {
        long id = admit("https://hold.example/");
        claims.claim(id, "ana");

        mvc.perform(decision(id, Map.of()).with(BEN))
                .andExpect(flash().attribute("problem", containsString("ana does")));
        mvc.perform(post("/items/" + id + "/claim").with(BEN).with(csrf()))
                .andExpect(redirectedUrl("/items/" + id))
                .andExpect(flash().attribute("problem", containsString("held by ana")));
        mvc.perform(decision(id, Map.of()).with(ANA));
        assertThat(items.find(id, LaneAccess.ALL).orElseThrow().state()).isEqualTo(ItemState.DECIDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verdict", "confidence", "reason"})
    void reportsMissingValueAndKeepsTheOthers(String missing) throws Exception {
        long id = admit("https://lack.example/" + missing);
        claims.claim(id, "ana");

        mvc.perform(decision(id, Map.of(missing, "", "note", "typed for long")).with(ANA))
                .andExpect(flash().attributeExists("problem"));
        assertThat(page(id)).contains("typed for long");
    }

    /** As the field of the form counts, whose limit is the same. */
    @Test
    void countsALineBreakOfANoteAsOneCharacter() throws Exception {
        long id = admit("https://lines.example/");
        claims.claim(id, "ana");

        mvc.perform(decision(id, Map.of("note", "line\r\n".repeat(799) + "lines"))
                        .with(ANA))
                .andExpect(flash().attribute("problem", nullValue()));
        assertThat(Objects.requireNonNull(
                                items.find(id, LaneAccess.ALL).orElseThrow().decision())
                        .note())
                .hasSize(4_000);
    }

    @Test
    void recordsViewsOfTheQueueByAFilterAndNoOthers() throws Exception {
        RequestPostProcessor viewer = ConsoleApplication.account("vera", Role.VIEWER);
        for (String path : List.of("/queue", "/queue?show=decided", "/queue?host=a.example", "/queue?text=words")) {
            mvc.perform(get(path).with(viewer)).andExpect(status().isOk());
        }

        assertThat(audit.entriesOf("queue", 100).stream()
                        .filter(entry -> entry.actor().equals("vera"))
                        .map(AuditEntry::details))
                .satisfiesExactly(
                        words -> assertThat(words).contains("words"),
                        host -> assertThat(host).contains("a.example"));
    }

    @Test
    void letsReviewerDecideOnOtherEvidenceWithTheSameForm() throws Exception {
        String url = "https://other-evidence.example/";
        long id = admit(url);
        claims.claim(id, "ana");
        page(id);
        String seen = items.find(id, LaneAccess.ALL).orElseThrow().evidenceSha256();
        queue.admit(2, List.of(impersonation(url)));
        String current = items.find(id, LaneAccess.ALL).orElseThrow().evidenceSha256();

        mvc.perform(decision(id, Map.of("evidence", seen, "note", "typed for long"))
                        .with(ANA))
                .andExpect(flash().attribute("problem", containsString("A run found other evidence")));

        assertThat(page(id))
                .contains("typed for long", "name=\"evidence\" value=\"" + current + "\"")
                .contains("The evidence has changed since you opened the item")
                .containsSubsequence("brand:visa@impersonation", "added", "+40");
        mvc.perform(decision(id, Map.of("evidence", current)).with(ANA));
        assertThat(items.find(id, LaneAccess.ALL).orElseThrow().state()).isEqualTo(ItemState.DECIDED);
    }

    @Test
    void requiresTheLastDayOfAnAuthorisation() throws Exception {
        long id = admit("https://auth.example/");
        claims.claim(id, "ana");

        mvc.perform(decision(id, Map.of("verdict", "authorised_merchant")).with(ANA))
                .andExpect(flash().attribute("problem", containsString("last day")));
        mvc.perform(decision(id, Map.of("verdict", "authorised_merchant", "validUntil", "2026-12-31"))
                .with(ANA));
        assertThat(items.find(id, LaneAccess.ALL).orElseThrow().stage()).isEqualTo(ReviewStage.SECOND_REVIEW);
    }

    @Test
    void letsReviewersReopenTheirOwnDecisionsOnly() throws Exception {
        long id = admit("https://undo.example/");
        claims.claim(id, "ana");
        mvc.perform(decision(id, Map.of()).with(ANA));

        mvc.perform(post("/items/" + id + "/reopen")
                        .param("reason", "no")
                        .with(BEN)
                        .with(csrf()))
                .andExpect(status().isForbidden());
        mvc.perform(post("/items/" + id + "/reopen")
                        .param("reason", "")
                        .with(LEA)
                        .with(csrf()))
                .andExpect(flash().attributeExists("problem"));
        mvc.perform(post("/items/" + id + "/reopen")
                        .param("reason", "second look")
                        .with(LEA)
                        .with(csrf()))
                .andExpect(flash().attribute("notice", containsString("is re-opened")));
    }

    @Test
    void offersNoUndoOfADecisionThatCannotBeTakenBackAnyMore() throws Exception {
        for (boolean self : new boolean[] {true, false}) {
            MockHttpSession session = new MockHttpSession();
            long id = admit("https://again.example/" + self);
            claims.claim(id, "ana");
            mvc.perform(decision(id, Map.of()).with(ANA).session(session)).andExpect(status().isFound());
            long decision = Objects.requireNonNull(
                            items.find(id, LaneAccess.ALL).orElseThrow().decision())
                    .id();
            String undo = "/items/" + id + "/undo";
            mvc.perform(get("/queue").with(ANA).session(session))
                    .andExpect(content().string(containsString(undo)));

            mvc.perform(post("/items/" + id + "/reopen")
                    .param("reason", "second look")
                    .with(self ? ANA : LEA)
                    .session(self ? session : new MockHttpSession())
                    .with(csrf()));
            if (!self) {
                mvc.perform(post(undo)
                                .param("decision", Long.toString(decision))
                                .with(ANA)
                                .session(session)
                                .with(csrf()))
                        .andExpect(flash().attributeExists("problem"));
            }
            mvc.perform(get("/queue").with(ANA).session(session))
                    .andExpect(content().string(not(containsString(undo))));
        }
    }

    @Test
    void respondsWithNotFoundForUnknownItem() throws Exception {
        mvc.perform(get("/items/999999").with(ANA)).andExpect(status().isNotFound());
        mvc.perform(get("/items/nine").with(ANA)).andExpect(status().isNotFound());
    }

    @Test
    void letsOnlyLeadsOpenItemThatNoRuleSupports() throws Exception {
        long id = admit("https://unsupported.example/");
        unsupported.close(2, "", List.of(new DroppedPage(HttpUrl.of("https://unsupported.example/"), "")), () -> {});

        mvc.perform(get("/items/" + id).with(ANA))
                .andExpect(content().string(containsString("No rule supports this item")))
                .andExpect(content().string(containsString("closed it")))
                .andExpect(content().string(not(containsString("Re-open"))))
                .andExpect(content().string(not(containsString("data-key=\"c\""))));
        mvc.perform(post("/items/" + id + "/reopen").with(ANA).with(csrf()).param("reason", "looks right"))
                .andExpect(status().isForbidden());
        mvc.perform(get("/items/" + id).with(LEA)).andExpect(content().string(containsString("Re-open the item")));
        mvc.perform(post("/items/" + id + "/reopen").with(LEA).with(csrf()).param("reason", "looks right"));
        assertThat(items.find(id, LaneAccess.ALL).orElseThrow().state()).isEqualTo(ItemState.NEW);
    }

    @Test
    void takesBackEachOwnRecentDecisionOnItsPage() throws Exception {
        List<Long> decided = List.of(admit("https://undo-one.example/"), admit("https://undo-two.example/"));
        for (long id : decided) {
            claims.claim(id, "ana");
            mvc.perform(decision(id, Map.of()).with(ANA)).andExpect(status().isFound());
        }
        for (long id : decided) {
            mvc.perform(get("/items/" + id).with(ANA)).andExpect(content().string(containsString("/undo\"")));
            mvc.perform(get("/items/" + id).with(BEN)).andExpect(content().string(not(containsString("/undo\""))));
        }

        clock.advance(Decisions.UNDO);

        mvc.perform(get("/items/" + decided.getFirst()).with(ANA))
                .andExpect(content().string(not(containsString("/undo\""))));
    }

    @Test
    void viewsDoNotHideWhatWasDoneWithAnItem() throws Exception {
        long id = admit("https://viewed.example/");
        claims.claim(id, "ana");
        mvc.perform(decision(id, Map.of()).with(ANA)).andExpect(status().isFound());
        audit.appendAll("ben", Collections.nCopies(150, new Audit.Event("item.view", "item:" + id, Map.of())));

        mvc.perform(get("/items/" + id).with(ANA))
                .andExpect(content().string(containsString("h-item-decide")))
                .andExpect(content().string(containsString("150 times")));
    }

    private long admit(String url) {
        queue.admit(1, List.of(SampleFindings.flagged(url, "x")));
        return items
                .page(new ItemFilter(ItemFilter.Show.ALL, "", LaneAccess.ALL).with(ItemTerm.TEXT, url), null, 100)
                .items()
                .stream()
                .filter(item -> item.url().toString().equals(url))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private MockHttpServletRequestBuilder decision(long id, Map<String, String> changes) {
        Item item = items.find(id, LaneAccess.ALL).orElseThrow();
        MockHttpServletRequestBuilder request = post("/items/" + id + "/decide").with(csrf());
        Map.of(
                        "verdict", "false_positive",
                        "severity", "medium",
                        "confidence", "high",
                        "reason", "bad rule",
                        "evidence", item.evidenceSha256())
                .forEach((name, value) -> {
                    if (!changes.containsKey(name)) {
                        request.param(name, value);
                    }
                });
        changes.forEach(request::param);
        return request;
    }

    private static MockHttpServletRequestBuilder reveal(Item item, String part) {
        return post("/items/" + item.id() + "/reveal")
                .param("part", part)
                .param("evidence", item.evidenceSha256())
                .with(ANA)
                .with(csrf());
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
