package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Chromium for tests of the console; collects what a page logs as an error or a warning. */
public final class TestBrowser implements AutoCloseable {
    /** Time-out of browser actions; the default of Playwright, 5 s, is too short for a busy machine. */
    private static final int TIMEOUT_MILLIS = 120_000;

    private final List<String> errors = new ArrayList<>();
    private final Playwright playwright;
    private final Browser browser;

    private TestBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts a browser, or aborts the test where there is none; a build server needs one. */
    public static TestBrowser start() {
        Path chromium = Stream.of(
                        Objects.requireNonNullElse(System.getenv("MARKWATCH_BROWSER"), ""), // as scripts/test found it
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst()
                .orElse(null);
        if (chromium == null) {
            String missing = "no Chromium: install the package chromium to test the console in a browser";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(missing);
            }
            abort(missing);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new TestBrowser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setTimeout(TIMEOUT_MILLIS)
                                .setArgs(List.of(
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync"))));
    }

    /** Opens a page of a new session. */
    public Page page(int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width > 800 ? 900 : 844)
                .setColorScheme(scheme));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text());
            }
        });
        return context.newPage();
    }

    /** Signs in and returns to the page that the session began with. */
    public static void signIn(Page page, String url, String name, String password) {
        page.navigate(url);
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.locator("button.primary").click();
        assertThat(page.locator("header .who")).containsText(name);
    }

    /** Writes a picture of the whole page if {@code -Dconsole.screenshots=FOLDER} names a folder. */
    public static void screenshot(Page page, String name) {
        String folder = System.getProperty("console.screenshots");
        if (folder != null) {
            page.waitForLoadState(LoadState.LOAD);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(folder, name + ".png"))
                    .setFullPage(true));
        }
    }

    /** Returns the elements that make the page wider than the window, except inside elements that scroll. */
    public static String overflowingElements(Page page) {
        page.waitForLoadState(); // without its style sheet, every page is too wide
        return (String) page.evaluate("""
                () => {
                  const edge = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= edge) return '';
                  const scrolls = element => element && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
                  return [...document.body.querySelectorAll('*')]
                    .filter(element => element.getBoundingClientRect().right > edge && !scrolls(element.parentElement))
                    .map(element => element.outerHTML.slice(0, 120) + ' to ' + element.getBoundingClientRect().right).join('\\n') || 'something';
                }""");
    }

    /** Returns the errors and warnings that pages have logged, for example for what the content security policy refused. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
