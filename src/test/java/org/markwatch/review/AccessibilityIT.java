package org.markwatch.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Item;
import org.markwatch.queue.ItemFilter;
import org.markwatch.queue.Items;
import org.markwatch.queue.LaneAccess;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Checks every page of the console by the rules of axe-core for WCAG 2.2, levels A and AA, in a wide and a narrow window. */
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
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://one.example/", "high", "payment", 90),
                        SampleFindings.flagged("https://two.example/", "low", "brand", 20)));
        List<Long> ids = items.page(ItemFilter.open("everyone", LaneAccess.ALL), null, 2).items().stream()
                .map(Item::id)
                .toList();
        claims.claim(ids.getFirst(), "everyone");
        List<String> faults = new ArrayList<>();
        Set<String> read = new TreeSet<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext context = browser.context(1440, scheme)) {
                Page page = context.newPage();
                page.navigate(address() + "/sign-in");
                check(page, "/sign-in", scheme, faults);
                page.getByLabel("Name").fill("everyone");
                page.getByLabel("Password").fill(PASSWORD);
                page.locator("button.primary").click();
                for (String path : pages(ids)) {
                    Response response = page.navigate(address() + path);
                    if (isHtml(response)) {
                        read.add(path);
                        check(page, path, scheme, faults);
                    }
                }
            }
        }

        assertThat(read).contains("/queue", "/items/" + ids.getFirst(), "/audit", "/accounts", "/held-back");
        assertThat(faults).isEmpty();
    }

    private static void check(Page page, String path, ColorScheme scheme, List<String> faults) {
        for (int width : new int[] {1440, 390}) {
            page.setViewportSize(width, 900);
            page.evaluate(axe);
            for (Object fault : (List<?>) page.evaluate(RULES)) {
                faults.add(path + ", " + width + " px, " + scheme + ": " + fault);
            }
        }
    }

    /** Returns the paths of all routes that read, with each item where a path takes one. */
    private Set<String> pages(List<Long> ids) {
        Set<String> paths = new TreeSet<>();
        requestMappingHandlerMapping.getHandlerMethods().forEach((route, method) -> {
            if (route.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                    && method.getBeanType().getName().startsWith("org.markwatch.")) {
                route.getPatternValues().stream()
                        .flatMap(path -> ids.stream().map(id -> path.replace("/items/{id}", "/items/" + id)))
                        .filter(path -> !path.contains("{"))
                        .forEach(paths::add);
            }
        });
        return paths;
    }

    private static boolean isHtml(Response response) {
        return response != null
                && response.status() == 200
                && Objects.requireNonNullElse(response.headerValue("content-type"), "")
                        .startsWith("text/html");
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
