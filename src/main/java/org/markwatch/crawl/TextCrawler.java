package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.WebCrawler;
import edu.uci.ics.crawler4j.url.WebURL;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One crawler thread: takes a URL in its host's turn, makes one request, and ends the visit or gives it back for another turn.
 *
 * <p>crawler4j's loop runs it; the stock processing, which reads a body before judging it, never does.
 */
final class TextCrawler<R> extends WebCrawler {
    private static final Logger LOG = LoggerFactory.getLogger(TextCrawler.class);

    static final int MAX_ATTEMPTS = 4;
    /** Failures in a row to reach a host at all, after which nothing more is asked of it in this run. */
    static final int MAX_CONNECT_FAILURES = 3;
    /** Times in a row that a host is too busy or too slow to answer, after which nothing more is asked of it either. */
    static final int MAX_BUSY_ANSWERS = 10;
    /** Cause of failure of what waited for a host that asked for a long pause, until the run had nothing else to do. */
    static final String RETRY_AFTER = "retry-after";

    private final HostFrontier frontier;
    private final RobotsPolicy robots;
    private final TextOnlyFetcher fetcher;
    private final AddressBudget addresses;
    private final PageAnalyser<R> reader;
    private final VisitQueue<R> visitQueue;
    private final BackOff backOff;
    private final Clock clock;
    private final LongSupplier nanos;
    private final RevisitPolicy<R> revisitPolicy;
    /** Holds the body of the turn in work. */
    private final BodyMemory.Reservation reservation;

    /** Where finished visits go. */
    interface VisitQueue<R> {
        /** Waits while it is full. */
        void put(Visit<R> visit) throws InterruptedException;
    }

    TextCrawler(
            HostFrontier frontier,
            RobotsPolicy robots,
            TextOnlyFetcher fetcher,
            PageAnalyser<R> reader,
            RevisitPolicy<R> memory,
            VisitQueue<R> outbox,
            BackOff backOff,
            Clock clock,
            LongSupplier nanos) {
        this.frontier = frontier;
        this.robots = robots;
        this.fetcher = fetcher;
        this.addresses = fetcher.addressBudget();
        this.reader = reader;
        this.visitQueue = outbox;
        this.backOff = backOff;
        this.clock = clock;
        this.nanos = nanos;
        this.revisitPolicy = memory;
        this.reservation = fetcher.newReservation();
    }

    /** Does the whole visit, and tells crawler4j's loop that there is nothing left to do. */
    @Override
    protected @Nullable WebURL handleUrlBeforeProcess(WebURL next) {
        FrontierUrl url = (FrontierUrl) next;
        HostQueue host = frontier.nextHost(url);
        try {
            if (!endWithoutRequest(url, host)) {
                AddressBudget.Permit turn = addresses.acquire(url, host);
                while (turn != null) {
                    makeRequest(turn.url(), turn.host());
                    reservation.releaseAll();
                    turn = frontier.isFinished() ? null : addresses.release(turn); // what is left in line stays open
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the crawl is being closed; the row stays open for the next start
        }
        return null;
    }

    /** crawler4j keeps what killed its loop here. */
    @Nullable
    Throwable failure() {
        return getError();
    }

    /** Ends a visit for which nothing is to be asked of the host. */
    private boolean endWithoutRequest(FrontierUrl url, HostQueue host) throws InterruptedException {
        PageHistory known = url.history();
        if (known != null && revisitPolicy.isOutdated(known)) {
            url.requestUnconditionally();
        }
        if (known != null && url.robotsRedirect() == null && !revisitPolicy.isDue(url, known)) {
            Disposition same = new Disposition.NotModified(known.finalUrl(), 0, known.validators(), clock.instant());
            end(url, host, same, Duration.ZERO);
            return true;
        }
        HostQueue.HostFailure down = host.failure();
        if (down != null && url.robotsRedirect() != null) {
            frontier.ownHost(url).rules(new RobotRules.Unreachable(down.reason()));
            frontier.endRobotsRedirectFetch(url, host, Duration.ZERO);
            return true;
        }
        if (down != null) {
            end(url, host, failed(url, down.cause(), down.reason()), Duration.ZERO);
            return true;
        }
        RobotRules rules = host.rules();
        if (url.robotsRedirect() == null && rules != null && robots.disallows(rules, url)) {
            String at = url.isRedirected() ? " (redirected to " + url.target() + ")" : "";
            end(url, host, new Disposition.Disallowed(rules.reason() + at, clock.instant()), Duration.ZERO);
            return true;
        }
        return false;
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
        URI sitemap = sitemaps == null ? null : sitemaps.next(host, rules);
        if (sitemaps != null && sitemap != null) {
            readSitemap(url, host, sitemaps, sitemap);
            return;
        }
        ExchangeResult answer = timed(host, () -> fetcher.fetch(url, reservation));
        if (fetcher.cancelled()) {
            return; // cut off by a stop: left for the next start
        }
        switch (answer) {
            case ExchangeResult.Redirect(URI target)
            when url.getDepth() > 0 && host.softNotFoundDetector().isErrorTarget(target) -> {
                host.resetFailures();
                end(url, host, softNotFound(url, "redirects where nonsense is sent"), delay(url, host));
            }
            case ExchangeResult.Redirect(URI target) -> {
                host.resetFailures();
                frontier.followRedirect(url, host, target, delay(url, host));
            }
            case ExchangeResult.Retryable later -> retry(url, host, later);
            case ExchangeResult.Completed(Disposition fetch) -> {
                host.resetFailures();
                boolean asked = !(fetch instanceof Disposition.Refused refused) || refused.status() > 0;
                end(url, host, fetch, asked ? delay(url, host) : Duration.ZERO);
            }
        }
    }

    /** Sitemaps come before the seed's page, which then hands over the links of all. */
    private void readSitemap(FrontierUrl url, HostQueue host, Sitemaps sitemaps, URI sitemap)
            throws InterruptedException {
        TextOnlyFetcher.SitemapFile file = timed(host, () -> fetcher.fetchSitemap(url, sitemap, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        try {
            if (file.redirect() != null) {
                sitemaps.addRedirect(file.redirect());
            }
            sitemaps.parse(file.content());
        } catch (RuntimeException e) {
            LOG.warn("Reading sitemap {} failed; what it lists is left out", sitemap, e);
        }
        ExchangeResult.Retryable trouble = file.retryable();
        if (trouble == null) {
            host.resetFailures();
            frontier.requeue(url, host, delay(url, host));
        } else {
            retry(url, host, trouble);
        }
    }

    /** What a host says to nonsense is asked for in its turn, like everything else. */
    private void probeSoftNotFound(FrontierUrl url, HostQueue host, RobotRules rules) throws InterruptedException {
        URI nonsense = SoftNotFoundDetector.probeUrl(host.key());
        if (!rules.allows(nonsense)) {
            host.softNotFoundDetector().endProbe();
            frontier.requeue(url, host, Duration.ZERO);
            return;
        }
        FrontierUrl probe = new FrontierUrl(0, nonsense, host.key(), url.site(), 1, LinkPriority.ORDINARY);
        ExchangeResult answer = timed(host, () -> fetcher.probe(probe, reservation));
        if (fetcher.cancelled()) {
            return;
        }
        switch (answer) {
            case ExchangeResult.Redirect(URI target) ->
                host.softNotFoundDetector().setErrorTarget(target);
            case ExchangeResult.Completed(Disposition.Fetched(Capture capture)) -> {
                try {
                    host.softNotFoundDetector()
                            .setErrorPage(reader.analyse(capture).nearDuplicateHash());
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.warn("Reading what {} says to nonsense failed; its pages are taken as they come", host, e);
                    host.softNotFoundDetector().endProbe();
                }
            }
            case ExchangeResult.Completed ended -> host.softNotFoundDetector().endProbe();
            case ExchangeResult.Retryable later -> {
                host.softNotFoundDetector().endProbe();
                frontier.requeue(url, host, recordTrouble(url, host, later));
                return;
            }
        }
        frontier.requeue(url, host, delay(url, host));
    }

    private void fetchRobots(FrontierUrl url, HostQueue host) throws InterruptedException {
        if (followRobotsToOtherHost(url, host, host, Duration.ZERO)) {
            return;
        }
        RobotsPolicy.RobotsOutcome lesson = timed(host, () -> robots.fetch(host, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (lesson) {
            case RobotsPolicy.RobotsOutcome.HostRefused(Disposition.Refused refused) ->
                end(url, host, refused, Duration.ZERO);
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable trouble)
            when trouble != null -> retry(url, host, trouble);
            case RobotsPolicy.RobotsOutcome.FurtherRequest notYet -> {
                if (!followRobotsToOtherHost(url, host, host, delay(url, host))) {
                    frontier.requeue(url, host, delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown learned -> frontier.requeue(url, host, delay(url, host));
        }
    }

    /** Asks a host for the robots.txt of another one, which has moved there. */
    private void fetchRedirectedRobots(FrontierUrl url, HostQueue host) {
        HostQueue home = frontier.ownHost(url);
        RobotsPolicy.RobotsOutcome lesson = timed(host, () -> robots.fetch(home, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (lesson) {
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable trouble)
            when trouble != null -> {
                Duration pause = recordTrouble(url, host, trouble);
                if (host.isDeferred()) {
                    frontier.requeue(url, host, pause);
                } else {
                    frontier.endRobotsRedirectFetch(url, host, pause);
                }
            }
            case RobotsPolicy.RobotsOutcome.FurtherRequest notYet -> {
                if (!followRobotsToOtherHost(url, home, host, delay(url, host))) {
                    frontier.requeue(url, host, delay(url, host));
                }
            }
            case RobotsPolicy.RobotsOutcome.RulesKnown learned ->
                frontier.endRobotsRedirectFetch(url, host, delay(url, host));
            case RobotsPolicy.RobotsOutcome.HostRefused refused ->
                throw new IllegalStateException("moved, and refused: " + refused);
        }
    }

    /** Sends a visit on if the robots.txt of its host has moved to another host than the one that was just asked. */
    private boolean followRobotsToOtherHost(FrontierUrl url, HostQueue home, HostQueue asked, Duration pause) {
        URI file = home.robotsTarget();
        if (CanonicalUrl.hostKey(file).equals(asked.key())) {
            return false;
        }
        frontier.beginRobotsRedirectFetch(url, asked, file, pause);
        return true;
    }

    private void retry(FrontierUrl url, HostQueue host, ExchangeResult.Retryable later) throws InterruptedException {
        Duration pause = recordTrouble(url, host, later);
        if (host.isDeferred()) {
            frontier.requeue(url, host, pause); // it was told when to come, which is no failure
        } else if (url.countFailedAttempt() >= MAX_ATTEMPTS || host.failure() != null) {
            end(url, host, later.failure(), host.failure() != null ? Duration.ZERO : pause);
        } else {
            frontier.requeue(url, host, pause);
        }
    }

    /** Takes in that a host is in trouble, and says how long it is to be left alone. */
    private Duration recordTrouble(FrontierUrl url, HostQueue host, ExchangeResult.Retryable later) {
        Disposition.Failed otherwise = later.failure();
        Duration pause = delay(url, host);
        switch (later.fault()) {
            case UNREACHABLE -> {
                int failures = host.countConnectFailure();
                if (failures >= MAX_CONNECT_FAILURES) {
                    host.failure(otherwise.cause(), otherwise.reason());
                }
                pause = max(pause, backOff.delay(failures));
            }
            case BUSY -> {
                Duration asked = later.retryAfter();
                if (asked != null && asked.compareTo(HostFrontier.MAX_WAIT) > 0) {
                    String reason = "HTTP " + otherwise.status() + ", host asks to be left alone for "
                            + asked.toSeconds() + " s, longer than the run went on; first in line in the next one";
                    host.defer(new HostQueue.HostFailure(RETRY_AFTER, reason));
                    return max(pause, asked);
                }
                int failures = host.countFailure();
                if (failures >= MAX_BUSY_ANSWERS) {
                    host.failure(otherwise.cause(), otherwise.reason() + ", " + failures + " times in a row");
                }
                Duration back =
                        backOff.delay(failures); // a server in trouble may ask for the same second again and again
                pause = max(pause, asked == null ? back : max(asked, back));
            }
            case TRANSIENT -> {}
        }
        return pause;
    }

    private void end(FrontierUrl url, HostQueue host, Disposition fetch, Duration pause) throws InterruptedException {
        long ended = nanos.getAsLong();
        Disposition disposition = fetch;
        PageAnalysis<R> reading = null;
        PageOutcome<R> verdict = null;
        Sitemaps sitemaps = url.sitemaps();
        Set<URI> links = new LinkedHashSet<>();
        try {
            if (fetch instanceof Disposition.Fetched(Capture capture)) {
                reading = reader.analyse(capture);
                if (url.getDepth() > 0 && host.softNotFoundDetector().isErrorPage(reading.nearDuplicateHash())) {
                    disposition = softNotFound(url, "says what nonsense is answered with");
                    reading = null;
                } else {
                    host.softNotFoundDetector().record(reading.nearDuplicateHash());
                    url.site().traps().record(url.url(), reading.nearDuplicateHash());
                    links.addAll(Outlinks.canonical(robots.followableLinks(reading.links())));
                    if (robots.mayKeep(reading)) {
                        verdict = revisitPolicy.outcomeFor(url, capture, reading, PageHistoryUpdate.joinLines(links));
                        disposition = new Disposition.Fetched(capture.withoutText());
                    } else {
                        disposition = new Disposition.Disallowed(
                                "the page asks robots not to keep it (noindex)", clock.instant());
                        reading = null;
                    }
                }
            } else if (fetch instanceof Disposition.NotModified same) {
                verdict = revisitPolicy.outcomeFor(url, same); // its links are looked up when it is committed
            }
            links.addAll(Outlinks.canonical(sitemaps == null ? List.of() : sitemaps.links()));
            Set<URI> vouched = sitemaps == null ? Set.of() : sitemaps.crossSubmitted();
            links.addAll(vouched);
            url.outlinks(Outlinks.of(url, links, vouched));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("Reading {} failed; the page is recorded as failed and the crawl goes on", url, e);
            disposition = failed(url, "reading", e.getClass().getSimpleName() + " while reading the page");
            reading = null;
            verdict = null;
            url.historyUpdate(null);
        }
        reservation.releaseAll(); // before the host is free again, and before waiting for those who commit
        frontier.finish(url, host, verdict != null, ended + pause.toNanos());
        visitQueue.put(new Visit<>(
                url.id(),
                url.url(),
                url.host(),
                url.getDepth(),
                disposition,
                reading == null ? null : reading.textSha256(),
                reading == null ? Map.of() : reading.references(),
                verdict));
    }

    private Disposition.Failed softNotFound(FrontierUrl url, String why) {
        return new Disposition.Failed(
                200, "soft-404", "there is no such page: the host " + why, url.target(), clock.instant());
    }

    private Disposition.Failed failed(FrontierUrl url, String cause, String reason) {
        return new Disposition.Failed(0, cause, reason, url.target(), clock.instant());
    }

    private <T> T timed(HostQueue host, Supplier<T> request) {
        long asked = nanos.getAsLong();
        T answer = request.get();
        host.recordResponseTime(Duration.ofNanos(nanos.getAsLong() - asked));
        return answer;
    }

    /** A seed whose delay is 0 is the operator's own, and is not spared for being slow. */
    private static Duration delay(FrontierUrl url, HostQueue host) {
        Duration delay = url.site().seed().delay();
        Duration pause = max(delay, host.crawlDelay());
        return delay.isZero() ? pause : max(pause, host.responseTimeDelay());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
