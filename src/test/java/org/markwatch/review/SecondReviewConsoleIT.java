package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests the second review of decisions in a browser. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class SecondReviewConsoleIT {
    private static final String PASSWORD = Passwords.generate();

    private static ConsoleBrowser browser;

    /** Address of the item. */
    private String item = "";

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

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

    @Test
    void hidesFirstDecisionFromSecondReviewerAndLeavesDisputeToThird() {
        queue.admit(1, List.of(SampleFindings.flagged("https://blind.example/", "high", "payment", 88)));
        Page ana = signedIn("amy", Role.REVIEWER);
        Page ben = signedIn("bo", Role.REVIEWER);
        open(ben);
        String untouched = ConsoleBrowser.mainWithout(ben, ".history");
        String row = queueOf(ben);

        open(ana);
        ana.locator("#work button[data-key=c]").click();
        ana.locator("li .reveal").first().click();
        ConsoleBrowser.decide(ana, "child safety referral", "wording suggests it");
        assertThat(ana.locator(".undo")).containsText("It waits for another person to decide too.");
        assertThat(ana.locator("#waiting-title")).hasText("Your decision waits for another person");
        assertThat(ana.locator("#work")).containsText("You have decided.");
        ConsoleBrowser.screenshots(ana, "second-review-first-reviewer");

        assertThat(queueOf(ben)).isEqualTo(row);
        open(ben);
        assertThat(ConsoleBrowser.mainWithout(ben, ".history")).isEqualTo(untouched);
        assertThat(ben.locator(".history")).not().containsText("amy");
        ben.locator("#work button[data-key=c]").click();
        ConsoleBrowser.screenshots(ben, "second-review");
        ConsoleBrowser.decide(ben, "false positive", "harmless context");
        assertThat(ben.locator("p.notice"))
                .containsText("It differs from the first decision; a third person decides."
                        + " It is in a restricted lane now.");
        assertThat(ben.locator(".undo")).hasCount(0);

        Page cleo = signedIn("cleo", Role.CHILD_SAFETY_REVIEWER);
        open(cleo);
        assertThat(cleo.locator(".two-decisions")).containsText("amy");
        assertThat(cleo.locator(".two-decisions")).containsText("harmless context");
        cleo.locator("#work button[data-key=c]").click();
        ConsoleBrowser.screenshots(cleo, "adjudication");
        ConsoleBrowser.decide(cleo, "child safety referral", "wording suggests it");
        assertThat(cleo.locator("p.notice")).containsText("your decision stands");
        assertThat(cleo.locator("#decided-title")).hasText("Decision");

        assertThat(cleo.locator("#action-title")).hasText("Action: hotline referral");
        ConsoleBrowser.screenshots(cleo, "action");
        cleo.navigate(address() + "/actions");
        assertThat(cleo.locator("table.items")).containsText("blind[.]example");
        ConsoleBrowser.screenshots(cleo, "actions");
        cleo.navigate(item);
        cleo.getByText("Draft for a person to submit").click();
        assertThat(cleo.locator("#packet")).hasValue(Pattern.compile("hxxps://blind\\[\\.]example"));
        assertThat(cleo.locator("#packet")).not().hasValue(Pattern.compile("no name needed"));
        assertThat(cleo.locator("#packet"))
                .hasValue(Pattern.compile("203\\[\\.]0\\[\\.]113\\[\\.]7, certificate for shop\\[\\.]example"));
        ConsoleBrowser.screenshots(cleo, "packet");
        cleo.navigate(item);
        cleo.locator("#receipt").fill("number 12-34");
        cleo.getByText("Done", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(cleo.locator("#action-title").locator("xpath=../..")).containsText("number 12-34");
        cleo.navigate(address() + "/actions");
        assertThat(cleo.locator(".actions-page")).not().containsText("blind[.]example");

        Page lea = signedIn("lea", Role.SUPERVISOR);
        lea.navigate(address() + "/agreement");
        assertThat(lea.locator("table.items").first()).containsText("payment");
        assertThat(lea.locator("table.items").nth(1)).containsText("amy, bo");
        ConsoleBrowser.screenshots(lea, "agreement");
    }

    private Page signedIn(String name, Role role) {
        accounts.add(name, Set.of(role), PASSWORD);
        return browser.signedIn(address(), name, PASSWORD);
    }

    private void open(Page page) {
        if (item.isEmpty()) {
            ConsoleBrowser.follow(
                    page, page.locator("a.open", new Page.LocatorOptions().setHasText("blind[.]example")));
            item = page.url();
        }
        page.navigate(item);
        assertThat(page.locator("h1")).containsText("blind[.]example");
    }

    /** Returns the queue of an account without the ages of its items. */
    private String queueOf(Page page) {
        page.navigate(address() + "/queue?host=blind.example");
        return ConsoleBrowser.mainWithout(page, ".c-age, .lanes");
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
