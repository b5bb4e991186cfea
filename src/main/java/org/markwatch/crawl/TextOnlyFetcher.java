package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import edu.uci.ics.crawler4j.fetcher.PageFetchResult;
import edu.uci.ics.crawler4j.fetcher.PageFetcher;
import edu.uci.ics.crawler4j.url.WebURL;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends HTTP requests and accepts text only.
 *
 * <p>Each call makes one exchange. The headers are checked before the body is read, and the first bytes of the body
 * before the rest. A refused response is cancelled and never drained. Redirects are checked here and followed by the
 * caller, in an exchange of their own. There are no cookies, no automatic retries and no decompression by the HTTP
 * client. Thread-safe.
 */
final class TextOnlyFetcher extends PageFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(TextOnlyFetcher.class);

    /** Redirects that a visit follows. */
    static final int MAX_REDIRECTS = 5;

    /** Bytes of a robots.txt that are parsed; RFC 9309 section 2.5 requires at least 500 KiB. */
    static final int MAX_ROBOTS_BYTES = 500 * 1024;

    /** Bytes of a sitemap that are parsed, a fifth of what the sitemap protocol allows; the rest is ignored. */
    static final int MAX_SITEMAP_BYTES = 10 << 20;

    private static final String ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8";
    private static final Set<Integer> STANDARD_PORTS = Set.of(80, 443);
    private static final Set<String> STORED_HEADERS = Set.of(
            "content-type",
            "content-language",
            "etag",
            "last-modified",
            "link",
            "server",
            "x-powered-by",
            "x-robots-tag");
    /** Characters of a header value up to which it is stored. */
    private static final int MAX_STORED_HEADER_LENGTH = 1000;

    /** Announced length in bytes up to which an unused body is read, so that the connection can be reused. */
    private static final int MAX_DRAINED_BYTES = 4096;

    private final Settings.CrawlSettings settings;
    private final CrawlCounters counters;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AddressGuard guard;
    private final AddressBudget addressBudget;
    private final CrawlHttpClients clients;
    private final BodyMemory memory;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Set<Deadline> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * Creates a fetcher that resolves names by the operating system and takes its memory budget from the heap size.
     *
     * @throws GeneralSecurityException if TLS is not available
     */
    TextOnlyFetcher(
            CrawlConfig config,
            Settings.CrawlSettings settings,
            CrawlCounters counters,
            Clock clock,
            LongSupplier nanos)
            throws GeneralSecurityException {
        this(
                config,
                settings,
                counters,
                clock,
                nanos,
                SystemDefaultDnsResolver.INSTANCE,
                BodyMemory.ofHeap(Math.max(settings.maxBodyBytes(), MAX_SITEMAP_BYTES)));
    }

    /**
     * Creates a fetcher.
     *
     * @param counters counts requests by kind
     * @param nanos  monotonic clock for transfer rates, in nanoseconds
     * @param names  resolves host names; {@link AddressGuard} checks the addresses
     * @param memory budget that all bodies share
     * @throws GeneralSecurityException if TLS is not available
     */
    TextOnlyFetcher(
            CrawlConfig config,
            Settings.CrawlSettings settings,
            CrawlCounters counters,
            Clock clock,
            LongSupplier nanos,
            DnsResolver names,
            BodyMemory memory)
            throws GeneralSecurityException {
        super(config, null);
        super.shutDown(); // closes the client of crawler4j, which this class does not use
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.nanos = nanos;
        this.deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("crawl-deadlines").factory());
        this.deadlines.setRemoveOnCancelPolicy(true);
        this.guard = new AddressGuard(settings.allowedPrivateRanges());
        PublicOnlyDnsResolver resolver = new PublicOnlyDnsResolver(guard, settings.resolve(), names);
        this.addressBudget =
                new AddressBudget(resolver, guard, settings.politeness().requestsPerAddress());
        this.clients = new CrawlHttpClients(settings, resolver, clock);
        this.memory = memory;
    }

    /** Returns the User-Agent with the contact, unless the configured user agent contains the contact. */
    static String userAgent(Settings.CrawlSettings settings) {
        String contact = settings.contact();
        boolean complete = contact.isEmpty() || settings.userAgent().contains(contact);
        return complete ? settings.userAgent() : settings.userAgent() + " (+" + contact + ")";
    }

    /** Returns the limit on concurrent requests by address. */
    AddressBudget addressBudget() {
        return addressBudget;
    }

    /** Returns a reservation for the body that one crawler thread works on. The caller releases it after each body. */
    BodyMemory.Reservation newReservation() {
        return memory.newReservation();
    }

    /**
     * Makes the next request of a visit: for its URL, or for the target of its redirects. Sends no request if the
     * target is refused.
     *
     * @param reservation holds the memory of the body; the caller releases it
     */
    ExchangeResult fetch(FrontierUrl url, BodyMemory.Reservation reservation) {
        Disposition.@Nullable Refused refused = checkTarget(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        counters.addRequest(url.isRedirected() ? "redirect" : "page");
        return exchange(
                url,
                url.target(),
                ACCEPT,
                url.validators(),
                reservation,
                (response, budget) -> pageResult(url, response, budget));
    }

    /**
     * Makes the request of a soft-404 probe, without validators.
     *
     * @param url a URL that cannot exist ({@link SoftNotFoundDetector#probeUrl})
     * @param reservation holds the memory of the body; the caller releases it
     */
    ExchangeResult probe(FrontierUrl url, BodyMemory.Reservation reservation) {
        Disposition.@Nullable Refused refused = checkTarget(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        counters.addRequest("probe");
        return exchange(
                url,
                url.target(),
                ACCEPT,
                Validators.NONE,
                reservation,
                (response, budget) -> pageResult(url, response, budget));
    }

    /** Makes one request for a robots.txt on behalf of a visit. */
    RobotsFile fetchRobots(FrontierUrl url, HttpUrl target) {
        counters.addRequest("robots");
        RobotsFile[] file = new RobotsFile[1];
        BodyMemory.Reservation reservation = memory.newReservation();
        String accept = "text/plain, text/*;q=0.8";
        ExchangeResult result = exchange(url, target, accept, Validators.NONE, reservation, (response, budget) -> {
            file[0] = robotsFile(target, response, budget);
            return new ExchangeResult.Redirect(target); // dummy: the caller returns the file instead
        });
        reservation.releaseAll(); // the file is small and parsed at once
        if (file[0] != null) {
            return file[0];
        }
        return switch (result) {
            case ExchangeResult.Retryable retryable -> new RobotsFile.FetchFailed(retryable);
            case ExchangeResult.Completed(Disposition.Refused refused)
            when refused.kind() == Disposition.RefusalKind.ADDRESS -> new RobotsFile.TargetRefused(refused);
            case ExchangeResult.Completed(Disposition.Refused refused) -> robotsFailure(refused.reason(), target);
            case ExchangeResult.Completed(Disposition.Failed failed) -> robotsFailure(failed.reason(), target);
            case ExchangeResult.Completed other ->
                throw new IllegalStateException("unexpected result for robots.txt: " + other);
            case ExchangeResult.Redirect other ->
                throw new IllegalStateException("unexpected result for robots.txt: " + other);
        };
    }

    /**
     * The result of a request for a sitemap.
     *
     * @param content   decompressed bytes, empty if there are none
     * @param redirect  canonical URL that the server redirects to, or null
     * @param retryable a fault of the host, or null. The file is not requested again; unless the host asks for a longer
     *                  delay than the run waits for, the fault counts as a failed attempt of the page of the seed
     */
    record SitemapFile(byte[] content, @Nullable HttpUrl redirect, ExchangeResult.@Nullable Retryable retryable) {}

    /**
     * Makes one request for a sitemap, compressed or not, on behalf of a visit.
     *
     * @param reservation holds the memory of the body; the caller releases it
     */
    SitemapFile fetchSitemap(FrontierUrl url, HttpUrl target, BodyMemory.Reservation reservation) {
        counters.addRequest("sitemap");
        byte[][] content = {{}};
        @Nullable HttpUrl[] redirect = {null};
        String accept = "application/xml, text/xml, text/plain;q=0.8";
        ExchangeResult result = exchange(url, target, accept, Validators.NONE, reservation, (response, budget) -> {
            int status = response.getCode();
            if (status == 429 || status == 503) {
                return busy(target, response);
            }
            Header location = response.getFirstHeader("Location");
            if (status >= 300 && status < 400 && location != null) {
                redirect[0] = target.resolve(location.getValue()).orElse(null);
            }
            content[0] = sitemapBytes(response, budget);
            return new ExchangeResult.Redirect(target); // dummy: the caller returns the content instead
        });
        return new SitemapFile(
                content[0], redirect[0], result instanceof ExchangeResult.Retryable retryable ? retryable : null);
    }

    private byte[] sitemapBytes(ClassicHttpResponse response, Body.BufferBudget budget) throws IOException {
        HttpEntity entity = response.getEntity();
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        boolean imageVideoOrAudio =
                essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/");
        if (response.getCode() != 200 || entity == null || imageVideoOrAudio) {
            drainIfSmall(response);
            return new byte[0];
        }
        Body body = sitemapBody(response, entity, MAX_SITEMAP_BYTES, budget);
        return body.nonTextKind() != null ? new byte[0] : Arrays.copyOf(body.bytes(), body.length());
    }

    /** Reads a sitemap, which may be compressed as a file and not for the transfer. */
    private Body sitemapBody(ClassicHttpResponse response, HttpEntity entity, int max, Body.BufferBudget budget)
            throws IOException {
        Header encoding = response.getFirstHeader("Content-Encoding");
        PushbackInputStream in = new PushbackInputStream(entity.getContent(), 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean compressed = head.length == 2 && head[0] == 0x1F && head[1] == (byte) 0x8B;
        String contentEncoding = encoding != null ? encoding.getValue() : compressed ? "gzip" : "";
        return Body.read(in, contentEncoding, max, budget, nanos, BinaryDetector.ofPage(charset(response)));
    }

    private RobotsFile robotsFailure(String reason, HttpUrl target) {
        return new RobotsFile.FetchFailed(
                new ExchangeResult.Retryable(ExchangeResult.HostFault.BUSY, null, failed(0, "robots", reason, target)));
    }

    /** The result of one request for robots.txt. */
    sealed interface RobotsFile {
        /** The file, up to {@link #MAX_ROBOTS_BYTES}. */
        record Text(byte[] content) implements RobotsFile {}

        /**
         * There is no robots.txt (RFC 9309 section 2.3.1.3, 'unavailable'), or the response cannot be one: everything
         * is allowed.
         */
        record NoFile() implements RobotsFile {}

        /** The server redirects the request to another URL, which may be requested. */
        record RobotsRedirect(HttpUrl target) implements RobotsFile {}

        /** The request failed in a way that a later attempt may not. */
        record FetchFailed(ExchangeResult.Retryable retryable) implements RobotsFile {}

        /** The address of the host, or the port that the server redirects to, is not allowed. */
        record TargetRefused(Disposition.Refused refused) implements RobotsFile {}
    }

    // ---- checks --------------------------------------------------------------------------------------------------

    /**
     * Returns the refusal of a target by its file extension or port, or null. A status of 0 means that no request was
     * sent.
     */
    private Disposition.@Nullable Refused checkTarget(FrontierUrl url, HttpUrl target, int status) {
        Disposition.RefusalKind nonPage = MediaTypes.byExtension(target);
        boolean sitemap = url.isCompressedSitemap() && target.equals(url.url());
        if (nonPage != null && !sitemap) {
            return status == 0
                    ? Disposition.Refused.notRequested(nonPage, target, clock.instant())
                    : refused(
                            nonPage, "redirect to a URL whose file extension indicates " + nonPage, target, status, 0);
        }
        return isPortAllowed(target, url.site().url()) ? null : portRefused(target, status);
    }

    private Disposition.Refused portRefused(HttpUrl target, int status) {
        int port = target.port();
        return refused(
                Disposition.RefusalKind.SCOPE, "port " + port + " is not in crawl.allowed-ports", target, status, 0);
    }

    /** Returns whether the port of a target is a standard port, a configured port, or the port of {@code origin}. */
    private boolean isPortAllowed(HttpUrl target, HttpUrl origin) {
        int port = target.port();
        return STANDARD_PORTS.contains(port) || settings.allowedPorts().contains(port) || port == origin.port();
    }

    private ExchangeResult redirectResult(FrontierUrl url, String location, int status) {
        HttpUrl from = url.target();
        HttpUrl target = from.resolve(location).orElse(null);
        if (target == null) {
            return completed(refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect to '" + OneLine.of(location) + "', which is not an http or https URL",
                    from,
                    status,
                    0));
        }
        if (url.chain().contains(target)) {
            return completed(failed(status, "redirect", "redirect loop", target));
        }
        if (url.chain().size() > MAX_REDIRECTS) {
            return completed(failed(status, "redirect", "more than " + MAX_REDIRECTS + " redirects", target));
        }
        if (target.length() > Link.MAX_URL_LENGTH) {
            return completed(refused(
                    Disposition.RefusalKind.LIMIT,
                    "redirect to a URL longer than " + Link.MAX_URL_LENGTH,
                    from,
                    status,
                    0));
        }
        Disposition.@Nullable Refused refused = checkTarget(url, target, status);
        if (refused != null) {
            return completed(refused);
        }
        if (!url.site().isInScope(target)) {
            return completed(refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect out of the scope of " + url.site().url(),
                    target,
                    status,
                    0));
        }
        return new ExchangeResult.Redirect(target);
    }

    private ExchangeResult pageResult(FrontierUrl url, ClassicHttpResponse response, Body.BufferBudget budget)
            throws IOException {
        HttpUrl target = url.target();
        int status = response.getCode();
        Instant at = clock.instant();
        if (status == 429 || status == 503) {
            return busy(target, response);
        }
        if (status == 304 && !url.validators().isEmpty()) {
            Validators validators = url.validators().updatedBy(Validators.of(storedHeaders(response)));
            drainIfSmall(response);
            return completed(new Disposition.NotModified(target, status, validators, at));
        }
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            drainIfSmall(response);
            return location == null
                    ? completed(failed(status, "http-status", "HTTP " + status + " without Location", target))
                    : redirectResult(url, location.getValue(), status);
        }
        if (status < 200 || status >= 300) {
            drainIfSmall(response);
            return completed(failed(status, "http-status", "HTTP " + status, target));
        }
        if (url.isCompressedSitemap() && response.getEntity() != null) {
            return completed(CaptureDecoder.decode(
                    sitemapBody(response, response.getEntity(), settings.maxBodyBytes(), budget),
                    new CaptureDecoder.ResponseHead(
                            url.url(), url.chain(), status, "application/xml", null, storedHeaders(response), at)));
        }
        String declared = "";
        for (Header header : response.getHeaders("Content-Type")) {
            String type = MediaTypes.essence(header.getValue());
            if (!type.isEmpty() && !MediaTypes.isText(type) && !MediaTypes.mayListLinks(type)) {
                return completed(refused(MediaTypes.kindOf(type), "Content-Type " + type, target, status, 0));
            }
            declared = type.isEmpty() ? declared : type;
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return completed(failed(status, "empty", "HTTP " + status + " without a body", target));
        }
        String charset = charset(response);
        Body body = body(entity, response, settings.maxBodyBytes(), budget, BinaryDetector.ofPage(charset));
        return completed(CaptureDecoder.decode(
                body,
                new CaptureDecoder.ResponseHead(
                        url.url(), url.chain(), status, declared, charset, storedHeaders(response), at)));
    }

    /**
     * Returns the result of a response with 429 or 503, for robots.txt with any 5xx: {@link
     * ExchangeResult.HostFault#BUSY}, with the delay of {@code Retry-After}.
     */
    private ExchangeResult.Retryable busy(HttpUrl target, ClassicHttpResponse response) throws IOException {
        Header header = response.getFirstHeader("Retry-After");
        Header date = response.getFirstHeader("Date");
        Instant serverTime = date == null ? null : RetryAfter.date(date.getValue(), clock.instant());
        drainIfSmall(response);
        return new ExchangeResult.Retryable(
                ExchangeResult.HostFault.BUSY,
                header == null
                        ? null
                        : RetryAfter.parse(header.getValue(), serverTime == null ? clock.instant() : serverTime),
                failed(response.getCode(), "http-status", "HTTP " + response.getCode(), target));
    }

    private RobotsFile robotsFile(HttpUrl target, ClassicHttpResponse response, Body.BufferBudget budget)
            throws IOException {
        int status = response.getCode();
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            HttpUrl to = location == null
                    ? null
                    : target.resolve(location.getValue()).orElse(null);
            drainIfSmall(response);
            if (to == null || MediaTypes.byExtension(to) != null) {
                return new RobotsFile.NoFile();
            }
            return isPortAllowed(to, target)
                    ? new RobotsFile.RobotsRedirect(to)
                    : new RobotsFile.TargetRefused(portRefused(to, status));
        }
        if (status == 429 || status >= 500) {
            return new RobotsFile.FetchFailed(busy(target, response));
        }
        HttpEntity entity = response.getEntity();
        if (status < 200 || status >= 300 || entity == null) {
            drainIfSmall(response);
            return new RobotsFile.NoFile();
        }
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        if (essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/")) {
            return new RobotsFile.NoFile();
        }
        Body body = body(entity, response, MAX_ROBOTS_BYTES, budget, BinaryDetector.ofRobots());
        return body.nonTextKind() != null
                ? new RobotsFile.NoFile()
                : new RobotsFile.Text(Arrays.copyOf(body.bytes(), body.length()));
    }

    private Body body(
            HttpEntity entity, ClassicHttpResponse response, int max, Body.BufferBudget budget, BinaryDetector detector)
            throws IOException {
        Header[] encodings = response.getHeaders("Content-Encoding");
        if (encodings.length > 1) {
            throw new Body.EncodingException("Content-Encoding given " + encodings.length + " times");
        }
        String encoding = encodings.length == 0 ? "" : encodings[0].getValue();
        return Body.read(entity.getContent(), encoding, max, budget, nanos, detector);
    }

    private static @Nullable String charset(ClassicHttpResponse response) {
        Header header = response.getFirstHeader("Content-Type");
        if (header == null) {
            return null;
        }
        String value = header.getValue();
        int at = value.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return null;
        }
        String name = value.substring(at + "charset=".length());
        int end = name.indexOf(';');
        return (end < 0 ? name : name.substring(0, end))
                .replace('"', ' ')
                .replace('\'', ' ')
                .strip();
    }

    private static Map<String, String> storedHeaders(ClassicHttpResponse response) {
        Map<String, String> stored = new HashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                SetCookie.name(header.getValue()).ifPresent(cookie -> stored.merge(name, cookie, SetCookie::join));
            }
            if (STORED_HEADERS.contains(name)
                    && header.getValue() != null
                    && header.getValue().length() <= MAX_STORED_HEADER_LENGTH) {
                stored.merge(name, header.getValue(), (first, next) -> first + ", " + next);
            }
        }
        return stored;
    }

    /**
     * Reads the body if its announced length is small, so that the connection can be reused; otherwise the body is cut
     * off.
     */
    private static void drainIfSmall(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() < 0 || entity.getContentLength() > MAX_DRAINED_BYTES) {
            return;
        }
        ContentType type = ContentType.parseLenient(entity.getContentType());
        if (type == null || MediaTypes.isText(type.getMimeType().toLowerCase(Locale.ROOT))) {
            try (InputStream rest = entity.getContent()) {
                rest.skipNBytes(entity.getContentLength());
                rest.read(); // reaching the end releases the connection
            } catch (EOFException e) {
                // shorter than announced: the connection is not reused, and the body is not needed
            }
        }
    }

    // ---- exchange ------------------------------------------------------------------------------------------------

    @FunctionalInterface
    private interface ResponseHandler {
        ExchangeResult handle(ClassicHttpResponse response, Body.BufferBudget budget) throws IOException;
    }

    /** Makes one exchange on behalf of a visit, through the proxy of its seed if there is one. */
    private ExchangeResult exchange(
            FrontierUrl url,
            HttpUrl target,
            String accept,
            Validators validators,
            BodyMemory.Reservation reservation,
            ResponseHandler handler) {
        Proxy proxy = url.site().seed().proxy();
        String refusal = proxy == null ? null : guard.refusalByName(target.host());
        if (refusal != null) {
            return completed(refused(Disposition.RefusalKind.ADDRESS, target.host() + " is " + refusal, target, 0, 0));
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
                    return proxyFault(proxy, "HTTP " + response.getCode() + " from the proxy", target);
                }
                url.tlsFault(CertificateVerifier.fault(context.getSSLSession()));
                return handler.handle(response, new TimedReservation(reservation, deadline));
            } finally {
                request.cancel(); // before close, which would read the rest; no effect on a finished exchange
                closeQuietly(response);
            }
        } catch (IOException e) {
            return failure(target, e, deadline, proxy);
        } catch (RuntimeException | StackOverflowError e) {
            if (deadline.hasPassed()) {
                // thrown by HttpClient if the deadline passes between leasing a connection and using it
                return failure(target, new IOException("cancelled before the request was sent", e), deadline, proxy);
            }
            LOG.warn(
                    "Cannot process a response of {}; the URL is recorded as failed and the crawl continues",
                    target.host(),
                    e);
            String fault = e.getClass().getSimpleName() + ": " + OneLine.of(String.valueOf(e.getMessage()));
            return completed(failed(0, "protocol", "response cannot be processed: " + fault, target));
        }
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

    private ExchangeResult proxyFault(Proxy proxy, String fault, HttpUrl target) {
        return retryable(ExchangeResult.HostFault.UNREACHABLE, "proxy", "proxy " + proxy + ": " + fault, target);
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

    private ExchangeResult failure(HttpUrl target, IOException fault, Deadline deadline, @Nullable Proxy proxy) {
        if (deadline.hasPassed() && deadline.hasResponse()) {
            return completed(failed(
                    0,
                    "timeout",
                    "body not complete within " + settings.timeout().toMillis() + " ms",
                    target));
        }
        if (deadline.hasPassed()) {
            return retryable(
                    ExchangeResult.HostFault.BUSY,
                    "timeout",
                    "no response within " + settings.timeout().toMillis() + " ms",
                    target);
        }
        String message = OneLine.of(String.valueOf(fault.getMessage()));
        Throwable cause = fault;
        if (fault.getCause() instanceof HttpException inner) {
            cause = inner;
        }
        if (proxy != null) {
            String proxyFault = ProxyFault.of(proxy, cause);
            if (proxyFault != null) {
                return proxyFault(proxy, OneLine.of(proxyFault), target);
            }
            if (ProxyFault.isFaultOfHost(cause)) {
                return retryable(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "connect",
                        "no connection through " + proxy + ": " + message,
                        target);
            }
        }
        return switch (cause) {
            case AddressGuard.AddressRefusedException e ->
                completed(refused(Disposition.RefusalKind.ADDRESS, message, target, 0, 0));
            case UnknownHostException e ->
                retryable(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "dns",
                        message.contains(PublicOnlyDnsResolver.ONION) ? message : "name not found: " + target.host(),
                        target);
            case ConnectTimeoutException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: timeout", target);
            case ConnectException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: " + message, target);
            case NoRouteToHostException e ->
                retryable(ExchangeResult.HostFault.UNREACHABLE, "connect", "no route: " + message, target);
            case SocketTimeoutException e ->
                retryable(ExchangeResult.HostFault.BUSY, "timeout", "timeout: " + message, target);
            case SSLException e -> retryable(ExchangeResult.HostFault.UNREACHABLE, "tls", "TLS: " + message, target);
            case BodyMemory.MemoryTimeoutException e ->
                retryable(ExchangeResult.HostFault.TRANSIENT, "memory", message, target);
            case Body.LimitException e -> completed(refused(Disposition.RefusalKind.LIMIT, message, target, 200, 0));
            case Body.SlowException e -> completed(failed(0, "slow", message, target));
            case Body.EncodingException e -> completed(failed(0, "encoding", message, target));
            case ZipException e -> completed(failed(0, "encoding", "compressed body: " + message, target));
            case NoHttpResponseException e ->
                retryable(
                        ExchangeResult.HostFault.TRANSIENT, "protocol", "connection closed without a response", target);
            case MalformedChunkCodingException e -> completed(failed(0, "protocol", message, target));
            case MessageConstraintException e -> completed(failed(0, "protocol", message, target));
            case ConnectionClosedException e -> completed(failed(0, "protocol", message, target));
            case ProtocolException e -> completed(failed(0, "protocol", message, target));
            case HttpException e -> completed(failed(0, "protocol", message, target));
            case EOFException e -> completed(failed(0, "protocol", "body ends prematurely", target));
            default ->
                retryable(
                        ExchangeResult.HostFault.TRANSIENT,
                        "io",
                        cause.getClass().getSimpleName() + ": " + message,
                        target);
        };
    }

    private static ExchangeResult completed(Disposition disposition) {
        return new ExchangeResult.Completed(disposition);
    }

    private ExchangeResult retryable(ExchangeResult.HostFault fault, String cause, String reason, HttpUrl target) {
        return new ExchangeResult.Retryable(fault, null, failed(0, cause, reason, target));
    }

    private Disposition.Failed failed(int status, String cause, String reason, HttpUrl target) {
        return new Disposition.Failed(status, cause, reason, target, clock.instant());
    }

    private Disposition.Refused refused(
            Disposition.RefusalKind kind, String reason, HttpUrl target, int status, int bytes) {
        return new Disposition.Refused(kind, reason, target, status, bytes, clock.instant());
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
            implements Body.BufferBudget {
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

    /** Returns the number of bodies that wait for memory. */
    int waitingForMemory() {
        return memory.waiting();
    }

    /** Cancels every exchange in flight and every later one. */
    void cancel() {
        cancelled = true;
        memory.close();
        inFlight.forEach(Deadline::run);
    }

    @Override
    public void shutDown() {
        deadlines.shutdownNow();
        clients.close();
    }

    /** Not supported: crawler4j's method reads a body before it can be refused. */
    @Override
    public PageFetchResult fetchPage(WebURL url) {
        throw new UnsupportedOperationException("use fetch(FrontierUrl, Reservation), which accepts text only");
    }
}
