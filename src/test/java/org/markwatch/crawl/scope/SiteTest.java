package org.markwatch.crawl.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.crawl.fetch.SiteFileFetcher;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;

/** Scope, priorities and limits of a site. */
class SiteTest {
    @ParameterizedTest
    @CsvSource({
        "DOMAIN, https://pay.example.com/, true",
        "DOMAIN, https://example.com:8443/, true",
        "DOMAIN, https://notexample.com/, false",
        "HOST, https://www.example.com/a, true",
        "HOST, http://example.com/a, true",
        "HOST, https://pay.example.com/, false",
        "HOST, https://example.com:8443/, false",
        "PATH, https://example.com/en/pay, true",
        "PATH, https://example.com/de/, false",
    })
    void checksScope(Scope scope, HttpUrl target, boolean inside) {
        assertThat(site("https://example.com/en/", scope, 100).isInScope(target))
                .isEqualTo(inside);
    }

    @Test
    void separatesSitesBelowOnePublicSuffix() {
        Site site = site("https://alice.github.io/", Scope.DOMAIN, 100);

        assertThat(site.isInScope(HttpUrl.of("https://blog.alice.github.io/"))).isTrue();
        assertThat(site.isInScope(HttpUrl.of("https://bob.github.io/"))).isFalse();
    }

    @Test
    void coversHostsBelowASuffixThatNoListHas() {
        Site site = site("https://www.shop.internal/", Scope.DOMAIN, 100);

        assertThat(site.isInScope(HttpUrl.of("https://pay.shop.internal/"))).isTrue();
        assertThat(site.isInScope(HttpUrl.of("https://other.internal/"))).isFalse();
    }

    @Test
    void limitsOrdinaryLinksMoreThanPaymentLinks() {
        Site site = site("https://shop.example/", Scope.HOST, 1);
        IntStream.range(0, 1000)
                .forEach(i -> assertThat(site.admit(LinkPriority.ORDINARY)).isTrue());

        assertThat(site.admit(LinkPriority.ORDINARY)).isFalse();
        assertThat(site.admit(2)).isTrue();
    }

    @Test
    void staysIdleWhenSuspended() {
        Site site = site("https://shop.example/", Scope.HOST, 1);
        site.suspend();

        assertThat(site.reserve()).isFalse();
        assertThat(site.isIdle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/calendar/2026/%d", "/list?sort=price&page=%d", "/%d/%1$d/pay"})
    void ranksSuspectedTrapLast(String trap) {
        Site site = site("https://shop.example/", Scope.HOST, 200);
        IntStream.range(0, 100)
                .forEach(i -> assertThat(rank(site, trap.formatted(i))).isNotNegative());

        assertThat(rank(site, trap.formatted(100))).isEqualTo(LinkPriority.SUSPECTED_TRAP);
        assertThat(rank(site, "/checkout")).isPositive();
        assertThat(rank(site, "/about/us/team")).isNotNegative();
    }

    @Test
    void ranksSuspectedTrapLastAmongManyPaths() {
        Site site = site("https://shop.example/", Scope.HOST, 200);
        IntStream.range(0, 2_000).forEach(i -> {
            rank(site, "/" + "x".repeat(1 + i) + "/1");
            rank(site, "/calendar/" + i);
        });
        assertThat(rank(site, "/calendar/2000")).isEqualTo(LinkPriority.SUSPECTED_TRAP);
        assertThat(rank(site, "/y/1")).isNotNegative();
    }

    private static int rank(Site site, String path) {
        HttpUrl url = site.url().resolve(path).orElseThrow();
        return site.rank(url, LinkPriority.of(url));
    }

    @Test
    void limitsTheBytesOfRobotsFiles() {
        Site site = site("https://shop.example/", Scope.DOMAIN, 100);
        int files = 0;
        while (files < 1_000 && site.admitRobots(SiteFileFetcher.MAX_ROBOTS_BYTES)) {
            files++;
        }
        assertThat(files).isEqualTo(16);
        assertThat(site.admitRobots(1_000)).as("a small file").isTrue();
    }

    private static Site site(String url, Scope scope, int maxPages) {
        HttpUrl seed = HttpUrl.of(url);
        return new Site(1, new Seed(seed, "", "", scope, 5, maxPages, Duration.ZERO, Set.of()), 0, 0);
    }
}
