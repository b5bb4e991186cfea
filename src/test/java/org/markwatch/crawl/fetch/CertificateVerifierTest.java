package org.markwatch.crawl.fetch;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.HostConnection.ServerCertificate;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.TlsPolicy;

@Timeout(60)
class CertificateVerifierTest {
    @TempDir
    private Path folder;

    @Test
    void acceptsTrustedCertificateOfHost() throws Exception {
        TestCertificate good = TestCertificate.of(folder, "shop.example", "-1d", 30);
        CertificateVerifier trusting = new CertificateVerifier(good.trusting(), Clock.systemUTC());
        assertThat(trusting.fault("shop.example", good.chain())).isNull();
        assertThat(trusting.fault("other.example", good.chain()))
                .startsWith("wrong host name: the certificate is for shop.example; SHA-256 ");
    }

    @Test
    void keepsWhatATrustedCertificateSaysAndNamesThatAreHostNames() throws Exception {
        TestCertificate good = TestCertificate.of(
                folder,
                "shop.example",
                "-1d",
                30,
                "san=dns:shop.example,dns:www.shop.example,ip:203.0.113.7,email:a@b.example");

        ServerCertificate kept = Objects.requireNonNull(new CertificateVerifier(good.trusting(), Clock.systemUTC())
                .verify("shop.example", good.chain())
                .certificate());

        assertThat(kept.subject()).isEqualTo("CN=shop.example");
        assertThat(kept.issuer()).isEqualTo("CN=shop.example");
        assertThat(kept.names()).containsExactly("shop.example", "www.shop.example");
        assertThat(Duration.between(kept.notBefore(), kept.notAfter())).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void keepsTenNamesAndTheNumberOfTheRest() throws Exception {
        String names = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> "dns:s" + i + ".example")
                .collect(joining(","));
        TestCertificate shared = TestCertificate.of(folder, "shared.example", "-1d", 30, "san=" + names);

        ServerCertificate kept = Objects.requireNonNull(CertificateVerifier.ofPlatform(Clock.systemUTC())
                .verify("s1.example", shared.chain())
                .certificate());

        assertThat(kept.names()).hasSize(10).startsWith("s1.example", "s2.example");
        assertThat(kept.moreNames()).isEqualTo(30);
    }

    @Test
    void reportsAllFaults() throws Exception {
        CertificateVerifier platform = CertificateVerifier.ofPlatform(Clock.systemUTC());
        TestCertificate expired = TestCertificate.of(folder, "shop.example", "-10d", 5);
        assertThat(platform.fault("news.example", expired.chain()))
                .matches(
                        "expired at 20\\S+Z; self-signed; wrong host name: the certificate is for shop\\.example; SHA-256 "
                                + sha256(expired.chain()[0]));
        TestCertificate early = TestCertificate.of(folder, "shop.example", "+10d", 5);
        assertThat(platform.fault("shop.example", early.chain())).startsWith("not valid before 20");
        assertThat(platform.fault("shop.example", new Certificate[0])).isEqualTo("no X.509 certificate");
    }

    @Test
    void sendsNoRequestToSiteWithInvalidCertificateWhenStrict() throws Exception {
        TestCertificate bad = TestCertificate.of(folder, "other.example", "-10d", 5);
        try (TlsSite site = new TlsSite(bad);
                TestFetcher fetcher = fetcher(site.port(), TlsPolicy.STRICT)) {
            FrontierUrl visit = TestFetcher.visit(HttpUrl.of("https://shop.example/"));
            Disposition.Failed failed = ((ExchangeResult.Retryable) fetcher.fetch(visit)).failure();
            assertThat(failed.cause()).isEqualTo("tls");
            assertThat(failed.reason())
                    .contains("expired at", "self-signed", "wrong host name: the certificate is for other.example")
                    .contains(sha256(bad.chain()[0]));
            assertThat(site.requests()).isEqualTo(0);
        }
    }

    @Test
    void fetchesSiteWithInvalidCertificateAndRecordsFault() throws Exception {
        TestCertificate bad = TestCertificate.of(folder, "shop.example", "-10d", 5);
        try (TlsSite site = new TlsSite(bad);
                TestFetcher fetcher = fetcher(site.port(), TlsPolicy.RECORD)) {
            for (int i = 0; i < 3; i++) { // over a new connection and a reused one
                FrontierUrl visit = TestFetcher.visit(HttpUrl.of("https://shop.example/" + i));
                assertThat(((ExchangeResult.Completed) fetcher.fetch(visit)).disposition())
                        .isInstanceOf(Disposition.Fetched.class);
                assertThat(Objects.requireNonNull(visit.tlsFault()))
                        .startsWith("expired at")
                        .contains("self-signed; SHA-256 " + sha256(bad.chain()[0]));
                HostConnection connection = Objects.requireNonNull(visit.connection());
                assertThat(connection.host()).isEqualTo("https://shop.example");
                assertThat(connection.address()).isEqualTo("127.0.0.1");
                ServerCertificate certificate = Objects.requireNonNull(connection.certificate());
                assertThat(certificate.sha256()).isEqualTo(sha256(bad.chain()[0]));
                assertThat(certificate.names()).containsExactly("shop.example");
                assertThat(certificate.subject()).as("what nobody vouches for").isEmpty();
            }
            assertThat(site.requests()).isEqualTo(3);
        }
    }

    @Test
    void namesHostWithUnderscoreInHandshake() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                TestFetcher fetcher = fetcher(server.getLocalPort(), TlsPolicy.RECORD)) {
            CompletableFuture<String> handshake = CompletableFuture.supplyAsync(() -> {
                try (Socket client = server.accept()) {
                    return new String(client.getInputStream().readNBytes(200), StandardCharsets.ISO_8859_1);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            fetcher.fetch(TestFetcher.visit(HttpUrl.of("https://shop_x.example/")));

            assertThat(handshake.join()).contains("shop_x.example");
        }
    }

    private static TestFetcher fetcher(int port, TlsPolicy tls) throws Exception {
        return new TestFetcher(
                Duration.ofSeconds(20),
                List.of("127.0.0.0/8"),
                Map.of(
                        "shop.example", "127.0.0.1:" + port,
                        "shop_x.example", "127.0.0.1:" + port),
                SystemDefaultDnsResolver.INSTANCE,
                new Settings.PolitenessSettings(0, RobotsMetaPolicy.IGNORE, tls));
    }

    private static String sha256(Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
