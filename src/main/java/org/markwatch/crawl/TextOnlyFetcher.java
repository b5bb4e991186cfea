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
import java.net.URI;
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
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for one URL at a time and takes nothing but text.
 *
 * <p>The headers are judged before a byte of the body is read, the first bytes before the rest; what is refused is cancelled,
 * never drained. Redirects are judged here and followed by the caller, one turn each. No cookies, no automatic retries, no
 * decompression but our own. Safe for use by many threads.
 */
final class TextOnlyFetcher extends PageFetcher {
    private static final Logger LOG = LoggerFactory.getLogger(TextOnlyFetcher.class);

    static final int MAX_REDIRECTS = 5;
    /** RFC 9309 section 2.5 asks for at least this much. */
    static final int MAX_ROBOTS_BYTES = 500 * 1024;

    /** A fifth of what the protocol allows; a sitemap that is longer is read so far. */
    static final int MAX_SITEMAP_BYTES = 10 << 20;

    private static final String ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8";
    private static final Set<Integer> STANDARD_PORTS = Set.of(80, 443);
    private static final Set<String> KEPT_HEADERS = Set.of(
            "content-type",
            "content-language",
            "etag",
            "last-modified",
            "link",
            "server",
            "x-powered-by",
            "x-robots-tag");
    private static final int LONGEST_KEPT_HEADER = 1000;
    /** Bodies that nobody wants are read to keep a connection only if they are announced to be this small. */
    private static final int SMALL = 4096;

    private final Settings.CrawlSettings settings;
    private final CrawlCounters tally;
    private final Clock clock;
    private final LongSupplier nanos;
    private final AddressGuard guard;
    private final AddressBudget addressBudget;
    private final CrawlHttpClients clients;
    private final BodyMemory memory;
    private final ScheduledThreadPoolExecutor deadlines;
    private final Set<Deadline> inFlight = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    TextOnlyFetcher(
            CrawlConfig config, Settings.CrawlSettings settings, CrawlCounters tally, Clock clock, LongSupplier nanos)
            throws GeneralSecurityException {
        this(
                config,
                settings,
                tally,
                clock,
                nanos,
                SystemDefaultDnsResolver.INSTANCE,
                BodyMemory.ofHeap(Math.max(settings.maxBodyBytes(), MAX_SITEMAP_BYTES)));
    }

    /**
     * @param names  what looks names up; the guard judges its answers, and they are what is connected to
     * @param memory shared by all bodies
     */
    TextOnlyFetcher(
            CrawlConfig config,
            Settings.CrawlSettings settings,
            CrawlCounters tally,
            Clock clock,
            LongSupplier nanos,
            DnsResolver names,
            BodyMemory memory)
            throws GeneralSecurityException {
        super(config, null);
        super.shutDown(); // the stock client, which follows none of our rules
        this.settings = settings;
        this.tally = tally;
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

    static String userAgent(Settings.CrawlSettings settings) {
        String contact = settings.contact();
        boolean named = contact.isEmpty() || settings.userAgent().contains(contact);
        return named ? settings.userAgent() : settings.userAgent() + " (+" + contact + ")";
    }

    /** How many requests may be in flight to the addresses that it connects to. */
    AddressBudget addressBudget() {
        return addressBudget;
    }

    /** Where one crawler thread keeps the body that it works on, to be cleared when the body is no longer needed. */
    BodyMemory.Reservation newReservation() {
        return memory.newReservation();
    }

    /** Makes the next request of a visit: the URL itself, or where its redirects have led. */
    ExchangeResult fetch(FrontierUrl url, BodyMemory.Reservation room) {
        Disposition.@Nullable Refused refused = judge(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        tally.addRequest(url.isRedirected() ? "redirect" : "page");
        return ask(url, url.target(), ACCEPT, url.validators(), room, (response, space) -> page(url, response, space));
    }

    /** Asks for a URL that cannot exist, to hear what its host says to that. */
    ExchangeResult probe(FrontierUrl url, BodyMemory.Reservation room) {
        Disposition.@Nullable Refused refused = judge(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        tally.addRequest("probe");
        return ask(url, url.target(), ACCEPT, Validators.NONE, room, (response, space) -> page(url, response, space));
    }

    /** Makes one request for a robots.txt file on behalf of a visit. */
    RobotsFile fetchRobots(FrontierUrl url, URI target) {
        tally.addRequest("robots");
        RobotsFile[] file = new RobotsFile[1];
        BodyMemory.Reservation room = memory.newReservation();
        ExchangeResult answer =
                ask(url, target, "text/plain, text/*;q=0.8", Validators.NONE, room, (response, space) -> {
                    file[0] = robotsFile(target, response, space);
                    return new ExchangeResult.Redirect(target); // not looked at
                });
        room.releaseAll(); // small, and parsed at once
        if (file[0] != null) {
            return file[0];
        }
        return switch (answer) {
            case ExchangeResult.Retryable later -> new RobotsFile.FetchFailed(later);
            case ExchangeResult.Completed(Disposition.Refused refused)
            when refused.kind() == Disposition.RefusalKind.ADDRESS -> new RobotsFile.TargetRefused(refused);
            case ExchangeResult.Completed(Disposition.Refused refused) -> robotsTrouble(refused.reason(), target);
            case ExchangeResult.Completed(Disposition.Failed failed) -> robotsTrouble(failed.reason(), target);
            case ExchangeResult.Completed ended ->
                throw new IllegalStateException("no such end for robots.txt: " + ended);
            case ExchangeResult.Redirect moved ->
                throw new IllegalStateException("no such end for robots.txt: " + moved);
        };
    }

    /**
     * What a request for a sitemap came to: its bytes, unpacked; or where it has moved to; or trouble that the host is to
     * recover from; or nothing of these.
     */
    record SitemapFile(byte[] content, @Nullable URI redirect, ExchangeResult.@Nullable Retryable retryable) {}

    /** Makes one request for a sitemap on behalf of a visit, packed or not. */
    SitemapFile fetchSitemap(FrontierUrl url, URI target, BodyMemory.Reservation room) {
        tally.addRequest("sitemap");
        byte[][] content = {{}};
        @Nullable URI[] moved = {null};
        String accept = "application/xml, text/xml, text/plain;q=0.8";
        ExchangeResult answer = ask(url, target, accept, Validators.NONE, room, (response, space) -> {
            int status = response.getCode();
            if (status == 429 || status == 503) {
                return busy(target, response);
            }
            Header location = response.getFirstHeader("Location");
            if (status >= 300 && status < 400 && location != null) {
                moved[0] = CanonicalUrl.resolve(target, location.getValue()).orElse(null);
            }
            content[0] = sitemapBytes(response, space);
            return new ExchangeResult.Redirect(target); // not looked at
        });
        return new SitemapFile(content[0], moved[0], answer instanceof ExchangeResult.Retryable later ? later : null);
    }

    private byte[] sitemapBytes(ClassicHttpResponse response, Body.BufferBudget space) throws IOException {
        HttpEntity entity = response.getEntity();
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        boolean media = essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/");
        if (response.getCode() != 200 || entity == null || media) {
            leave(response);
            return new byte[0];
        }
        Header encoding = response.getFirstHeader("Content-Encoding");
        PushbackInputStream in = new PushbackInputStream(entity.getContent(), 2);
        byte[] head = in.readNBytes(2);
        in.unread(head);
        boolean packed = head.length == 2 && head[0] == 0x1F && head[1] == (byte) 0x8B;
        String unpacking = encoding != null ? encoding.getValue() : packed ? "gzip" : "";
        Body body = Body.read(in, unpacking, MAX_SITEMAP_BYTES, space, nanos);
        return body.nonTextKind() != null ? new byte[0] : Arrays.copyOf(body.bytes(), body.length());
    }

    private RobotsFile robotsTrouble(String reason, URI target) {
        return new RobotsFile.FetchFailed(
                new ExchangeResult.Retryable(ExchangeResult.HostFault.BUSY, null, failed(0, "robots", reason, target)));
    }

    /** What one request for robots.txt came to. */
    sealed interface RobotsFile {
        /** The file, up to {@link #MAX_ROBOTS_BYTES}. */
        record Text(byte[] content) implements RobotsFile {}

        /** There is none, or nothing that could be one. */
        record Unavailable() implements RobotsFile {}

        record RobotsRedirect(URI target) implements RobotsFile {}

        record FetchFailed(ExchangeResult.Retryable retryable) implements RobotsFile {}

        /** Its address, or the port that it has moved to, may not be connected to. */
        record TargetRefused(Disposition.Refused refused) implements RobotsFile {}
    }

    // ---- judgement -----------------------------------------------------------------------------------------------

    private Disposition.@Nullable Refused judge(FrontierUrl url, URI target, int status) {
        Disposition.RefusalKind media = MediaTypes.byExtension(target);
        if (media != null) {
            return status == 0
                    ? Disposition.Refused.notRequested(media, target, clock.instant())
                    : refused(media, "redirect to a URL whose name says " + media, target, status, 0);
        }
        return mayAsk(target, url.site().url()) ? null : closedPort(target, status);
    }

    private Disposition.Refused closedPort(URI target, int status) {
        int port = CanonicalUrl.port(target);
        return refused(
                Disposition.RefusalKind.SCOPE, "port " + port + " is not among crawl.allowed-ports", target, status, 0);
    }

    /** Whether the target's port is open: a standard one, a configured one, or that of where it all began. */
    private boolean mayAsk(URI target, URI origin) {
        int port = CanonicalUrl.port(target);
        return STANDARD_PORTS.contains(port)
                || settings.allowedPorts().contains(port)
                || port == CanonicalUrl.port(origin);
    }

    private ExchangeResult moved(FrontierUrl url, String location, int status) {
        URI from = url.target();
        URI target = CanonicalUrl.resolve(from, location).orElse(null);
        if (target == null) {
            return ended(refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect to '" + OneLine.of(location) + "', which is no http or https URL",
                    from,
                    status,
                    0));
        }
        if (url.chain().contains(target)) {
            return ended(failed(status, "redirect", "redirect loop", target));
        }
        if (url.chain().size() > MAX_REDIRECTS) {
            return ended(failed(status, "redirect", "more than " + MAX_REDIRECTS + " redirects", target));
        }
        if (target.toString().length() > CanonicalUrl.MAX_LENGTH) {
            return ended(refused(
                    Disposition.RefusalKind.LIMIT,
                    "redirect to a URL longer than " + CanonicalUrl.MAX_LENGTH,
                    from,
                    status,
                    0));
        }
        Disposition.@Nullable Refused refused = judge(url, target, status);
        if (refused != null) {
            return ended(refused);
        }
        if (!url.site().isInScope(target)) {
            return ended(refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect out of the scope of " + url.site().url(),
                    target,
                    status,
                    0));
        }
        return new ExchangeResult.Redirect(target);
    }

    private ExchangeResult page(FrontierUrl url, ClassicHttpResponse response, Body.BufferBudget space)
            throws IOException {
        URI target = url.target();
        int status = response.getCode();
        Instant at = clock.instant();
        if (status == 429 || status == 503) {
            return busy(target, response);
        }
        if (status == 304 && !url.validators().isEmpty()) {
            Validators validators = url.validators().updatedBy(Validators.of(kept(response)));
            leave(response);
            return ended(new Disposition.NotModified(target, status, validators, at));
        }
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            leave(response);
            return location == null
                    ? ended(failed(status, "http-status", "HTTP " + status + " without Location", target))
                    : moved(url, location.getValue(), status);
        }
        if (status < 200 || status >= 300) {
            leave(response);
            return ended(failed(status, "http-status", "HTTP " + status, target));
        }
        String declared = "";
        for (Header header : response.getHeaders("Content-Type")) {
            String type = MediaTypes.essence(header.getValue());
            if (!type.isEmpty() && !MediaTypes.isText(type) && !MediaTypes.mayListLinks(type)) {
                return ended(refused(MediaTypes.kindOf(type), "Content-Type " + type, target, status, 0));
            }
            declared = type.isEmpty() ? declared : type;
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return ended(failed(status, "empty", "HTTP " + status + " without a body", target));
        }
        Body body = body(entity, response, settings.maxBodyBytes(), space);
        return ended(CaptureDecoder.decode(
                body,
                new CaptureDecoder.ResponseHead(
                        url.url(), url.chain(), status, declared, charset(response), kept(response), at)));
    }

    private ExchangeResult.Retryable busy(URI target, ClassicHttpResponse response) throws IOException {
        Header header = response.getFirstHeader("Retry-After");
        Header date = response.getFirstHeader("Date");
        Instant its = date == null ? null : RetryAfter.date(date.getValue(), clock.instant());
        leave(response);
        return new ExchangeResult.Retryable(
                ExchangeResult.HostFault.BUSY,
                header == null ? null : RetryAfter.parse(header.getValue(), its == null ? clock.instant() : its),
                failed(response.getCode(), "http-status", "HTTP " + response.getCode(), target));
    }

    private RobotsFile robotsFile(URI target, ClassicHttpResponse response, Body.BufferBudget space)
            throws IOException {
        int status = response.getCode();
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            URI to = location == null
                    ? null
                    : CanonicalUrl.resolve(target, location.getValue()).orElse(null);
            leave(response);
            if (to == null || MediaTypes.byExtension(to) != null) {
                return new RobotsFile.Unavailable();
            }
            return mayAsk(to, target)
                    ? new RobotsFile.RobotsRedirect(to)
                    : new RobotsFile.TargetRefused(closedPort(to, status));
        }
        if (status == 429 || status >= 500) {
            return new RobotsFile.FetchFailed(busy(target, response));
        }
        HttpEntity entity = response.getEntity();
        if (status < 200 || status >= 300 || entity == null) {
            leave(response);
            return new RobotsFile.Unavailable();
        }
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        if (essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/")) {
            return new RobotsFile.Unavailable();
        }
        Body body = body(entity, response, MAX_ROBOTS_BYTES, space);
        return body.nonTextKind() != null
                ? new RobotsFile.Unavailable()
                : new RobotsFile.Text(Arrays.copyOf(body.bytes(), body.length()));
    }

    private Body body(HttpEntity entity, ClassicHttpResponse response, int max, Body.BufferBudget space)
            throws IOException {
        Header[] encodings = response.getHeaders("Content-Encoding");
        if (encodings.length > 1) {
            throw new Body.EncodingException("Content-Encoding given " + encodings.length + " times");
        }
        return Body.read(entity.getContent(), encodings.length == 0 ? "" : encodings[0].getValue(), max, space, nanos);
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

    private static Map<String, String> kept(ClassicHttpResponse response) {
        Map<String, String> kept = new HashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.equals("set-cookie")) {
                SetCookie.name(header.getValue()).ifPresent(cookie -> kept.merge(name, cookie, SetCookie::join));
            }
            if (KEPT_HEADERS.contains(name)
                    && header.getValue() != null
                    && header.getValue().length() <= LONGEST_KEPT_HEADER) {
                kept.merge(name, header.getValue(), (first, next) -> first + ", " + next);
            }
        }
        return kept;
    }

    /** Reads a small announced rest so that its connection can be used again; anything else is cut off. */
    private static void leave(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null || entity.getContentLength() < 0 || entity.getContentLength() > SMALL) {
            return;
        }
        ContentType type = ContentType.parseLenient(entity.getContentType());
        if (type == null || MediaTypes.isText(type.getMimeType().toLowerCase(Locale.ROOT))) {
            try (InputStream rest = entity.getContent()) {
                rest.skipNBytes(entity.getContentLength());
                rest.read(); // the end, which gives the connection back
            } catch (EOFException e) {
                // shorter than announced: the connection is not used again, and nobody wanted the body
            }
        }
    }

    // ---- exchange ------------------------------------------------------------------------------------------------

    @FunctionalInterface
    private interface ResponseHandler {
        ExchangeResult judge(ClassicHttpResponse response, Body.BufferBudget space) throws IOException;
    }

    /** Makes a request on behalf of a visit, by the way that its seed is reached. */
    private ExchangeResult ask(
            FrontierUrl url,
            URI target,
            String accept,
            Validators known,
            BodyMemory.Reservation room,
            ResponseHandler judge) {
        Proxy proxy = url.site().seed().proxy();
        String refusal = proxy == null ? null : guard.refusalByName(target.getHost());
        if (refusal != null) {
            return ended(refused(Disposition.RefusalKind.ADDRESS, target.getHost() + " is " + refusal, target, 0, 0));
        }
        if (MediaTypes.isMedia(target)) {
            tally.addRequest(
                    "picture"); // counted where requests are sent, so that the attestation rests on no rule but this
        }
        HttpGet request = new HttpGet(target);
        request.addHeader("Accept", accept);
        if (known.etag() != null) {
            request.addHeader("If-None-Match", known.etag());
        }
        if (known.lastModified() != null) {
            request.addHeader("If-Modified-Since", known.lastModified());
        }
        request.addHeader("Accept-Encoding", "gzip, deflate");
        if (settings.contact().contains("@")) {
            request.addHeader("From", settings.contact());
        }
        Deadline deadline = new Deadline(request);
        try (deadline) {
            HttpHost host = new HttpHost(target.getScheme(), bare(target.getHost()), target.getPort());
            HttpClientContext context = HttpClientContext.create();
            ClassicHttpResponse response = clients.clientFor(proxy).executeOpen(host, request, context);
            deadline.answer();
            try {
                if (proxy != null && isOfProxy(target, response, context)) {
                    return proxyFault(proxy, "it answers HTTP " + response.getCode(), target);
                }
                url.tlsFault(CertificateVerifier.fault(context.getSSLSession()));
                return judge.judge(response, new TimedReservation(room, deadline));
            } finally {
                request.cancel(); // before close, which would read the rest; does nothing to a finished exchange
                closeQuietly(response);
            }
        } catch (IOException e) {
            return failure(target, e, deadline, proxy);
        } catch (RuntimeException | StackOverflowError e) {
            if (deadline.passed()) {
                // HttpClient, cut off between leasing a connection and using it
                return failure(target, new IOException("cut off before it was sent", e), deadline, proxy);
            }
            LOG.warn(
                    "An answer of {} broke its reading; it is recorded as failed and the crawl goes on",
                    target.getHost(),
                    e);
            String fault = e.getClass().getSimpleName() + ": " + OneLine.of(String.valueOf(e.getMessage()));
            return ended(failed(0, "protocol", "answer that cannot be read: " + fault, target));
        }
    }

    /** Whether an HTTP proxy speaks for itself: it wants a password, or made no tunnel, so there is no TLS either. */
    private static boolean isOfProxy(URI target, ClassicHttpResponse response, HttpClientContext context) {
        return response.getCode() == 407 || target.getScheme().equals("https") && context.getSSLSession() == null;
    }

    private ExchangeResult proxyFault(Proxy proxy, String fault, URI target) {
        return later(ExchangeResult.HostFault.UNREACHABLE, "proxy", "proxy " + proxy + ": " + fault, target);
    }

    private static void closeQuietly(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            LOG.trace("Cut off before its end, as intended", e);
        }
    }

    /** IPv6 literals without their brackets. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private ExchangeResult failure(URI target, IOException fault, Deadline deadline, @Nullable Proxy proxy) {
        if (deadline.passed() && deadline.answered()) {
            return ended(failed(
                    0,
                    "timeout",
                    "the body did not end within " + settings.timeout().toMillis() + " ms",
                    target));
        }
        if (deadline.passed()) {
            return later(
                    ExchangeResult.HostFault.BUSY,
                    "timeout",
                    "no answer within " + settings.timeout().toMillis() + " ms",
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
                return later(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "connect",
                        "no connection by " + proxy + ": " + message,
                        target);
            }
        }
        return switch (cause) {
            case AddressGuard.AddressRefusedException e ->
                ended(refused(Disposition.RefusalKind.ADDRESS, message, target, 0, 0));
            case UnknownHostException e ->
                later(
                        ExchangeResult.HostFault.UNREACHABLE,
                        "dns",
                        message.contains(PublicOnlyDnsResolver.ONION) ? message : "name not found: " + target.getHost(),
                        target);
            case ConnectTimeoutException e ->
                later(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: timeout", target);
            case ConnectException e ->
                later(ExchangeResult.HostFault.UNREACHABLE, "connect", "no connection: " + message, target);
            case NoRouteToHostException e ->
                later(ExchangeResult.HostFault.UNREACHABLE, "connect", "no route: " + message, target);
            case SocketTimeoutException e ->
                later(ExchangeResult.HostFault.BUSY, "timeout", "timeout: " + message, target);
            case SSLException e -> later(ExchangeResult.HostFault.UNREACHABLE, "tls", "TLS: " + message, target);
            case BodyMemory.MemoryTimeoutException e ->
                later(ExchangeResult.HostFault.TRANSIENT, "memory", message, target);
            case Body.LimitException e -> ended(refused(Disposition.RefusalKind.LIMIT, message, target, 200, 0));
            case Body.SlowException e -> ended(failed(0, "slow", message, target));
            case Body.EncodingException e -> ended(failed(0, "encoding", message, target));
            case ZipException e -> ended(failed(0, "encoding", "compressed body: " + message, target));
            case NoHttpResponseException e ->
                later(ExchangeResult.HostFault.TRANSIENT, "protocol", "connection closed without an answer", target);
            case MalformedChunkCodingException e -> ended(failed(0, "protocol", message, target));
            case MessageConstraintException e -> ended(failed(0, "protocol", message, target));
            case ConnectionClosedException e -> ended(failed(0, "protocol", message, target));
            case ProtocolException e -> ended(failed(0, "protocol", message, target));
            case HttpException e -> ended(failed(0, "protocol", message, target));
            case EOFException e -> ended(failed(0, "protocol", "body ends too early", target));
            default ->
                later(
                        ExchangeResult.HostFault.TRANSIENT,
                        "io",
                        cause.getClass().getSimpleName() + ": " + message,
                        target);
        };
    }

    private static ExchangeResult ended(Disposition fetch) {
        return new ExchangeResult.Completed(fetch);
    }

    private ExchangeResult later(ExchangeResult.HostFault trouble, String cause, String reason, URI target) {
        return new ExchangeResult.Retryable(trouble, null, failed(0, cause, reason, target));
    }

    private Disposition.Failed failed(int status, String cause, String reason, URI target) {
        return new Disposition.Failed(status, cause, reason, target, clock.instant());
    }

    private Disposition.Refused refused(
            Disposition.RefusalKind kind, String reason, URI target, int status, int bytes) {
        return new Disposition.Refused(kind, reason, target, status, bytes, clock.instant());
    }

    /** Cuts an exchange off when its time is up, however it spends it. */
    private final class Deadline implements AutoCloseable, Runnable {
        private final HttpGet request;
        private long endNanos = System.nanoTime() + settings.timeout().toNanos();
        private Future<?> timer;
        private volatile boolean passed;
        private boolean answered;

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

        /** The headers of the answer have come. */
        void answer() {
            answered = true;
        }

        boolean answered() {
            return answered;
        }

        boolean passed() {
            return passed;
        }

        /** Takes bytes for the exchange; the time of waiting for them is not the server's. */
        void takeUntimed(BodyMemory.Reservation room, int bytes) throws IOException {
            timer.cancel(false);
            long left = endNanos - System.nanoTime();
            room.reserve(bytes);
            endNanos = System.nanoTime() + left;
            timer = deadlines.schedule(this, left, TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            timer.cancel(false);
            inFlight.remove(this);
        }
    }

    /** Room for the body of an exchange. */
    private record TimedReservation(BodyMemory.Reservation room, Deadline deadline) implements Body.BufferBudget {
        @Override
        public void reserve(int bytes) throws IOException {
            if (!room.tryReserve(bytes)) {
                deadline.takeUntimed(room, bytes);
            }
        }

        @Override
        public void release(int bytes) {
            room.release(bytes);
        }
    }

    /** Whether {@link #cancel} was called: what fails from then on says nothing about the hosts. */
    boolean cancelled() {
        return cancelled;
    }

    /** Cuts off every exchange, now and from now on. */
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

    /** crawler4j's way of fetching, which reads first and judges later. */
    @Override
    public PageFetchResult fetchPage(WebURL url) {
        throw new UnsupportedOperationException("pages are fetched by fetch(FrontierUrl), text only");
    }
}
