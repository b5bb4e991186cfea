package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Settings;

/**
 * The HTTP clients of a crawl: one for direct connections and one for each proxy.
 *
 * <p>Each client has its own connection pool and its own name resolver. The client of a proxy has no other route, so a
 * request for a proxied seed cannot bypass the proxy. Thread-safe.
 */
final class CrawlHttpClients implements AutoCloseable {
    /** Size of the two buffers of a connection; 2,000 connections may be open. */
    private static final int BUFFER_BYTES = 8 * 1024;

    private static final TimeValue IDLE_CONNECTION = TimeValue.ofSeconds(30);

    private final Settings.CrawlSettings settings;
    private final BooleanSupplier mayRequest;
    private final DefaultClientTlsStrategy tls;
    private final CloseableHttpClient direct;
    private final Map<Proxy, CloseableHttpClient> proxied = new ConcurrentHashMap<>();

    /**
     * Creates the client for direct connections; the clients of proxies are created on first use.
     *
     * @param names resolves host names for direct connections
     * @param mayRequest whether this process may send requests
     * @throws GeneralSecurityException if TLS is not available
     */
    CrawlHttpClients(Settings.CrawlSettings settings, DnsResolver names, Clock clock, BooleanSupplier mayRequest)
            throws GeneralSecurityException {
        this.settings = settings;
        this.mayRequest = mayRequest;
        this.tls = CertificateVerifier.ofPlatform(clock)
                .strategy(settings.politeness().tls());
        this.direct = client(HttpClients.custom(), names, SocketConfig.DEFAULT);
    }

    /** Returns the User-Agent with the contact, unless the configured user agent contains the contact. */
    private static String userAgent(Settings.CrawlSettings settings) {
        String contact = settings.contact();
        boolean complete = contact.isEmpty() || settings.userAgent().contains(contact);
        return complete ? settings.userAgent() : settings.userAgent() + " (+" + contact + ")";
    }

    /** Returns the client of a proxy, or the client for direct connections if {@code proxy} is null. */
    CloseableHttpClient clientFor(@Nullable Proxy proxy) {
        return proxy == null ? direct : proxied.computeIfAbsent(proxy, this::client);
    }

    private CloseableHttpClient client(Proxy proxy) {
        return switch (proxy.protocol()) {
            case HTTP ->
                client(
                        HttpClients.custom().setProxy(new HttpHost("http", proxy.host(), proxy.port())),
                        new ProxyDnsResolver(proxy),
                        SocketConfig.DEFAULT);
            case SOCKS5 ->
                client(
                        HttpClients.custom(),
                        new SocksDnsResolver(),
                        SocketConfig.custom()
                                .setSocksProxyAddress(InetSocketAddress.createUnresolved(proxy.host(), proxy.port()))
                                .build());
        };
    }

    private CloseableHttpClient client(HttpClientBuilder builder, DnsResolver names, SocketConfig sockets) {
        Timeout timeout = Timeout.of(settings.timeout());
        return builder.setConnectionManager(new ConnectionManagerBuilder()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(tls)
                        .setDefaultSocketConfig(sockets)
                        .setMaxConnTotal(settings.threads() * 2)
                        .setMaxConnPerRoute(2)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setBufferSize(BUFFER_BYTES)
                                        .setMaxLineLength(16 * 1024)
                                        .setMaxHeaderCount(200)
                                        .setMaxEmptyLineCount(2)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setTimeToLive(TimeValue.ofMinutes(2))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                // after the connect, which may take long or span a suspension
                .addRequestInterceptorLast((request, entity, context) -> {
                    if (!mayRequest.getAsBoolean()) {
                        throw new RequestWithheldException();
                    }
                })
                .setUserAgent(userAgent(settings))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setAuthenticationEnabled(false)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> !hasConflictingLength(response)
                        && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                .evictIdleConnections(IDLE_CONNECTION) // with them the pool forgets the hosts that have none
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    /** Builds a connection manager whose sockets are {@link ReceiveWindowSocket}s. */
    private static final class ConnectionManagerBuilder extends PoolingHttpClientConnectionManagerBuilder {
        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                @Nullable SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    ReceiveWindowSocket::create,
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register("https", tls)
                            .build());
        }
    }

    /**
     * Returns whether two headers define the length of a response; its connection must be closed (RFC 9112 section
     * 6.3).
     */
    private static boolean hasConflictingLength(HttpResponse response) {
        return response.containsHeader("Transfer-Encoding") && response.containsHeader("Content-Length");
    }

    /**
     * Resolves no name, so that the SOCKS server does: an unresolved address is sent as a name (RFC 1928 section 5).
     */
    record SocksDnsResolver() implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            InetAddress literal = AddressGuard.literal(host);
            return List.of(
                    literal == null
                            ? InetSocketAddress.createUnresolved(PublicOnlyDnsResolver.ascii(host), port)
                            : new InetSocketAddress(literal, port));
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host + ": host names of proxied seeds are not resolved locally");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /**
     * Resolves the name of the proxy and no other. {@link AddressGuard} does not apply, since the operator configures
     * the proxy.
     */
    record ProxyDnsResolver(Proxy proxy) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
            return Arrays.stream(resolve(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.equalsIgnoreCase(proxy.host())) {
                throw new UnknownHostException(host + ": host names of proxied seeds are not resolved locally");
            }
            return InetAddress.getAllByName(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Override
    public void close() {
        closeQuietly(direct);
        proxied.values().forEach(CrawlHttpClients::closeQuietly);
    }

    private static void closeQuietly(CloseableHttpClient client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot close an HTTP client", e);
        }
    }
}
