package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.fetch.TestWeb;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Settings;

/** Tests fetching of one page under the rules of a crawl. */
@Timeout(60)
class SinglePageFetcherTest {
    private final TestWeb web = new TestWeb();

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void fetchesRobotsFirstAndFollowsRedirects() throws InterruptedException {
        web.page("/old", 301, Map.of("Location", "/new"), "").page("/new", "<p>Pay by card");

        assertThat(fetch("/old")).isInstanceOfSatisfying(Disposition.Fetched.class, fetched -> {
            assertThat(fetched.capture().text()).isEqualTo("<p>Pay by card");
            assertThat(fetched.capture().redirects()).containsExactly(web.url("/old"), web.url("/new"));
        });
        assertThat(web.asked()).containsExactly("/robots.txt", "/old", "/new");
    }

    @Test
    void obeysRobots() throws InterruptedException {
        web.page("/robots.txt", 200, Map.of("Content-Type", "text/plain"), "User-agent: *\nDisallow: /private\n")
                .page("/private", "<p>Members");

        assertThat(fetch("/private")).isInstanceOf(Disposition.Disallowed.class);
        assertThat(web.asked()).containsExactly("/robots.txt");
    }

    @Test
    void requestsNoPageWhenRobotsCannotBeFetched() throws InterruptedException {
        web.page("/robots.txt", 503, Map.of(), "").page("/pay", "<p>Pay");

        assertThat(fetch("/pay"))
                .isInstanceOfSatisfying(
                        Disposition.Disallowed.class,
                        disallowed -> assertThat(disallowed.reason()).contains("HTTP 503"));
        assertThat(web.asked()).containsExactly("/robots.txt");
    }

    @Test
    void neverRequestsUrlWithImageExtension() throws InterruptedException {
        assertThat(fetch("/logo.png")).isInstanceOf(Disposition.Refused.class);
        assertThat(web.asked()).doesNotContain("/logo.png");
    }

    @Test
    void refusesPrivateAddress() throws InterruptedException {
        assertThat(SinglePageFetcher.fetch(settings(List.of()), web.url("/"), null, Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.ADDRESS));
        assertThat(web.asked()).isEmpty();
    }

    @Test
    void makesOneAttemptOnly() throws InterruptedException {
        web.page("/busy", 503, Map.of(), "");

        assertThat(fetch("/busy"))
                .isInstanceOfSatisfying(
                        Disposition.Failed.class,
                        failed -> assertThat(failed.status()).isEqualTo(503));
        assertThat(web.asked()).containsExactly("/robots.txt", "/busy");
    }

    @Test
    void fetchesHostWithUnderscore() throws InterruptedException {
        web.page("/robots.txt", 200, Map.of("Content-Type", "text/plain"), "User-agent: *\nDisallow: /private\n")
                .page("/", 302, Map.of("Location", "http://www.shop_x.example/pay"), "")
                .page("/pay", "<p>Pay by card");

        assertThat(fetch(HttpUrl.of("http://shop_x.example/")))
                .isInstanceOfSatisfying(
                        Disposition.Fetched.class,
                        fetched ->
                                assertThat(fetched.capture().finalUrl()).hasToString("http://www.shop_x.example/pay"));
        assertThat(fetch(HttpUrl.of("http://shop_x.example/private"))).isInstanceOf(Disposition.Disallowed.class);
        assertThat(web.asked()).containsExactly("/robots.txt", "/", "/robots.txt", "/pay", "/robots.txt");
    }

    private Disposition fetch(String path) throws InterruptedException {
        return fetch(web.url(path));
    }

    private Disposition fetch(HttpUrl url) throws InterruptedException {
        return SinglePageFetcher.fetch(settings(List.of("127.0.0.0/8")), url, null, Clock.systemUTC());
    }

    private Settings.CrawlSettings settings(List<String> opened) {
        return new Settings.CrawlSettings(
                "markwatch/test",
                "abuse@shop.example",
                1,
                Duration.ZERO,
                1,
                1,
                1,
                Duration.ofSeconds(20),
                1 << 20,
                Set.of(),
                Map.of(
                        "shop_x.example", "127.0.0.1:" + web.url("/").port(),
                        "www.shop_x.example", "127.0.0.1:" + web.url("/").port()),
                opened,
                Settings.PolitenessSettings.DEFAULTS);
    }
}
