package org.markwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticWebTest {
    private static final Pattern HREF = Pattern.compile("<a href=\"([^\"]+)\"");
    private static final SyntheticWeb.Plan PLAN = new SyntheticWeb.Plan(3, 40, 2000, 7);

    @Test
    void linksEveryPageFromSeeds() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            assertThat(crawl(web).keySet())
                    .containsExactlyInAnyOrderElementsOf(web.pages().toList())
                    .hasSize(120);
        }
    }

    @Test
    void generatesSamePagesFromSamePlan() throws IOException {
        try (SyntheticWeb one = SyntheticWeb.start(PLAN);
                SyntheticWeb other = SyntheticWeb.start(PLAN);
                SyntheticWeb reseeded = SyntheticWeb.start(new SyntheticWeb.Plan(3, 40, 2000, 8))) {
            assertThat(crawl(one)).isEqualTo(crawl(other)).isNotEqualTo(crawl(reseeded));
        }
    }

    @Test
    void generatesNoPageTwice() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            assertThat(crawl(web).values()).doesNotHaveDuplicates();
        }
    }

    @Test
    void listsItsMarkedPages() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            assertThat(crawl(web).entrySet().stream()
                            .filter(page -> page.getValue().contains("We accept"))
                            .map(Map.Entry::getKey))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(web.markedPages().toList());
        }
    }

    @Test
    void generatesPagesOfMedianSize() throws IOException {
        SyntheticWeb.Plan large = new SyntheticWeb.Plan(1, 200, 40_000, 7);
        try (SyntheticWeb web = SyntheticWeb.start(large)) {
            int[] sizes = crawl(web).values().stream()
                    .mapToInt(String::length)
                    .sorted()
                    .toArray();
            assertThat(sizes[sizes.length / 2]).isBetween(30_000, 55_000);
            assertThat(sizes[sizes.length - 1]).isGreaterThan(90_000);
        }
    }

    @Test
    void generatesThreeFifthsOfMarkup() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(1, 50, 40_000, 7))) {
            Collection<String> pages = crawl(web).values();
            double text = pages.stream()
                    .mapToInt(page -> Jsoup.parse(page).text().length())
                    .sum();
            assertThat(text / pages.stream().mapToInt(String::length).sum()).isBetween(0.37, 0.41);
        }
    }

    @Test
    void respondsNotModifiedToCurrentEntityTag() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            URI url = URI.create(web.seeds().getFirst());
            String tag = get(web, url.toString()).header("etag");
            RawResponse again =
                    RawResponse.send(web.resolve(), "GET", url, Integer.MAX_VALUE, "If-None-Match: " + tag + "\r\n");

            assertThat(tag).matches("\"[0-9a-f-]+\"");
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(RawResponse.send(web.resolve(), "GET", url, 10, "If-None-Match: \"other\"\r\n")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void compressesPagesForClientsThatAcceptGzip() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            String url = web.seeds().getFirst();
            RawResponse packed = RawResponse.send(
                    web.resolve(), "GET", URI.create(url), Integer.MAX_VALUE, "Accept-Encoding: gzip\r\n");

            assertThat(packed.header("content-encoding")).isEqualTo("gzip");
            assertThat(get(web, url).body()).isEqualTo(web.page(URI.create(url)));
            assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
                    .isEqualTo(get(web, url).body());
        }
    }

    @Test
    void respondsNotFoundOutsideItsPlan() throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            for (String path :
                    new String[] {"/articles/40.html", "/articles/999999999.html", "/img/banner.png", "/robots.txt"}) {
                assertThat(get(web, "http://site-0000.example" + path).status()).isEqualTo(404);
            }
            assertThat(get(web, "http://site-0003.example/").status()).isEqualTo(404);
        }
        assertThatThrownBy(() -> new SyntheticWeb.Plan(0, 1, 1, 1)).hasMessageContaining("hosts=0");
    }

    @Test
    void writesJobConfig(@TempDir Path folder) throws IOException {
        try (SyntheticWeb web = SyntheticWeb.start(PLAN)) {
            SyntheticWebMain.writeConfig(web, PLAN, folder, "it's/rules");

            String address = web.resolve().values().iterator().next();
            assertThat(folder.resolve("seeds.csv"))
                    .hasContent(
                            "url\nhttp://site-0000.example/\nhttp://site-0001.example/\nhttp://site-0002.example/\n");
            assertThat(folder.resolve("markwatch.yaml"))
                    .content()
                    .contains("rules-from: 'it''s/rules'", "    site-0002.example: " + address);
            assertThat(Files.readAllLines(folder.resolve("marked.txt")))
                    .containsExactlyElementsOf(web.markedPages().toList());
            assertThat(address).endsWith(":" + Files.readString(folder.resolve("port")));
        }
    }

    private static Map<String, String> crawl(SyntheticWeb web) throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        Deque<String> open = new ArrayDeque<>(web.seeds());
        while (!open.isEmpty()) {
            String url = open.remove();
            if (pages.containsKey(url)) {
                continue;
            }
            RawResponse reply = get(web, url);
            assertThat(reply.status()).as(url).isEqualTo(200);
            String page = new String(reply.body(), StandardCharsets.UTF_8);
            pages.put(url, page);
            HREF.matcher(page)
                    .results()
                    .forEach(link ->
                            open.add(URI.create(url).resolve(link.group(1)).toString()));
        }
        return pages;
    }

    private static RawResponse get(SyntheticWeb web, String url) throws IOException {
        return RawResponse.send(web.resolve(), "GET", URI.create(url), Integer.MAX_VALUE);
    }
}
