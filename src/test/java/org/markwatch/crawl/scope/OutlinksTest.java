package org.markwatch.crawl.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.fetch.TestFetcher;
import org.markwatch.url.HttpUrl;

class OutlinksTest {
    private static final HttpUrl PAGE = HttpUrl.of("http://shop.example/");

    @Test
    void limitsTheTotalLengthOfLinks() {
        String folder = "x".repeat(1_900);
        Outlinks outlinks = Outlinks.of(PAGE, 0, TestFetcher.visit(PAGE).site(), links("/" + folder + "/", 1_000));
        assertThat(outlinks.found()).hasSizeBetween(100, 200);
        assertThat(outlinks.found().stream()
                        .mapToInt(link -> link.url().toString().length())
                        .sum())
                .isBetween(LinkRules.MAX_LINK_CHARS, LinkRules.MAX_LINK_CHARS + Link.MAX_URL_LENGTH);
        assertThat(outlinks.counts())
                .containsEntry(
                        new CrawlCounters.CounterKey("skipped", "too-many-links"),
                        1_000L - outlinks.found().size());
    }

    @Test
    void keepsManyLinksOfOrdinaryLength() {
        assertThat(Outlinks.of(PAGE, 0, TestFetcher.visit(PAGE).site(), links("/shop/shoes-for-walking/", 2_000))
                        .found())
                .hasSize(2_000);
    }

    private static List<HttpUrl> links(String folder, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> PAGE.resolve(folder + "item-" + i).orElseThrow())
                .toList();
    }
}
