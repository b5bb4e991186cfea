package org.markwatch.crawl.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.markwatch.ClosedPort;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Settings;

/** Requests of a proxied seed use the proxy only: neither connections nor names bypass it. */
@Timeout(60)
class ProxyTest {
    @TempDir
    private Path folder;

    private final TestWeb web = new TestWeb()
            .page("/", "terms of sale")
            .page("/a?b", "terms of sale")
            .page("/robots.txt", 200, Map.of(), "Disallow:");
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        web.close();
    }

    @Test
    void resolvesNamesAtSocksServer() throws Exception {
        try (ProxyServer tor =
                        new ProxyServer(Proxy.Protocol.SOCKS5, Map.of("market.onion", port(), "shop.invalid", port()));
                TestFetcher fetcher = fetcher(List.of("127.0.0.0/8"))) {
            assertThat(fetch(fetcher, "http://market.onion/", tor.proxy())).isInstanceOf(Disposition.Fetched.class);
            assertThat(fetch(fetcher, "http://shop.invalid/", tor.proxy())).isInstanceOf(Disposition.Fetched.class);
            assertThat(tor.asked()).containsExactly("name market.onion:80", "name shop.invalid:80");
            assertThat(lookedUp).isEmpty();
        }
    }

    @Test
    void sendsNamesToHttpProxyAndTunnelsHttps() throws Exception {
        try (TlsSite site = new TlsSite(TestCertificate.of(folder, "bank.invalid", "-1d", 30));
                ProxyServer office = new ProxyServer(
                        Proxy.Protocol.HTTP, Map.of("shop.invalid", port(), "bank.invalid", site.port()));
                ProxyServer tor = new ProxyServer(Proxy.Protocol.SOCKS5, Map.of("bank.invalid", site.port()));
                TestFetcher fetcher = fetcher(List.of("127.0.0.0/8"))) {
            assertThat(fetch(fetcher, "http://shop.invalid/a?b", office.proxy()))
                    .isInstanceOf(Disposition.Fetched.class);
            assertThat(fetch(fetcher, "https://bank.invalid/", office.proxy())).isInstanceOf(Disposition.Fetched.class);
            FrontierUrl visit = TestFetcher.visit(HttpUrl.of("https://bank.invalid/"), tor.proxy());
            assertThat(((ExchangeResult.Completed) fetcher.fetch(visit)).disposition())
                    .isInstanceOf(Disposition.Fetched.class);
            HostConnection connection = Objects.requireNonNull(visit.connection());
            assertThat(connection.address())
                    .as("that of the proxy is not the host's")
                    .isEmpty();
            assertThat(connection.certificate()).isNotNull();
            assertThat(office.asked())
                    .containsExactly("GET http://shop.invalid/a?b HTTP/1.1", "CONNECT bank.invalid:443 HTTP/1.1");
            assertThat(tor.asked()).containsExactly("name bank.invalid:443");
            assertThat(site.requests()).isEqualTo(2);
            assertThat(lookedUp).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Protocol.class)
    void makesNoDirectConnectionWhenProxyIsDown(Proxy.Protocol kind) throws Exception {
        HttpUrl site = web.url("/");
        try (ClosedPort port = new ClosedPort();
                TestFetcher fetcher = fetcher(List.of("127.0.0.0/8"))) {
            Proxy down = new Proxy(kind, "127.0.0.1", port.number());
            // a host that a direct connection would reach
            for (String url : List.of(site.toString(), "http://shop.example:" + site.port() + "/")) {
                Disposition.Failed failed = (Disposition.Failed) fetch(fetcher, url, down);
                assertThat(failed.cause()).isEqualTo("proxy");
                assertThat(failed.reason()).contains(down.toString(), "refused");
            }
            assertThat(web.asked()).isEmpty();
            assertThat(lookedUp).isEmpty();
        }
    }

    @Test
    void distinguishesUnreachableHostFromProxyFault() throws Exception {
        try (ProxyServer tor = new ProxyServer(Proxy.Protocol.SOCKS5, Map.of());
                TestFetcher fetcher = fetcher(List.of())) {
            Disposition.Failed unreachable = (Disposition.Failed) fetch(fetcher, "http://gone.onion/", tor.proxy());
            assertThat(unreachable.cause()).isEqualTo("connect");
            assertThat(unreachable.reason()).contains("Host unreachable");
        }
    }

    @Test
    void failsWhenHttpProxyOpensNoTunnel() throws Exception {
        try (ProxyServer office = new ProxyServer(Proxy.Protocol.HTTP, Map.of());
                TestFetcher fetcher = fetcher(List.of())) {
            Disposition.Failed failed = (Disposition.Failed) fetch(fetcher, "https://shop.invalid/", office.proxy());
            assertThat(failed.cause()).isEqualTo("proxy");
            assertThat(failed.reason()).contains("HTTP 502");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/",
                "http://[::1]/",
                "http://169.254.169.254/",
                "http://localhost/",
                "http://a.localhost/",
                "http://localhost./"
            })
    void refusesPrivateAddressBeforeProxy(String url) throws Exception {
        try (ProxyServer tor = new ProxyServer(Proxy.Protocol.SOCKS5, Map.of());
                TestFetcher fetcher = fetcher(List.of())) {
            assertThat(((Disposition.Refused) fetch(fetcher, url, tor.proxy())).kind())
                    .isEqualTo(Disposition.RefusalKind.ADDRESS);
            assertThat(tor.asked()).isEmpty();
        }
    }

    @Test
    void cannotResolveNamesOfProxiedHosts() {
        // a name that every machine can resolve
        assertThat(new CrawlHttpClients.SocksDnsResolver().resolve("localhost", 80))
                .allMatch(InetSocketAddress::isUnresolved);
        assertThatThrownBy(() -> new CrawlHttpClients.SocksDnsResolver().resolve("localhost"))
                .isInstanceOf(UnknownHostException.class);
        Proxy office = new Proxy(Proxy.Protocol.HTTP, "127.0.0.1", 3128);
        assertThatThrownBy(() -> new CrawlHttpClients.ProxyDnsResolver(office).resolve("localhost", 80))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void resolvesNoOnionName() throws Exception {
        try (TestFetcher fetcher = fetcher(List.of())) {
            Disposition.Failed failed = (Disposition.Failed) fetch(fetcher, "http://market.onion/", null);
            assertThat(failed.cause()).isEqualTo("dns");
            assertThat(failed.reason()).contains("RFC 7686", "socks5://");
            assertThat(lookedUp).isEmpty();
        }
    }

    @Test
    void fetchesRobotsThroughSameProxy() throws Exception {
        try (ProxyServer tor = new ProxyServer(Proxy.Protocol.SOCKS5, Map.of("market.onion", port()));
                TestFetcher fetcher = fetcher(List.of())) {
            HttpUrl robots = HttpUrl.of("http://market.onion/robots.txt");
            assertThat(fetcher.fetchRobots(TestFetcher.visit(HttpUrl.of("http://market.onion/"), tor.proxy()), robots))
                    .isInstanceOf(RobotsFile.Text.class);
            assertThat(lookedUp).isEmpty();
        }
    }

    private int port() {
        return web.url("/").port();
    }

    private static Disposition fetch(TestFetcher fetcher, String url, @Nullable Proxy proxy) {
        return switch (fetcher.fetch(TestFetcher.visit(HttpUrl.of(url), proxy))) {
            case ExchangeResult.Completed(Disposition disposition) -> disposition;
            case ExchangeResult.Retryable retryable -> retryable.failure();
            case ExchangeResult.Redirect redirect -> throw new AssertionError(redirect);
        };
    }

    /** Returns a fetcher that resolves every name to loopback, and records the names. */
    private TestFetcher fetcher(List<String> opened) throws Exception {
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                lookedUp.add(host);
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return new TestFetcher(Duration.ofSeconds(20), opened, Map.of(), names, Settings.PolitenessSettings.DEFAULTS);
    }
}
