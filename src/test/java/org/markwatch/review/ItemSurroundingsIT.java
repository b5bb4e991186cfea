package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Audit;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests in a browser what the page of an item shows around its evidence. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=surroundings"})
class ItemSurroundingsIT {
    private static final String PASSWORD = Passwords.generate();
    private static final String URL = "https://shop.example/offer";

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Audit audit;

    @Test
    void showsWhatChangedSimilarItemsHistoryAndOutline() {
        accounts.add("ana", Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged(URL, "before").with(List.of("ga4:G-1A2B3C4D5E"), 0),
                        SampleFindings.flagged("https://shop.example/other", "x"),
                        SampleFindings.flagged("https://twin.example/", "x").with(List.of("ga4:G-1A2B3C4D5E"), 0)));
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            Page page = browser.signedIn("http://127.0.0.1:" + port, "ana", PASSWORD);
            page.navigate("http://127.0.0.1:" + port + "/items/1");
            page.locator("#work button[data-key=c]").click();
            ConsoleBrowser.decide(page, "false positive", "harmless context");
            queue.admit(
                    2,
                    List.of(SampleFindings.flagged(URL, "high", "impersonation", 80)
                            .with(List.of("ga4:G-1A2B3C4D5E"), 0)));
            page.navigate("http://127.0.0.1:" + port + "/items/1");

            assertThat(page.locator(".side-added")).containsText("brand:visa@impersonation");
            assertThat(page.locator(".side-removed")).containsText("changed");
            assertThat(page.locator(".side-added")).not().containsText("confirm your card");
            Locator similar = page.locator("section", new Page.LocatorOptions().setHasText("Items like it"))
                    .last();
            assertThat(similar).containsText("1 with the same analytics account");
            assertThat(similar).containsText("1 with the same host shop[.]example");
            assertThat(page.getByText("hxxps://old[.]example")).isVisible();
            assertThat(page.getByText("HTTP 301")).isVisible();
            assertThat(page.getByText("self-signed")).isVisible();

            Locator host = page.locator("section", new Page.LocatorOptions().setHasText("Certificate for"))
                    .last();
            assertThat(host).containsText("203[.]0[.]113[.]7");
            assertThat(host).containsText("shop[.]example, *[.]sister[.]example");
            assertThat(host).containsText("CN=shop[.]example,O=<b>Shop & Sons</b>");
            assertThat(host).containsText("image 1,240, disallowed by robots.txt 12, over a limit 5");
            host.locator("summary").click();
            assertThat(host).containsText("no trusted authority; what the certificate says of itself is not kept");
            assertThat(page.getByText("image 24, video 2")).isVisible();
            assertThat(page.getByText("read 31, refused (image) 3, not visited 2"))
                    .isVisible();

            Locator outline = page.locator("section", new Page.LocatorOptions().setHasText("Outline of the page"))
                    .last();
            assertThat(outline).containsText("form: hint");
            assertThat(outline).not().containsText("Card number");
            page.evaluate("document.body.dataset.sameDocument = 'yes'");
            assertThat(outline).containsText("metadata");
            assertThat(outline).not().containsText("memberships");
            outline.getByText("Reveal").nth(1).click();
            assertThat(outline).containsText("Card number");
            assertThat(outline).not().containsText("Ways to pay");
            assertThat(outline.locator("[aria-live=polite]")).isFocused();
            page.locator(".side-added").getByText("Reveal").first().click();
            assertThat(page.locator(".side-added")).containsText("confirm your card");
            page.locator(".side-removed").getByText("Reveal").first().click();
            assertThat(page.locator(".side-removed")).containsText("no name needed");
            assertThat(page.locator("body")).hasAttribute("data-same-document", "yes");
            assertThat(audit.entriesOf("item:1", 3))
                    .extracting(entry ->
                            entry.action() + " " + entry.details().replaceAll(".*\"text\":\"([^\"]*)\".*", "$1"))
                    .contains("item.reveal outline-2", "item.reveal brand:visa@impersonation");
            page.reload();
            assertThat(outline).containsText("Card number");
            assertThat(page.locator(".side-added")).containsText("confirm your card");
            assertThat(ConsoleBrowser.overflowingElements(page)).isEmpty();
            ConsoleBrowser.screenshots(page, "console-difference");
        }
    }
}
