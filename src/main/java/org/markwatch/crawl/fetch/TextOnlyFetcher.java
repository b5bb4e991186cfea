package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Body;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.content.CaptureDecoder;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.content.OneLine;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Settings;

/**
 * Sends HTTP requests and accepts text only.
 *
 * <p>Each call makes one exchange. The headers are checked before the body is read, and the first bytes of the body
 * before the rest. A refused response is cancelled and never drained. Redirects are checked here and followed by the
 * caller, in an exchange of their own. There are no cookies, no automatic retries and no decompression by the HTTP
 * client. Thread-safe.
 */
public final class TextOnlyFetcher {
    /** Redirects that a visit follows. */
    static final int MAX_REDIRECTS = 5;

    private static final String ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.8";

    private final Settings.CrawlSettings settings;
    private final CrawlCounters counters;
    private final Clock clock;
    private final BodyReader bodies;
    private final BodyMemory memory;
    private final HttpExchanges exchanges;
    private final ExchangeFaults faults;
    private final PortRules ports;
    private final SiteFileFetcher siteFiles;

    /**
     * Creates a fetcher that takes its memory budget from the heap size.
     *
     * @param counters counts requests by kind
     * @param nanos monotonic clock for transfer rates, in nanoseconds
     * @param names resolves host names
     * @param mayRequest whether this process may send requests; asked when a connection is open and the request would be sent.
     *                   Once it may not, the fetcher is {@link #cancelled}
     * @throws GeneralSecurityException if TLS is not available
     */
    public TextOnlyFetcher(
            Settings.CrawlSettings settings,
            CrawlCounters counters,
            Clock clock,
            LongSupplier nanos,
            PublicOnlyDnsResolver names,
            BooleanSupplier mayRequest)
            throws GeneralSecurityException {
        this(
                settings,
                counters,
                clock,
                nanos,
                names,
                mayRequest,
                BodyMemory.ofHeap(Math.max(settings.maxBodyBytes(), SiteFileFetcher.MAX_SITEMAP_BYTES)));
    }

    /**
     * Creates a fetcher.
     *
     * @param counters counts requests by kind
     * @param nanos  monotonic clock for transfer rates, in nanoseconds
     * @param names  resolves host names
     * @param mayRequest whether this process may send requests
     * @param memory budget that all bodies share
     * @throws GeneralSecurityException if TLS is not available
     */
    TextOnlyFetcher(
            Settings.CrawlSettings settings,
            CrawlCounters counters,
            Clock clock,
            LongSupplier nanos,
            PublicOnlyDnsResolver names,
            BooleanSupplier mayRequest,
            BodyMemory memory)
            throws GeneralSecurityException {
        this.settings = settings;
        this.counters = counters;
        this.clock = clock;
        this.memory = memory;
        this.bodies = new BodyReader(nanos);
        this.ports = new PortRules(settings.allowedPorts());
        this.faults = new ExchangeFaults(settings.timeout(), clock);
        this.exchanges = new HttpExchanges(
                settings, counters, names.guard(), new CrawlHttpClients(settings, names, clock, mayRequest), faults);
        this.siteFiles = new SiteFileFetcher(counters, bodies, memory, exchanges, faults, ports);
    }

    /** Returns the fetcher of robots.txt and sitemaps. */
    public SiteFileFetcher siteFiles() {
        return siteFiles;
    }

    /** Returns a reservation for the body that one crawler thread works on. The caller releases it after each body. */
    public BodyMemory.Reservation newReservation() {
        return memory.newReservation();
    }

    /**
     * Makes the next request of a visit: for its URL, or for the target of its redirects. Sends no request if the
     * target is refused.
     *
     * @param reservation holds the memory of the body; the caller releases it
     */
    public ExchangeResult fetch(FrontierUrl url, BodyMemory.Reservation reservation) {
        Disposition.@Nullable Refused refused = checkTarget(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        counters.addRequest(url.isRedirected() ? "redirect" : "page");
        return exchanges.exchange(
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
     * @param url a URL that cannot exist ({@link org.markwatch.crawl.frontier.SoftNotFoundDetector#probeUrl})
     * @param reservation holds the memory of the body; the caller releases it
     */
    public ExchangeResult probe(FrontierUrl url, BodyMemory.Reservation reservation) {
        Disposition.@Nullable Refused refused = checkTarget(url, url.target(), 0);
        if (refused != null) {
            return new ExchangeResult.Completed(refused);
        }
        counters.addRequest("probe");
        return exchanges.exchange(
                url,
                url.target(),
                ACCEPT,
                Validators.NONE,
                reservation,
                (response, budget) -> pageResult(url, response, budget));
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
                    : faults.refused(
                            nonPage, "redirect to a URL whose file extension indicates " + nonPage, target, status, 0);
        }
        return ports.allow(target, url.site().url()) ? null : faults.portRefused(target, status);
    }

    private ExchangeResult redirectResult(FrontierUrl url, String location, int status) {
        HttpUrl from = url.target();
        HttpUrl target = from.resolve(location).orElse(null);
        if (target == null) {
            return ExchangeFaults.completed(faults.refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect to '" + OneLine.of(location) + "', which is not an http or https URL",
                    from,
                    status,
                    0));
        }
        if (url.chain().contains(target)) {
            return ExchangeFaults.completed(faults.failed(status, "redirect", "redirect loop", target));
        }
        if (url.chain().size() > MAX_REDIRECTS) {
            return ExchangeFaults.completed(
                    faults.failed(status, "redirect", "more than " + MAX_REDIRECTS + " redirects", target));
        }
        if (target.length() > Link.MAX_URL_LENGTH) {
            return ExchangeFaults.completed(faults.refused(
                    Disposition.RefusalKind.LIMIT,
                    "redirect to a URL longer than " + Link.MAX_URL_LENGTH,
                    from,
                    status,
                    0));
        }
        Disposition.@Nullable Refused refused = checkTarget(url, target, status);
        if (refused != null) {
            return ExchangeFaults.completed(refused);
        }
        if (!url.site().isInScope(target)) {
            return ExchangeFaults.completed(faults.refused(
                    Disposition.RefusalKind.SCOPE,
                    "redirect out of the scope of " + url.site().url(),
                    target,
                    status,
                    0));
        }
        return new ExchangeResult.Redirect(target);
    }

    private ExchangeResult pageResult(FrontierUrl url, ClassicHttpResponse response, BodyMemory.BufferBudget budget)
            throws IOException {
        HttpUrl target = url.target();
        int status = response.getCode();
        Instant at = clock.instant();
        if (status == 429 || status == 503) {
            return faults.busy(target, response);
        }
        if (status == 304 && !url.validators().isEmpty()) {
            Validators validators = url.validators().updatedBy(Validators.of(ResponseHeaders.storedHeaders(response)));
            ResponseHeaders.drainIfSmall(response);
            return ExchangeFaults.completed(new Disposition.NotModified(target, status, validators, at));
        }
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            ResponseHeaders.drainIfSmall(response);
            return location == null
                    ? ExchangeFaults.completed(
                            faults.failed(status, "http-status", "HTTP " + status + " without Location", target))
                    : redirectResult(url, location.getValue(), status);
        }
        if (status < 200 || status >= 300) {
            ResponseHeaders.drainIfSmall(response);
            return ExchangeFaults.completed(faults.failed(status, "http-status", "HTTP " + status, target));
        }
        if (url.isCompressedSitemap() && response.getEntity() != null) {
            return ExchangeFaults.completed(CaptureDecoder.decode(
                    bodies.readSitemap(response, response.getEntity(), settings.maxBodyBytes(), budget),
                    new CaptureDecoder.ResponseHead(
                            url.url(),
                            url.chain(),
                            status,
                            "application/xml",
                            null,
                            ResponseHeaders.storedHeaders(response),
                            at)));
        }
        String declared = "";
        for (Header header : response.getHeaders("Content-Type")) {
            String type = MediaTypes.essence(header.getValue());
            if (!type.isEmpty() && !MediaTypes.isText(type) && !MediaTypes.mayListLinks(type)) {
                return ExchangeFaults.completed(
                        faults.refused(MediaTypes.kindOf(type), "Content-Type " + type, target, status, 0));
            }
            declared = type.isEmpty() ? declared : type;
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return ExchangeFaults.completed(
                    faults.failed(status, "empty", "HTTP " + status + " without a body", target));
        }
        String charset = ResponseHeaders.charset(response);
        Body body = bodies.read(entity, response, settings.maxBodyBytes(), budget, BinaryDetector.ofPage(charset));
        return ExchangeFaults.completed(CaptureDecoder.decode(
                body,
                new CaptureDecoder.ResponseHead(
                        url.url(),
                        url.chain(),
                        status,
                        declared,
                        charset,
                        ResponseHeaders.storedHeaders(response),
                        at)));
    }

    /** Returns whether {@link #cancel} was called. Failures after that say nothing about the hosts. */
    public boolean cancelled() {
        return exchanges.cancelled();
    }

    /** Returns the number of exchanges in flight. */
    public int inFlight() {
        return exchanges.inFlight();
    }

    /** Returns the number of bodies that wait for memory. */
    public int waitingForMemory() {
        return memory.waiting();
    }

    /** Cancels every exchange in flight and every later one. */
    public void cancel() {
        memory.close();
        exchanges.cancel();
    }

    /** Ends the timer and closes the connections. */
    public void shutDown() {
        exchanges.shutDown();
    }
}
