package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.flash;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.Audit;
import org.markwatch.queue.AuditEntry;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.ItemTrends;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.LaneMoves;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.queue.welfare.Exposure;
import org.markwatch.report.Reports;
import org.markwatch.url.HttpUrl;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API with tokens, against the same console as the screens. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        // gives the class a database of its own
        properties = "database-of=api")
@AutoConfigureMockMvc
class ApiIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = Passwords.generate();
    /** Each route with the scopes of which one is enough, and the roles that get it; letters as in {@link RouteMatrixIT}. */
    private static final String MATRIX = """
            GET /api/v1/actions [decide] -RCS---
            GET /api/v1/agreement [see-team] ---S---
            GET /api/v1/audit [read-audit] ---S--A
            GET /api/v1/clusters [view-items] VRCSB--
            GET /api/v1/clusters/{id} [view-items] VRCSB--
            GET /api/v1/held-back [see-team] ---S---
            GET /api/v1/items [view-items] VRCSB--
            GET /api/v1/items/{id} [view-items] VRCSB--
            GET /api/v1/items/{id}/history [view-items] VRCSB--
            GET /api/v1/items/{id}/receipts [decide] -RCS---
            GET /api/v1/lanes [view-items] VRCSB--
            GET /api/v1/load [see-team] ---S---
            GET /api/v1/runs [see-runs] VRCSBOA
            GET /api/v1/runs/active [see-runs] VRCSBOA
            GET /api/v1/runs/{id} [see-runs] VRCSBOA
            GET /api/v1/runs/{id}/attestation [see-runs] VRCSBOA
            GET /api/v1/runs/{id}/failures [see-runs] VRCSBOA
            GET /api/v1/runs/{id}/processes [see-runs] VRCSBOA
            GET /api/v1/schedule [see-runs] VRCSBOA
            GET /api/v1/trends [see-runs] VRCSBOA
            POST /api/v1/items/{id}/receipts [decide] -RCS---
            POST /api/v1/runs [run] -----O-
            POST /api/v1/runs/{id}/stop [run] -----O-
            GET /api/v1/watchlist/precision [edit-watchlist] ----B--
            GET /api/v1/watchlist/proposals [edit-watchlist, run] ----BO-
            GET /api/v1/watchlist/proposals/{id} [edit-watchlist, run] ----BO-
            POST /api/v1/watchlist/proposals [edit-watchlist, run] ----BO-
            POST /api/v1/watchlist/proposals/{id}/withdraw [edit-watchlist, run] ----BO-
            """;

    private static final String PROBLEM = "application/problem+json";

    @Autowired
    private MockMvc mvc;

    @Autowired
    private Accounts accounts;

    @Autowired
    private DataSource database;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Decisions decisions;

    @Autowired
    private Audit audit;

    @Autowired
    private Runs runs;

    @Autowired
    private Reports reports;

    @Autowired
    private ItemTrends trends;

    @Autowired
    private LaneMoves moves;

    @Autowired
    private Exposure exposure;

    @Autowired
    private StubRunControl control;

    @Autowired
    private SettableClock clock;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @BeforeEach
    void accounts() {
        control.set(null);
        for (Role role : List.of(Role.OPERATOR, Role.CHILD_SAFETY_REVIEWER, Role.SUPERVISOR, Role.BRAND_EDITOR)) {
            if (accounts.find("api-" + role.label()).isEmpty()) {
                accounts.add("api-" + role.label(), Set.of(role), PASSWORD);
            }
        }
    }

    @Test
    void describesEachRouteAndItsParametersInTheOpenApiDocument() throws IOException {
        Map<String, Set<String>> routes = new TreeMap<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
            for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                route.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> routes.put(method + " " + path, parameters(handler)));
            }
        });
        Map<String, Set<String>> described = new TreeMap<>();
        try (InputStream file = ApiIT.class.getResourceAsStream("/static/openapi.yaml")) {
            Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
            ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
                    .forEach((path, methods) -> ((Map<?, ?>) methods)
                            .forEach((method, operation) -> described.put(
                                    method.toString().toUpperCase(Locale.ROOT) + " " + path,
                                    described((Map<?, ?>) operation))));
        }
        assertThat(described).isEqualTo(routes).containsEntry("POST /api/v1/runs/{id}/stop", Set.of("id"));
    }

    /** Returns the names of the parameters that a route reads; without the one of the filter that groups rows of a screen. */
    private static Set<String> parameters(HandlerMethod handler) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : handler.getMethod().getParameters()) {
            if (parameter.isAnnotationPresent(RequestParam.class)
                    || parameter.isAnnotationPresent(PathVariable.class)) {
                names.add(parameter.getName());
            } else if (parameter.isAnnotationPresent(ModelAttribute.class)) {
                for (RecordComponent entry : parameter.getType().getRecordComponents()) {
                    names.add(entry.getName());
                }
                names.remove("list");
            }
        }
        return names;
    }

    private static Set<String> described(Map<?, ?> operation) {
        Set<String> names = new TreeSet<>();
        if (operation.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(each -> names.add(String.valueOf(((Map<?, ?>) each).get("name"))));
        }
        return names;
    }

    @Test
    void makesATokenOnceAndStoresOnlyItsHash() throws Exception {
        String token = token(Role.OPERATOR, "see-runs", "run");

        assertThat(token).matches("mw_[A-Za-z0-9_-]{43}");
        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from api_token t where t::text like '%' || ? || '%'")
                        .param(token.substring(3))
                        .query(Long.class)
                        .single())
                .isZero();
        mvc.perform(get("/tokens").with(ConsoleApplication.account("api-operator", Role.OPERATOR)))
                .andExpect(content().string(Matchers.not(Matchers.containsString(token))))
                .andExpect(content().string(Matchers.containsString("see-runs")));
        assertThat(audit.entriesBefore(Long.MAX_VALUE, 1))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .contains(tuple("token.create", "api-operator"));
    }

    @Test
    void refusesMissingUnknownExpiredAndRevokedTokensAndLockedAccounts() throws Exception {
        mvc.perform(get("/api/v1/runs"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Bearer"))
                .andExpect(content().contentType(PROBLEM));
        mvc.perform(get("/api/v1/runs").with(ConsoleApplication.account("api-operator", Role.OPERATOR)))
                .andExpect(status().isUnauthorized());
        call("mw_" + "x".repeat(43), HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
        call("x".repeat(3000), HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());

        String token = token(Role.OPERATOR, "see-runs");
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
        accounts.lock("api-operator");
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
        accounts.unlock("api-operator");
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());

        token = token(Role.OPERATOR, "see-runs");
        long id = JdbcClient.create(database)
                .sql("select max(id) from api_token")
                .query(Long.class)
                .single();
        mvc.perform(post("/tokens/" + id + "/revoke")
                        .with(csrf())
                        .with(ConsoleApplication.account("api-supervisor", Role.SUPERVISOR)))
                .andExpect(flash().attribute("notice", "There is no such token to revoke."));
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
        mvc.perform(post("/tokens/" + id + "/revoke")
                .with(csrf())
                .with(ConsoleApplication.account("api-operator", Role.OPERATOR)));
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());

        String other = token(Role.OPERATOR, "see-runs");
        clock.advance(Duration.ofDays(91));
        call(other, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
    }

    @Test
    void endsTokensWithEachChangeOfTheirAccount() throws Exception {
        for (Consumer<String> change : List.<Consumer<String>>of(
                name -> accounts.replacePassword(name, PASSWORD),
                name -> accounts.links().open(name),
                name -> accounts.replaceRoles(name, Set.of(Role.OPERATOR)),
                name -> accounts.endAccess(name, "no role"))) {
            String token = token(Role.OPERATOR, "see-runs");
            call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
            change.accept("api-operator");
            call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
        }
        mvc.perform(get("/tokens").with(ConsoleApplication.account("api-operator", Role.OPERATOR)))
                .andExpect(content().string(Matchers.containsString("<span>ended</span>")));
    }

    @Test
    void pausesTokensOfAPersonWhoHasNotSignedOnForThirtyDays() throws Exception {
        String name = "api-operator";
        accounts.links().open(name);
        assertThat(accounts.links().link(name, new SignOnIdentity("https://sso.example", "olga"), Set.of()))
                .isTrue();
        accounts.links().signedOn(name);
        String token = token(Role.OPERATOR, "see-runs");

        clock.advance(Duration.ofDays(29));
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
        clock.advance(Duration.ofDays(1));
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
        mvc.perform(get("/tokens").with(ConsoleApplication.account(name, Role.OPERATOR)))
                .andExpect(content().string(Matchers.containsString("<span>paused</span>")));

        accounts.links().signedOn(name);
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
        accounts.links().open(name);
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
    }

    @Test
    void makesATokenOnlyForWhoKnowsThePassword() throws Exception {
        mvc.perform(post("/tokens")
                        .param("name", "stolen session")
                        .param("scope", "see-runs")
                        .param("password", "guess")
                        .with(csrf())
                        .with(ConsoleApplication.account("api-operator", Role.OPERATOR)))
                .andExpect(flash().attributeCount(1))
                .andExpect(flash().attribute("problem", "The password is wrong. No token was made."));
        assertThat(audit.entriesOf("account:api-operator", 1).getFirst().action())
                .isEqualTo("account.password.refused");
    }

    @Test
    void letsAdministratorsRevokeTheTokensOfOthers() throws Exception {
        String token = token(Role.OPERATOR, "see-runs");
        long id = JdbcClient.create(database)
                .sql("select max(id) from api_token")
                .query(Long.class)
                .single();
        mvc.perform(get("/accounts").with(ConsoleApplication.account("root", Role.ADMINISTRATOR)))
                .andExpect(
                        content().string(Matchers.containsString("/accounts/api-operator/tokens/" + id + "/revoke")));

        mvc.perform(post("/accounts/api-operator/tokens/" + id + "/revoke")
                        .with(csrf())
                        .with(ConsoleApplication.account("root", Role.ADMINISTRATOR)))
                .andExpect(flash().attribute("notice", "The token of api-operator is revoked."));

        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isUnauthorized());
        assertThat(audit.entriesOf("token:" + id, 1))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(tuple("token.revoke", "root"));
    }

    @Test
    void permitsWhatBothTheTokenAndItsAccountMay() throws Exception {
        String reading = token(Role.OPERATOR, "see-runs");
        call(reading, HttpMethod.POST, "/api/v1/runs")
                .andExpect(status().isForbidden())
                .andExpect(content().contentType(PROBLEM));
        call(reading, HttpMethod.GET, "/api/v1/audit").andExpect(status().isForbidden());
        // a scope that the account does not hold is not given
        String greedy = token(Role.OPERATOR, "see-runs", "read-audit", "view-items");
        call(greedy, HttpMethod.GET, "/api/v1/audit").andExpect(status().isForbidden());
        call(greedy, HttpMethod.GET, "/api/v1/items").andExpect(status().isForbidden());

        String audited = token(Role.SUPERVISOR, "read-audit");
        JsonNode page = json(call(audited, HttpMethod.GET, "/api/v1/audit?limit=2"));
        assertThat(page.path("entries").path(0).path("action").asString()).isEqualTo("audit.view");
        assertThat(page.path("next").asLong())
                .isEqualTo(page.path("entries").path(1).path("seq").asLong());
    }

    @Test
    void countsNoNewItemThatWasMovedToARestrictedLaneAfterItsRun() throws Exception {
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        queue.admit(
                run,
                List.of(
                        SampleFindings.flagged("https://moved-one.example/", "high", "payment", 70),
                        SampleFindings.flagged("https://moved-two.example/", "high", "payment", 70)));
        trends.record(run);
        String token = token(Role.OPERATOR, "see-runs");
        String path = "/api/v1/runs/" + run;
        long before = json(call(token, HttpMethod.GET, path)).path("newItems").asLong();
        assertThat(before).isGreaterThanOrEqualTo(2);

        long item = JdbcClient.create(database)
                .sql("select id from item where url = 'https://moved-one.example/'")
                .query(Long.class)
                .single();
        moves.move(item, "child-safety", "api-supervisor");

        assertThat(json(call(token, HttpMethod.GET, path)).path("newItems").asLong())
                .isEqualTo(before - 1);
    }

    @Test
    void startsAndStopsRunsOnceAndShowsThem() throws Exception {
        String token = token(Role.OPERATOR, "see-runs", "run");
        call(token, HttpMethod.GET, "/api/v1/runs/active").andExpect(status().isNotFound());
        int before = control.started();
        call(token, HttpMethod.POST, "/api/v1/runs").andExpect(status().isAccepted());
        assertThat(control.started()).isEqualTo(before + 1);

        control.set(new RunControl.RunSnapshot(31, 90, 40, false));
        assertThat(json(call(token, HttpMethod.GET, "/api/v1/runs/active"))
                        .path("done")
                        .asLong())
                .isEqualTo(40);
        call(token, HttpMethod.POST, "/api/v1/runs")
                .andExpect(status().isConflict())
                .andExpect(content().contentType(PROBLEM));
        call(token, HttpMethod.POST, "/api/v1/runs/30/stop").andExpect(status().isConflict());
        call(token, HttpMethod.POST, "/api/v1/runs/31/stop").andExpect(status().isAccepted());
        assertThat(control.stopped()).contains(31L).doesNotContain(30L);
        assertThat(audit.entriesOf("run:31", 1)).extracting(AuditEntry::actor).containsExactly("api-operator");

        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        runs.end(run, Runs.Status.COMPLETE, clock.instant());
        reports.close(run, 1);
        JsonNode shown = json(call(token, HttpMethod.GET, "/api/v1/runs/" + run));
        assertThat(shown.path("status").asString()).isEqualTo("complete");
        assertThat(shown.path("pages").path("fetched").asLong(-1)).isZero();
        assertThat(json(call(token, HttpMethod.GET, "/api/v1/runs/" + run + "/attestation"))
                        .path("action")
                        .asString())
                .isEqualTo("run.attest");
    }

    @Test
    void listsItemsWithoutTextAndWithoutRestrictedLanes() throws Exception {
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://shown.example/secret-path", "high", "payment", 60),
                        SampleFindings.flagged("https://hidden.example/", "high", "child-safety", 60)));
        String all = token(Role.CHILD_SAFETY_REVIEWER, "view-items", "see-restricted");
        String narrow = token(Role.CHILD_SAFETY_REVIEWER, "view-items");

        String shown = call(narrow, HttpMethod.GET, "/api/v1/items")
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(shown).contains("hxxps://shown[.]example").doesNotContain("hidden", "secret-path", "Members");
        assertThat(call(narrow, HttpMethod.GET, "/api/v1/lanes")
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("payment")
                .doesNotContain("child-safety");
        assertThat(call(all, HttpMethod.GET, "/api/v1/items?lane=child-safety")
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("hxxps://hidden[.]example");
    }

    @Test
    void showsAnItemItsClusterItsActionAndTrendsWithoutText() throws Exception {
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://twin-one.example/secret-path", "high", "payment", 60)
                                .with(List.of("ga4:G-9Z8Y7X6W5V"), 0),
                        SampleFindings.flagged("https://twin-two.example/", "high", "payment", 60)
                                .with(List.of("ga4:G-9Z8Y7X6W5V"), 0),
                        SampleFindings.flagged("https://hidden-item.example/", "high", "child-safety", 60)));
        long id = number("https://twin-one.example/secret-path");
        suspectAcceptance(id);
        String narrow = token(Role.CHILD_SAFETY_REVIEWER, "view-items", "see-runs", "decide");

        JsonNode item = json(call(narrow, HttpMethod.GET, "/api/v1/items/" + id));
        assertThat(item.path("reasons").path(0).path("rule").asString()).isNotEmpty();
        assertThat(item.path("decision").path("verdict").asString()).isEqualTo("acceptance_suspected");
        assertThat(item.toString()).contains("hxxps://twin-one[.]example").doesNotContain("secret-path", "Members");
        assertThat(audit.entriesOf("item:" + id, 1))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(tuple("item.read", "api-child-safety-reviewer"));
        call(narrow, HttpMethod.GET, "/api/v1/items/" + number("https://hidden-item.example/"))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(PROBLEM));

        JsonNode clusters = json(call(narrow, HttpMethod.GET, "/api/v1/clusters?limit=100"));
        assertThat(clusters.path("clusters").toString()).doesNotContain("child-safety", "Members");
        call(narrow, HttpMethod.GET, "/api/v1/clusters?kind=colour").andExpect(status().isBadRequest());
        JsonNode actions = json(call(narrow, HttpMethod.GET, "/api/v1/actions?limit=100"));
        assertThat(actions.path("actions").toString()).contains("\"item\":" + id, "twin-one[.]example");
        long shared = JdbcClient.create(database)
                .sql("select m.cluster_id from cluster_item m join cluster c on c.id = m.cluster_id"
                        + " where m.item_id = ? and c.kind = 'analytics'")
                .param(id)
                .query(Long.class)
                .single();
        JsonNode cluster = json(call(narrow, HttpMethod.GET, "/api/v1/clusters/" + shared));
        assertThat(cluster.path("open").path("open").asInt()).isEqualTo(1);
        assertThat(cluster.path("decisions").path(0).path("item").asLong()).isEqualTo(id);
        assertThat(cluster.toString()).doesNotContain("child-safety", "Members");
        call(narrow, HttpMethod.GET, "/api/v1/clusters/999999").andExpect(status().isNotFound());
        JsonNode trend = json(call(narrow, HttpMethod.GET, "/api/v1/trends?days=1"));
        assertThat(trend.path("days")
                        .path(0)
                        .path("decisions")
                        .path("acceptance_suspected")
                        .asLong())
                .isPositive();
        call(narrow, HttpMethod.GET, "/api/v1/trends?days=0").andExpect(status().isBadRequest());
    }

    private void suspectAcceptance(long id) {
        claims.claim(id, "api-supervisor");
        decisions.decide(
                id,
                "api-supervisor",
                LaneAccess.ALL,
                new DecisionRequest(
                        DecisionKind.ACCEPTANCE_SUSPECTED,
                        "high",
                        Confidence.HIGH,
                        "seen",
                        "",
                        null,
                        null,
                        items.find(id, LaneAccess.ALL).orElseThrow().evidenceSha256()));
    }

    @Test
    void recordsAReceiptOfAnActionForThoseWhoMayDecide() throws Exception {
        String url = "https://receipt.example/secret-path";
        queue.admit(1, List.of(SampleFindings.flagged(url, "high", "payment", 60)));
        long id = number(url);
        suspectAcceptance(id);
        String path = "/api/v1/items/" + id + "/receipts";
        String reading = token(Role.CHILD_SAFETY_REVIEWER, "view-items");
        String deciding = token(Role.CHILD_SAFETY_REVIEWER, "view-items", "decide");

        call(reading, HttpMethod.GET, path).andExpect(status().isForbidden());
        JsonNode before = json(call(deciding, HttpMethod.GET, path));
        assertThat(before.path("open").asBoolean()).isTrue();
        assertThat(before.path("receipts")).isEmpty();
        for (String wrong : List.of("{}", "{\"receipt\":\" \"}", "{\"receipt\":\"" + "x".repeat(1_001) + "\"}", "no")) {
            send(deciding, path, wrong)
                    .andExpect(status().isBadRequest())
                    .andExpect(content().contentType(PROBLEM));
        }
        send(deciding, path, "{\"receipt\":\"hotline 4711\"}").andExpect(status().isCreated());
        send(deciding, path, "{\"receipt\":\"hotline 4712\"}")
                .andExpect(status().isConflict())
                .andExpect(content().contentType(PROBLEM));

        JsonNode after = json(call(deciding, HttpMethod.GET, path));
        assertThat(after.path("open").asBoolean()).isFalse();
        assertThat(after.path("receipts").path(0).path("receipt").asString()).isEqualTo("hotline 4711");
        JsonNode history = json(call(reading, HttpMethod.GET, "/api/v1/items/" + id + "/history"));
        assertThat(history.path("history")
                        .valueStream()
                        .map(each -> each.path("actor").asString() + " "
                                + each.path("action").asString()))
                .contains("api-child-safety-reviewer action.done", "api-supervisor item.decide");
        assertThat(history.toString()).doesNotContain("secret-path");
    }

    @Test
    void hidesFromASecondReviewerWhoDecidedFirst() throws Exception {
        String url = "https://blind-by-program.example/";
        queue.admit(1, List.of(SampleFindings.flagged(url, "high", "payment", 60)));
        long id = number(url);
        claims.claim(id, "api-supervisor");
        decisions.decide(
                id,
                "api-supervisor",
                LaneAccess.ALL,
                new DecisionRequest(
                        DecisionKind.CHILD_SAFETY_REFERRAL,
                        "high",
                        Confidence.HIGH,
                        "seen",
                        "",
                        null,
                        null,
                        items.find(id, LaneAccess.ALL).orElseThrow().evidenceSha256()));

        String path = "/api/v1/items/" + id + "/history";
        assertThat(json(call(token(Role.CHILD_SAFETY_REVIEWER, "view-items"), HttpMethod.GET, path))
                        .toString())
                .doesNotContain("api-supervisor", "item.decide");
        assertThat(json(call(token(Role.SUPERVISOR, "view-items"), HttpMethod.GET, path))
                        .toString())
                .contains("item.decide");
    }

    @Test
    void showsWhatIsHeldBackTheScheduleAndTheProcessesOfARun() throws Exception {
        assertThat(json(call(token(Role.SUPERVISOR, "see-team"), HttpMethod.GET, "/api/v1/held-back"))
                        .path("sample")
                        .path("sampled")
                        .asLong(-1))
                .isNotNegative();
        String operator = token(Role.OPERATOR, "see-runs");
        assertThat(json(call(operator, HttpMethod.GET, "/api/v1/schedule"))
                        .path("next")
                        .asString())
                .isEqualTo("2027-03-02T01:00:00Z");
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        runs.end(run, Runs.Status.COMPLETE, clock.instant());
        assertThat(json(call(operator, HttpMethod.GET, "/api/v1/runs/" + run + "/processes"))
                        .path("partitions")
                        .asInt(-1))
                .isZero();
        assertThat(json(call(operator, HttpMethod.GET, "/api/v1/runs/" + run + "/failures"))
                        .path("causes"))
                .isEmpty();
        call(operator, HttpMethod.GET, "/api/v1/runs/999999/failures").andExpect(status().isNotFound());
    }

    @Test
    void tellsHowFarTheQueueStepIsWithoutTheNumberOfFindingsOfHiddenLanes() throws Exception {
        control.set(new RunControl.RunSnapshot(31, "queue", 90, 90, Map.of(), 500, 230, false));
        String path = "/api/v1/runs/active";

        JsonNode narrow = json(call(token(Role.OPERATOR, "see-runs"), HttpMethod.GET, path));
        JsonNode all =
                json(call(token(Role.CHILD_SAFETY_REVIEWER, "see-runs", "see-restricted"), HttpMethod.GET, path));

        assertThat(narrow.path("findings").isNull()).isTrue();
        assertThat(narrow.path("compared").isNull()).isTrue();
        assertThat(narrow.path("comparedPercent").asInt()).isEqualTo(40);
        assertThat(all.path("findings").asLong()).isEqualTo(500);
        assertThat(all.path("compared").asLong()).isEqualTo(230);
        for (String screen : List.of("/queue", "/runs")) {
            mvc.perform(get(screen).with(ConsoleApplication.account("vic", Role.VIEWER)))
                    .andExpect(content()
                            .string(Matchers.allOf(
                                    Matchers.containsString("40 % of the new findings"),
                                    Matchers.not(Matchers.containsString("500")))));
            mvc.perform(get(screen).with(ConsoleApplication.account("cleo", Role.CHILD_SAFETY_REVIEWER)))
                    .andExpect(content().string(Matchers.containsString("230 of 500 new findings")));
        }
    }

    @Test
    void proposesChangesThatOnlyAnotherPersonApproves() throws Exception {
        String token = token(Role.BRAND_EDITOR, "edit-watchlist");
        String path = "/api/v1/watchlist/proposals";

        JsonNode made = proposed(token, """
                {"kind": "merchant", "action": "add", "reason": "contract 12",
                 "values": {"brand": ["visa"], "host": ["partner.example"], "owner": ["desk"]}}""");

        String own = path + "/" + made.path("proposal").path("id").asLong();
        assertThat(made.path("diff").asString()).contains("+visa,partner.example,desk,");
        assertThat(made.path("proposal").path("proposedBy").asString()).isEqualTo("api-brand-editor");
        assertThat(json(call(token, HttpMethod.GET, path + "?state=open")).toString())
                .contains("visa partner.example");
        assertThat(json(call(token, HttpMethod.GET, own))).isEqualTo(made);
        mvc.perform(post(own.replace("/api/v1", "") + "/approve")
                        .with(csrf())
                        .with(ConsoleApplication.account("api-brand-editor", Role.BRAND_EDITOR)))
                .andExpect(flash().attribute("problem", Matchers.containsString("Another person has to approve it")));
        String operator = token(Role.OPERATOR, "run");
        assertThat(json(call(operator, HttpMethod.GET, path)).path("proposals")).isEmpty();
        call(operator, HttpMethod.GET, own).andExpect(status().isNotFound());
        call(operator, HttpMethod.POST, own + "/withdraw").andExpect(status().isNotFound());
        send(operator, path, "{\"kind\": \"seed\", \"action\": \"add\", \"reason\": \"x\"}")
                .andExpect(status().isForbidden());

        call(token, HttpMethod.POST, own + "/withdraw").andExpect(status().isNoContent());
        call(token, HttpMethod.POST, own + "/withdraw")
                .andExpect(status().isConflict())
                .andExpect(content().contentType(PROBLEM));
        assertThat(audit.entriesOf(
                        "proposal:" + made.path("proposal").path("id").asLong(), 5))
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(
                        tuple("watchlist.withdraw", "api-brand-editor"),
                        tuple("watchlist.propose", "api-brand-editor"));
    }

    @Test
    void leavesFieldsOfAnEntryThatAProposalDoesNotName() throws Exception {
        String token = token(Role.BRAND_EDITOR, "edit-watchlist");

        JsonNode edited = proposed(token, """
                {"kind": "seed", "action": "edit", "key": "https://shop.example/", "reason": "moved",
                 "values": {"label": ["Shop 2"], "owner": []}}""");
        JsonNode brand = proposed(token, """
                {"kind": "brand", "action": "add", "reason": "client",
                 "values": {"id": ["lantern-pay"], "name": ["Lantern Pay"], "official_hosts": ["lanternpay.example"]}}""");

        assertThat(edited.path("after").toString())
                .contains("\"label\":[\"Shop 2\"]", "\"url\":[\"https://shop.example/\"]")
                .doesNotContain("owner");
        assertThat(brand.path("proposal").path("file").asString()).isEqualTo("brands/lantern-pay.yaml");
        assertThat(brand.path("diff").asString()).startsWith("--- /dev/null\n+++ b/brands/lantern-pay.yaml\n");
    }

    @Test
    void refusesAProposalWithAReasonOrTheFaultsOfCheck() throws Exception {
        String token = token(Role.BRAND_EDITOR, "edit-watchlist");
        Map<String, Integer> answers = new TreeMap<>(Map.of(
                "{}", 400,
                "no", 400,
                "{'kind': 'seed', 'action': 'burn', 'reason': 'x'}", 400,
                "{'kind': 'seed', 'action': 'add', 'values': {'url': ['https://new.example/']}}", 400,
                "{'kind': 'seed', 'action': 'add', 'reason': 'x', 'values': {'colour': ['red']}}", 400,
                "{'kind': 'seed', 'action': 'add', 'reason': 'x', 'values': {'url': ['https://a.example/', 'b']}}", 400,
                "{'kind': 'seed', 'action': 'add', 'reason': 'x', 'values': {'tags': ['a\\nb', null]}}", 400,
                "{'kind': 'seed', 'action': 'edit', 'reason': 'x', 'key': 'https://absent.example/'}", 404,
                "{'kind': 'seed', 'action': 'edit', 'reason': 'x', 'key': 'https://shop.example/'}", 409,
                "{'kind': 'brand', 'action': 'add', 'reason': 'x', 'values': {'id': ['../x']}}", 409));
        answers.put("{'kind': 'seed', 'action': 'add', 'reason': 'x', 'file': '/etc/passwd'}", 409);
        for (Map.Entry<String, Integer> each : answers.entrySet()) {
            send(token, "/api/v1/watchlist/proposals", each.getKey().replace('\'', '"'))
                    .andExpect(result -> assertThat(result.getResponse().getStatus())
                            .as(each.getKey())
                            .isEqualTo(each.getValue()))
                    .andExpect(content().contentType(PROBLEM));
        }
        JsonNode problem = JSON.readTree(send(token, "/api/v1/watchlist/proposals", """
                        {"kind": "brand", "action": "add", "reason": "client", "values": {"id": ["lantern"], "name": ["Visa"]}}""")
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(PROBLEM))
                .andReturn()
                .getResponse()
                .getContentAsString());
        assertThat(problem.path("faults").toString()).contains("official_hosts", "is already a name of");
        send(token, "/api/v1/watchlist/proposals", "[")
                .andExpect(content().string(Matchers.containsString("The body must be JSON")));
    }

    private JsonNode proposed(String token, String change) throws Exception {
        return JSON.readTree(send(token, "/api/v1/watchlist/proposals", change)
                .andExpect(status().isCreated())
                .andReturn()
                .getResponse()
                .getContentAsString());
    }

    @Test
    void showsAgreementByLaneAndLoadByPersonWithoutHiddenLanes() throws Exception {
        String url = "https://twice-read.example/";
        queue.admit(1, List.of(SampleFindings.flagged(url, "high", "payment", 60)));
        for (String reviewer : List.of("api-supervisor", "second-reader")) {
            claims.claim(number(url), reviewer);
            decisions.decide(
                    number(url),
                    reviewer,
                    LaneAccess.ALL,
                    new DecisionRequest(
                            DecisionKind.AUTHORISED_MERCHANT,
                            "high",
                            Confidence.HIGH,
                            "seen",
                            "",
                            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(30),
                            null,
                            items.find(number(url), LaneAccess.ALL)
                                    .orElseThrow()
                                    .evidenceSha256()));
        }
        queue.admit(1, List.of(SampleFindings.flagged("https://held-apart.example/", "high", "child-safety", 60)));
        claims.claim(number("https://held-apart.example/"), "second-reader");
        exposure.record("second-reader");
        String token = token(Role.SUPERVISOR, "see-team");

        JsonNode agreement = json(call(token, HttpMethod.GET, "/api/v1/agreement"));
        assertThat(agreement.path("lanes").valueStream())
                .anyMatch(lane -> lane.path("lane").asString().equals("payment")
                        && lane.path("agreed").asLong() > 0
                        && lane.path("kappa").isNull());
        assertThat(agreement.toString()).doesNotContain("second-reader", "child-safety");
        JsonNode load = json(call(token, HttpMethod.GET, "/api/v1/load"));
        assertThat(load.path("people").valueStream()).anySatisfy(person -> {
            assertThat(person.path("account").asString()).isEqualTo("second-reader");
            assertThat(person.path("items").asLong()).isZero();
        });
    }

    @Test
    void showsThePrecisionOfAnIndicatorInForce() throws Exception {
        String token = token(Role.BRAND_EDITOR, "edit-watchlist");

        JsonNode precision = json(call(token, HttpMethod.GET, "/api/v1/watchlist/precision?rule=voucher-only@2"));
        assertThat(precision.path("rule").asString()).isEqualTo("voucher-only@2");
        assertThat(precision.path("share").isNull()).isTrue();
        for (String unknown : List.of("", "?rule=", "?rule=voucher-only", "?rule=x@1")) {
            call(token, HttpMethod.GET, "/api/v1/watchlist/precision" + unknown)
                    .andExpect(status().isNotFound())
                    .andExpect(content().contentType(PROBLEM));
        }
    }

    private ResultActions send(String token, String path, String json) throws Exception {
        return mvc.perform(post(path)
                .contentType(MediaType.APPLICATION_JSON)
                .content(json)
                .header("Authorization", "Bearer " + token));
    }

    private long number(String url) {
        return items.numberOf(HttpUrl.of(url)).orElseThrow();
    }

    @Test
    void givesEachRouteToTheRolesAndTheScopeOfTheMatrixOnly() throws Exception {
        List<String> scopes = List.of(
                "decide",
                "edit-watchlist",
                "read-audit",
                "run",
                "see-restricted",
                "see-runs",
                "see-team",
                "view-items");
        List<String> found = new ArrayList<>();
        for (String route : routes()) {
            StringBuilder roles = new StringBuilder();
            for (Role role : Role.values()) {
                roles.append(isAllowed(route, role, scopes) ? "VRCSBOA".charAt(role.ordinal()) : '-');
            }
            List<String> enough = new ArrayList<>();
            for (String scope : scopes) {
                for (Role role :
                        List.of(Role.OPERATOR, Role.SUPERVISOR, Role.CHILD_SAFETY_REVIEWER, Role.BRAND_EDITOR)) {
                    if (!enough.contains(scope) && isAllowed(route, role, List.of(scope))) {
                        enough.add(scope);
                    }
                }
            }
            found.add(route + " " + enough + " " + roles);
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(MATRIX.lines().toList());
    }

    private final Map<String, String> tokens = new HashMap<>();

    /** Requests a route with a token that has those of the scopes that the role may give; false if it may give none. */
    private boolean isAllowed(String route, Role role, List<String> scopes) throws Exception {
        if (accounts.find("api-" + role.label()).isEmpty()) {
            accounts.add("api-" + role.label(), Set.of(role), PASSWORD);
        }
        List<String> held = scopes.stream()
                .filter(scope -> Role.permissions(Set.of(role)).stream()
                        .anyMatch(permission -> permission
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-')
                                .equals(scope)))
                .toList();
        if (held.isEmpty()) {
            return false;
        }
        String key = role + " " + held;
        if (!tokens.containsKey(key)) {
            tokens.put(key, token(role, held.toArray(String[]::new)));
        }
        String[] words = route.split(" ");
        return call(tokens.get(key), HttpMethod.valueOf(words[0]), words[1].replace("{id}", "1"))
                        .andReturn()
                        .getResponse()
                        .getStatus()
                != 403;
    }

    private List<String> routes() {
        List<String> routes = new ArrayList<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((route, handler) -> {
            for (RequestMethod method : route.getMethodsCondition().getMethods()) {
                route.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> routes.add(method + " " + path));
            }
        });
        return routes;
    }

    @Test
    void hidesASearchInARestrictedLaneFromAccountsWithoutIt() throws Exception {
        String all = token(Role.CHILD_SAFETY_REVIEWER, "view-items", "see-restricted");
        call(all, HttpMethod.GET, "/api/v1/items?lane=child-safety&text=quiet-search");

        for (String path : List.of("/audit", "/audit?action=queue.search")) {
            mvc.perform(get(path).with(ConsoleApplication.account("api-supervisor", Role.SUPERVISOR)))
                    .andExpect(status().isOk())
                    .andExpect(content().string(Matchers.not(Matchers.containsString("quiet-search"))));
        }
        mvc.perform(get("/audit?action=queue.search")
                        .with(ConsoleApplication.account("ada", Role.SUPERVISOR, Role.CHILD_SAFETY_REVIEWER)))
                .andExpect(content().string(Matchers.containsString("quiet-search")));
    }

    @Test
    void keepsTheAuditReadableAfterASearchForACharacterThatTheDatabaseCannotHold() throws Exception {
        mvc.perform(get("/queue")
                        .param("text", "a\0b")
                        .with(ConsoleApplication.account("ada", Role.SUPERVISOR, Role.CHILD_SAFETY_REVIEWER)))
                .andExpect(status().isOk());
        mvc.perform(get("/audit").with(ConsoleApplication.account("api-supervisor", Role.SUPERVISOR)))
                .andExpect(status().isOk());
    }

    @Test
    void recordsAListByAnyFilterAsASearch() throws Exception {
        String token = token(Role.CHILD_SAFETY_REVIEWER, "view-items");
        call(token, HttpMethod.GET, "/api/v1/items?host=searched-by-host.example")
                .andExpect(status().isOk());
        call(token, HttpMethod.GET, "/api/v1/items?show=decided").andExpect(status().isOk());

        assertThat(audit.entriesBefore(Long.MAX_VALUE, 1).getFirst())
                .returns("queue.search", AuditEntry::action)
                .returns("api-child-safety-reviewer", AuditEntry::actor)
                .extracting(AuditEntry::details)
                .asString()
                .contains("searched-by-host.example");
    }

    @Test
    void recordsAListOfClustersByLane() throws Exception {
        call(token(Role.CHILD_SAFETY_REVIEWER, "view-items"), HttpMethod.GET, "/api/v1/clusters?lane=by-program")
                .andExpect(status().isOk());
        mvc.perform(get("/clusters?lane=by-hand&kind=host").with(ConsoleApplication.account("ada", Role.SUPERVISOR)))
                .andExpect(status().isOk());
        mvc.perform(get("/clusters").with(ConsoleApplication.account("ada", Role.SUPERVISOR)));

        assertThat(audit.entriesBefore(Long.MAX_VALUE, 2))
                .extracting(
                        AuditEntry::action,
                        AuditEntry::subject,
                        entry -> entry.details().contains("by-hand"))
                .containsExactly(tuple("queue.search", "clusters", true), tuple("queue.search", "clusters", false));
    }

    @Test
    void recordsASearchThatStartsBehindAPosition() throws Exception {
        String behind = "&after=0~2000-01-01T00:00:00Z~0";
        call(
                        token(Role.CHILD_SAFETY_REVIEWER, "view-items"),
                        HttpMethod.GET,
                        "/api/v1/items?text=later-by-program" + behind)
                .andExpect(status().isOk());
        mvc.perform(get("/queue?text=later-by-hand" + behind).with(ConsoleApplication.account("ada", Role.SUPERVISOR)))
                .andExpect(status().isOk());

        mvc.perform(get("/audit?action=queue.search").with(ConsoleApplication.account("ada", Role.SUPERVISOR)))
                .andExpect(content().string(Matchers.containsString("later-by-program")))
                .andExpect(content().string(Matchers.containsString("later-by-hand")));
        for (String list : List.of("/queue?text=x&after=x", "/clusters?after=x")) {
            mvc.perform(get(list).with(ConsoleApplication.account("ada", Role.SUPERVISOR)))
                    .andExpect(status().isBadRequest());
        }
    }

    @Test
    void limitsTheRequestsOfAToken() throws Exception {
        String token = token(Role.OPERATOR, "see-runs");
        clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 120; i++) {
            call(token, HttpMethod.GET, "/api/v1/runs?limit=1").andExpect(status().isOk());
        }
        call(token, HttpMethod.GET, "/api/v1/runs?limit=1")
                .andExpect(status().isTooManyRequests())
                .andExpect(header().exists("Retry-After"))
                .andExpect(content().contentType(PROBLEM));
        call(token(Role.OPERATOR, "see-runs"), HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
        clock.advance(Duration.ofMinutes(1));
        call(token, HttpMethod.GET, "/api/v1/runs").andExpect(status().isOk());
    }

    @Test
    void answersJunkWithAProblem() throws Exception {
        if (accounts.find("api-junk").isEmpty()) {
            accounts.add("api-junk", Set.of(Role.CHILD_SAFETY_REVIEWER, Role.BRAND_EDITOR), PASSWORD);
        }
        String token = token(
                "api-junk",
                List.of(Role.CHILD_SAFETY_REVIEWER, Role.BRAND_EDITOR),
                "view-items",
                "see-runs",
                "decide",
                "edit-watchlist");
        List<String> junk =
                List.of("", "%00", "-1", "9223372036854775808", "%27+or+1=1", "x".repeat(3000), "%F0%9F%99%82");
        List<String> faults = new ArrayList<>();
        for (String value : junk) {
            for (String path : List.of(
                    "/api/v1/items?after=" + value,
                    "/api/v1/items?limit=" + value,
                    "/api/v1/items?show=" + value,
                    "/api/v1/items/" + value,
                    "/api/v1/items/" + value + "/history",
                    "/api/v1/clusters/" + value,
                    "/api/v1/runs/1/failures?limit=" + value,
                    "/api/v1/clusters?after=" + value,
                    "/api/v1/clusters?kind=" + value + "&lane=" + value,
                    "/api/v1/actions?after=" + value,
                    "/api/v1/trends?days=" + value,
                    "/api/v1/items?host=" + value + "&text=" + value + "&brand=" + value,
                    "/api/v1/watchlist/proposals?before=" + value,
                    "/api/v1/watchlist/proposals?state=" + value + "&limit=" + value,
                    "/api/v1/watchlist/proposals/" + value,
                    "/api/v1/watchlist/precision?rule=" + value,
                    "/api/v1/runs?before=" + value,
                    "/api/v1/runs?limit=" + value,
                    "/api/v1/runs/1" + value,
                    "/api/v1/runs/" + value + "/attestation")) {
                clock.advance(Duration.ofSeconds(10));
                var response = mvc.perform(
                                request(HttpMethod.GET, URI.create(path)).header("Authorization", "Bearer " + token))
                        .andReturn()
                        .getResponse();
                boolean fine = response.getStatus() == 200 || Set.of(400, 404).contains(response.getStatus());
                if (!fine) {
                    faults.add(path.substring(0, Math.min(60, path.length())) + " " + response.getStatus());
                }
            }
        }
        assertThat(faults).isEmpty();
        call(token, HttpMethod.GET, "/api/v1/runs/nine")
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(PROBLEM));
        call(token, HttpMethod.GET, "/api/v1/runs/999999")
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(PROBLEM));
    }

    private String token(Role role, String... scopes) throws Exception {
        return token("api-" + role.label(), List.of(role), scopes);
    }

    private String token(String account, List<Role> roles, String... scopes) throws Exception {
        return (String) Objects.requireNonNull(mvc.perform(post("/tokens")
                        .param("name", "test")
                        .param("scope", scopes)
                        .param("days", "90")
                        .param("password", PASSWORD)
                        .with(csrf())
                        .with(ConsoleApplication.account(account, roles.toArray(Role[]::new))))
                .andExpect(flash().attributeExists("token"))
                .andReturn()
                .getFlashMap()
                .get("token"));
    }

    private ResultActions call(String token, HttpMethod method, String path) throws Exception {
        return mvc.perform(request(method, path).header("Authorization", "Bearer " + token));
    }

    private static JsonNode json(ResultActions result) throws Exception {
        return JSON.readTree(
                result.andExpect(status().isOk()).andReturn().getResponse().getContentAsString());
    }
}
