package org.markwatch.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Link;

/** Tests that markup designed to exhaust a parser is extracted in bounded time and memory on a virtual thread. */
class HostilePagesTest {
    private static final int DEEP = 100_000;

    enum HostileMarkup {
        NESTED_BLOCKS(() -> "<div>".repeat(DEEP)),
        NESTED_FORMATTING(() -> "<b>".repeat(DEEP)),
        FORMATTING_ACROSS_BLOCKS(() -> "<font><p>".repeat(DEEP)),
        MISNESTED(() -> "<b><i><p></b>".repeat(DEEP / 4)),
        NESTED_TABLES(() -> "<table><tr><td>".repeat(DEEP / 4)),
        FOSTERED_TEXT(() -> "<table>" + "x<tr>".repeat(DEEP)),
        NESTED_LINKS(() -> "<a href=/x>".repeat(DEEP)),
        NESTED_LISTS(() -> "<ul><li>".repeat(DEEP)),
        NESTED_DRAWING(() -> "<svg>" + "<g>".repeat(DEEP)),
        NESTED_TEMPLATES(() -> "<template>".repeat(DEEP / 4)),
        NESTED_DATA(() -> "<script type='application/ld+json'>" + "[".repeat(DEEP) + "</script>"),
        UNCLOSED_COMMENT(() -> "<!--" + "-".repeat(1 << 20)),
        UNCLOSED_SCRIPT(() -> "<script>" + "<!--<script>".repeat(DEEP)),
        UNCLOSED_TITLE(() -> "<title>" + "x ".repeat(1 << 19)),
        MANY_ATTRIBUTES(() -> {
            StringBuilder tag = new StringBuilder("<div");
            for (int i = 0; i < DEEP; i++) {
                tag.append(" a").append(Integer.toString(i, 36));
            }
            return tag + ">";
        }),
        MANY_CLASSES(() -> "<div class='" + "pay-1 ".repeat(1 << 17) + "'>"),
        LONG_ADDRESS(() -> "<a href='/" + "a/../".repeat(1 << 17) + "'>x</a>"),
        MANY_ADDRESSES(() -> "<a href=?x>x</a>".repeat(DEEP)),
        AMPERSANDS(() -> "&".repeat(1 << 20)),
        BRACKETS(() -> "<".repeat(1 << 20)),
        END_TAGS(() -> "</p>".repeat(DEEP));

        private final Supplier<String> markup;

        HostileMarkup(Supplier<String> markup) {
            this.markup = markup;
        }
    }

    @ParameterizedTest
    @EnumSource(HostileMarkup.class)
    @Timeout(120)
    void extractsHostileHtmlInBoundedTime(HostileMarkup hostile) throws Exception {
        String page = hostile.markup.get() + "<p>We accept cards.";
        Executor crawler = task -> Thread.ofVirtual().start(task);

        Extraction read = CompletableFuture.supplyAsync(
                        () -> PageExtractor.extractOrThrow(TestCaptures.html(page)), crawler)
                .get(100, TimeUnit.SECONDS);

        assertThat(read.links()).hasSizeLessThan(10_001);
        assertThat(read.text().passages()).hasSizeLessThan(100_000);
    }

    /** A long base URL makes each short link of a small page long. */
    @ParameterizedTest
    @ValueSource(ints = {300, 1_900, 4_000})
    void boundsTotalLengthOfLinks(int length) {
        StringBuilder page = new StringBuilder("<base href='https://shop.example/" + "\u00e9".repeat(length) + "/'>");
        for (int i = 0; i < 20_000; i++) {
            page.append("<a href=").append(i).append('>');
        }
        assertThat(PageExtractor.extractOrThrow(TestCaptures.html(page.toString())).links().stream()
                        .mapToLong(link -> link.url().toString().length())
                        .sum())
                .isLessThan((1 << 20) + Link.MAX_URL_LENGTH);
    }

    @ParameterizedTest
    @EnumSource(HostileMarkup.class)
    @Timeout(120)
    void extractsHostileXmlInBoundedTime(HostileMarkup hostile) throws Exception {
        String page = "<rss>" + hostile.markup.get();
        Executor crawler = task -> Thread.ofVirtual().start(task);

        Extraction read = CompletableFuture.supplyAsync(
                        () -> PageExtractor.extractOrThrow(TestCaptures.of(
                                "https://shop.example/feed", "application/rss+xml", java.util.Map.of(), page)),
                        crawler)
                .get(100, TimeUnit.SECONDS);

        assertThat(read.links()).isEmpty();
    }
}
