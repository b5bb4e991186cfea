package org.markwatch.crawl.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;

/** Request and response headers. */
@Timeout(60)
class HttpHeadersTest {
    private final WireMockServer web =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final TestFetcher fetching;

    HttpHeadersTest() throws GeneralSecurityException {
        fetching = new TestFetcher(Duration.ofSeconds(20));
    }

    @BeforeEach
    void start() {
        web.start();
    }

    @AfterEach
    void stop() {
        fetching.close();
        web.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "image/png, IMAGE",
        "IMAGE/SVG+XML, IMAGE",
        "video/mp4, VIDEO",
        "application/vnd.apple.mpegurl, VIDEO",
        "audio/mpeg, AUDIO",
        "font/woff2, FONT",
        "application/zip, ARCHIVE",
        "application/octet-stream, ARCHIVE",
        "text/javascript, SCRIPT",
        "text/css, STYLE",
        "application/pdf, DOCUMENT",
        "application/json, OTHER_TYPE",
        "multipart/x-mixed-replace, OTHER_TYPE"
    })
    void refusesMediaTypeThatIsNotText(String type, Disposition.RefusalKind kind) {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", type).withBody("<p>text</p>")));
        assertThat(ended("/page")).isInstanceOfSatisfying(Disposition.Refused.class, refused -> {
            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.bytes()).isZero();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/rss+xml | <?xml version='1.0'?><!-- x --><rss version='2.0'> | application/rss+xml",
                "text/xml | <rdf:RDF xmlns='http://purl.org/rss/1.0/'> | application/rss+xml",
                "application/xml; charset=utf-8 | <feed xmlns='http://www.w3.org/2005/Atom'> | application/atom+xml",
                "text/html | <rss version='2.0'> | application/rss+xml",
                "application/xml | <urlset> | application/xml",
                "text/plain | <rss version='2.0'> | text/plain",
                "text/html | <p>&lt;rss> is a format | text/html",
            })
    void acceptsFeedsAndSitemaps(String type, String body, String kept) {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", type).withBody(body)));
        assertThat(ended("/page"))
                .isInstanceOfSatisfying(
                        Disposition.Fetched.class,
                        captured -> assertThat(captured.capture().contentType()).isEqualTo(kept));
    }

    @ParameterizedTest
    @CsvSource({
        "text/xml, <invoice/>, OTHER_TYPE",
        "application/xml, <svg/>, IMAGE",
        "application/rss+xml, {}, OTHER_TYPE"
    })
    void refusesOtherXml(String type, String body, Disposition.RefusalKind kind) {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", type).withBody(body)));
        assertThat(ended("/page"))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, text/html",
        "Text/HTML;charset=utf-8, text/html",
        "application/xhtml+xml, application/xhtml+xml",
        "text/plain, text/plain"
    })
    void acceptsText(String type, String kept) {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", type).withBody("<p>text</p>")));
        assertThat(ended("/page"))
                .isInstanceOfSatisfying(
                        Disposition.Fetched.class,
                        captured -> assertThat(captured.capture().contentType()).isEqualTo(kept));
    }

    @Test
    void keepsCookieNamesWithoutValues() {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/html")
                        .withHeader("Set-Cookie", "cart=s3cret; Path=/", "session=t0ken; HttpOnly")
                        .withBody("<p>text</p>")));
        assertThat(ended("/page")).isInstanceOfSatisfying(Disposition.Fetched.class, captured -> {
            assertThat(captured.capture().headers()).containsEntry("set-cookie", "cart session");
            assertThat(captured.capture().toString()).doesNotContain("s3cret", "t0ken");
        });
    }

    @Test
    void refusesResponseWithTwoTypesIfOneIsPicture() {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse()
                        .withHeader("Content-Type", "text/html", "image/gif")
                        .withBody("<p>text</p>")));
        assertThat(ended("/page")).isInstanceOf(Disposition.Refused.class);
    }

    @Test
    void sendsUserAgentContactAndAccept() {
        web.stubFor(any(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", "text/plain").withBody("ok")));
        ended("/page?a=1");
        web.verify(getRequestedFor(urlEqualTo("/page?a=1"))
                .withHeader("User-Agent", equalTo("markwatch/test (+abuse@shop.example)"))
                .withHeader("From", equalTo("abuse@shop.example"))
                .withHeader("Accept", equalTo("text/html, application/xhtml+xml, text/plain;q=0.8"))
                .withHeader("Accept-Encoding", equalTo("gzip, deflate")));
    }

    @Test
    void returnsRetryAfterOfBusyHost() {
        web.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503).withHeader("Retry-After", "7")));
        assertThat(fetching.fetch(url("/page"))).isInstanceOfSatisfying(ExchangeResult.Retryable.class, later -> {
            assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(7));
            assertThat(later.failure().status()).isEqualTo(503);
        });
    }

    @Test
    void failsOnMissingPage() {
        web.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(404).withBody("not here")));
        assertThat(ended("/page")).isInstanceOfSatisfying(Disposition.Failed.class, failed -> {
            assertThat(failed.status()).isEqualTo(404);
            assertThat(failed.cause()).isEqualTo("http-status");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/other, Moved",
        "/page, redirect",
        "https://elsewhere.example/, SCOPE",
        "ftp://127.0.0.1/, SCOPE",
        "http://127.0.0.1:9/, SCOPE",
        "/logo.png, IMAGE",
        "/intro.mp4, VIDEO",
        "data:text/html;base64;eA==, SCOPE"
    })
    void followsOrRefusesRedirects(String location, String outcome) {
        web.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(301).withHeader("Location", location)));
        ExchangeResult answer = fetching.fetch(url("/page"));
        String actual = switch (answer) {
            case ExchangeResult.Redirect moved -> "Moved";
            case ExchangeResult.Completed(Disposition.Refused refused) ->
                refused.kind().name();
            case ExchangeResult.Completed(Disposition.Failed failed) -> failed.cause();
            default -> answer.toString();
        };
        assertThat(actual).isEqualTo(outcome);
    }

    @Test
    void followsNoMoreThanFiveRedirects() {
        web.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/next")));
        FrontierUrl visit = TestFetcher.visit(url("/0"));
        for (int hop = 1; hop <= TextOnlyFetcher.MAX_REDIRECTS; hop++) {
            visit.addRedirect(url("/" + hop));
        }
        assertThat(fetching.fetch(visit))
                .isInstanceOfSatisfying(
                        ExchangeResult.Completed.class,
                        ended -> assertThat(ended.disposition())
                                .isInstanceOfSatisfying(
                                        Disposition.Failed.class,
                                        failed -> assertThat(failed.cause()).isEqualTo("redirect")));
    }

    @Test
    void connectsToConfiguredAddress() throws Exception {
        web.stubFor(get(anyUrl())
                .willReturn(aResponse().withHeader("Content-Type", "text/html").withBody("<p>shop</p>")));
        String target = "127.0.0.1:" + web.port();
        try (TestFetcher resolved =
                new TestFetcher(Duration.ofSeconds(20), List.of("127.0.0.0/8"), Map.of("shop.example", target))) {
            assertThat(resolved.fetch(HttpUrl.of("http://shop.example/")))
                    .isInstanceOfSatisfying(
                            ExchangeResult.Completed.class,
                            ended -> assertThat(ended.disposition()).isInstanceOf(Disposition.Fetched.class));
        }
        web.verify(getRequestedFor(urlEqualTo("/")).withHeader("Host", equalTo("shop.example")));
    }

    @Test
    void sendsNothingOverAConnectionThatOpensAfterTheEndOfTheLease() throws Exception {
        AtomicReference<TestFetcher> late = new AtomicReference<>();
        DnsResolver slow = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                late.get().forbid(); // as if the process were suspended here
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (TestFetcher fetcher = new TestFetcher(Duration.ofSeconds(20), List.of("127.0.0.0/8"), Map.of(), slow)) {
            late.set(fetcher);
            fetcher.fetch(HttpUrl.of("http://shop.example:" + web.port() + "/"));
            assertThat(fetcher.cancelled()).as("nothing is recorded").isTrue();
        }
        assertThat(web.getAllServeEvents()).isEmpty();
    }

    @Test
    void neverRequestsUrlWithMediaExtension() {
        assertThat(ended("/photo.webp"))
                .isInstanceOfSatisfying(
                        Disposition.Refused.class,
                        refused -> assertThat(refused.status()).isZero());
        assertThat(web.getAllServeEvents()).isEmpty();
        assertThat(fetching.drainCounters()).isEmpty();
    }

    private Disposition ended(String path) {
        ExchangeResult answer = fetching.fetch(url(path));
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        return ((ExchangeResult.Completed) answer).disposition();
    }

    private HttpUrl url(String path) {
        return HttpUrl.of(web.baseUrl().replace("localhost", "127.0.0.1") + path);
    }
}
