package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.queue.SettableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Tests breaks, lanes that people leave out, and the load of a team in a browser. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=welfare"})
class WelfareConsoleIT {
    private static final String PASSWORD = Passwords.generate();

    private static ConsoleBrowser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Accounts accounts;

    @Autowired
    private SettableClock clock;

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
    void closesItemsDuringABreakAndKeepsWhatWasTyped() {
        queue.admit(1, List.of(SampleFindings.flagged("https://pause.example/", "high", "payment", 88)));
        Page nora = signedIn("nora", Role.REVIEWER);
        nora.navigate(address() + "/queue?host=pause.example");
        ConsoleBrowser.follow(nora, nora.locator("a.open"));
        String item = nora.url();
        ConsoleBrowser.follow(nora, nora.locator("#work button[data-key=c]"));
        for (int minute = 0; minute < 46; minute += 2) {
            clock.advance(Duration.ofMinutes(2));
            nora.navigate(item);
        }
        assertThat(nora.locator(".calm")).containsText("due in 4 min");
        ConsoleBrowser.screenshots(nora, "break-notice");
        clock.advance(Duration.ofMinutes(3));
        nora.navigate(item);
        nora.locator("#work button[data-key=c]").click();
        ConsoleBrowser.enter(nora, "undetermined", "login or age check");
        nora.locator("#note").fill("typed before the break");
        clock.advance(Duration.ofMinutes(1));
        nora.locator("button[name=then][value='']").click();

        assertThat(nora.locator("h1")).hasText("Time for a break");
        ConsoleBrowser.screenshots(nora, "break");
        Page second = browser.signedIn(address(), "nora", PASSWORD);
        second.navigate(item);
        assertThat(second.locator("h1")).hasText("Time for a break");
        second.navigate(address() + "/queue");
        second.locator(".head button").first().click();
        assertThat(second.locator("h1")).hasText("Time for a break");

        Page lee = signedIn("lee", Role.SUPERVISOR);
        lee.navigate(address() + "/load");
        assertThat(lee.locator("tr", new Page.LocatorOptions().setHasText("nora")))
                .containsText("0 items");
        ConsoleBrowser.screenshots(lee, "load");

        clock.advance(Duration.ofMinutes(10));
        nora.navigate(item);
        nora.locator("#work button[data-key=c]").click();
        assertThat(nora.locator("#note")).hasValue("typed before the break");
    }

    @Test
    void dealsNoItemOfALaneThatIsLeftOut() {
        queue.admit(2, List.of(SampleFindings.flagged("https://brand-only.example/", "high", "brand", 88)));
        Page pia = signedIn("pia", Role.REVIEWER);
        pia.navigate(address() + "/my-lanes");
        pia.getByLabel("Leave out brand").check();
        pia.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(pia.locator(".notice")).hasText("Your choice is saved.");
        assertThat(pia.getByLabel("Leave out brand")).isChecked();
        ConsoleBrowser.screenshots(pia, "my-lanes");

        pia.navigate(address() + "/queue?lane=brand");
        assertThat(pia.locator("table.items")).containsText("brand-only[.]example");
        pia.locator(".head button").first().click();
        assertThat(pia.locator(".notice")).containsText("No other item is available to you");
    }

    private Page signedIn(String name, Role role) {
        accounts.add(name, Set.of(role), PASSWORD);
        return browser.signedIn(address(), name, PASSWORD);
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
