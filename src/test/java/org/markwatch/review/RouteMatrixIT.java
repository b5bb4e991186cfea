package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Requests every route of the console as every role, and without a sign-in. */
@SpringBootTest(classes = ConsoleApplication.class)
@AutoConfigureMockMvc
class RouteMatrixIT {
    /**
     * Who gets a route: V viewer, R reviewer, C child-safety-reviewer, S supervisor, B brand-editor, O operator,
     * A administrator, - nobody has signed in.
     */
    private static final String ALLOWED = """
            GET  /                         | VRCSBOA
            GET  /accounts                 | ------A
            POST /accounts                 | ------A
            POST /accounts/{name}/lock     | ------A
            POST /accounts/{name}/reset    | ------A
            POST /accounts/{name}/roles    | ------A
            POST /accounts/{name}/tokens/{id}/revoke | ------A
            POST /accounts/{name}/unlock   | ------A
            GET  /actions                  | -RCS---
            GET  /agreement                | ---S---
            GET  /audit                    | ---S--A
            POST /audit/verify             | ---S--A
            GET  /break                    | VRCSBOA
            GET  /clusters                 | VRCSB--
            GET  /clusters/{id}            | VRCSB--
            POST /clusters/{id}/decide     | -RCS---
            POST /clusters/{id}/draft      | -RCS---
            POST /clusters/{id}/undo       | -RCS---
            GET  /health                   | VRCSBOA everybody
            GET  /held-back                | ---S---
            GET  /items/{id}               | VRCSB--
            POST /items/{id}/action        | -RCS---
            POST /items/{id}/action/done   | -RCS---
            POST /items/{id}/assign        | ---S---
            POST /items/{id}/calibration   | ---S---
            POST /items/{id}/calibration/retire | ---S---
            POST /items/{id}/claim         | -RCS---
            POST /items/{id}/decide        | -RCS---
            POST /items/{id}/draft         | -RCS---
            POST /items/{id}/free          | ---S---
            POST /items/{id}/move          | ---S---
            GET  /items/{id}/packet        | -RCS---
            POST /items/{id}/release       | -RCS---
            POST /items/{id}/renew         | -RCS---
            POST /items/{id}/reopen        | -RCS---
            POST /items/{id}/reveal        | -RCS---
            POST /items/{id}/skip          | -RCS---
            POST /items/{id}/undo          | -RCS---
            GET  /load                     | ---S---
            GET  /my-lanes                 | -RCS---
            POST /my-lanes                 | -RCS---
            GET  /password                 | VRCSBOA
            POST /password                 | VRCSBOA
            GET  /queue                    | VRCSB--
            POST /queue/next               | -RCS---
            POST /queue/views/default      | VRCSB--
            POST /queue/views/delete       | VRCSB--
            POST /queue/views/save         | VRCSB--
            GET  /sign-in/oidc             | VRCSBOA everybody
            GET  /watchlist                | ----B--
            GET  /watchlist/change         | ----BO-
            POST /watchlist/change         | ----BO-
            GET  /watchlist/entry          | ----BO-
            GET  /watchlist/proposals      | ----BO-
            GET  /watchlist/proposals/{id} | ----BO-
            POST /watchlist/proposals/{id}/approve | ----BO-
            POST /watchlist/proposals/{id}/reject | ----BO-
            POST /watchlist/proposals/{id}/try | ----B--
            POST /watchlist/proposals/{id}/withdraw | ----BO-
            GET  /watchlist/try            | ----B--
            POST /watchlist/try            | ----B--
            GET  /runs                     | VRCSBOA
            GET  /runs/events              | VRCSBOA
            POST /runs/start               | -----O-
            GET  /runs/{id}                | VRCSBOA
            GET  /runs/{id}/attestation    | VRCSBOA
            POST /runs/{id}/stop           | -----O-
            POST /settings                 | VRCSBOA
            GET  /sign-in                  | VRCSBOA everybody
            GET  /tokens                   | VRCSBOA
            POST /tokens                   | VRCSBOA
            POST /tokens/{id}/revoke       | VRCSBOA
            GET  /trends                   | VRCSBOA
            """;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Accounts accounts;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Test
    void givesEachRouteToTheRolesOfTheMatrixOnly() throws Exception {
        for (Role role : Role.values()) {
            accounts.add("of-" + role.label(), Set.of(role), Passwords.generate());
        }
        queue.admit(1, List.of(SampleFindings.flagged("https://shop.example/", "x")));
        long id = items.page(ItemFilter.open("ana", LaneAccess.ALL), null, 1)
                .items()
                .getFirst()
                .id();
        Map<String, String> expected = new LinkedHashMap<>();
        ALLOWED.lines()
                .forEach(line ->
                        expected.put(line.split("\\|")[0].strip().replaceAll(" +", " "), line.split("\\| ")[1]));
        Map<String, String> found = new LinkedHashMap<>();
        for (String route : new TreeSet<>(routes())) {
            StringBuilder roles = new StringBuilder();
            for (Role role : Role.values()) {
                roles.append(isAllowed(route, role, id) ? "VRCSBOA".charAt(role.ordinal()) : '-');
            }
            found.put(route, roles + (isAllowed(route, null, id) ? " everybody" : ""));
        }

        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
    }

    private List<String> routes() {
        List<String> routes = new ArrayList<>();
        for (Map.Entry<RequestMappingInfo, HandlerMethod> route :
                requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
            if (!route.getValue().getBeanType().getName().startsWith("org.markwatch.")) {
                continue; // the error page of Spring Boot, to which the container forwards
            }
            if (route.getKey().getPatternValues().stream().allMatch(path -> path.startsWith("/api/"))) {
                continue; // requires a token; see ApiIT
            }
            for (RequestMethod method : route.getKey().getMethodsCondition().getMethods()) {
                route.getKey().getPatternValues().forEach(path -> routes.add(method + " " + path));
            }
        }
        return routes;
    }

    private boolean isAllowed(String route, @Nullable Role role, long id) throws Exception {
        SecurityContextHolder.clearContext();
        String[] words = route.split(" ");
        MvcResult result = mvc.perform(request(
                                HttpMethod.valueOf(words[0]),
                                words[1].replace("{id}", Long.toString(id)).replace("{name}", "nobody"))
                        .param("part", "title")
                        .param("decision", "1")
                        .param("run", "1")
                        .with(csrf())
                        .with(role == null ? anonymous() : ConsoleApplication.account("of-" + role.label(), role)))
                .andReturn();
        if (role == null) {
            return !String.valueOf(result.getResponse().getRedirectedUrl()).equals("/sign-in")
                    && result.getResponse().getStatus() != 403;
        }
        // a route that was entered and refuses this item has resolved an exception of its own
        assertThat(result.getResponse().getStatus()).as(route + " as " + role).isLessThan(500);
        return result.getResponse().getStatus() != 403 || result.getResolvedException() != null;
    }
}
