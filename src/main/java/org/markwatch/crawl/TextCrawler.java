package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.url.WebURL;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * One crawler thread: takes a URL whose host is due, makes one request, and ends the visit or puts the URL back for
 * another request.
 *
 * <p>crawler4j's crawler loop runs it. crawler4j's own page processing, which reads a whole body first, is bypassed.
 *
 * @param <R> result of the page analysis
 */
final class TextCrawler<R> extends WebCrawler {
    private static final Logger LOG = LoggerFactory.getLogger(TextCrawler.class);

    /** Failed attempts for one URL, after which it fails. */
    static final int MAX_ATTEMPTS = 4;

    private final HostFrontier frontier;
    private final RobotsPolicy robots;
    private final TextOnlyFetcher fetcher;
    private final AddressBudget addresses;
    private final PageAnalyser<R> analyser;
    private final VisitQueue<R> visitQueue;
    private final Politeness politeness;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RevisitPolicy<R> revisitPolicy;
    private final Predicate<HttpUrl> isKnown;
    /** Buffer for the body of the current response. */
    private final BodyMemory.Reservation reservation;

    /** Receives ended visits. */
    interface VisitQueue<R> {
        /** Adds a visit; waits while the queue is full. */
        void put(Visit<R> visit) throws InterruptedException;
    }

    TextCrawler(
            HostFrontier frontier,
            RobotsPolicy robots,
            TextOnlyFetcher fetcher,
            PageAnalyser<R> analyser,
            RevisitPolicy<R> revisitPolicy,
            Predicate<HttpUrl> isKnown,
            VisitQueue<R> visitQueue,
            BackOff backOff,
            Clock clock,
            LongSupplier nanos) {
        this.frontier = frontier;
        this.robots = robots;
        this.fetcher = fetcher;
        this.addresses = fetcher.addressBudget();
        this.analyser = analyser;
        this.visitQueue = visitQueue;
        this.politeness = new Politeness(backOff);
        this.clock = clock;
        this.nanos = nanos;
        this.revisitPolicy = revisitPolicy;
        this.isKnown = isKnown;
        this.reservation = fetcher.newReservation();
    }

    /** Makes the request for a URL; returns null, so that crawler4j's loop does not process the URL itself. */
    @Override
    protected @Nullable WebURL handleUrlBeforeProcess(WebURL next) {
        FrontierUrl url = (FrontierUrl) next;
        HostQueue host = frontier.nextHost(url);
        try {
            if (!endWithoutRequest(url, host)) {
                AddressBudget.Permit permit = addresses.acquire(url, host);
                while (permit != null) {
                    makeRequest(permit.url(), permit.host());
                    reservation.releaseAll();
                    // after the end of the crawl, requests that wait stay open for the next start
                    permit = frontier.isFinished() ? null : addresses.release(permit);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the crawl is being closed; the row stays open for the next start
        }
        return null;
    }

    /** Returns the exception that ended the crawler loop, or null. */
    @Nullable
    Throwable failure() {
        return getError();
    }

    /**
     * Ends a visit that needs no request: not due, host failed, or disallowed by robots.txt. If the host that serves a
     * redirected robots.txt has failed, ends the robots.txt redirect fetch instead; the visit goes on.
     */
    private boolean endWithoutRequest(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (url.robotsRedirect() == null && !url.isRedirected() && !isInTerms(url)) {
            end(
                    url,
                    host,
                    new Disposition.Refused(
                            Disposition.RefusalKind.SCOPE,
                            "no longer in scope or depth of " + url.site().url(),
                            url.url(),
                            0,
                            0,
                            clock.instant()),
                    Duration.ZERO);
            return true;
        }
        PageHistory history = url.history();
        if (history != null && revisitPolicy.isOutdated(history)) {
            url.requestUnconditionally();
        }
        if (history != null && url.robotsRedirect() == null && !revisitPolicy.isDue(url, history)) {
            Disposition same =
                    new Disposition.NotModified(history.finalUrl(), 0, history.validators(), clock.instant());
            end(url, host, same, Duration.ZERO);
            return true;
        }
        HostQueue.HostFailure failure = host.failure();
        if (failure != null && url.robotsRedirect() != null) {
            frontier.ownHost(url).rules(new RobotRules.Unreachable(failure.reason()));
            frontier.endRobotsRedirectFetch(url, host, Duration.ZERO);
            return true;
        }
        if (failure != null) {
            end(url, host, failed(url, failure.cause(), failure.reason()), Duration.ZERO);
            return true;
        }
        RobotRules rules = host.rules();
        if (url.robotsRedirect() != null || rules == null || !robots.disallows(rules, url)) {
            return false;
        }
        if (robots.isOverridden(url)) {
            robots.recordOverride(url);
            return false;
        }
        String at = url.isRedirected() ? " (redirected to " + url.target() + ")" : "";
        end(url, host, new Disposition.Disallowed(rules.reason() + at, clock.instant()), Duration.ZERO);
        return true;
    }

    /** Whether the seed still covers a page that an earlier run found; sitemaps that robots.txt names may be elsewhere. */
    private static boolean isInTerms(FrontierUrl url) {
        return url.past().disposition() == null
                || url.getDepth() <= url.site().seed().maxDepth() && url.site().isInScope(url.url());
    }

    private void makeRequest(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (url.robotsRedirect() != null) {
            fetchRedirectedRobots(url, host);
            return;
        }
        RobotRules rules = host.rules();
        if (rules == null) {
            fetchRobots(url, host);
            return;
        }
        if (host.softNotFoundDetector().isProbeDue()) {
            probeSoftNotFound(url, host, rules);
            return;
        }
        Sitemaps sitemaps = url.sitemaps();
        HttpUrl sitemap = sitemaps == null ? null : sitemaps.next(host, rules);
        if (sitemaps != null && sitemap != null) {
            readSitemap(url, host, sitemaps, sitemap);
            return;
        }
        ExchangeResult answer = timed(host, () -> fetcher.fetch(url, reservation));
        if (fetcher.cancelled()) {
            return; // cancelled by a shutdown: the row stays open for the next start
        }
        switch (answer) {
            case ExchangeResult.Redirect(HttpUrl target)
            when url.getDepth() > 0 && host.softNotFoundDetector().isErrorTarget(target) -> {
                host.resetFailures();
                end(
                        url,
                        host,
                        softNotFound(url, "redirects this URL and its soft-404 probe to the same page"),
                        Politeness.delay(url, host));
            }
            case ExchangeResult.Redirect(HttpUrl target)
            when isKnown.test(target) -> {
                host.resetFailures();
                end(url, host, new Disposition.Redirected(target, clock.instant()), Politeness.delay(url, host));
            }
            case ExchangeResult.Redirect(HttpUrl target) -> {
                host.resetFailures();
                frontier.followRedirect(url, host, target, Politeness.delay(url, host));
            }
            case ExchangeResult.Retryable later -> retry(url, host, later);
            case ExchangeResult.Completed(Disposition fetch) -> {
                host.resetFailures();
                boolean requested = !(fetch instanceof Disposition.Refused refused) || refused.status() > 0;
                end(url, host, fetch, requested ? Politeness.delay(url, host) : Duration.ZERO);
            }
        }
    }

    /**
     * Fetches a sitemap. Sitemaps are fetched before the page of the seed, and their links are added with those of that
     * page.
     */
    private void readSitemap(FrontierUrl url, HostQueue host, Sitemaps sitemaps, HttpUrl sitemap)
            throws InterruptedException {
        SitemapFile file = timed(host, () -> fetcher.siteFiles().fetchSitemap(url, sitemap, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        try {
            if (file.redirect() != null) {
                sitemaps.addRedirect(file.redirect());
            }
            sitemaps.parse(file.content());
        } catch (RuntimeException e) {
            LOG.warn("Parsing sitemap {} failed; the URLs after the error are skipped", sitemap, e);
        }
        ExchangeResult.Retryable failure = file.retryable();
        if (failure == null) {
            host.resetFailures();
            frontier.requeue(url, host, Politeness.delay(url, host));
        } else {
            retry(url, host, failure);
        }
    }

    /**
     * Makes the soft-404 probe of a host: requests a URL that cannot exist, with the politeness of every other request.
     */
    private void probeSoftNotFound(FrontierUrl url, HostQueue host, RobotRules rules) throws InterruptedException {
        HttpUrl missing = SoftNotFoundDetector.probeUrl(host.key());
        if (!rules.allows(missing)) {
            host.softNotFoundDetector().endProbe();
            frontier.requeue(url, host, Duration.ZERO);
            return;
        }
        FrontierUrl probe = new FrontierUrl(0, missing, host.key(), url.site(), 1, LinkPriority.ORDINARY);
        ExchangeResult answer = timed(host, () -> fetcher.probe(probe, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        switch (answer) {
            case ExchangeResult.Redirect(HttpUrl target) ->
                host.softNotFoundDetector().setErrorTarget(target);
            case ExchangeResult.Completed(Disposition.Fetched(Capture capture)) -> {
                try {
                    host.softNotFoundDetector()
                            .setErrorPage(analyser.analyse(capture).nearDuplicateHash());
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.warn("Analysing the soft-404 probe of {} failed; its pages are not compared with it", host, e);
                    host.softNotFoundDetector().endProbe();
                }
            }
            case ExchangeResult.Completed ended -> host.softNotFoundDetector().endProbe();
            case ExchangeResult.Retryable later -> {
                host.softNotFoundDetector().endProbe();
                frontier.requeue(url, host, politeness.recordFailure(url, host, later));
                return;
            }
        }
        frontier.requeue(url, host, Politeness.delay(url, host));
    }

    private void fetchRobots(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (followRobotsToOtherHost(url, host, host, Duration.ZERO)) {
            return;
        }
        RobotsPolicy.RobotsOutcome result = timed(host, () -> robots.fetch(host, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (result) {
            case RobotsPolicy.RobotsOutcome.HostRefused(Disposition.Refused refused) ->
                end(url, host, refused, Duration.ZERO);
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable failure)
            when failure != null -> retry(url, host, failure);
            case RobotsPolicy.RobotsOutcome.FurtherRequest further -> {
                if (!followRobotsToOtherHost(url, host, host, Politeness.delay(url, host))) {
                    frontier.requeue(url, host, Politeness.delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown known ->
                frontier.requeue(url, host, Politeness.delay(url, host));
        }
    }

    /** Requests the robots.txt of another host, which redirects to {@code host}. */
    private void fetchRedirectedRobots(FrontierUrl url, HostQueue host) {
        HostQueue ownHost = frontier.ownHost(url);
        RobotsPolicy.RobotsOutcome result = timed(host, () -> robots.fetch(ownHost, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (result) {
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable failure)
            when failure != null -> {
                Duration delay = politeness.recordFailure(url, host, failure);
                if (host.isDeferred()) {
                    frontier.requeue(url, host, delay);
                } else {
                    frontier.endRobotsRedirectFetch(url, host, delay);
                }
            }
            case RobotsPolicy.RobotsOutcome.FurtherRequest further -> {
                if (!followRobotsToOtherHost(url, ownHost, host, Politeness.delay(url, host))) {
                    frontier.requeue(url, host, Politeness.delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown known ->
                frontier.endRobotsRedirectFetch(url, host, Politeness.delay(url, host));
            case RobotsPolicy.RobotsOutcome.HostRefused refused ->
                throw new IllegalStateException("robots.txt was redirected and then refused: " + refused);
        }
    }

    /** Moves a URL to the host that serves its robots.txt; returns false if that host got the latest request. */
    private boolean followRobotsToOtherHost(
            FrontierUrl url, HostQueue ownHost, HostQueue requestedHost, Duration delay) {
        HttpUrl file = ownHost.robotsTarget();
        if (file.origin().equals(requestedHost.key())) {
            return false;
        }
        frontier.beginRobotsRedirectFetch(url, requestedHost, file, delay);
        return true;
    }

    private void retry(FrontierUrl url, HostQueue host, ExchangeResult.Retryable later) throws InterruptedException {
        Duration delay = politeness.recordFailure(url, host, later);
        if (host.isDeferred()) {
            frontier.requeue(url, host, delay); // the host said when to retry, which is no failed attempt
        } else if (url.countFailedAttempt() >= MAX_ATTEMPTS || host.failure() != null) {
            end(url, host, later.failure(), host.failure() != null ? Duration.ZERO : delay);
        } else {
            frontier.requeue(url, host, delay);
        }
    }

    private void end(FrontierUrl url, HostQueue host, Disposition fetch, Duration delay) throws InterruptedException {
        long ended = nanos.getAsLong();
        Disposition disposition = fetch;
        PageAnalysis<R> analysis = null;
        PageOutcome<R> outcome = null;
        Sitemaps sitemaps = url.sitemaps();
        Set<HttpUrl> links = new LinkedHashSet<>();
        try {
            if (fetch instanceof Disposition.Fetched(Capture capture)) {
                analysis = analyser.analyse(capture);
                if (url.getDepth() > 0 && host.softNotFoundDetector().isErrorPage(analysis.nearDuplicateHash())) {
                    disposition = softNotFound(url, "answers this URL and its soft-404 probe with the same page");
                    analysis = null;
                } else {
                    host.softNotFoundDetector().record(analysis.nearDuplicateHash());
                    url.site().traps().record(url.url(), analysis.nearDuplicateHash());
                    links.addAll(Outlinks.canonical(robots.followableLinks(analysis.links())));
                    if (robots.mayStore(analysis)) {
                        outcome = revisitPolicy.outcomeFor(url, capture, analysis, PageHistoryUpdate.joinLines(links));
                        disposition = new Disposition.Fetched(capture.withoutText());
                    } else {
                        disposition = new Disposition.Disallowed(
                                "the page asks robots not to store it (noindex)", clock.instant());
                        analysis = null;
                    }
                }
            } else if (fetch instanceof Disposition.NotModified same) {
                outcome = revisitPolicy.outcomeFor(url, same); // commit looks up its links
            }
            links.addAll(Outlinks.canonical(sitemaps == null ? List.of() : sitemaps.links()));
            Set<HttpUrl> namedByRobots = sitemaps == null ? Set.of() : sitemaps.namedByRobots();
            links.addAll(namedByRobots);
            url.outlinks(Outlinks.of(url, links, namedByRobots));
        } catch (DataAccessException e) {
            throw e; // says nothing about the page; the run fails and can be resumed
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("Analysing {} failed; the page is recorded as failed and the crawl continues", url, e);
            disposition = failed(url, "analysis", e.getClass().getSimpleName() + " while analysing the page");
            analysis = null;
            outcome = null;
            url.historyUpdate(null);
        }
        if (outcome == null) {
            revisitPolicy.scheduleWithoutText(url, disposition);
        }
        reservation.releaseAll(); // before the host is released, and before waiting for the caller to commit
        frontier.endVisit(url, host, disposition.usesBudget(), ended + delay.toNanos());
        visitQueue.put(new Visit<>(
                url.id(),
                url.url(),
                url.host(),
                url.getDepth(),
                disposition,
                analysis == null ? null : analysis.textSha256(),
                analysis == null ? Map.of() : analysis.references(),
                outcome != null && isShell(url, analysis),
                outcome));
    }

    /** Whether a page says nothing without scripts, by its analysis or, if it was not fetched, by its history. */
    private static boolean isShell(FrontierUrl url, @Nullable PageAnalysis<?> analysis) {
        PageHistory history = url.history();
        return analysis == null ? history != null && history.shell() : analysis.shell();
    }

    private Disposition.Failed softNotFound(FrontierUrl url, String why) {
        return new Disposition.Failed(
                200, Disposition.SOFT_NOT_FOUND, "soft 404: the host " + why, url.target(), clock.instant());
    }

    private Disposition.Failed failed(FrontierUrl url, String cause, String reason) {
        return new Disposition.Failed(0, cause, reason, url.target(), clock.instant());
    }

    private <T> T timed(HostQueue host, Supplier<T> request) {
        long start = nanos.getAsLong();
        T answer = request.get();
        host.recordResponseTime(Duration.ofNanos(nanos.getAsLong() - start));
        return answer;
    }
}
