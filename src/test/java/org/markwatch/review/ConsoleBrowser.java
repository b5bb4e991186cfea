package org.markwatch.review;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A browser for tests of the console. {@code -Dconsole.screenshots=FOLDER} writes the screenshots of tests to that folder. */
final class ConsoleBrowser implements AutoCloseable {
    /** Time-out of browser actions; the default of Playwright, 5 s, is too short for a busy machine. */
    private static final int TIMEOUT_MILLIS = 120_000;

    private final Playwright playwright;
    private final Browser browser;

    /** Starts Chromium; without one, aborts the test, or fails it in continuous integration. */
    ConsoleBrowser() {
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
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
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
                                "--disable-sync")));
    }

    BrowserContext context(int width, ColorScheme scheme) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, width > 800 ? 900 : 844)
                .setColorScheme(scheme));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        return context;
    }

    /** Returns a session whose pages run no script. */
    BrowserContext contextWithoutScripts() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        return context;
    }

    /** Ends the session of a browser that stays known. */
    static void endSession(BrowserContext context) {
        context.clearCookies(new BrowserContext.ClearCookiesOptions().setName("markwatch"));
    }

    /** Adds what pages of a context log as an error or a warning, for example a refusal of the content security policy. */
    static void collectErrors(BrowserContext context, List<String> errors) {
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                errors.add(message.text());
            }
        });
    }

    /** Returns a page of a new session of an account, which shows the queue. */
    Page signedIn(String address, String name, String password) {
        Page page = context(1440, ColorScheme.LIGHT).newPage();
        signIn(page, address + "/queue", name, password);
        assertThat(page.locator("h1")).hasText("Review queue");
        return page;
    }

    /** Signs in on the way to a page of the console. */
    static void signIn(Page page, String url, String name, String password) {
        page.navigate(url);
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.locator("button.primary").click();
        assertThat(page.locator("header .who")).containsText(name);
    }

    /** Returns the elements that make the page wider than the window, except inside elements that scroll; empty if there are none. */
    static String overflowingElements(Page page) {
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

    /** Writes a picture of the page, whole or of its window, if the tests write any. */
    static void screenshot(Page page, String name, boolean whole) {
        String folder = System.getProperty("console.screenshots");
        if (folder != null) {
            page.waitForLoadState(LoadState.LOAD);
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(Path.of(folder, name + ".png"))
                    .setFullPage(whole));
        }
    }

    /** Fills the decision form. */
    static void enter(Page page, String verdict, String reason) {
        page.locator(".choice", new Page.LocatorOptions().setHasText(verdict)).click();
        page.locator(".segments label", new Page.LocatorOptions().setHasText("high"))
                .click();
        page.locator("#reason").fill(reason);
    }

    /** Presses the button Decide, which stays on the item, and waits for the page that follows. */
    static void decide(Page page, String verdict, String reason) {
        enter(page, verdict, reason);
        follow(page, page.locator("button[name=then][value='']"));
    }

    /** Clicks what leads to another page, and waits until that page is loaded: a navigation before then would fail. */
    static void follow(Page page, Locator button) {
        page.evaluate("document.documentElement.dataset.left = 'not yet'");
        button.click();
        assertThat(page.locator("html[data-left]")).hasCount(0);
        page.waitForLoadState();
    }

    /** Writes screenshots of a page at both widths and in both color schemes, if the tests write any. */
    static void screenshots(Page page, String name) {
        String folder = System.getProperty("console.screenshots");
        if (folder == null) {
            return;
        }
        for (int width : new int[] {1440, 390}) {
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.setViewportSize(width, width > 800 ? 900 : 844);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                // not until the network is idle: pages that follow a run or keep entries never are
                page.waitForLoadState(LoadState.LOAD);
                page.evaluate("scrollTo(0, 0)");
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(
                                folder,
                                name + (width == 1440 ? "" : "-phone") + (scheme == ColorScheme.LIGHT ? "" : "-dark")
                                        + ".png"))
                        .setFullPage(width == 390));
            }
        }
        page.setViewportSize(1440, 900);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** Returns the main part of a page without the elements that the selector names. */
    static String mainWithout(Page page, String selector) {
        Locator main = page.locator("main");
        return (String) main.evaluate("""
                (main, selector) => {
                  const copy = main.cloneNode(true);
                  copy.querySelectorAll(selector + ', input[name=_csrf]').forEach(element => element.remove());
                  return copy.innerHTML;
                }""", selector);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
