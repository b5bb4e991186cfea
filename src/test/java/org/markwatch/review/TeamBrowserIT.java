package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.markwatch.review.team.JobConfig;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One change of an indicator in a browser, from the list to the file. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class TeamBrowserIT {
    private static final String PASSWORD = Passwords.generate();

    private static ConsoleBrowser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JobConfig config;

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
    void changesAnIndicatorByTwoPeople() {
        Page pia = signedIn("pia");
        pia.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Watchlist").setExact(true))
                .click();
        ConsoleBrowser.screenshots(pia, "watchlist");
        pia.getByLabel("Search").fill("voucher");
        pia.getByLabel("Search").press("Enter");
        pia.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("voucher-only@2"))
                .click();
        assertThat(pia.locator("h1")).hasText("voucher-only@2");
        ConsoleBrowser.screenshots(pia, "watchlist-entry");

        pia.getByText("Propose a change").click();
        pia.getByLabel("Weight").fill("0");
        pia.getByText("Check and show the difference").click();
        assertThat(pia.locator("[role=alert] .faults")).containsText("must not be 0");
        ConsoleBrowser.screenshots(pia, "proposal-form");
        pia.getByLabel("Weight").fill("15");
        pia.getByLabel("State").selectOption("background");
        pia.getByLabel("Reason for the change").fill("more pages of this kind");
        pia.locator("main button.primary").click();
        assertThat(pia.locator("p.notice")).containsText("Another person has to approve it");
        assertThat(pia.locator(".diff .added").first()).hasText("+    weight: 15");
        assertThat(pia.getByText("Approve and write the file")).hasCount(0);

        Page tom = signedIn("tom");
        tom.navigate(address() + "/watchlist/proposals");
        ConsoleBrowser.screenshots(tom, "proposals");
        tom.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Edit indicator voucher-only"))
                .click();
        tom.getByText("Try it on the latest kept pages").click();
        assertThat(tom.locator("#try-title ~ [role=status]")).containsText("newly flagged");
        ConsoleBrowser.screenshots(tom, "proposal");
        tom.getByText("Approve and write the file").click();
        assertThat(tom.locator("p.notice")).containsText("is written");
        assertThat(tom.locator(".proposal-state")).containsText("written");
        assertThat(config.folder().resolve("indicators/team.yaml"))
                .content()
                .contains("weight: 15", "state: background", "# vouchers are rare in shops", "# not the title");

        proposeBrand(tom);

        tom.navigate(address() + "/watchlist/try");
        tom.getByLabel("URL of the page").fill("https://any.example/");
        tom.getByLabel("HTML").fill("<p>buy with a voucher</p>");
        tom.locator("main button.primary").click();
        assertThat(tom.locator("#result-title ~ [role=status]")).containsText("10 points");
        ConsoleBrowser.screenshots(tom, "rule-trial");
        for (String path : new String[] {
            "/watchlist", "/watchlist/change?kind=brand&action=add", "/watchlist/proposals/1", "/watchlist/try"
        }) {
            tom.setViewportSize(390, 844);
            tom.navigate(address() + path);
            assertThat(ConsoleBrowser.overflowingElements(tom)).as(path).isEmpty();
        }
    }

    private void proposeBrand(Page tom) {
        tom.navigate(address() + "/watchlist?kind=brand");
        tom.getByText("Propose another brand").click();
        assertThat(tom.locator("h1")).hasText("Propose to add another brand");
        assertThat(tom.locator("[id='field.aliases']")).isHidden();
        tom.locator("[id='field.id']").fill("lantern-pay");
        tom.locator("[id='field.name']").fill("Lantern Pay");
        tom.getByText("Optional fields").click();
        tom.locator("[id='field.aliases']").fill("LanternPay");
        tom.getByText("Check and show the difference").click();
        assertThat(tom.locator("[role=alert] .faults")).containsText("official_hosts");
        assertThat(tom.locator("[id='field.aliases']")).isVisible();
        tom.locator("[id='field.official_hosts']").fill("lanternpay.example");
        tom.getByLabel("Reason for the change").fill("a client of ours");
        ConsoleBrowser.screenshots(tom, "brand-form");
        tom.locator("main button.primary").click();
        assertThat(tom.locator("p.notice")).containsText("Another person has to approve it");
        assertThat(tom.locator(".diff .added").first()).hasText("+id: lantern-pay");
        ConsoleBrowser.screenshots(tom, "brand-proposal");
    }

    private Page signedIn(String name) {
        accounts.add(name, Set.of(Role.BRAND_EDITOR), PASSWORD);
        return browser.signedIn(address(), name, PASSWORD);
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
