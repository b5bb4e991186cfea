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
import org.markwatch.crawl.content.InlineData;

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

    /** No document of a data URI is a page of the site (RFC 6454 section 4: its origin is unique). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<iframe src=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src='data:text/html,<a href=\"https://shop.example/in\">x</a>'></iframe>",
                "<iframe src=data:text/html,<a/href=https://shop.example/in>x</a>></iframe>",
                "<iframe src=\"data:text/html,Hello <a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:text/html;charset=utf-8,%3Ca%20href='https://shop.example/in'%3Ex%3C/a%3E\"></iframe>",
                "<iframe src=\"data:text/html,&lt;a href='https://shop.example/in'&gt;x&lt;/a&gt;\"></iframe>",
                "<iframe src=\"data:text/html,&lt;a href=&quot;https://shop.example/in&quot;&gt;x&lt;/a&gt;\"></iframe>",
                "<a href=\"data:text/html,<a href='https://shop.example/in'>x</a>\">y</a>",
                "<a href='data:text/html,<a href=\"https://shop.example/in\">x</a>'>y</a>",
                "<object data=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></object>",
                "<embed src=\"data:text/html,<a href='https://shop.example/in'>x</a>\">",
                "<script>location = \"data:text/html,<a href='https://shop.example/in'>x</a>\"</script>",
                "<script>open('data:text/html,<a href=\\\"https://shop.example/in\\\">x</a>')</script>",
                "<meta http-equiv=refresh content=\"0;url=data:text/html,<a href='https://shop.example/in'>x</a>\">",
                "<meta http-equiv=refresh content=\"0;url=data:text/html,<meta http-equiv=refresh content='0;url=https://shop.example/in'>\">",
                "<iframe srcdoc=\"<iframe src='data:text/html,<a href=https://shop.example/in>x</a>'></iframe>\"></iframe>",
                "<iframe src=\"data:text/html,<p>a</p><a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:text/html,\n<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:text/html;base64,PGEgaHJlZj0naHR0cHM6Ly9zaG9wLmV4YW1wbGUvaW4nPng8L2E+\"></iframe>",
                "<iframe src=\"data:,<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:text/html,<base href='https://shop.example/'><a href='in'>x</a>\"></iframe>",
                "<link rel=canonical href=\"data:text/html,<a href='https://shop.example/in'>x</a>\">",
                "<area href=\"data:text/html,<a href='https://shop.example/in'>x</a>\">",
                "<form action=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></form>",
                "<div data-src=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></div>",
                "<style>@import url(data:text/html,<a href=https://shop.example/in>x</a>);</style>",
                "<noscript><iframe src=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></iframe></noscript>",
                "<template><iframe src=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></iframe></template>",
                "<iframe src=\"DATA:text/html,<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\" data:text/html,<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:application/xhtml+xml,<html xmlns='http://www.w3.org/1999/xhtml'><a href='https://shop.example/in'>x</a></html>\"></iframe>",
                "<iframe src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><a href='https://shop.example/in'>x</a></svg>\"></iframe>",
                "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><a href='https://shop.example/in'>x</a></svg>\">",
                "<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"https://shop.example/in\">x</a></svg>'>",
                "<iframe src=data:text/html,<a&#32;href=https://shop.example/in>x</a>></iframe>",
                "<script>f.src = \"data:text/html,\" + \"<a href='https://shop.example/in'>x</a>\"</script>",
                "<script>f.src = 'data:text/html,' + encodeURIComponent('<a href=\"https://shop.example/in\">x</a>')</script>",
                "<script>f.src = `data:text/html,<a href='https://shop.example/in'>x</a>`</script>",
                "<script>f.src = `data:text/html,${encodeURIComponent(`<a href='https://shop.example/in'>x</a>`)}`</script>",
                "<script>document.write('<iframe src=\"data:text/html,<a href=https://shop.example/in>x</a>\"></iframe>')</script>",
                "<script>document.write(\"<iframe src='data:text/html,<a href=\\\"https://shop.example/in\\\">x</a>'></iframe>\")</script>",
                "<script>f.innerHTML = '<iframe src=\"data:text/html,&lt;a href=https://shop.example/in&gt;x&lt;/a&gt;\"></iframe>'</script>",
                "<script>var u = {src: 'data:text/html,<a href=\"https://shop.example/in\">x</a> and some more prose'}</script>",
                "<script type=application/json>{\"src\": \"data:text/html,<a href='https://shop.example/in'>x</a>\"}</script>",
                "<script type=application/ld+json>{\"@type\":\"WebPage\",\"url\": \"data:text/html,<a href='https://shop.example/in'>x</a>\"}</script>",
                "<frameset><frame src=\"data:text/html,<a href='https://shop.example/in'>x</a>\"></frameset>",
                "<iframe src=\"data:text/html,<a href='https://shop.example/in'>x</a></svg>\"></iframe>",
                "<iframe src=\"data:text/html,<a href='https://shop.example/in'>\"></iframe>",
                "<iframe src='data:text/html,<script>document.write(\"<a href=https://shop.example/in>x</a>\")</script>'></iframe>",
                "<iframe src=\"data:text/html;charset='utf-8',<a href='https://shop.example/in'>x</a>\"></iframe>",
                "<iframe src=\"data:text/html;charset=utf-8;x,<a href=https://shop.example/in>x</a>\"></iframe>",
                "<iframe src=\"data:text/html,<!--\"></iframe><p>-->",
                "<iframe src=data:text/html,<a&#9;href='https://shop.example/in'>x</a></iframe>",
            })
    void followsNoLinkInADocumentOfADataUri(String markup) {
        assertThat(PageExtractor.extractOrThrow(
                                TestCaptures.html(InlineData.cutOut("<title>t</title>" + markup + "<p>after")))
                        .links())
                .isEmpty();
    }
}
