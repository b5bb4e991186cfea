package org.markwatch.crawl.fetch;

import java.io.IOException;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.content.BinaryDetector;
import org.markwatch.crawl.content.Body;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.url.HttpUrl;

/**
 * Fetches the files by which a host guides crawlers: robots.txt and sitemaps. They are read by the rules of
 * {@link TextOnlyFetcher}; their redirects are followed by the caller. Thread-safe.
 */
public final class SiteFileFetcher {
    /** Bytes of a robots.txt that are parsed; RFC 9309 section 2.5 requires at least 500 KiB. */
    public static final int MAX_ROBOTS_BYTES = 500 * 1024;

    /** Bytes of a sitemap that are parsed, a fifth of what the sitemap protocol allows; the rest is ignored. */
    static final int MAX_SITEMAP_BYTES = 10 << 20;

    private final CrawlCounters counters;
    private final BodyReader bodies;
    private final BodyMemory memory;
    private final HttpExchanges exchanges;
    private final ExchangeFaults faults;
    private final PortRules ports;

    /**
     * Creates a fetcher.
     *
     * @param counters counts requests by kind
     * @param memory budget that all bodies share
     */
    SiteFileFetcher(
            CrawlCounters counters,
            BodyReader bodies,
            BodyMemory memory,
            HttpExchanges exchanges,
            ExchangeFaults faults,
            PortRules ports) {
        this.counters = counters;
        this.bodies = bodies;
        this.memory = memory;
        this.exchanges = exchanges;
        this.faults = faults;
        this.ports = ports;
    }

    /** Makes one request for a robots.txt on behalf of a visit. */
    public RobotsFile fetchRobots(FrontierUrl url, HttpUrl target) {
        counters.addRequest("robots");
        RobotsFile[] file = new RobotsFile[1];
        BodyMemory.Reservation reservation = memory.newReservation();
        String accept = "text/plain, text/*;q=0.8";
        ExchangeResult result =
                exchanges.exchange(url, target, accept, Validators.NONE, reservation, (response, budget) -> {
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
     * Makes one request for a sitemap, compressed or not, on behalf of a visit.
     *
     * @param reservation holds the memory of the body; the caller releases it
     */
    public SitemapFile fetchSitemap(FrontierUrl url, HttpUrl target, BodyMemory.Reservation reservation) {
        counters.addRequest("sitemap");
        byte[][] content = {{}};
        @Nullable HttpUrl[] redirect = {null};
        String accept = "application/xml, text/xml, text/plain;q=0.8";
        ExchangeResult result =
                exchanges.exchange(url, target, accept, Validators.NONE, reservation, (response, budget) -> {
                    int status = response.getCode();
                    if (status == 429 || status == 503) {
                        return faults.busy(target, response);
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

    private byte[] sitemapBytes(ClassicHttpResponse response, BodyMemory.BufferBudget budget) throws IOException {
        HttpEntity entity = response.getEntity();
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        boolean imageVideoOrAudio =
                essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/");
        if (response.getCode() != 200 || entity == null || imageVideoOrAudio) {
            ResponseHeaders.drainIfSmall(response);
            return new byte[0];
        }
        Body body = bodies.readSitemap(response, entity, MAX_SITEMAP_BYTES, budget);
        return body.nonTextKind() != null ? new byte[0] : Arrays.copyOf(body.bytes(), body.length());
    }

    private RobotsFile robotsFailure(String reason, HttpUrl target) {
        return new RobotsFile.FetchFailed(new ExchangeResult.Retryable(
                ExchangeResult.HostFault.BUSY, null, faults.failed(0, "robots", reason, target)));
    }

    private RobotsFile robotsFile(HttpUrl target, ClassicHttpResponse response, BodyMemory.BufferBudget budget)
            throws IOException {
        int status = response.getCode();
        if (status >= 300 && status < 400) {
            Header location = response.getFirstHeader("Location");
            HttpUrl to = location == null
                    ? null
                    : target.resolve(location.getValue()).orElse(null);
            ResponseHeaders.drainIfSmall(response);
            if (to == null || MediaTypes.byExtension(to) != null) {
                return new RobotsFile.NoFile();
            }
            return ports.allow(to, target)
                    ? new RobotsFile.RobotsRedirect(to)
                    : new RobotsFile.TargetRefused(faults.portRefused(to, status));
        }
        if (status == 429 || status >= 500) {
            return new RobotsFile.FetchFailed(faults.busy(target, response));
        }
        HttpEntity entity = response.getEntity();
        if (status < 200 || status >= 300 || entity == null) {
            ResponseHeaders.drainIfSmall(response);
            return new RobotsFile.NoFile();
        }
        Header type = response.getFirstHeader("Content-Type");
        String essence = type == null ? "" : MediaTypes.essence(type.getValue());
        if (essence.startsWith("image/") || essence.startsWith("video/") || essence.startsWith("audio/")) {
            return new RobotsFile.NoFile();
        }
        Body body = bodies.read(entity, response, MAX_ROBOTS_BYTES, budget, BinaryDetector.ofRobots());
        return body.nonTextKind() != null
                ? new RobotsFile.NoFile()
                : new RobotsFile.Text(Arrays.copyOf(body.bytes(), body.length()));
    }
}
