package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.markwatch.queue.Claims;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Tries every parameter of every route, as every role, with values that no page of the console sends. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=routes"})
@ExtendWith(OutputCaptureExtension.class)
class ConsoleRoutesIT {
    private static final String PASSWORD = Passwords.generate();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    /** A sentence of the console's error page, or the page of the container for a path that it refuses itself. */
    private static final Pattern SENTENCE = Pattern.compile("<p>[A-Z][^<]{20,}\\.</p>|<h1>HTTP Status 400");

    private static final Pattern FOR_LEADS =
            Pattern.compile("/audit.*|/accounts.*|/runs.*|/watchlist.*|/held-back|/agreement|/load"
                    + "|.*/(free|assign|move|reopen|calibration|retire)");
    private static final Set<Integer> ALLOWED = Set.of(200, 302, 400, 403, 404);
    private static final List<String> JUNK = List.of(
            "",
            "\0",
            "a\0b",
            "\uD800",
            "-1",
            "9223372036854775808",
            "' or 1=1 --",
            "%",
            "<script>alert(1)</script>",
            "\u202E🙂",
            "2027-13-45",
            "+999999999-12-31",
            "1~+1000000000-12-31T23:59:59Z~1",
            "1~-1000000000-01-01T00:00:00Z~1",
            "1~2026-01-01T00:00:00Z~99999999999999999999",
            "x".repeat(3_000));

    /** How many of these values each parameter is tried with while the others are valid; all parameters have each value at once. */
    private static final int EACH_ALONE = 1;

    @LocalServerPort
    private int port;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private SettableClock clock;

    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void answersJunkWithAStatusAndASentence() throws Exception {
        accounts.add("ana", Set.of(Role.REVIEWER), PASSWORD);
        accounts.add("zoe", Set.of(Role.REVIEWER), PASSWORD);
        accounts.add("lea", Set.of(Role.values()), PASSWORD);
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://own.example/", "x"),
                        SampleFindings.flagged("https://other.example/", "x")));
        List<Long> ids = items.page(ItemFilter.open("ana", LaneAccess.ALL), null, 2).items().stream()
                .map(item -> item.id())
                .toList();
        claims.claim(ids.getFirst(), "ana");
        claims.claim(ids.getLast(), "ben");

        Set<String> routes = new TreeSet<>();
        for (String account : List.of("", "ana", "lea")) {
            Visitor visitor = account.isEmpty() ? new Visitor("") : signedIn(account);
            for (Map.Entry<RequestMappingInfo, HandlerMethod> route :
                    requestMappingHandlerMapping.getHandlerMethods().entrySet()) {
                for (String path : route.getKey().getPatternValues()) {
                    String method =
                            route.getKey().getMethodsCondition().getMethods().isEmpty()
                                    ? "GET"
                                    : route.getKey()
                                            .getMethodsCondition()
                                            .getMethods()
                                            .iterator()
                                            .next()
                                            .name();
                    if (path.startsWith("/error") || path.startsWith("/api/")) {
                        continue; // the container forwards to the one; the others require a token, see ApiIT
                    }
                    routes.add(method + " " + path);
                    if (account.equals("lea") && !FOR_LEADS.matcher(path).matches()) {
                        continue; // as for ana
                    }
                    tryRoute(visitor, method, path, route.getValue(), ids);
                }
            }
        }

        for (String junk : JUNK) {
            Visitor stranger = new Visitor("");
            stranger.token = Visitor.tokenOf(stranger.send("GET", "/sign-in", Map.of()));
            send(stranger, "POST", "/sign-in", Map.of("name", junk, "password", junk));
            send(stranger, "GET", "/sign-in", Map.of("wait", junk));
        }
        assertThat(routes).contains("GET /queue", "POST /items/{id}/decide", "POST /runs/{id}/stop", "GET /audit");
        assertThat(faults.stream().limit(10)).isEmpty();
        assertThat(answers).containsKeys("200", "302", "400", "403", "404");
    }

    @Test
    void answersWhatCannotBeDecodedWithoutAFaultInTheLog(CapturedOutput log) throws Exception {
        Visitor stranger = new Visitor("");
        for (String path : List.of("/sign-in?wait=%ff", "/queue?show=%c0%80", "/error", "/error?x=%ff")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            int status = stranger.client
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .statusCode();
            assertThat(status).as(path).isEqualTo(path.startsWith("/error") ? 404 : 400);
        }
        for (String path : List.of("/api/v1/items?text=%ff", "/api/v1/items/%0a")) {
            HttpResponse<String> problem = stranger.client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(problem.statusCode()).as(path).isEqualTo(400);
            assertThat(problem.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(problem.body()).contains("not allowed; see openapi.yaml.");
        }
        assertThat(log).doesNotContain("threw exception");
    }

    @Test
    void answersOddHeadersWithoutAFault() throws Exception {
        clock.advance(Duration.ofMinutes(16)); // failed sign-ins of the other test are forgotten
        accounts.add("odd", Set.of(Role.values()), PASSWORD);
        Visitor visitor = signedIn("odd");
        List<String[]> odd = List.of(
                new String[] {"Accept", "text/html;charset=none-such"},
                new String[] {"Accept", "*/*;q=many, \u00ff"},
                new String[] {"Accept", "application/json"},
                new String[] {"Accept-Language", "x".repeat(3_000) + ";q=abc, -, *;q=-1"},
                new String[] {"Accept-Encoding", "none;q=9"},
                new String[] {"Cookie", "markwatch=\"; =; markwatch=%00; \u00e9=1"},
                new String[] {"Authorization", "Basic %%%"},
                new String[] {"Authorization", "Bearer " + "x".repeat(3_000)},
                new String[] {"Range", "bytes=9-1"},
                new String[] {"If-Modified-Since", "29 Feb 2027 25:61"},
                new String[] {"If-None-Match", "W/\"" + "x".repeat(3_000)},
                new String[] {"HX-Request", "maybe"},
                new String[] {"HX-Current-URL", "javascript:alert(1)"},
                new String[] {"X-Forwarded-For", "999.1.1.1, \u00ff"},
                new String[] {"X-Forwarded-Proto", "gopher"},
                new String[] {"Origin", "null"},
                new String[] {"Content-Type", "text/plain;charset=none-such"},
                new String[] {"Content-Type", "multipart/form-data"});
        List<String> found = new ArrayList<>();
        for (String[] header : odd) {
            for (String path : List.of("/sign-in", "/queue?text=x", "/no-such-page", "/console.css", "/api/v1/items")) {
                for (String method : List.of("GET", "POST")) {
                    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header(header[0], header[1]);
                    if (method.equals("POST")) {
                        request.POST(HttpRequest.BodyPublishers.ofString("name=odd&password=x&_csrf=" + visitor.token));
                    }
                    int status = visitor.client
                            .send(request.build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode();
                    if (status >= 500) {
                        found.add(method + " " + path + " " + header[0] + ": " + header[1] + ": " + status);
                    }
                }
            }
        }

        assertThat(found).isEmpty();
    }

    private void tryRoute(Visitor visitor, String method, String path, HandlerMethod handler, List<Long> ids)
            throws Exception {
        Map<String, String> valid = parameters(handler, ids);
        boolean hasId = path.contains("{id}");
        path = path.replace("{name}", "zoe");
        String own = path.replace("{id}", ids.getFirst().toString());
        List<String> junks = visitor.name.isEmpty() ? JUNK.subList(0, 1) : JUNK;
        for (String junk : junks) {
            Map<String, String> values = new LinkedHashMap<>();
            valid.keySet().forEach(name -> values.put(name, junk));
            send(visitor, method, own, values);
        }
        int next = 0;
        for (String name : visitor.name.isEmpty() ? List.<String>of() : List.copyOf(valid.keySet())) {
            for (int i = 0; i < EACH_ALONE; i++) {
                Map<String, String> values = new LinkedHashMap<>(valid);
                values.put(name, JUNK.get(next++ % JUNK.size()));
                send(visitor, method, own, values);
            }
        }
        if (hasId) {
            List<String> others =
                    new ArrayList<>(List.of("0", "-1", "999999", "9223372036854775808", "nine", "%00", "1%2F2"));
            others.add(ids.getLast().toString());
            for (String id : others) {
                send(visitor, method, path.replace("{id}", id), valid);
            }
        }
        send(visitor, method, path.replace("{id}", ids.getFirst().toString()), Map.of());
    }

    /** Returns the parameters of a handler with values that are valid, or nearly so. */
    private static Map<String, String> parameters(HandlerMethod handler, List<Long> ids) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (MethodParameter parameter : handler.getMethodParameters()) {
            parameter.initParameterNameDiscovery(new org.springframework.core.DefaultParameterNameDiscoverer());
            if (parameter.getParameterType() == Map.class) {
                // the form of a proposal
                parameters.putAll(Map.of("kind", "seed", "action", "add", "file", "seeds.csv", "key", "", "base", ""));
                parameters.putAll(Map.of("reason", "x", "then", "propose", "field.url", "https://new.example/"));
                parameters.putAll(Map.of("field.max_depth", "1", "field.tags", "a"));
            } else if (parameter.hasParameterAnnotation(RequestParam.class)) {
                String name = String.valueOf(parameter.getParameterName());
                parameters.put(
                        name,
                        parameter.getParameterType() == long.class
                                ? ids.getFirst().toString()
                                : "");
            } else if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
                for (RecordComponent component : parameter.getParameterType().getRecordComponents()) {
                    parameters.put(component.getName(), "");
                }
            } else {
                assertThat(parameter.hasParameterAnnotation(PathVariable.class)
                                || parameter.hasParameterAnnotation(RequestHeader.class)
                                || !parameter.getParameterType().getName().startsWith("java.lang"))
                        .as(handler + " " + parameter)
                        .isTrue();
            }
        }
        return parameters;
    }

    private void send(Visitor visitor, String method, String path, Map<String, String> values) throws Exception {
        HttpResponse<String> response = visitor.send(method, path, values);
        answers.merge(Integer.toString(response.statusCode()), 1, Integer::sum);
        String what = visitor.name + " " + method + " " + path + " " + shortened(values) + ": " + response.statusCode();
        if (!ALLOWED.contains(response.statusCode())) {
            faults.add(what);
        } else if (response.statusCode() >= 400
                && !SENTENCE.matcher(response.body()).find()) {
            faults.add(what + " without a sentence: "
                    + response.body().substring(0, Math.min(200, response.body().length())));
        }
    }

    private static String shortened(Map<String, String> values) {
        String text = values.toString();
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private Visitor signedIn(String account) throws Exception {
        Visitor visitor = new Visitor(account);
        visitor.renew();
        return visitor;
    }

    /** A browser without scripts. */
    private final class Visitor {
        private final String name;
        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        private String token = "";

        Visitor(String name) {
            this.name = name;
        }

        void renew() throws Exception {
            if (name.isEmpty()) {
                return;
            }
            token = tokenOf(send("GET", "/sign-in", Map.of()));
            send("POST", "/sign-in", Map.of("name", name, "password", PASSWORD));
            token = tokenOf(send("GET", "/queue", Map.of()));
        }

        private static String tokenOf(HttpResponse<String> page) {
            Matcher found = TOKEN.matcher(page.body());
            assertThat(found.find()).as(page.body()).isTrue();
            return found.group(1);
        }

        HttpResponse<String> send(String method, String path, Map<String, String> values)
                throws IOException, InterruptedException {
            String form = String.join(
                    "&",
                    values.entrySet().stream()
                            .map(each ->
                                    each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                            .toList());
            URI address = URI.create("http://127.0.0.1:" + port + path);
            HttpRequest request = method.equals("GET")
                    ? HttpRequest.newBuilder(URI.create(address + (form.isEmpty() ? "" : "?" + form)))
                            .header("Accept", "text/html, */*")
                            .build()
                    : HttpRequest.newBuilder(address)
                            .header("Accept", "text/html, */*")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form + (form.isEmpty() ? "" : "&") + "_csrf="
                                    + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
