package org.markwatch.crawl.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.robots.Sitemaps;
import org.markwatch.url.HttpUrl;

/** Tests hostile compression, TLS handshakes and HTTP framing. */
@Timeout(60)
class HostileWireTest {
    /** Time-out against servers that never end a response. */
    private static final Duration SHORT = Duration.ofSeconds(2);
    /** Time-out against servers that do, with a margin for slow machines. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final String OK = "HTTP/1.1 200 OK";
    private static final String HTML = "Content-Type: text/html";

    /** {@link java.util.zip.GZIPInputStream} recurses for each member. */
    @Test
    void refusesGzipWithManyEmptyMembers() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        byte[] empty = gzip("");
        for (int i = 0; i < 50_000; i++) {
            members.write(empty);
        }
        members.write(gzip("terms of sale"));
        ExchangeResult answer = fetch(members.toByteArray(), OK, HTML, "Content-Encoding: gzip", "Connection: close");
        assertThat(refused(answer).kind()).isEqualTo(Disposition.RefusalKind.LIMIT);
    }

    @Test
    void readsGzipOfSeveralMembersAndIgnoresTrailingBytes() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip("<p>terms of sale, "));
        members.write(gzip("in two parts"));
        members.write("trailing bytes that are not gzip".getBytes(US_ASCII));
        ExchangeResult answer = fetch(members.toByteArray(), OK, HTML, "Content-Encoding: gzip", "Connection: close");
        assertThat(captured(answer).text()).isEqualTo("<p>terms of sale, in two parts");
    }

    @Test
    void refusesEndlessEmptyCompressedBlocks() throws Exception {
        byte[] start = gzip("");
        byte[] emptyBlocks = new byte[5 * 10_000]; // stored blocks of no bytes (RFC 1951 section 3.2.4)
        for (int i = 0; i < emptyBlocks.length; i += 5) {
            emptyBlocks[i + 3] = (byte) 0xFF;
            emptyBlocks[i + 4] = (byte) 0xFF;
        }
        try (RawServer server = new RawServer((request, out) -> {
            out.head(OK, HTML, "Content-Encoding: gzip");
            out.bytes(Arrays.copyOf(start, 10));
            out.endless(emptyBlocks);
        })) {
            assertThat(refused(fetch(server, LONG)).kind()).isEqualTo(Disposition.RefusalKind.LIMIT);
            assertThat(server.sent()).isLessThan(16L << 20);
        }
    }

    @Test
    void refusesGzipWithEndlessFileName() throws Exception {
        byte[] head = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0}; // with a file name (RFC 1952 section 2.3.1)
        byte[] name = new byte[10_000];
        Arrays.fill(name, (byte) 'n');
        try (RawServer server = new RawServer((request, out) -> {
            out.head(OK, HTML, "Content-Encoding: gzip");
            out.bytes(head);
            out.endless(name);
        })) {
            assertThat(refused(fetch(server, LONG)).kind()).isEqualTo(Disposition.RefusalKind.LIMIT);
            assertThat(server.sent()).isLessThan(16L << 20);
        }
    }

    @Test
    void cancelsEndlessChunkExtensionsAtDeadline() throws Exception {
        byte[] chunk = ("1;" + "x".repeat(8000) + "\r\na\r\n").getBytes(US_ASCII);
        try (RawServer server = new RawServer((request, out) -> {
            out.head(OK, HTML, "Transfer-Encoding: chunked");
            while (true) {
                out.bytes(chunk);
                Thread.sleep(1); // limits the load on the test machine
            }
        })) {
            assertBounded(fetch(server, SHORT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "drips", "floods"})
    void cancelsEndlessHandshakeAtDeadline(String manner) throws Exception {
        AtomicLong accepted = new AtomicLong();
        try (ServerSocket tls = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestFetcher fetcher = new TestFetcher(SHORT)) {
            Thread.ofVirtual().start(() -> {
                while (!tls.isClosed()) {
                    try {
                        Socket client = tls.accept();
                        accepted.incrementAndGet();
                        Thread.ofVirtual().start(() -> handshake(client, manner));
                    } catch (IOException e) {
                        return; // closed
                    }
                }
            });
            ExchangeResult answer = fetcher.fetch(HttpUrl.of("https://127.0.0.1:" + tls.getLocalPort() + "/"));
            assertThat(((ExchangeResult.Retryable) answer).failure().cause()).isIn("timeout", "connect", "tls");
            assertThat(accepted).hasValue(1);
        }
    }

    private static void handshake(Socket client, String manner) {
        try (client) {
            OutputStream out = client.getOutputStream();
            if (manner.equals("floods")) {
                byte[] warning = {21, 3, 3, 0, 2, 1, 0}; // a warning alert
                while (true) {
                    out.write(warning);
                }
            }
            if (manner.equals("drips")) {
                out.write(new byte[] {22, 3, 3, 0x3F, 0}); // a handshake record of 16 KiB
            }
            while (true) {
                if (manner.equals("drips")) {
                    out.write(0);
                }
                Thread.sleep(50);
            }
        } catch (IOException e) {
            // the client closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * RFC 9112 section 6.3: the chunked length applies, or the response is invalid; the rest is not the response to the
     * next request.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 3",
                "Content-Length: 3\r\nContent-Length: 4",
                "Content-Length: 3, 4",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"
            })
    void reusesNoConnectionAfterAmbiguousLength(String framing) throws Exception {
        String smuggled = OK + "\r\n" + HTML + "\r\nContent-Length: 8\r\n\r\nsmuggled";
        String first = OK + "\r\n" + HTML + "\r\n" + framing + "\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + smuggled;
        try (RawServer server = new RawServer((request, out) -> {
                    if (request.contains("/first")) {
                        out.bytes(first.getBytes(US_ASCII));
                    } else {
                        out.head(OK, HTML, "Content-Length: 6", "Connection: close");
                        out.bytes("honest".getBytes(US_ASCII));
                    }
                });
                TestFetcher fetcher = new TestFetcher(LONG)) {
            assertBounded(fetcher.fetch(server.url("/first")));
            assertThat(captured(fetcher.fetch(server.url("/second"))).text()).isEqualTo("honest");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                Content-Type: text/html~X-Folded: a~ b~\\tc                | captured
                Content-Type: text/html;~ charset=utf-8                    | captured
                Content-Type: text/html\\0; charset=utf-8                  | any
                Content-Type: text/html~ETag: "a\\0b"~Server: x\\0y        | captured
                Content-Type: text/html~Link: <x\\0>; rel=next             | captured
                Content-Type: text/html~Location: http://b.example/        | captured
                Content-Type: text/html~Refresh: 0; url=http://b.example/  | captured
                Content-Type: text/html~Upgrade: h2c~Connection: upgrade   | captured
                """)
    void endsOnceForUnusualHeaders(String headers, String end) throws Exception {
        String head =
                OK + "\r\n" + headers.replace("~", "\r\n").replace("\\0", "\0").replace("\\t", "\t")
                        + "\r\nContent-Length: 13\r\n\r\n";
        try (RawServer server = new RawServer((request, out) -> {
            out.bytes(head.getBytes(ISO_8859_1));
            out.bytes("terms of sale".getBytes(US_ASCII));
        })) {
            ExchangeResult answer = fetch(server, LONG);
            if (end.equals("captured")) {
                Capture capture = captured(answer);
                assertThat(capture.text()).isEqualTo("terms of sale");
                assertThat(Validators.of(capture.headers()).isEmpty()).isTrue();
                assertThat(server.requests()).hasSize(1);
            } else {
                assertBounded(answer);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\0\0\u0012\u0004\0\0\0\0\0\0\u0003\0\0\0\u0064\0\u0004\0\0\u00FF\u00FF",
                "HTTP/1.1 000 None\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 999 More\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 -200 Less\r\nContent-Type: text/html\r\nContent-Length: 1\r\n\r\na",
                "HTTP/1.1 204 Nothing\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 206 Part\r\nContent-Type: multipart/byteranges; boundary=x\r\n\r\n--x",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9223372036854775807\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999999999999\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7FFFFFFFFFFFFFFF\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
                "HTTP/1.1 407 Proxy\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 Who\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip, gzip\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: aes128gcm\r\n\r\na"
            })
    void endsOnceForInvalidResponse(String answer) throws Exception {
        try (RawServer server = new RawServer((request, out) -> out.bytes(answer.getBytes(ISO_8859_1)))) {
            assertBounded(fetch(server, LONG));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "utf-7",
                "utf-32",
                "ibm037",
                "cp1047",
                "x-user-defined",
                "iso-2022-kr",
                "x-COMPOUND_TEXT",
                "cp1252\0",
                "%s"
            })
    void readsAsciiDeclaredInUnsupportedCharacterSet(String charset) throws Exception {
        byte[] page = "<p>+ADw-script+AD4- terms of sale, and how to pay: card or transfer</p>".getBytes(US_ASCII);
        ExchangeResult answer = fetch(page, OK, "Content-Type: text/html; charset=" + charset, "Connection: close");
        assertThat(captured(answer).text()).contains("+ADw-script+AD4- terms of sale");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 70_000})
    void endsOnceWhenConnectionIsReset(int bytes) throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                TestFetcher fetcher = new TestFetcher(SHORT)) {
            Thread.ofVirtual().start(() -> {
                try (Socket client = socket.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream()
                            .write((OK + "\r\n" + HTML + "\r\nContent-Length: 100000\r\n\r\n").getBytes(US_ASCII));
                    client.getOutputStream().write("x".repeat(bytes).getBytes(US_ASCII));
                    client.setSoLinger(true, 0); // closing resets
                } catch (IOException e) {
                    // the client closed the connection first
                }
            });
            assertBounded(fetcher.fetch(HttpUrl.of("http://127.0.0.1:" + socket.getLocalPort() + "/")));
        }
    }

    @Test
    void limitsStoredCookieNames() throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.bytes((OK + "\r\n" + HTML + "\r\n").getBytes(US_ASCII));
            for (int i = 0; i < 190; i++) {
                out.bytes(
                        ("Set-Cookie: " + "n".repeat(190) + i + "=" + "v".repeat(10_000) + "\r\n").getBytes(US_ASCII));
            }
            out.bytes("Content-Length: 2\r\n\r\nok".getBytes(US_ASCII));
        })) {
            assertThat(captured(fetch(server, LONG)).headers().get("set-cookie"))
                    .hasSizeLessThan(2_500);
        }
    }

    @Test
    void expandsNoXmlEntityInSitemap() {
        String laughs = "<!ENTITY a \"aaaaaaaaaa\">";
        for (char c = 'b'; c < 'k'; c++) {
            laughs += "<!ENTITY " + c + " \"" + ("&" + (char) (c - 1) + ";").repeat(10) + "\">";
        }
        for (String doctype : new String[] {
            laughs,
            "<!ENTITY j SYSTEM \"file:///etc/hostname\">",
            "<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x.dtd\"> %p; <!ENTITY j \"\">"
        }) {
            Sitemaps sitemaps = new Sitemaps();
            sitemaps.add(Sitemaps.parse(("<?xml version=\"1.0\"?><!DOCTYPE urlset [" + doctype
                            + "]><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">"
                            + "<url><loc>http://shop.example/&j;</loc></url></urlset>")
                    .getBytes(UTF_8)));
            assertThat(sitemaps.links()).allMatch(link -> link.url().toString().equals("http://shop.example/"));
        }
    }

    /** Asserts that an exchange ended or can be retried, and that a failure has a reason of one line. */
    private static void assertBounded(ExchangeResult answer) {
        if (answer instanceof ExchangeResult.Retryable later) {
            assertThat(later.failure().reason()).isNotEmpty().doesNotContain("\n", "\0");
        } else if (answer instanceof ExchangeResult.Completed(Disposition.Failed failed)) {
            assertThat(failed.reason()).isNotEmpty().doesNotContain("\n", "\0");
        } else {
            assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        }
    }

    private static ExchangeResult fetch(RawServer server, Duration timeout) throws Exception {
        try (TestFetcher fetcher = new TestFetcher(timeout)) {
            return fetcher.fetch(server.url("/page"));
        }
    }

    private static ExchangeResult fetch(byte[] body, String... head) throws Exception {
        try (RawServer server = new RawServer((request, out) -> {
            out.head(head);
            out.bytes(body);
        })) {
            return fetch(server, LONG);
        }
    }

    private static Capture captured(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        assertThat(((ExchangeResult.Completed) answer).disposition()).isInstanceOf(Disposition.Fetched.class);
        return ((Disposition.Fetched) ((ExchangeResult.Completed) answer).disposition()).capture();
    }

    private static Disposition.Refused refused(ExchangeResult answer) {
        assertThat(answer).isInstanceOf(ExchangeResult.Completed.class);
        assertThat(((ExchangeResult.Completed) answer).disposition()).isInstanceOf(Disposition.Refused.class);
        return (Disposition.Refused) ((ExchangeResult.Completed) answer).disposition();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }
}
