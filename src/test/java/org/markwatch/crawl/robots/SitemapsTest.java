package org.markwatch.crawl.robots;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.url.HttpUrl;

@Timeout(20)
class SitemapsTest {
    private static final String NAMESPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'";

    private static final String HOST = "https://shop.example";

    private final Sitemaps sitemaps = new Sitemaps();

    @Test
    void skipsImagesAndVideos() {
        parse("<?xml version='1.0'?><urlset " + NAMESPACE
                + " xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
                + " xmlns:video='http://www.google.com/schemas/sitemap-video/1.1'>"
                + "<url><loc> https://shop.example/a?x=1&amp;y=2 </loc>"
                + "<image:image><image:loc>https://shop.example/pictures/1</image:loc></image:image>"
                + "<video:video><video:content_loc>https://shop.example/films/1</video:content_loc></video:video></url>"
                + "<url><loc>https://shop.example/pricing</loc></url></urlset>");

        assertThat(sitemaps.links())
                .extracting(link -> link.url().toString())
                .containsExactly("https://shop.example/pricing", "https://shop.example/a?x=1&y=2");
    }

    @Test
    void parsesPlainText() {
        parse("\ufeffhttps://shop.example/a\nno url\nhttps://shop.example/b\n");

        assertThat(sitemaps.links()).hasSize(2);
    }

    @Test
    void keepsUrlsBeforeTheError() {
        parse("<urlset " + NAMESPACE + "><url><loc>https://shop.example/a</loc></url><url><loc>https://shop.exa");

        assertThat(sitemaps.links()).hasSize(1);
    }

    @Test
    void readsBeyondControlCharacters() {
        parse("<url\0set " + NAMESPACE + "><url><loc>https://shop.example/\0a</loc></url>\u0001<url>"
                + "<loc>https://shop.example/b</loc></url></urlset>");

        assertThat(sitemaps.links()).extracting(link -> link.url().path()).containsExactly("/a", "/b");
    }

    @Test
    void expandsNoEntities() {
        parse("<!DOCTYPE urlset [<!ENTITY a 'https://shop.example/'><!ENTITY f SYSTEM 'file:///etc/hostname'>]><urlset "
                + NAMESPACE + "><url><loc>&a;&f;</loc></url></urlset>");

        assertThat(sitemaps.links()).isEmpty();
    }

    @Test
    void returnsFileWithExtensionOfOtherContentAsLink() {
        sitemaps.add(Sitemaps.Listed.redirect(HttpUrl.of("https://shop.example/map.png")));
        sitemaps.add(Sitemaps.Listed.redirect(HttpUrl.of("https://shop.example/map.tar")));
        sitemaps.add(Sitemaps.Listed.redirect(HttpUrl.of("https://shop.example/map.xml.gz")));

        assertThat(sitemaps.next(HOST, RobotRules.ALLOW_ALL)).hasToString("https://shop.example/map.xml.gz");
        assertThat(sitemaps.next(HOST, RobotRules.ALLOW_ALL)).isNull();
        assertThat(sitemaps.links()).extracting(link -> link.url().path()).containsExactly("/map.png", "/map.tar");
    }

    @Test
    void limitsTheNumberOfUrls() {
        parse(IntStream.range(0, 2 * Sitemaps.MAX_URLS)
                .mapToObj(i -> "<url><loc>https://shop.example/" + i + "</loc></url>")
                .collect(Collectors.joining("", "<urlset " + NAMESPACE + ">", "</urlset>")));

        assertThat(sitemaps.links()).hasSize(Sitemaps.MAX_URLS);
    }

    @Test
    void limitsTheNumberOfNestedFiles() {
        int requested = 0;
        parse(index(0));
        for (HttpUrl file = sitemaps.next(HOST, RobotRules.ALLOW_ALL);
                file != null && requested <= Sitemaps.MAX_FILES;
                file = sitemaps.next(HOST, RobotRules.ALLOW_ALL)) {
            requested++;
            parse(index(requested));
        }

        assertThat(requested).isEqualTo(Sitemaps.MAX_FILES);
    }

    private static String index(int level) {
        return "<sitemapindex " + NAMESPACE + "><sitemap><loc>https://shop.example/map" + level
                + ".xml</loc></sitemap><sitemap><loc>https://elsewhere.example/map.xml</loc></sitemap></sitemapindex>";
    }

    private void parse(String file) {
        sitemaps.add(Sitemaps.parse(file.getBytes(StandardCharsets.UTF_8)));
    }
}
