package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.HostConnection;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes HTTP exchanges: one request and its response, within a total time. A response that its handler has not read to the
 * end is cancelled and never drained. There are no cookies, no automatic retries and no decompression. Thread-safe.
 */
final class HttpExchanges {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchanges.class);

    private final Settings.CrawlSettings settings;
    private final CrawlCounters counters;
    private final AddressGuard guard;
    private final CrawlHttpClients clients;
    private final ExchangeFaults faults;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Set<Deadline> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * Creates exchanges.
     *
     * @param counters counts requests for images, videos and audio, of which there are none
     * @param guard    refuses literal addresses behind proxies
     */
    HttpExchanges(
            Settings.CrawlSettings settings,
            CrawlCounters counters,
            AddressGuard guard,
            CrawlHttpClients clients,
            ExchangeFaults faults) {
        this.settings = settings;
        this.counters = counters;
        this.guard = guard;
        this.clients = clients;
        this.faults = faults;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("crawl-deadlines").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    @FunctionalInterface
    interface ResponseHandler {
        ExchangeResult handle(ClassicHttpResponse response, BodyMemory.BufferBudget budget) throws IOException;
    }

    /** Makes one exchange on behalf of a visit, through the proxy of its seed if there is one. */
    ExchangeResult exchange(
            FrontierUrl url,
            HttpUrl target,
            String accept,
            Validators validators,
            BodyMemory.Reservation reservation,
            ResponseHandler handler) {
        Proxy proxy = url.site().seed().proxy();
        String refusal = proxy == null ? null : guard.refusalByName(target.host());
        if (refusal != null) {
            return ExchangeFaults.completed(
                    faults.refused(Disposition.RefusalKind.ADDRESS, target.host() + " is " + refusal, target, 0, 0));
        }
        if (MediaTypes.isImageVideoOrAudio(target)) {
            // also for video and audio; counted where requests are sent, so that the attestation does not depend on
            // other checks
            counters.addRequest("picture");
        }
        HttpGet request = request(target);
        request.addHeader("Accept", accept);
        if (validators.etag() != null) {
            request.addHeader("If-None-Match", validators.etag());
        }
        if (validators.lastModified() != null) {
            request.addHeader("If-Modified-Since", validators.lastModified());
        }
        request.addHeader("Accept-Encoding", "gzip, deflate");
        if (settings.contact().contains("@")) {
            request.addHeader("From", settings.contact());
        }
        Deadline deadline = new Deadline(request);
        try (deadline) {
            HttpHost host = new HttpHost(target.scheme(), request.getAuthority());
            HttpClientContext context = HttpClientContext.create();
            ClassicHttpResponse response = clients.clientFor(proxy).executeOpen(host, request, context);
            deadline.recordResponse();
            try {
                if (proxy != null && isProxyResponse(target, response, context)) {
                    return faults.proxyFault(proxy, "HTTP " + response.getCode() + " from the proxy", target);
                }
                url.tlsFault(CertificateVerifier.fault(context.getSSLSession()));
                url.connection(connection(target, context, proxy));
                return handler.handle(response, new TimedReservation(reservation, deadline));
            } finally {
                request.cancel(); // before close, which would read the rest; no effect on a finished exchange
                closeQuietly(response);
            }
        } catch (IOException e) {
            if (e instanceof RequestWithheldException) {
                cancel(); // what this process finds no longer counts
            }
            return faults.of(target, e, deadline.hasPassed(), deadline.hasResponse(), proxy);
        } catch (RuntimeException | StackOverflowError e) {
            if (deadline.hasPassed()) {
                // thrown by HttpClient if the deadline passes between leasing a connection and using it
                return faults.of(
                        target,
                        new IOException("cancelled before the request was sent", e),
                        true,
                        deadline.hasResponse(),
                        proxy);
            }
            LOG.warn(
                    "Cannot process a response of {}; the URL is recorded as failed and the crawl continues",
                    target.host(),
                    e);
            String fault = e.getClass().getSimpleName() + ": " + OneLine.of(String.valueOf(e.getMessage()));
            return ExchangeFaults.completed(
                    faults.failed(0, "protocol", "response cannot be processed: " + fault, target));
        }
    }

    /** Returns where a response came from. The address of a proxy is not that of the host. */
    private static HostConnection connection(HttpUrl target, HttpClientContext context, @Nullable Proxy proxy) {
        EndpointDetails ends = context.getEndpointDetails();
        String address = proxy == null && ends != null && ends.getRemoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
        return new HostConnection(target.origin(), address, CertificateVerifier.certificate(context.getSSLSession()));
    }

    /** Returns a request for a URL, without java.net.URI, which knows no hosts with underscores. */
    private static HttpGet request(HttpUrl target) {
        HttpGet request = new HttpGet("/");
        request.setScheme(target.scheme());
        request.setAuthority(
                new URIAuthority(withoutBrackets(target.host()), target.hasDefaultPort() ? -1 : target.port()));
        request.setPath(target.pathAndQuery());
        return request;
    }

    /**
     * Returns whether a response comes from an HTTP proxy itself: it requires authentication, or did not open a tunnel.
     */
    private static boolean isProxyResponse(HttpUrl target, ClassicHttpResponse response, HttpClientContext context) {
        return response.getCode() == 407 || target.isHttps() && context.getSSLSession() == null;
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            LOG.trace("Response closed before its end, as intended", e);
        }
    }

    /** Returns a host without the brackets of an IPv6 literal. */
    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** Cancels an exchange when its total time exceeds the time-out. */
    private final class Deadline implements AutoCloseable, Runnable {
        private final HttpGet request;
        private long endNanos = System.nanoTime() + settings.timeout().toNanos();
        private Future<?> timer;
        private volatile boolean passed;
        private boolean responded;

        Deadline(HttpGet request) {
            this.request = request;
            inFlight.add(this);
            this.timer = deadlines.schedule(this, settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            if (cancelled) {
                run();
            }
        }

        @Override
        public void run() {
            passed = true;
            request.cancel();
        }

        /** Records that the response headers have arrived. */
        void recordResponse() {
            responded = true;
        }

        boolean hasResponse() {
            return responded;
        }

        boolean hasPassed() {
            return passed;
        }

        /** Reserves bytes for the exchange; the time that it waits for them does not count. */
        void reserveUntimed(BodyMemory.Reservation reservation, int bytes) throws IOException {
            timer.cancel(false);
            long left = endNanos - System.nanoTime();
            reservation.reserve(bytes);
            endNanos = System.nanoTime() + left;
            timer = deadlines.schedule(this, left, TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            timer.cancel(false);
            inFlight.remove(this);
        }
    }

    /** The memory of the body of an exchange; waiting for memory suspends the deadline. */
    private record TimedReservation(BodyMemory.Reservation reservation, Deadline deadline)
            implements BodyMemory.BufferBudget {
        @Override
        public void reserve(int bytes) throws IOException {
            if (!reservation.tryReserve(bytes)) {
                deadline.reserveUntimed(reservation, bytes);
            }
        }

        @Override
        public void release(int bytes) {
            reservation.release(bytes);
        }
    }

    /** Returns whether {@link #cancel} was called. Failures after that say nothing about the hosts. */
    boolean cancelled() {
        return cancelled;
    }

    /** Returns the number of exchanges in flight. */
    int inFlight() {
        return inFlight.size();
    }

    /** Cancels every exchange in flight and every later one. */
    void cancel() {
        cancelled = true;
        inFlight.forEach(Deadline::run);
    }

    /** Ends the timer and closes the connections. */
    void shutDown() {
        deadlines.shutdownNow();
        clients.close();
    }
}
