package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.markwatch.url.HttpUrl;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Tests the console in a browser.
 *
 * <p>{@code -Dconsole.screenshots=FOLDER} writes screenshots of the console to that folder.
 */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class ReviewConsoleIT {
    private static final String PASSWORD = Passwords.generate();

    private static ConsoleBrowser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

    @Autowired
    private StubPageRecords records;

    @Autowired
    private Audit audit;

    @Autowired
    private SettableClock clock;

    private final List<Request> requests = new ArrayList<>();
    private final List<String> consoleErrors = new ArrayList<>();

    @BeforeAll
    static void startBrowser() {
        browser = new ConsoleBrowser();
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void letsReviewerSignInClaimRevealAndDecide(int width) {
        String reviewer = "reviewer-" + width;
        accounts.add(reviewer, Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(
                width,
                List.of(SampleFindings.flagged(
                        "https://offers.example/members?w=" + width, "high", "lane" + width, 88)));

        try (BrowserContext context = context(width, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            signIn(page, reviewer);
            assertThat(ConsoleBrowser.overflowingElements(page)).isEqualTo("");

            page.locator("tr", new Page.LocatorOptions().setHasText("offers[.]example"))
                    .locator("a.open")
                    .click();
            assertThat(page.locator("h1")).containsText("hxxps://offers[.]example");
            assertThat(page.locator("body")).not().containsText("members?w=");
            page.locator("#part-url .reveal").click();
            assertThat(page.locator("#part-url")).containsText("hxxps://offers[.]example/members?w=" + width);
            assertThat(page.locator("#part-url .text")).isFocused();
            assertThat(page.locator("#part-url .copy")).isVisible();
            assertThat(page.getByText("no name needed")).hasCount(0);
            assertThat(page.locator("mark").first()).hasText("accept Visa");

            page.locator("li .reveal").first().click();
            assertThat(page.getByText("no name needed")).isVisible();

            page.locator("#work button[data-key=c]").click();
            page.locator(".choice", new Page.LocatorOptions().setHasText("acceptance suspected"))
                    .click();
            page.locator(".segments label", new Page.LocatorOptions().setHasText("high"))
                    .click();
            page.locator("#reason").fill("checkout names the brand");
            page.locator("button[name=then][value='']").click();

            assertThat(page.locator(".undo")).containsText("acceptance suspected");
            assertThat(page.locator(".history .h-item-decide")).containsText(reviewer);
            assertThat(page.locator(".history .h-item-reveal").first()).containsText("brand:visa@acceptance");
            assertThat(ConsoleBrowser.overflowingElements(page)).isEqualTo("");
        }

        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(HttpUrl.of(request.url()).port()).isEqualTo(port))
                .noneMatch(request -> request.resourceType().equals("image"))
                .noneMatch(request -> request.url().contains("favicon"));
        assertThat(consoleErrors).as("errors in the browser's console").isEmpty();
        assertThat(audit.verify()).isEmpty();
    }

    @Test
    void worksWithoutScripts() {
        accounts.add("plain", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(1, List.of(SampleFindings.flagged("https://plain.example/", "low", "plain", 20)));

        try (BrowserContext context = browser.contextWithoutScripts()) {
            Page page = context.newPage();
            signIn(page, "plain");
            page.locator(".lane", new Page.LocatorOptions().setHasText("plain"))
                    .locator("button")
                    .click();
            assertThat(page.locator("h1")).containsText("plain[.]example");
            page.locator("#note").fill("typed before the reveal");
            page.locator("li .reveal").first().click();
            assertThat(page.getByText("no name needed")).isVisible();
            assertThat(page.locator("#note")).hasValue("typed before the reveal");
            page.locator("li .reveal").first().click();
            assertThat(page.getByText("no name needed")).isVisible();
            assertThat(page.locator("#note")).hasValue("typed before the reveal");
            page.locator(".choice", new Page.LocatorOptions().setHasText("false positive"))
                    .click();
            page.locator(".segments label", new Page.LocatorOptions().setHasText("low"))
                    .click();
            page.locator("#reason").fill("bad rule");
            page.locator("#decide-next").click();
            assertThat(page.locator(".undo")).containsText("is decided: false positive.");
            assertThat(page.locator("p.notice")).containsText("No other item is available");
            page.locator(".undo button").click();
            assertThat(page.locator("#note")).hasValue("typed before the reveal");
        }
    }

    @Test
    void startsNewSessionAtSignInAndEndsItAtSignOut() {
        accounts.add("session", Set.of(Role.REVIEWER), PASSWORD);

        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(url("/sign-in"));
            Cookie before = context.cookies().getFirst();
            signIn(page, "session");
            Cookie after = context.cookies().getFirst();

            assertThat(after.value).isNotEqualTo(before.value);
            assertThat(after.httpOnly).isTrue();
            assertThat(after.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            page.getByText("Sign out").click();
            assertThat(page.locator(".notice")).hasText("You are signed out.");
            page.navigate(url("/queue"));
            assertThat(page.locator("h1")).hasText("Review console");
        }
    }

    @Test
    void worksByKeyboard() {
        accounts.add("keys", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(2, List.of(SampleFindings.flagged("https://keys.example/", "high", "keys", 99)));

        try (BrowserContext context = context(1440, ColorScheme.DARK)) {
            Page page = context.newPage();
            signIn(page, "keys");
            page.navigate(url("/queue?lane=keys"));
            page.keyboard().press("j");
            page.keyboard().press("Enter");
            assertThat(page.locator("h1")).containsText("keys[.]example");
            awaitShortcuts(page);
            page.keyboard().press("c");
            assertThat(page.locator(".lease")).isVisible();
            awaitShortcuts(page);
            page.keyboard().press("6");
            assertThat(page.locator("input[value=child_safety_referral]")).isChecked();
            page.keyboard().press("s");
            page.locator("h1").click();
            page.keyboard().press("s");
            page.keyboard().press("x");
            page.keyboard().press("d");
            assertThat(page.locator("#reason")).hasValue("links to a known address");
            page.keyboard().press("m");
            page.keyboard().press("j");
            page.keyboard().press("r");
            assertThat(page.getByText("no name needed")).isVisible();
            assertThat(page.locator("#saved")).containsText("are kept, 2");
            page.locator("#note").fill("by keyboard");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator(".undo")).containsText("child safety referral");
            awaitShortcuts(page);
            page.keyboard().press("u");
            assertThat(page.locator("#note")).hasValue("by keyboard");
            assertThat(page.locator("#reason")).hasValue("links to a known address");
        }
    }

    @Test
    void keepsWhatIsTypedWhenThePageIsLeft() {
        accounts.add("leaves", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(3, List.of(SampleFindings.flagged("https://leaves.example/", "high", "leaves", 99)));

        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            signIn(page, "leaves");
            page.locator(".lane", new Page.LocatorOptions().setHasText("leaves"))
                    .locator("button")
                    .click();
            String item = page.url();
            awaitShortcuts(page);
            page.locator("#note").fill("typed and left at once");
            page.locator(".brand").click();
            assertThat(page.locator("h1")).hasText("Review queue");
            page.navigate(item);
            assertThat(page.locator("#note")).hasValue("typed and left at once");
            page.locator(".choice", new Page.LocatorOptions().setHasText("undetermined"))
                    .click();
            page.locator(".segments label", new Page.LocatorOptions().setHasText("low"))
                    .click();
            page.locator("#reason").fill("page no longer exists");
            page.locator("#note").fill("typed before the session ended");
            ConsoleBrowser.endSession(context);
            page.locator("#decide-next").click();
            assertThat(page.locator(".notice")).containsText("is kept");
            page.getByLabel("Name").fill("leaves");
            page.getByLabel("Password").fill(PASSWORD);
            page.locator("button.primary").click();
            assertThat(page.locator("#note")).hasValue("typed before the session ended");
            assertThat(page.locator("input[value=undetermined]")).isChecked();
            assertThat(page.locator(".severity")).isHidden();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void keepsTheDecisionInReach(int width) {
        String reviewer = "reach-" + width;
        accounts.add(reviewer, Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(4, List.of(SampleFindings.flagged("https://reach.example/" + width, "high", reviewer, 99)));

        try (BrowserContext context = context(width, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            signIn(page, reviewer);
            page.locator(".lane", new Page.LocatorOptions().setHasText(reviewer))
                    .locator("button")
                    .click();
            page.locator(".choice", new Page.LocatorOptions().setHasText("acceptance suspected"))
                    .click();
            page.locator("h1").click();
            for (String to : List.of("0", "document.body.scrollHeight")) {
                page.evaluate("scrollTo(0, " + to + ")");
                // the link of a narrow screen is hidden while the form is in view
                page.waitForFunction(
                        "selector => [...document.querySelectorAll(selector)].some(each => {"
                                + " const box = each.getBoundingClientRect();"
                                + " return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight; })",
                        width == 1440 ? "#decide-next" : ".to-decide, #work label, #work button");
            }
        }
    }

    @Test
    void switchesKeysOff() {
        accounts.add("quiet", Set.of(Role.REVIEWER), PASSWORD);
        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            signIn(page, "quiet");
            awaitShortcuts(page);
            page.keyboard().press("?");
            page.locator("#keys-off").check();
            page.locator("#keys button").click();
            page.keyboard().press("/");
            assertThat(page.locator("#text")).not().isFocused();
            page.reload();
            awaitShortcuts(page);
            page.keyboard().press("/");
            assertThat(page.locator("#text")).not().isFocused();
        }
    }

    @Test
    void showsFeaturesOfAnImpersonation() {
        accounts.add("copies", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(7, List.of(SampleFindings.flagged("https://copies.example/login", "high", "impersonation", 78)));

        try (BrowserContext context = context(1440, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            signIn(page, "copies");
            page.locator("a.open", new Page.LocatorOptions().setHasText("copies[.]example"))
                    .click();
            Locator signs = page.locator(".signs");
            assertThat(signs).hasCount(1);
            assertThat(signs.getByText("+17 a form asks for a password")).isHidden();
            signs.locator("summary").click();
            assertThat(signs.locator("li")).hasCount(4);
            assertThat(signs.getByText("+17 a form asks for a password")).isVisible();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 390})
    void writesScreenshots(int width) {
        String folder = System.getProperty("console.screenshots");
        if (folder == null) {
            abort("only with -Dconsole.screenshots=FOLDER");
        }
        String lead = "mara" + (width == 390 ? "2" : "");
        accounts.add(lead, Set.of(Role.SUPERVISOR, Role.ADMINISTRATOR), PASSWORD);
        accounts.addWithOneTimePassword("tom-" + width, Set.of(Role.REVIEWER));
        admitSampleItems();
        records.set(
                new PageRecords.FetchDetails(
                        100,
                        HttpUrl.of("https://velvet.example/j"),
                        clock.instant(),
                        200,
                        "text/html",
                        18_240,
                        false,
                        CertificateFaults.NONE,
                        "",
                        clock.instant()),
                new PageRecords.AnalysisDetails(
                        96,
                        0,
                        List.of(
                                new PageRecords.RuleHits("brand:visa@logo", "visa", 12, List.of("image"), 3),
                                new PageRecords.RuleHits("currency-sign@1", "", 0, List.of("text"), 2))));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext context = context(width, scheme)) {
                Page page = context.newPage();
                String suffix = (width == 1440 ? "" : "-phone") + (scheme == ColorScheme.LIGHT ? "" : "-dark");
                page.navigate(url("/sign-in"));
                ConsoleBrowser.screenshot(page, "console-sign-in" + suffix, width == 390);
                signIn(page, lead);
                ConsoleBrowser.screenshot(page, "console-queue" + suffix, width == 390);
                page.locator("a.open", new Page.LocatorOptions().setHasText(width == 1440 ? "velvet" : "account-check"))
                        .click();
                page.waitForURL("**/items/*"); // counting elements does not wait for the page
                Locator claim = page.locator("#work button[data-key=c]");
                if (claim.count() > 0) {
                    claim.click();
                }
                assertThat(page.locator(".lease")).isVisible();
                page.locator(".evidence li", new Page.LocatorOptions().setHasText("brand:visa@acceptance"))
                        .locator(".reveal")
                        .click();
                assertThat(page.getByText("no name needed")).isVisible();
                page.locator(".choice", new Page.LocatorOptions().setHasText("acceptance suspected"))
                        .click();
                page.evaluate("scrollTo(0, 0)");
                ConsoleBrowser.screenshot(page, "console-item" + suffix, width == 390);
                page.navigate(url("/audit"));
                ConsoleBrowser.screenshot(page, "console-audit" + suffix, width == 390);
                page.navigate(url("/accounts"));
                ConsoleBrowser.screenshot(page, "console-accounts" + suffix, width == 390);
                page.navigate(url("/password"));
                ConsoleBrowser.screenshot(page, "console-password" + suffix, width == 390);
            }
        }
    }

    private void admitSampleItems() {
        record Shop(String url, String severity, String lane, int score) {}
        List<Shop> shops = List.of(
                new Shop("members.velvet-lounge.example/join", "high", "payment", 86),
                new Shop("paypal.account-check.example/secure/login", "high", "impersonation", 78),
                new Shop("shop.lumen-market.example/checkout?step=2", "medium", "payment", 54),
                new Shop("pay.vlsa-cards.example/verify", "high", "impersonation", 71),
                new Shop("kiosk.north-pier.example/premium", "medium", "payment", 48),
                new Shop("archive.sunny-files.example/vip", "low", "payment", 27),
                new Shop("blog.tide-studio.example/offers", "low", "other", 22),
                new Shop("transfer.quick-remit.example/send", "medium", "other", 41));
        int run = 100;
        for (Shop shop : shops) {
            queue.admit(
                    run++,
                    List.of(SampleFindings.flagged(
                            "https://" + shop.url(), shop.severity(), shop.lane(), shop.score())));
            clock.advance(Duration.ofMinutes(47));
        }
    }

    private BrowserContext context(int width, ColorScheme scheme) {
        BrowserContext context = browser.context(width, scheme);
        context.onRequest(requests::add);
        ConsoleBrowser.collectErrors(context, consoleErrors);
        return context;
    }

    private void signIn(Page page, String name) {
        ConsoleBrowser.signIn(page, url("/queue"), name, PASSWORD);
        assertThat(page.locator("h1")).hasText("Review queue");
    }

    /** Waits until the script of the page has run; it then shows the button that explains the keyboard shortcuts. */
    private static void awaitShortcuts(Page page) {
        assertThat(page.locator(".keys-button")).isVisible();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
