package org.markwatch.crawl.visit;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.SitemapFile;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.AddressSlots;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFaults;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.frontier.HostState;
import org.markwatch.crawl.partition.AddressLocks;
import org.markwatch.crawl.politeness.AddressBudget;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.RevisitPolicy;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.robots.Sitemaps;
import org.markwatch.url.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the requests of visits for one crawler thread. Each call makes one request for a URL whose host is due, and ends
 * its visit or puts it back for another request.
 *
 * @param <R> result of the page analysis
 */
public final class VisitRequests<R> {
    private static final Logger LOG = LoggerFactory.getLogger(VisitRequests.class);

    /** Time until a request to an address is tried again at which other processes have as many as the limit. */
    private static final Duration BUSY_ADDRESS_DELAY = Duration.ofMillis(200);

    private final HostFrontier frontier;
    private final RobotsPolicy robots;
    private final TextOnlyFetcher fetcher;
    private final AddressBudget addresses;
    private final RobotsRequests<R> robotsRequests;
    private final SoftNotFoundProbe<R> probe;
    private final RevisitPolicy<R> revisitPolicy;
    private final VisitEnding<R> ending;
    private final Predicate<HttpUrl> isKnown;
    private final AddressLocks locks;
    private final Clock clock;
    /** Buffer for the body of the current response. */
    private final BodyMemory.Reservation reservation;

    /**
     * @param isKnown    whether a URL is that of a page that was found earlier
     * @param locks      limits the requests to one address over all processes
     * @param clock   time of dispositions
     */
    public VisitRequests(
            HostFrontier frontier,
            RobotsPolicy robots,
            TextOnlyFetcher fetcher,
            AddressBudget addresses,
            PageAnalyser<R> analyser,
            RevisitPolicy<R> revisitPolicy,
            Politeness politeness,
            VisitEnding<R> ending,
            Predicate<HttpUrl> isKnown,
            AddressLocks locks,
            Clock clock) {
        this.frontier = frontier;
        this.robots = robots;
        this.fetcher = fetcher;
        this.addresses = addresses;
        this.robotsRequests = new RobotsRequests<>(frontier, robots, fetcher, politeness, ending);
        this.probe = new SoftNotFoundProbe<>(frontier, fetcher, analyser, politeness);
        this.revisitPolicy = revisitPolicy;
        this.ending = ending;
        this.isKnown = isKnown;
        this.locks = locks;
        this.clock = clock;
        this.reservation = fetcher.newReservation();
    }

    /**
     * Makes the request for a URL, or queues it while its address is busy; then those that waited for the same address.
     *
     * @throws InterruptedException if the crawl is being closed; the visit stays open
     */
    public void visit(FrontierUrl url) throws InterruptedException {
        HostQueue host = frontier.nextHost(url);
        if (endWithoutRequest(url, host)) {
            return;
        }
        AddressBudget.Permit permit = addresses.acquire(url, host);
        while (permit != null) {
            makeRequest(permit);
            reservation.releaseAll();
            // after the end of the crawl, requests that wait stay open for the next start
            permit = frontier.isFinished() ? null : addresses.release(permit);
        }
    }

    /**
     * Ends a visit that needs no request: not due, host failed, or disallowed by robots.txt. If the host that serves a
     * redirected robots.txt has failed, ends the robots.txt redirect fetch instead; the visit goes on.
     */
    private boolean endWithoutRequest(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (url.robotsRedirect() == null && !url.isRedirected() && !isInTerms(url)) {
            ending.end(
                    url,
                    host,
                    new Disposition.Refused(
                            Disposition.RefusalKind.SCOPE,
                            "no longer in scope or depth of " + url.site().url(),
                            url.url(),
                            0,
                            0,
                            clock.instant()),
                    Duration.ZERO,
                    reservation);
            return true;
        }
        PageHistory history = url.history();
        if (history != null && revisitPolicy.isOutdated(history)) {
            url.requestUnconditionally();
        }
        if (history != null
                && url.robotsRedirect() == null
                && !revisitPolicy.isDue(url.depth() == 0, url.isRedirected(), history)) {
            Disposition same =
                    new Disposition.NotModified(history.finalUrl(), 0, history.validators(), clock.instant());
            ending.end(url, host, same, Duration.ZERO, reservation);
            return true;
        }
        HostFaults.HostFailure failure = host.faults().failure();
        if (failure != null && url.robotsRedirect() != null) {
            frontier.ownHost(url).robots().learn(HostState.RobotsSource.unusable(failure.reason()));
            frontier.endRobotsRedirectFetch(url, host, Duration.ZERO);
            return true;
        }
        if (failure != null) {
            ending.end(url, host, ending.failed(url, failure.cause(), failure.reason()), Duration.ZERO, reservation);
            return true;
        }
        RobotRules rules = host.robots().rules();
        if (url.robotsRedirect() != null || rules == null || !robots.disallows(rules, url)) {
            return false;
        }
        if (robots.isOverridden(url)) {
            robots.recordOverride(url);
            return false;
        }
        String at = url.isRedirected() ? " (redirected to " + url.target() + ")" : "";
        ending.end(
                url,
                host,
                new Disposition.Disallowed(rules.reason() + at, clock.instant()),
                Duration.ZERO,
                reservation);
        return true;
    }

    /** Whether the seed still covers a page that an earlier run found; sitemaps that robots.txt names may be elsewhere. */
    private static boolean isInTerms(FrontierUrl url) {
        return url.past().disposition() == null
                || url.depth() <= url.site().seed().maxDepth() && url.site().isInScope(url.url());
    }

    /** Makes a request, or puts the URL back while requests of other processes to its address are as many as the limit. */
    private void makeRequest(AddressBudget.Permit permit) throws InterruptedException {
        FrontierUrl url = permit.url();
        HostQueue host = frontier.nextHost(url);
        AddressSlots slots = permit.slots();
        if (!permit.isLimited() || slots == null) {
            makeRequest(url, host);
            return;
        }
        AddressLocks.AddressLock shared = locks.tryAcquire(slots.hash(), slots.limit());
        if (!shared.isGranted()) {
            frontier.requeue(url, host, BUSY_ADDRESS_DELAY);
            return;
        }
        try {
            makeRequest(url, host);
        } finally {
            locks.release(shared);
        }
    }

    private void makeRequest(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (url.robotsRedirect() != null) {
            robotsRequests.fetchRedirected(url, host);
            return;
        }
        RobotRules rules = host.robots().rules();
        if (rules == null) {
            robotsRequests.fetch(url, host, reservation);
            return;
        }
        if (host.softNotFoundDetector().isProbeDue()) {
            probe.request(url, host, rules, reservation);
            return;
        }
        Sitemaps sitemaps = url.sitemaps();
        HttpUrl sitemap = sitemaps == null ? null : host.nextSitemap(sitemaps, rules);
        if (sitemaps != null && sitemap != null) {
            readSitemap(url, host, sitemaps, sitemap);
            return;
        }
        ExchangeResult answer = host.responseTime().measure(() -> fetcher.fetch(url, reservation));
        if (fetcher.cancelled()) {
            return; // cancelled by a shutdown: the row stays open for the next start
        }
        switch (answer) {
            case ExchangeResult.Redirect(HttpUrl target)
            when url.depth() > 0 && host.softNotFoundDetector().isErrorTarget(target) -> {
                host.faults().reset();
                ending.end(
                        url,
                        host,
                        ending.softNotFound(url, "redirects this URL and its soft-404 probe to the same page"),
                        Politeness.delay(url, host),
                        reservation);
            }
            case ExchangeResult.Redirect(HttpUrl target)
            when isKnown.test(target) -> {
                host.faults().reset();
                ending.end(
                        url,
                        host,
                        new Disposition.Redirected(target, clock.instant()),
                        Politeness.delay(url, host),
                        reservation);
            }
            case ExchangeResult.Redirect(HttpUrl target) -> {
                host.faults().reset();
                frontier.followRedirect(url, host, target, Politeness.delay(url, host));
            }
            case ExchangeResult.Retryable later -> ending.retry(url, host, later, reservation);
            case ExchangeResult.Completed(Disposition fetch) -> {
                host.faults().reset();
                boolean requested = !(fetch instanceof Disposition.Refused refused) || refused.status() > 0;
                ending.end(url, host, fetch, requested ? Politeness.delay(url, host) : Duration.ZERO, reservation);
            }
        }
    }

    /**
     * Fetches a sitemap. Sitemaps are fetched before the page of the seed, and their links are added with those of that
     * page.
     */
    private void readSitemap(FrontierUrl url, HostQueue host, Sitemaps sitemaps, HttpUrl sitemap)
            throws InterruptedException {
        SitemapFile file =
                host.responseTime().measure(() -> fetcher.siteFiles().fetchSitemap(url, sitemap, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        try {
            Sitemaps.Listed listed = file.redirect() == null
                    ? Sitemaps.parse(file.content())
                    : Sitemaps.Listed.redirect(file.redirect());
            sitemaps.add(listed);
            host.keepSitemap(sitemap, listed);
        } catch (RuntimeException e) {
            LOG.warn("Parsing sitemap {} failed; the URLs after the error are skipped", sitemap, e);
        }
        ExchangeResult.Retryable failure = file.retryable();
        if (failure == null) {
            host.faults().reset();
            frontier.requeue(url, host, Politeness.delay(url, host));
        } else {
            ending.retry(url, host, failure, reservation);
        }
    }
}
