package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

/** Uses the console in Spanish, whose words are longer. */
@SpringBootTest(
        classes = ConsoleApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        // the second property gives the class a database of its own
        properties = {"server.address=127.0.0.1", "database-of=language"})
class LanguageBrowserIT {
    private static final String PASSWORD = Passwords.generate();
    private static ConsoleBrowser browser;

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

    @BeforeAll
    static void start() {
        browser = new ConsoleBrowser();
    }

    private static final Set<String> ENGLISH_ONLY = englishOnly();

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void showsEveryPageInTheChosenLanguageWithinTheWindow() {
        accounts.add("ana", EnumSet.allOf(Role.class), PASSWORD);
        queue.admit(
                1,
                List.of(
                        SampleFindings.flagged("https://one.example/a", "high", "payment", 90),
                        SampleFindings.flagged("https://two.example/b", "low", "brand", 20)));
        long claimed = number("https://one.example/a");
        claims.claim(claimed, "ana");
        List<String> faults = new ArrayList<>();
        Page page = browser.context(1440, ColorScheme.LIGHT).newPage();
        ConsoleBrowser.collectErrors(page.context(), faults);
        ConsoleBrowser.signIn(page, address() + "/password", "ana", PASSWORD);
        assertThat(menuLines(page)).as("lines of the menu in English").isEqualTo(1);
        page.getByLabel("Language").selectOption("es");
        ConsoleBrowser.follow(page, page.getByText("Save the settings"));
        assertThat(menuLines(page)).as("lines of the menu in Spanish").isEqualTo(1);
        assertThat(page.locator(".notice")).hasText("Sus ajustes est\u00E1n guardados.");

        for (String path : List.of(
                "/queue",
                "/items/" + claimed,
                "/items/" + number("https://two.example/b"),
                "/clusters",
                "/runs",
                "/trends",
                "/actions",
                "/held-back",
                "/agreement",
                "/watchlist",
                "/watchlist/proposals",
                "/watchlist/try",
                "/load",
                "/break",
                "/my-lanes",
                "/audit",
                "/accounts",
                "/tokens",
                "/password",
                "/no-such-page")) {
            page.navigate(address() + path);
            assertThat(page.locator("html")).hasAttribute("lang", "es");
            for (int width : new int[] {1440, 1000, 800, 390, 320}) {
                page.setViewportSize(width, 900);
                String tooWide = ConsoleBrowser.overflowingElements(page);
                if (!tooWide.isEmpty() || page.content().contains("??")) {
                    faults.add(path + " at " + width + " px: " + tooWide);
                }
            }
            Set<String> untranslated = new TreeSet<>(texts(page));
            untranslated.retainAll(ENGLISH_ONLY);
            if (!untranslated.isEmpty()) {
                faults.add(path + " has English texts: " + untranslated);
            }
            ConsoleBrowser.screenshots(page, "es" + path.replace('/', '-'));
        }

        faults.removeIf(fault -> fault.contains("404"));
        assertThat(faults).isEmpty();
    }

    @Test
    void tellsTheRestOfTheLeaseAndKeptEntriesInTheChosenLanguage() {
        accounts.add("eva", EnumSet.of(Role.REVIEWER), PASSWORD);
        queue.admit(1, List.of(SampleFindings.flagged("https://three.example/", "high", "payment", 90)));
        Page page = browser.context(1440, ColorScheme.LIGHT).newPage();
        ConsoleBrowser.signIn(page, address() + "/password", "eva", PASSWORD);
        page.getByLabel("Language").selectOption("es");
        ConsoleBrowser.follow(page, page.getByText("Save the settings"));
        page.navigate(address() + "/queue?host=three.example");

        page.getByText("Tomar el siguiente elemento").first().click();

        assertThat(page.locator(".lease .left")).hasText(Pattern.compile("Suyo durante 1[345] min, hasta"));
        page.locator("#reason").fill("motivo");
        page.locator("#reason").press("Tab");
        assertThat(page.locator("#saved")).containsText("Lo que introdujo se conserva, ");
        page.locator("button[data-key=s]").click();
        assertThat(page.locator(".notice").first()).containsText("se omite y queda para otros revisores.");
    }

    /** Returns the texts of the page, of each element that has one. */
    private static List<String> texts(Page page) {
        return Jsoup.parse(page.content()).select("body *:not(script, style, code, kbd)").stream()
                .flatMap(element -> element.textNodes().stream())
                .map(text -> text.text().strip())
                .toList();
    }

    /** Returns the texts without parameters that are other ones in Spanish. */
    private static Set<String> englishOnly() {
        Properties english = messages("messages.properties");
        Properties spanish = messages("messages_es.properties");
        Set<String> texts = new HashSet<>();
        english.forEach((key, text) -> texts.add(text.toString().replace("\'\'", "\'")));
        spanish.forEach((key, text) -> texts.remove(text.toString().replace("\'\'", "\'")));
        return texts;
    }

    private static Properties messages(String name) {
        Properties messages = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources", name))) {
            messages.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return messages;
    }

    private static int menuLines(Page page) {
        page.waitForLoadState();
        return (int) page.evaluate(
                "new Set([...document.querySelectorAll('.top nav a')].map(a => a.getBoundingClientRect().top)).size");
    }

    private long number(String url) {
        return items.numberOf(HttpUrl.parse(url).orElseThrow()).orElseThrow();
    }

    private String address() {
        return "http://127.0.0.1:" + port;
    }
}
