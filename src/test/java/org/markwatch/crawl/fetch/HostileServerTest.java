package org.markwatch.crawl.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Signatures;
import org.markwatch.url.HttpUrl;

/** Hostile and broken responses, sent byte by byte. */
@Timeout(60)
class HostileServerTest {
    private static final byte[] PNG_HEAD = {
        (byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    private static final int LITTLE = 64 * 1024;

    @Test
    void refusesPictureByMediaTypeWithoutReadingIt() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: image/png");
            out.endless(new byte[8192]);
        })) {
            Disposition.Refused refused = refused(fetch(server, "/photo"));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
            assertThat(refused.bytes()).isZero();
            server.hungUp().get(20, TimeUnit.SECONDS);
            assertThat(server.sent()).isLessThan(16L << 20); // the buffers of the kernel
        }
    }

    @Test
    void refusesPictureDeclaredAsHtml() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes(PNG_HEAD);
            out.endless(new byte[8192]);
        })) {
            Disposition.Refused refused = refused(fetch(server, "/page"));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
            assertThat(refused.bytes()).isLessThan(LITTLE);
            server.hungUp().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusesPictureInsideGzip() throws Exception {
        byte[] body = gzip(Arrays.copyOf(PNG_HEAD, 100_000));
        try (RawServer server = new RawServer((request, out) -> {
            out.head(
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/html",
                    "Content-Encoding: gzip",
                    "Content-Length: " + body.length);
            out.bytes(body);
        })) {
            Disposition.Refused refused = refused(fetch(server, "/page"));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
            assertThat(refused.bytes()).isLessThan(LITTLE);
        }
    }

    @Test
    void refusesPictureWithoutMediaType() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK");
            out.bytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
        })) {
            assertThat(refused(fetch(server, "/page")).kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "DEFLATE", "raw deflate"})
    void cancelsEndlessCompressedPicture(String encoding) throws Exception {
        boolean zip = encoding.contains("gzip");
        try (RawServer server = new RawServer((request, out) -> {
            String named = encoding.equals("raw deflate") ? "deflate" : encoding;
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: " + named);
            OutputStream wire = out.stream();
            Deflater deflater = new Deflater(9, encoding.equals("raw deflate"));
            try (OutputStream packed = zip ? new GZIPOutputStream(wire) : new DeflaterOutputStream(wire, deflater)) {
                packed.write(PNG_HEAD);
                byte[] noise = new byte[8192];
                Random random = new Random(7);
                for (long n = 0; n < 64L << 20; n += noise.length) {
                    random.nextBytes(noise);
                    packed.write(noise);
                }
            } finally {
                deflater.end();
            }
        })) {
            Disposition.Refused refused = refused(fetch(server, "/page"));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
            assertThat(refused.bytes()).isLessThanOrEqualTo(Signatures.HEADER_BYTES);
            server.hungUp().get(20, TimeUnit.SECONDS);
            assertThat(server.sent()).isLessThan(16L << 20);
        }
    }

    @Test
    void refusesBodyCompressedTwiceOrWithoutDeclaration() throws Exception {
        byte[] once = gzip(PNG_HEAD);
        byte[] twice = gzip(once);
        try (RawServer server = new RawServer((request, out) -> {
            if (request.contains("twice")) {
                out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip");
                out.bytes(twice);
            } else {
                out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
                out.bytes(once);
            }
        })) {
            assertThat(refused(fetch(server, "/twice")).kind()).isEqualTo(Disposition.RefusalKind.ARCHIVE);
            assertThat(refused(fetch(server, "/once")).kind()).isEqualTo(Disposition.RefusalKind.ARCHIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Signatures.HEADER_BYTES, 5_000, 200_000})
    void refusesPictureAppendedToText(int textBytes) throws Exception {
        byte[] picture = new byte[40_000];
        new Random(7).nextBytes(picture);
        System.arraycopy(PNG_HEAD, 0, picture, 0, PNG_HEAD.length);
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes(
                    "<p>prices and plans".repeat(20_000).substring(0, textBytes).getBytes(US_ASCII));
            out.bytes(picture);
        })) {
            Disposition.Refused refused = refused(fetch(server, "/page"));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.OTHER_TYPE);
            assertThat(refused.bytes() - textBytes).isLessThan(2 * BinaryDetector.WINDOW_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 500, 1_500})
    void refusesPictureAfterPaddingOfZeroBytes(int zeros) throws Exception {
        byte[] picture = new byte[40_000];
        new Random(7).nextBytes(picture);
        System.arraycopy(PNG_HEAD, 0, picture, 0, PNG_HEAD.length);
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes(new byte[zeros]);
            out.bytes(picture);
        })) {
            assertThat(refused(fetch(server, "/page")).bytes()).isLessThanOrEqualTo(Signatures.HEADER_BYTES);
        }
    }

    @Test
    void readsPageWithStrayControlBytes() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes("<p>We accept V\0isa\1 here</p>".getBytes(US_ASCII));
            out.bytes(new byte[64]);
        })) {
            assertThat(captured(fetch(server, "/page")).text()).contains("We accept V\0isa\1 here");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16le", "utf-16be", "UTF-16"})
    void readsUtf16WithoutByteOrderMark(String charset) throws Exception {
        String page = "<p>Цены и оплата: мы принимаем Visa; 価格とお支払い方法</p>".repeat(100);
        Charset encoding = Charset.forName(charset.equals("UTF-16") ? "utf-16le" : charset);
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html; charset=" + charset);
            out.bytes(page.getBytes(encoding));
        })) {
            assertThat(captured(fetch(server, "/page")).text()).isEqualTo(page);
        }
    }

    @Test
    void neverRequestsPictureThatRedirectLeadsTo() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 302 Found", "Location: /banner.JPG?x=1", "Content-Length: 0");
        })) {
            assertThat(refused(fetch(server, "/page")).kind()).isEqualTo(Disposition.RefusalKind.IMAGE);
            assertThat(server.requests()).containsExactly("GET /page HTTP/1.1");
        }
    }

    @Test
    void readsTextWithoutMediaType() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK");
            out.bytes("<!doctype html><title>Prices</title>".getBytes(UTF_8));
        })) {
            Capture capture = captured(fetch(server, "/page"));
            assertThat(capture.contentType()).isEqualTo("text/html");
            assertThat(capture.text()).endsWith("<title>Prices</title>");
        }
    }

    @Test
    void truncatesEndlessBodyAtLimit() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.endless("<p>We take cards. ".repeat(500).getBytes(US_ASCII));
        })) {
            Capture capture = captured(fetch(server, "/page"));
            assertThat(capture.truncated()).isTrue();
            assertThat(capture.bytes()).isEqualTo(1 << 20);
            server.hungUp().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void timesOutOnSlowBody() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            while (!done.await(20, TimeUnit.MILLISECONDS)) {
                out.bytes("drip, faster than the slowest allowed rate".getBytes(US_ASCII));
            }
        })) {
            assertThat(failed(fetchBeyondHeaders(server)).cause()).isEqualTo("timeout");
        } finally {
            done.countDown();
        }
    }

    @Test
    void timesOutOnServerWithoutResponse() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> done.await())) {
            ExchangeResult.Retryable later = later(fetch(server, "/page", Duration.ofMillis(300)));
            assertThat(later.fault()).isEqualTo(ExchangeResult.HostFault.BUSY);
            assertThat(later.failure().cause()).isEqualTo("timeout");
        } finally {
            done.countDown();
        }
    }

    @Test
    void timesOutOnSlowHeaders() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try (RawServer server = new RawServer((request, out) -> {
            out.bytes("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            while (!done.await(20, TimeUnit.MILLISECONDS)) {
                out.bytes("X-Drip: 1\r\n".getBytes(US_ASCII));
            }
        })) {
            assertThat(later(fetch(server, "/page", Duration.ofMillis(400)))
                            .failure()
                            .cause())
                    .isEqualTo("timeout");
        } finally {
            done.countDown();
        }
    }

    @Test
    void refusesDecompressionBomb() throws Exception {
        byte[] bomb = gzip("<p>".repeat(100).getBytes(US_ASCII), 8 << 20);
        try (RawServer server = new RawServer((request, out) -> {
            out.head(
                    "HTTP/1.1 200 OK",
                    "Content-Type: text/html",
                    "Content-Encoding: gzip",
                    "Content-Length: " + bomb.length);
            out.bytes(bomb);
        })) {
            assertThat(refused(fetch(server, "/page")).kind()).isEqualTo(Disposition.RefusalKind.LIMIT);
        }
    }

    @Test
    void failsOnEndlessHeaders() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.bytes("HTTP/1.1 200 OK\r\n".getBytes(US_ASCII));
            out.endless("X-Flood: flood\r\n".repeat(100).getBytes(US_ASCII));
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isEqualTo("protocol");
            server.hungUp().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void timesOutOnEndlessInterimResponses() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.endless("HTTP/1.1 103 Early Hints\r\nLink: </a.png>; rel=preload\r\n\r\n".getBytes(US_ASCII));
        })) {
            later(fetch(server, "/page", Duration.ofMillis(500)));
            assertThat(server.requests()).hasSizeLessThanOrEqualTo(1); // none, if this machine is too slow
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5;ext=", "5\r\nhello\r\n0\r\nX-Trailer: "})
    void failsOnEndlessLineInsideChunks(String start) throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked");
            out.bytes(start.getBytes(US_ASCII));
            out.endless("a".repeat(8192).getBytes(US_ASCII));
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isEqualTo("protocol");
        }
    }

    @Test
    void failsOnEndlessTrailers() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Transfer-Encoding: chunked");
            out.bytes("5\r\nhello\r\n0\r\n".getBytes(US_ASCII));
            out.endless("X-Flood: flood\r\n".repeat(100).getBytes(US_ASCII));
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isEqualTo("protocol");
        }
    }

    @Test
    void readsNoMoreThanContentLength() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 9");
            out.bytes("<p>prices".getBytes(US_ASCII));
            out.bytes(PNG_HEAD);
        })) {
            assertThat(captured(fetch(server, "/page")).text()).isEqualTo("<p>prices");
        }
    }

    @Test
    void connectsToTheCheckedAddressOnly() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                String answer = lookups.incrementAndGet() == 1 ? "127.0.0.1" : "10.0.0.1";
                return new InetAddress[] {InetAddress.ofLiteral(answer)};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        try (RawServer server = new RawServer((request, out) -> {
                    out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close", "Content-Length: 2");
                    out.bytes("ok".getBytes(US_ASCII));
                });
                TestFetcher fetching =
                        new TestFetcher(Duration.ofSeconds(5), List.of("127.0.0.0/8"), Map.of(), rebinding)) {
            HttpUrl page = HttpUrl.of("http://rebinding.example:" + server.port() + "/");
            captured(fetching.fetch(page));
            assertThat(lookups).hasValue(1);

            assertThat(refused(fetching.fetch(page)).kind()).isEqualTo(Disposition.RefusalKind.ADDRESS);
            assertThat(fetching.fetchRobots(page.resolve("/robots.txt").orElseThrow()))
                    .isInstanceOf(RobotsFile.TargetRefused.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void followsNoRobotsRedirectToOtherPort() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
                    out.head("HTTP/1.1 301 Moved", "Location: http://127.0.0.1:6379/robots.txt", "Content-Length: 0");
                });
                TestFetcher fetching = new TestFetcher(Duration.ofSeconds(5))) {
            assertThat(fetching.fetchRobots(server.url("/robots.txt"))).isInstanceOf(RobotsFile.TargetRefused.class);
        }
    }

    @Test
    void failsOnEndlessHeaderLine() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.bytes("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(US_ASCII));
            out.endless("a".repeat(8192).getBytes(US_ASCII));
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isEqualTo("protocol");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: minus\r\n\r\nhello",
                "HTTP/7.3 200 OK\r\nContent-Type: text/html\r\n\r\nhello"
            })
    void failsWithOneLineOnBrokenHttp(String answer) throws Exception {
        try (RawServer server = new RawServer((request, out) -> out.bytes(answer.getBytes(US_ASCII)))) {
            Disposition.Failed failed = failed(fetch(server, "/page"));
            assertThat(failed.cause()).isEqualTo("protocol");
            assertThat(failed.reason()).isNotEmpty().doesNotContain("\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void failsOnBodyThatDoesNotMatchItsEncoding(String encoding) throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: " + encoding);
            out.bytes("<p>plain text all the same, and long enough to be read</p>".getBytes(US_ASCII));
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isIn("encoding", "protocol");
        }
    }

    @Test
    void failsOnUnsupportedEncoding() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: br");
            out.bytes(new byte[100]);
        })) {
            assertThat(failed(fetch(server, "/page")).cause()).isEqualTo("encoding");
        }
    }

    @Test
    void readsCompressedText() throws Exception {
        byte[] body = gzip("<p>Precios y planes: 12 € al mes</p>".getBytes(UTF_8));
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip");
            out.bytes(body);
        })) {
            assertThat(captured(fetch(server, "/page")).text()).isEqualTo("<p>Precios y planes: 12 € al mes</p>");
        }
    }

    @Test
    void readsPageWithUnknownCharset() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html; charset=klingon-7");
            out.bytes("<p>prix : 5 €</p>".getBytes(UTF_8));
        })) {
            assertThat(captured(fetch(server, "/page")).charset()).isEqualTo("UTF-8");
        }
    }

    @Test
    void failsOnResponseWithoutHeaders() throws Exception {
        try (RawServer server =
                new RawServer((request, out) -> out.bytes("<p>HTTP/0.9 had none</p>".getBytes(US_ASCII)))) {
            assertThat(later(fetch(server, "/page")).failure().cause()).isEqualTo("protocol");
        }
    }

    @Test
    void retriesConnectionClosedWithoutResponse() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {})) {
            assertThat(later(fetch(server, "/page")).fault()).isEqualTo(ExchangeResult.HostFault.TRANSIENT);
        }
    }

    @Test
    void sendsNoCookie() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
                    out.head(
                            "HTTP/1.1 200 OK",
                            "Content-Type: text/html",
                            "Set-Cookie: id=1",
                            "Connection: close",
                            "Content-Length: 2");
                    out.bytes("ok".getBytes(US_ASCII));
                });
                TestFetcher fetching = new TestFetcher(Duration.ofSeconds(20))) {
            fetching.fetch(server.url("/a"));
            fetching.fetch(server.url("/b"));
            assertThat(server.requests()).containsExactly("GET /a HTTP/1.1", "GET /b HTTP/1.1");
        }
    }

    @Test
    void connectsToNoPrivateAddressUnlessOpened() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {});
                TestFetcher fetching = new TestFetcher(Duration.ofSeconds(5), List.of(), Map.of())) {
            Disposition.Refused refused = refused(fetching.fetch(server.url("/page")));
            assertThat(refused.kind()).isEqualTo(Disposition.RefusalKind.ADDRESS);
            assertThat(refused.reason()).contains("127.0.0.1").contains("loopback");
            assertThat(server.requests()).isEmpty();
        }
    }

    private static ExchangeResult fetch(RawServer server, String path) throws Exception {
        return fetch(server, path, Duration.ofSeconds(20));
    }

    private static ExchangeResult fetch(RawServer server, String path, Duration timeout) throws Exception {
        try (TestFetcher fetching = new TestFetcher(timeout)) {
            return fetching.fetch(server.url(path));
        }
    }

    /** Doubles the time-out until the headers arrive within it, for slow machines. */
    private static ExchangeResult fetchBeyondHeaders(RawServer server) throws Exception {
        Duration timeout = Duration.ofMillis(400);
        ExchangeResult answer = fetch(server, "/page", timeout);
        while (answer instanceof ExchangeResult.Retryable) {
            timeout = timeout.multipliedBy(2);
            answer = fetch(server, "/page", timeout);
        }
        return answer;
    }

    private static Disposition.Refused refused(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        Disposition fetch = ((ExchangeResult.Completed) answer).disposition();
        assertThat(fetch).isInstanceOf(Disposition.Refused.class);
        return (Disposition.Refused) fetch;
    }

    private static Disposition.Failed failed(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        Disposition fetch = ((ExchangeResult.Completed) answer).disposition();
        assertThat(fetch).isInstanceOf(Disposition.Failed.class);
        return (Disposition.Failed) fetch;
    }

    private static ExchangeResult.Retryable later(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Retryable.class);
        return (ExchangeResult.Retryable) answer;
    }

    private static Capture captured(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        Disposition fetch = ((ExchangeResult.Completed) answer).disposition();
        assertThat(fetch).isInstanceOf(Disposition.Fetched.class);
        return ((Disposition.Fetched) fetch).capture();
    }

    private static byte[] gzip(byte[] head) throws IOException {
        return gzip(head, 0);
    }

    private static byte[] gzip(byte[] head, int spacesAfter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(head);
            byte[] spaces = new byte[1 << 16];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < spacesAfter; i += spaces.length) {
                out.write(spaces);
            }
        }
        return bytes.toByteArray();
    }
}
