package org.markwatch.review;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the pictures of the documents from a console that serves the demo: one screen each, 1440 by 900 pixels or those of a
 * phone.
 */
final class ConsolePictures {
    private final Page page;
    private final String console;
    private final Path folder;

    private ConsolePictures(Page page, String console, Path folder) {
        this.page = page;
        this.console = console;
        this.folder = folder;
    }

    /** Arguments: address of the console, account, its password, the folder for the pictures. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[3]));
        try (ConsoleBrowser browser = new ConsoleBrowser()) {
            String address = args[0].replaceAll("/$", "");
            new ConsolePictures(browser.signedIn(address, args[1], args[2]), address, folder).take();
        }
    }

    private void take() {
        take("/queue", "console-queue");
        take("/runs", "console-runs");
        page.navigate(console + "/runs");
        page.navigate(console + page.locator("a[href^='/runs/']").first().getAttribute("href"));
        write("console-run");
        take("/trends", "console-trends");
        take("/watchlist", "console-watchlist");
        take("/accounts", "console-accounts");
        page.navigate(console + "/clusters");
        page.navigate(console + page.locator("a[href^='/clusters/']").first().getAttribute("href"));
        write("console-cluster");
        page.navigate(console + "/queue");
        ConsoleBrowser.follow(page, page.locator(".head form button.primary"));
        String item = page.url().replace(console, "");
        page.locator("li .reveal").first().click();
        write("console-item");
        dark("console-item-dark");
        phone("console-item-phone");
        page.navigate(console + "/queue");
        dark("console-queue-dark");
        phone("console-queue-phone");
        speak("es");
        take(item, "console-item-es");
    }

    private void take(String path, String name) {
        page.navigate(console + path);
        write(name);
    }

    private void dark(String name) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        write(name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private void phone(String name) {
        page.setViewportSize(390, 844);
        write(name);
        page.setViewportSize(1440, 900);
    }

    private void speak(String language) {
        page.navigate(console + "/password");
        page.locator("#language").selectOption(language);
        ConsoleBrowser.follow(page, page.locator("form[action$='/settings'] button"));
    }

    private void write(String name) {
        page.waitForLoadState();
        page.evaluate("scrollTo(0, 0)");
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }
}
