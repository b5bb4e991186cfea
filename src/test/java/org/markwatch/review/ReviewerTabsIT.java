package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.markwatch.queue.Claims;
import org.markwatch.queue.Items;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.url.HttpUrl;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A reviewer with several tabs, a back button, quick fingers and a poor network makes one decision and loses no text. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=tabs"})
class ReviewerTabsIT {
    private static final String PASSWORD = Passwords.generate();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static ConsoleBrowser browser;

    @LocalServerPort
    private int port;

    @Autowired
    private DataSource database;

    @Autowired
    private ReviewQueue queue;

    @Autowired
    private Items items;

    @Autowired
    private Claims claims;

    @Autowired
    private Accounts accounts;

    private BrowserContext context;
    private Page page;
    private String name;
    private long item;

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

    @BeforeEach
    void claimAnItem() {
        int number = COUNT.incrementAndGet();
        name = "tabs" + number;
        String host = "https://tabs" + number + ".example/";
        accounts.add(name, Set.of(Role.REVIEWER), PASSWORD);
        queue.admit(1, List.of(SampleFindings.flagged(host, "high", "payment", 80)));
        item = items.numberOf(HttpUrl.of(host)).orElseThrow();
        claims.claim(item, name);
        context = browser.context(1440, ColorScheme.LIGHT);
        page = context.newPage();
        ConsoleBrowser.signIn(page, url(), name, PASSWORD);
        awaitScript(page);
    }

    @AfterEach
    void closeTabs() {
        context.close();
    }

    @Test
    void makesOneDecisionOfTwoPresses() {
        ConsoleBrowser.enter(page, "undetermined", "page no longer exists");
        page.evaluate("() => { const b = document.getElementById('decide-next'); b.click(); b.click(); }");

        assertThat(page.locator(".undo")).containsText("undetermined");
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void makesOneDecisionInTwoTabsAndKeepsWhatTheOtherEntered() {
        Page other = context.newPage();
        other.navigate(url());
        awaitScript(other);
        ConsoleBrowser.decide(page, "undetermined", "page no longer exists");
        assertThat(page.locator(".undo")).containsText("undetermined");

        ConsoleBrowser.enter(other, "false positive", "harmless context");
        other.locator("#note").fill("typed in the other tab");
        other.locator("#decide-next").click();

        assertThat(other.locator(".problem")).containsText("has been decided in the meantime");
        assertThat(other.locator(".kept")).containsText("typed in the other tab");
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void showsInEachTabWhatTheOtherEntered() {
        Page other = context.newPage();
        other.navigate(url());
        awaitScript(other);
        page.bringToFront();
        page.locator("#note").fill("typed in the first tab");
        assertThat(page.locator("#saved")).containsText("are kept, 2");

        other.bringToFront();
        assertThat(other.locator("#note")).hasValue("typed in the first tab");
        other.locator("#reason").fill("typed in the second tab");
        assertThat(other.locator("#saved")).containsText("are kept, 2");
        page.reload();
        assertThat(page.locator("#note")).hasValue("typed in the first tab");
        assertThat(page.locator("#reason")).hasValue("typed in the second tab");
    }

    @Test
    void showsTheDecisionAfterTheBackButton() {
        ConsoleBrowser.enter(page, "undetermined", "page no longer exists");
        page.locator("#decide-next").click();
        assertThat(page.locator(".undo")).containsText("undetermined");

        page.goBack();

        assertThat(page.locator("#work")).containsText("Decided");
        assertThat(page.locator("#reason")).hasCount(0);
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void printsTheItemWithoutControls() {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT).setColorScheme(ColorScheme.DARK));

        assertThat(page.locator(".evidence")).isVisible();
        assertThat(page.evaluate("[...document.querySelectorAll('header.top, button, input, select, textarea')]"
                        + ".filter(control => control.checkVisibility()).length"))
                .isEqualTo(0);
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void keepsTheFormWhileTheNetworkIsLost() {
        context.setOffline(true);
        ConsoleBrowser.enter(page, "undetermined", "page no longer exists");
        page.locator("#note").fill("typed without a network");
        page.locator("#decide-next").click();
        assertThat(page.locator("#saved")).containsText("did not answer");
        assertThat(page.locator("#saved")).isInViewport();
        assertThat(page.locator("#note")).hasValue("typed without a network");
        assertThat(decisions()).isZero();

        context.setOffline(false);
        page.locator("#decide-next").click();

        assertThat(page.locator(".undo")).containsText("undetermined");
        assertThat(decisions()).isEqualTo(1);
        assertThat(note()).isEqualTo("typed without a network");
    }

    @Test
    void keepsTheEntriesIfTheNetworkIsLostOnTheWay() {
        ConsoleBrowser.enter(page, "undetermined", "page no longer exists");
        page.locator("#note").fill("typed just before");
        page.route("**/decide", route -> route.abort("internetdisconnected"));
        page.locator("#decide-next").click();
        page.waitForURL("chrome-error://**");

        page.unroute("**/decide");
        page.navigate(url());
        assertThat(page.locator("#note")).hasValue("typed just before");
        page.locator("#decide-next").click();
        assertThat(page.locator(".undo")).containsText("undetermined");
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void makesOneDecisionIfTheAnswerIsLost() {
        ConsoleBrowser.enter(page, "undetermined", "page no longer exists");
        page.route("**/decide", route -> {
            route.fetch();
            route.abort("connectionreset");
        });
        page.locator("#decide-next").click();
        page.waitForURL("chrome-error://**");

        page.unroute("**/decide");
        page.navigate(url());

        assertThat(page.locator("#work")).containsText("Decided");
        assertThat(decisions()).isEqualTo(1);
    }

    @Test
    void keepsWhatIsTypedWhileTheSessionEnds() {
        ConsoleBrowser.endSession(context);
        page.locator("#note").pressSequentially("typed while the session ended");
        assertThat(page.locator(".notice")).containsText("is kept");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button.primary").click();

        assertThat(page.locator("#note")).hasValue("typed while the session ended");
        assertThat(decisions()).isZero();
    }

    private long decisions() {
        return JdbcClient.create(database)
                .sql("select count(*) from decision where item_id = ?")
                .param(item)
                .query(Long.class)
                .single();
    }

    private String note() {
        return JdbcClient.create(database)
                .sql("select note from decision where item_id = ?")
                .param(item)
                .query(String.class)
                .single();
    }

    /** Waits until the script of the page has run. */
    private static void awaitScript(Page tab) {
        assertThat(tab.locator(".keys-button")).isVisible();
    }

    private String url() {
        return "http://127.0.0.1:" + port + "/items/" + item;
    }
}
