package org.markwatch.demo;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoWebTest {
    private static final Pattern HREF = Pattern.compile("<a\\b[^>]*\\bhref\\s*=\\s*[\"']?([^\"'\\s>]+)");
    private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@([\\w-]+\\.)+[a-z]{2,}");
    private static final Pattern TELEPHONE = Pattern.compile("\\+\\d[\\d ()-]{7,}|\\(0\\d+\\)|\\btel:");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private DemoWeb web;

    @BeforeEach
    void start() throws IOException {
        web = DemoWeb.start(Duration.ZERO);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void servesEachSiteUnderItsHostName() throws IOException {
        assertThat(text("http://velvet-membership.example/")).contains("Velvet Pattern Library");
        assertThat(text("http://fee-gazette.example/")).contains("Fee Gazette");
        assertThat(RawResponse.get(web, "http://not-in-the-demo.example/").status())
                .isEqualTo(421);
    }

    @Test
    void resolvesHostsToLoopbackAndOneToPrivateAddress() {
        Map<String, String> resolve = web.resolve();
        assertThat(resolve.keySet()).hasSizeGreaterThan(18).allMatch(host -> host.endsWith(".example"));
        assertThat(resolve).containsEntry("office-printer.example", "10.0.0.1");
        resolve.remove("office-printer.example");
        assertThat(resolve.values()).allMatch(address -> address.matches("127\\.0\\.0\\.1:\\d+"));
    }

    @Test
    void logsRequestsInOrder() throws IOException {
        RawResponse.get(web, "http://velvet-membership.example/robots.txt");
        RawResponse.get(web, "http://velvet-membership.example/plans.html?from=test");
        RawResponse.get(web, "http://velvet-membership.example/img/pay/visa.png");

        assertThat(web.requests().trace())
                .extracting(Request::kind, Request::path, Request::accept, Request::userAgent)
                .containsExactly(
                        tuple(Request.ResourceKind.ROBOTS, "/robots.txt", "text/html", "test"),
                        tuple(Request.ResourceKind.PAGE, "/plans.html?from=test", "text/html", "test"),
                        tuple(Request.ResourceKind.PICTURE, "/img/pay/visa.png", "text/html", "test"));
        assertThat(web.requests().count(Request.ResourceKind.PICTURE)).isOne();
        assertThat(web.requests().count("velvet-membership.example", "/robots.txt"))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "/img/visa.svg,PICTURE",
        "/img/by-name.PNG?size=large,PICTURE",
        "/media/8f3a1c,PICTURE",
        "/favicon.ico,PICTURE",
        "/video/how-to-hang.mp4,VIDEO",
        "/fonts/lantern.woff2,FONT",
        "/css/base.css,STYLE",
        "/js/shop.min.js,SCRIPT",
        "/robots.txt,ROBOTS",
        "/month?of=2026-01,PAGE",
        "/,PAGE"
    })
    void derivesResourceKindFromPath(String path, Request.ResourceKind kind) {
        assertThat(Request.ResourceKind.of(path)).isEqualTo(kind);
    }

    @Test
    void servesEveryExpectedPage() throws IOException {
        for (Expectation expected : Expectation.readAll()) {
            if (expected.disposition().equals("fetched")) {
                RawResponse reply = RawResponse.send(web.resolve(), "GET", expected.url(), 1024);
                RawResponse retried =
                        reply.status() == 503 ? RawResponse.send(web.resolve(), "GET", expected.url(), 1024) : reply;
                assertThat(retried.status()).as("%s", expected.url()).isIn(200, 301, 302);
                assertThat(retried.header("content-type"))
                        .as("%s", expected.url())
                        .matches("(text/html.*|application/rss\\+xml)?");
            }
        }
    }

    @Test
    void hasExpectationForEveryFile() throws IOException, URISyntaxException {
        Set<String> expected = Expectation.readAll().stream()
                .map(expectation -> expectation.host() + file(expectation.path()))
                .collect(toSet());
        // Files that must not be fetched, and robots.txt files.
        Set<String> exempt = Set.of(
                "closed-today.example/hours.html",
                "reading-room.example/robots.txt",
                "slow-boat.example/robots.txt",
                "old-addresses.example/new-home.html");
        assertThat(files())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(expected.contains(file) || exempt.contains(file))
                        .as(file)
                        .isTrue());
    }

    @Test
    void expectationsHaveAllowedValues() {
        assertThat(Expectation.readAll()).doesNotHaveDuplicates().allSatisfy(expectation -> {
            assertThat(expectation.disposition())
                    .isIn("fetched", "redirected", "refused", "disallowed", "failed", "never");
            assertThat(expectation.verdict())
                    .isIn(
                            expectation.disposition().equals("fetched")
                                    ? Set.of("flagged", "quiet", "suppressed")
                                    : Set.of(""));
            assertThat(expectation.kind().isEmpty())
                    .isEqualTo(!expectation.disposition().equals("refused"));
            assertThat(expectation.purpose()).isNotBlank();
        });
    }

    @Test
    void hasNoBrokenLink() throws IOException, URISyntaxException {
        for (String file : files()) {
            if (!file.endsWith(".html")) {
                continue;
            }
            URI page = URI.create("http://" + file.replaceFirst("/index\\.html$", "/"));
            for (String href : hrefs(source(file))) {
                URI target = page.resolve(href.replace("&amp;", "&"));
                if ("http".equals(target.getScheme())
                        && target.getHost().endsWith(".example")
                        && !target.getPath().equals("/gone.html")) {
                    assertThat(RawResponse.send(web.resolve(), "GET", target, 64)
                                    .status())
                            .as("%s → %s", page, target)
                            .isNotIn(404, 421);
                }
            }
        }
    }

    @Test
    void servesPicturesWithWrongMediaTypes() throws IOException {
        RawResponse html = RawResponse.get(web, "http://photo-notes.example/notes/called-a-page");
        assertThat(html.header("content-type")).startsWith("text/html");
        assertThat(Arrays.copyOf(html.body(), PNG.length)).isEqualTo(PNG);
        assertThat(html.body()).hasSizeGreaterThan(65_536);

        RawResponse plain = RawResponse.get(web, "http://photo-notes.example/notes/called-plain-text");
        assertThat(plain.header("content-type")).isEqualTo("text/plain");
        assertThat(Arrays.copyOf(plain.body(), 3)).isEqualTo(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});

        assertThat(RawResponse.get(web, "http://photo-notes.example/notes/called-nothing")
                        .headers())
                .doesNotContainKey("content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "http://photo-notes.example/notes/moved,/media/moved.png",
        "http://old-addresses.example/moved-twice,/moved",
        "http://old-addresses.example/round,/round-again",
        "http://old-addresses.example/round-again,/round",
        "http://old-addresses.example/intranet,http://10.0.0.1/",
        "http://old-addresses.example/elsewhere,http://fee-gazette.example/"
    })
    void redirects(String from, String to) throws IOException {
        RawResponse reply = RawResponse.get(web, from);
        assertThat(reply.status()).isBetween(301, 302);
        assertThat(reply.header("location")).isEqualTo(to);
    }

    @Test
    void servesPageWithDataUrls() throws IOException {
        assertThat(text("http://photo-notes.example/inline.html"))
                .contains(
                        "src=\"data:image/png;base64,",
                        "src='data:image/svg+xml",
                        "url(data:image/png",
                        "href=\"data:");
    }

    @ParameterizedTest
    @CsvSource({
        "http://lingua-bazaar.example/ja/,Shift_JIS,お支払い方法",
        "http://lingua-bazaar.example/th/,windows-874,เรารับบัตรเครดิต",
        "http://lingua-bazaar.example/zh/,GB18030,我们接受信用卡付款",
        "http://lingua-bazaar.example/es/,windows-1252,Suscripción mensual: 19"
    })
    void servesPagesInDeclaredCharset(String url, String charset, String words) throws IOException {
        RawResponse reply = RawResponse.get(web, url);
        assertThat(reply.header("content-type")).isEqualTo("text/html");
        assertThat(new String(reply.body(), Charset.forName(charset))).contains(words);
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).doesNotContain(words + "\n");
    }

    @Test
    void declaredCharsetsEncodeEveryCharacter() throws IOException, URISyntaxException {
        for (String file : files()) {
            if (file.startsWith("lingua-bazaar.example/")) {
                String page = source(file);
                MatchResult charset = Pattern.compile("charset=\"?([\\w-]+)")
                        .matcher(page)
                        .results()
                        .findFirst()
                        .orElseThrow();
                Charset named = Charset.forName(charset.group(1));
                assertThat(new String(page.getBytes(named), named)).as(file).isEqualTo(page);
            }
        }
    }

    @Test
    void busyHostRespondsWith503Once() throws IOException {
        RawResponse first = RawResponse.get(web, "http://busy-counter.example/");
        assertThat(first.status()).isEqualTo(503);
        assertThat(first.header("retry-after")).isEqualTo("0");
        assertThat(RawResponse.get(web, "http://busy-counter.example/").status())
                .isEqualTo(200);
    }

    @Test
    void closedHostFailsToServeRobots() throws IOException {
        assertThat(RawResponse.get(web, "http://closed-today.example/robots.txt")
                        .status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://deep-well.example/endless", "http://deep-well.example/bomb"})
    void servesEndlessBodies(String url) throws IOException {
        int enough = 200_000;
        assertThat(RawResponse.send(web.resolve(), "GET", URI.create(url), enough)
                        .body())
                .hasSize(enough);
    }

    @Test
    void servesEndlessCalendar() throws IOException {
        assertThat(text("http://fair-calendar.example/month?of=2999-12")).contains("/month?of=3000-01");
        assertThat(RawResponse.get(web, "http://fair-calendar.example/month?of=never")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void refusesPost() throws IOException {
        RawResponse reply = RawResponse.send(
                web.resolve(), "POST", URI.create("http://velvet-membership.example/join"), Integer.MAX_VALUE);
        assertThat(reply.status()).isEqualTo(405);
    }

    @Test
    void servesNoFileOutsideItsSites() throws IOException {
        assertThat(RawResponse.get(web, "http://velvet-membership.example/../expected.tsv")
                        .status())
                .isEqualTo(404);
        assertThat(RawResponse.get(web, "http://velvet-membership.example/patterns")
                        .status())
                .isEqualTo(404);
        assertThat(RawResponse.get(web, "http://velvet-membership.example//etc/hostname")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void containsNoRealContactDetails() throws IOException, URISyntaxException {
        for (String file : files()) {
            String page = source(file);
            assertThat(MAIL.matcher(page).results().map(MatchResult::group))
                    .as(file)
                    .allMatch(mail -> mail.endsWith(".example") || mail.endsWith("2x.png"));
            assertThat(TELEPHONE.matcher(page).find()).as(file).isFalse();
        }
    }

    private String text(String url) throws IOException {
        RawResponse reply = RawResponse.get(web, url);
        assertThat(reply.status()).isEqualTo(200);
        return new String(reply.body(), StandardCharsets.UTF_8);
    }

    private static String file(String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return plain.endsWith("/") ? plain + "index.html" : plain.contains(".") ? plain : plain + ".html";
    }

    private static List<String> hrefs(String page) {
        return HREF.matcher(page).results().map(found -> found.group(1)).toList();
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(DemoWeb.class.getResource("/demo/")).toURI());
    }

    /** Returns {@code HOST/path} of every page and robots.txt. */
    private static List<String> files() throws IOException, URISyntaxException {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.equals("expected.tsv"))
                    .toList();
        }
    }

    private static String source(String file) throws IOException, URISyntaxException {
        return Files.readString(folder().resolve(file));
    }
}
