package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Confidence;
import org.markwatch.queue.DecisionKind;
import org.markwatch.queue.DecisionRequest;
import org.markwatch.queue.Decisions;
import org.markwatch.queue.Item;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.report.Reports;
import org.markwatch.url.HttpUrl;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Checks every page of the console by the rules of axe-core for WCAG 2.2, levels A and AA, in a wide and a narrow window, and in the dark palette. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=accessibility"})
class AccessibilityIT {
    private static final String PASSWORD = Passwords.generate();
    private static final String RULES = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
              const result = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
              return result.violations.flatMap(fault => fault.nodes.map(node => fault.id + ' at ' + node.target.join(' ')));
            }""";

    /** Routes that answer without a page: in another format, or only with a provider of single sign-on. */
    private static final Set<String> NO_PAGES = Set.of("/health", "/runs/events", "/sign-in/oidc");

    private static ConsoleBrowser browser;
    private static String axe;

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Decisions decisions;

    @Autowired
    private Runs runs;

    @Autowired
    private Reports reports;

    @Autowired
    private SettableClock clock;

    @Autowired
    private DataSource database;

    @Autowired
    private Accounts accounts;

    @Autowired
    private RequestMappingHandlerMapping requestMappingHandlerMapping;

    @BeforeAll
    static void start() throws IOException {
        browser = new ConsoleBrowser();
        try (InputStream script = AccessibilityIT.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void findsNoFaultOnAnyPageAtAnyWidth() {
        accounts.add("everyone", EnumSet.allOf(Role.class), PASSWORD);
        Map<String, List<String>> fixtures = fixtures();
        List<String> faults = new ArrayList<>();
        try (BrowserContext light = browser.context(1440, ColorScheme.LIGHT);
                BrowserContext dark = browser.context(1440, ColorScheme.DARK)) {
            Page proposing = signedIn(light, faults);
            fixtures.put("/watchlist/proposals/{id}", List.of(propose(proposing)));
            List<String> paths = paths(fixtures);
            for (String path : paths) {
                read(proposing, path, faults);
                check(proposing, path, 1440, faults);
                check(proposing, path, 390, faults);
            }
            Page page = signedIn(dark, faults);
            for (String path : paths) {
                read(page, path, faults);
                check(page, path, 1440, faults);
            }
            page.navigate(address() + "/password");
            page.getByLabel("Language").selectOption("es");
            ConsoleBrowser.follow(page, page.getByText("Save the settings"));
            for (String path : paths) {
                read(proposing, path, faults);
                check(proposing, path, 1440, faults);
                read(page, path, faults);
                check(page, path, 390, faults);
            }
        }

        assertThat(faults).isEmpty();
    }

    /** Items in each state, a cluster and a run: paths of the routes that name one. */
    private Map<String, List<String>> fixtures() {
        long run = runs.begin("ab".repeat(32), clock.instant()).id();
        runs.end(run, Runs.Status.COMPLETE, clock.instant());
        reports.close(run, 12);
        List<String> names = List.of("free", "mine", "decided", "changed", "waiting", "disputed");
        for (String name : names) {
            queue.admit(
                    run,
                    List.of(SampleFindings.flagged(url(name), "high", "payment", 90)
                            .with(List.of("ga4:G-1A2B3C4D5E"), 0)));
        }
        decide(number("decided"), "everyone", DecisionKind.ACCEPTANCE_SUSPECTED);
        decide(number("changed"), "everyone", DecisionKind.FALSE_POSITIVE);
        queue.admit(run + 1, List.of(SampleFindings.flagged(url("changed"), "other")));
        decide(number("waiting"), "everyone", DecisionKind.CHILD_SAFETY_REFERRAL);
        decide(number("disputed"), "ben", DecisionKind.CHILD_SAFETY_REFERRAL);
        decide(number("disputed"), "cleo", DecisionKind.FALSE_POSITIVE);
        claims.claim(number("mine"), "everyone");
        long cluster = JdbcClient.create(database)
                .sql("select cluster_id from cluster_item group by cluster_id order by count(*) desc limit 1")
                .query(Long.class)
                .single();
        String entry = "?kind=indicator&key=voucher-only";
        Map<String, List<String>> fixtures = new HashMap<>();
        fixtures.put(
                "/items/{id}",
                names.stream().map(name -> "/items/" + number(name)).toList());
        fixtures.put("/items/{id}/packet", List.of("/items/" + number("decided") + "/packet"));
        fixtures.put("/clusters/{id}", List.of("/clusters/" + cluster));
        fixtures.put("/runs/{id}", List.of("/runs/" + run));
        fixtures.put("/runs/{id}/attestation", List.of("/runs/" + run + "/attestation"));
        fixtures.put(
                "/watchlist/entry", List.of("/watchlist/entry" + entry, "/watchlist/entry?kind=schedule&key=schedule"));
        fixtures.put(
                "/watchlist/change",
                List.of(
                        "/watchlist/change" + entry,
                        "/watchlist/change?kind=brand&key=visa",
                        "/watchlist/change?kind=schedule&key=schedule"));
        return fixtures;
    }

    private static String url(String name) {
        return "https://" + name + ".example/";
    }

    private long number(String name) {
        return items.numberOf(HttpUrl.of(url(name))).orElseThrow();
    }

    private void decide(long id, String reviewer, DecisionKind kind) {
        claims.claim(id, reviewer);
        Item item = items.find(id, LaneAccess.ALL).orElseThrow();
        decisions.decide(
                id,
                reviewer,
                LaneAccess.ALL,
                new DecisionRequest(
                        kind, "high", Confidence.HIGH, "seen on the page", "", null, null, item.evidenceSha256()));
    }

    private Page signedIn(BrowserContext context, List<String> faults) {
        Page page = context.newPage();
        page.navigate(address() + "/sign-in");
        check(page, "/sign-in", 1440, faults);
        page.getByLabel("Name").fill("everyone");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button.primary").click();
        return page;
    }

    /** Proposes a change of the watchlist and returns the path of the proposal. */
    private String propose(Page page) {
        page.navigate(address() + "/watchlist/change?kind=indicator&key=voucher-only");
        page.getByLabel("Weight").fill("15");
        page.getByLabel("Reason for the change").fill("more pages of this kind");
        page.getByText("Check and show the difference").click();
        page.locator("main button.primary").click();
        page.waitForURL("**/watchlist/proposals/*");
        return URI.create(page.url()).getPath();
    }

    private void read(Page page, String path, List<String> faults) {
        Response response = page.navigate(address() + path);
        if (response == null || response.status() != 200) {
            faults.add(path + ": " + (response == null ? "no response" : response.status()));
        }
    }

    private static void check(Page page, String path, int width, List<String> faults) {
        page.setViewportSize(width, 900);
        page.evaluate(axe);
        String scheme = (String) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'");
        for (Object fault : (List<?>) page.evaluate(RULES)) {
            faults.add(path + ", " + width + " px, " + scheme + ": " + fault);
        }
    }

    /** Returns the paths of all routes that show a page. Fails for one that names something and has no fixture. */
    private List<String> paths(Map<String, List<String>> fixtures) {
        Set<String> paths = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((route, method) -> {
            if (route.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                    && method.getBeanType().getName().startsWith("org.markwatch.")) {
                route.getPatternValues().stream()
                        .filter(path -> !path.startsWith("/api/") && !NO_PAGES.contains(path))
                        .forEach(path -> paths.addAll(fixtures.getOrDefault(path, List.of(path))));
            }
        });
        assertThat(paths).as("routes that need a fixture").noneMatch(path -> path.contains("{"));
        return List.copyOf(paths);
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
