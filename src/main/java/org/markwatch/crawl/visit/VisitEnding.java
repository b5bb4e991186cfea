package org.markwatch.crawl.visit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.PageAnalysis;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.PageHistoryUpdate;
import org.markwatch.crawl.revisit.RevisitPolicy;
import org.markwatch.crawl.robots.Sitemaps;
import org.markwatch.crawl.scope.Outlinks;
import org.markwatch.url.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Ends visits: analyses the page, decides when it is due again, and passes the visit to the caller of the crawl. A failed
 * request ends a visit only after several attempts. Thread-safe.
 *
 * @param <R> result of the page analysis
 */
public final class VisitEnding<R> {
    private static final Logger LOG = LoggerFactory.getLogger(VisitEnding.class);

    /** Failed attempts for one URL, after which it fails. */
    public static final int MAX_ATTEMPTS = 4;

    private final HostFrontier frontier;
    private final RobotsPolicy robots;
    private final PageAnalyser<R> analyser;
    private final RevisitPolicy<R> revisitPolicy;
    private final Politeness politeness;
    private final VisitQueue<R> visitQueue;
    private final Clock clock;
    private final LongSupplier nanos;

    /** Receives ended visits. */
    public interface VisitQueue<R> {
        /** Adds a visit; waits while the queue is full. */
        void put(Visit<R> visit) throws InterruptedException;
    }

    /**
     * @param clock time of dispositions
     * @param nanos monotonic clock in nanoseconds
     */
    public VisitEnding(
            HostFrontier frontier,
            RobotsPolicy robots,
            PageAnalyser<R> analyser,
            RevisitPolicy<R> revisitPolicy,
            Politeness politeness,
            VisitQueue<R> visitQueue,
            Clock clock,
            LongSupplier nanos) {
        this.frontier = frontier;
        this.robots = robots;
        this.analyser = analyser;
        this.revisitPolicy = revisitPolicy;
        this.politeness = politeness;
        this.visitQueue = visitQueue;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Puts a URL back for another attempt after a failure, or ends its visit after {@link #MAX_ATTEMPTS} of them. */
    void retry(FrontierUrl url, HostQueue host, ExchangeResult.Retryable later, BodyMemory.Reservation reservation)
            throws InterruptedException {
        Duration delay = politeness.recordFailure(url, host, later);
        if (host.faults().isDeferred()) {
            frontier.requeue(url, host, delay); // the host said when to retry, which is no failed attempt
        } else if (url.countFailedAttempt() >= MAX_ATTEMPTS || host.faults().failure() != null) {
            end(url, host, later.failure(), host.faults().failure() != null ? Duration.ZERO : delay, reservation);
        } else {
            frontier.requeue(url, host, delay);
        }
    }

    /**
     * Ends a visit: analyses the page if there is one, releases the host, and passes the visit on.
     *
     * @param fetch       how the requests of the visit ended
     * @param delay       time until the host is due again
     * @param reservation holds the memory of the body, which is released
     */
    void end(FrontierUrl url, HostQueue host, Disposition fetch, Duration delay, BodyMemory.Reservation reservation)
            throws InterruptedException {
        long ended = nanos.getAsLong();
        Disposition disposition = fetch;
        PageAnalysis<R> analysis = null;
        PageOutcome<R> outcome = null;
        Sitemaps sitemaps = url.sitemaps();
        Set<HttpUrl> links = new LinkedHashSet<>();
        try {
            if (fetch instanceof Disposition.Fetched(Capture capture)) {
                analysis = analyser.analyse(capture);
                if (url.depth() > 0 && host.softNotFoundDetector().isErrorPage(analysis.nearDuplicateHash())) {
                    disposition = softNotFound(url, "answers this URL and its soft-404 probe with the same page");
                    analysis = null;
                } else {
                    host.softNotFoundDetector().record(analysis.nearDuplicateHash());
                    url.site().traps().record(url.url(), analysis.nearDuplicateHash());
                    links.addAll(Outlinks.canonical(robots.followableLinks(analysis.links())));
                    if (robots.mayStore(analysis)) {
                        outcome = record(
                                url,
                                revisitPolicy.resultOf(
                                        url.depth() == 0,
                                        url.isRedirected() ? null : url.history(),
                                        capture,
                                        analysis,
                                        PageHistoryUpdate.joinLines(links)));
                        disposition = new Disposition.Fetched(capture.withoutText());
                    } else {
                        disposition = new Disposition.Disallowed(
                                "the page asks robots not to store it (noindex)", clock.instant());
                        analysis = null;
                    }
                }
            } else if (fetch instanceof Disposition.NotModified same) {
                outcome = record(url, standingResult(url, same)); // commit looks up its links
            }
            links.addAll(Outlinks.canonical(sitemaps == null ? List.of() : sitemaps.links()));
            Set<HttpUrl> namedByRobots = sitemaps == null ? Set.of() : sitemaps.namedByRobots();
            links.addAll(namedByRobots);
            url.outlinks(Outlinks.of(url.url(), url.depth(), url.site(), links, namedByRobots));
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
            url.nextVisit(revisitPolicy.nextWithoutText(url.depth() == 0, url.url(), url.past(), disposition));
        }
        reservation.releaseAll(); // before the host is released, and before waiting for the caller to commit
        frontier.endVisit(url, host, disposition.usesBudget(), ended + delay.toNanos());
        visitQueue.put(new Visit<>(
                url.id(),
                url.url(),
                url.host(),
                url.site().partition(),
                url.depth(),
                disposition,
                analysis == null ? null : analysis.textSha256(),
                analysis == null ? Map.of() : analysis.references(),
                outcome != null && isShell(url, analysis),
                outcome));
    }

    private PageOutcome<R> record(FrontierUrl url, RevisitPolicy.VisitResult<R> result) {
        url.nextVisit(result.next());
        url.historyUpdate(result.history());
        return result.outcome();
    }

    private RevisitPolicy.VisitResult<R> standingResult(FrontierUrl url, Disposition.NotModified same) {
        PageHistory history = url.history();
        if (history == null) {
            throw new IllegalStateException(url + " is not modified, but has no page history");
        }
        return revisitPolicy.resultOf(url.depth() == 0, url.id(), history, same);
    }

    /** Whether a page says nothing without scripts, by its analysis or, if it was not fetched, by its history. */
    private static boolean isShell(FrontierUrl url, @Nullable PageAnalysis<?> analysis) {
        PageHistory history = url.history();
        return analysis == null ? history != null && history.shell() : analysis.shell();
    }

    /** Returns the disposition of a missing page that the host answers with 200 or a redirect. */
    Disposition.Failed softNotFound(FrontierUrl url, String why) {
        return new Disposition.Failed(
                200, Disposition.SOFT_NOT_FOUND, "soft 404: the host " + why, url.target(), clock.instant());
    }

    /** Returns the disposition of a visit that failed without a response. */
    Disposition.Failed failed(FrontierUrl url, String cause, String reason) {
        return new Disposition.Failed(0, cause, reason, url.target(), clock.instant());
    }
}
