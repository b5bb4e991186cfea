package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.score.Finding;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests the screens of clusters in a browser. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=clusters"})
class ClusterConsoleIT {
    private static final String PASSWORD = Passwords.generate();

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

    @Test
    void decidesAClusterAfterItsSampleWasOpenedAndTakesItBack() {
        accounts.add("ana", Set.of(Role.REVIEWER), PASSWORD);
        admitTemplate("shop", 7);
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            Page page = browser.signedIn(address(), "ana", PASSWORD);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Clusters"))
                    .click();
            ConsoleBrowser.screenshots(page, "console-clusters");
            page.locator("tr", new Page.LocatorOptions().setHasText("page structure"))
                    .first()
                    .locator("a.open")
                    .click();
            assertThat(page.locator(".common-list")).containsText("payment account");
            assertThat(page.locator(".plan")).containsText("7 items would be decided");
            assertThat(page.locator(".decide-buttons button")).isDisabled();
            String cluster = page.url();

            List<String> sample = page.locator(".sample a").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
            for (String item : sample) {
                page.navigate(address() + item);
            }
            page.navigate(cluster);
            assertThat(page.locator(".sample")).not().containsText("not opened");
            ConsoleBrowser.enter(page, "brand mark misuse", "one shop under several names");
            ConsoleBrowser.screenshots(page, "console-cluster");
            for (int width : new int[] {1440, 390}) {
                page.setViewportSize(width, 900);
                assertThat(ConsoleBrowser.overflowingElements(page)).isEmpty();
            }
            assertThat(page.locator("#saved")).containsText("Your entries are kept,");
            page.navigate(cluster);
            assertThat(page.locator("#reason")).hasValue("one shop under several names");
            assertThat(page.locator("input[name=verdict]:checked")).hasValue("brand_mark_misuse");

            ConsoleBrowser.endSession(page.context());
            page.locator("#note").fill("typed for long");
            page.locator(".decide-buttons button").click();
            assertThat(page.locator(".notice")).containsText("What you entered on cluster");
            page.getByLabel("Name").fill("ana");
            page.getByLabel("Password").fill(PASSWORD);
            page.locator("button.primary").click();
            assertThat(page).hasURL(cluster);
            assertThat(page.locator("#note")).hasValue("typed for long");
            assertThat(page.locator("#reason")).hasValue("one shop under several names");

            page.locator(".decide-buttons button").click();
            assertThat(page.locator(".notice")).containsText("7 items. Each waits for a second review");
            assertThat(page.locator(".plan-counts")).containsText("7 decided by you");

            page.getByText("Take it back").click();
            assertThat(page.locator(".notice")).containsText("7 items are as they were");
            assertThat(page.locator(".plan")).containsText("7 items would be decided");
            assertThat(page.locator("#note")).hasValue("");
        }
    }

    @Test
    void groupsRowsOfTheQueueByTemplate() {
        accounts.add("ben", Set.of(Role.REVIEWER), PASSWORD);
        admitTemplate("kiosk", 5);
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            Page page = browser.signedIn(address(), "ben", PASSWORD);
            page.navigate(address() + "/queue?list=template");
            page.getByText("and 4 like it").click();
            assertThat(page.locator("#list .count")).containsText("5 items: open, cluster");
            assertThat(page.locator("table.items tbody tr")).hasCount(5);
        }
    }

    @Test
    void presetsTheSeverityThatTheItemsHave() {
        accounts.add("cleo", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://stall.example/a", "medium", "brand", 40),
                        SampleFindings.flagged("https://stall.example/b", "low", "brand", 30)));
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            Page page = browser.signedIn(address(), "cleo", PASSWORD);
            page.navigate(address() + "/clusters?lane=brand");
            page.locator("a.open").first().click();

            assertThat(page.locator(".item-title, h1").first()).containsText("stall[.]example");
            assertThat(page.locator("#severity")).hasValue("medium");
        }
    }

    /** Admits pages of one template on several hosts; some share an analytics account, and some a payment account. */
    private void admitTemplate(String name, int pages) {
        String dom = "dom:" + String.format("%016x", name.hashCode() * 0x9E3779B97F4A7C15L);
        queue.admit(
                name.hashCode(),
                IntStream.range(0, pages)
                        .mapToObj(n -> page("https://" + name + n / 2 + ".example/offer/" + n, n, dom))
                        .toList());
    }

    private static Finding page(String url, int n, String dom) {
        Finding finding =
                SampleFindings.flagged(url, n < 2 ? "high" : "medium", n % 3 == 2 ? "laundering" : "payment", 60 - n);
        return finding.with(
                n % 2 == 0
                        ? List.of(dom, "ga4:G-1A2B3C4D5E")
                        : List.of(dom, "account:bitcoin:1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
                0);
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
