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
    static final int MAX_UNREACHABLE = 3;
    /** Times in a row that a host is too busy or too slow to answer, after which nothing more is asked of it either. */
    static final int MAX_BUSY = 10;
    /** Cause of failure of what waited for a host that asked for a long pause, until the run had nothing else to do. */
    static final String RETRY_AFTER = "retry-after";

    private final HostFrontier frontier;
    private final HostRobots robots;
    private final TextOnlyFetcher fetcher;
    private final AddressBudget addresses;
    private final PageReader<R> reader;
    private final Outbox<R> outbox;
    private final BackOff backOff;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Memory<R> memory;
    /** Holds the body of the turn in work. */
    private final BodyMemory.Room room;

    /** Where finished visits go. */
    interface Outbox<R> {
        /** Waits while it is full. */
        void put(Visit<R> visit) throws InterruptedException;
    }

    TextCrawler(
            HostFrontier frontier,
            HostRobots robots,
            TextOnlyFetcher fetcher,
            PageReader<R> reader,
            Memory<R> memory,
            Outbox<R> outbox,
            BackOff backOff,
            Clock clock,
            LongSupplier nanos) {
        this.frontier = frontier;
        this.robots = robots;
        this.fetcher = fetcher;
        this.addresses = fetcher.addresses();
        this.reader = reader;
        this.outbox = outbox;
        this.backOff = backOff;
        this.clock = clock;
        this.nanos = nanos;
        this.memory = memory;
        this.room = fetcher.room();
    }

    /** Does the whole visit, and tells crawler4j's loop that there is nothing left to do. */
    @Override
    protected @Nullable WebURL handleUrlBeforeProcess(WebURL next) {
        FrontierUrl url = (FrontierUrl) next;
        Host host = frontier.turnOf(url);
        try {
            if (!endsUnasked(url, host)) {
                AddressBudget.Turn turn = addresses.begin(url, host);
                while (turn != null) {
                    turn(turn.url(), turn.host());
                    room.clear();
                    turn = frontier.isFinished() ? null : addresses.end(turn); // what is left in line stays open
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
    private boolean endsUnasked(FrontierUrl url, Host host) throws InterruptedException {
        Known known = url.known();
        if (known != null && memory.isOutdated(known)) {
            url.askInFull();
        }
        if (known != null && url.errand() == null && !memory.isDue(url, known)) {
            Fetch same = new Fetch.NotModified(known.finalUrl(), 0, known.validators(), clock.instant());
            end(url, host, same, Duration.ZERO);
            return true;
        }
        Host.Down down = host.down();
        if (down != null && url.errand() != null) {
            frontier.home(url).rules(new RobotRules.Unreachable(down.reason()));
            frontier.backFromErrand(url, host, Duration.ZERO);
            return true;
        }
        if (down != null) {
            end(url, host, failed(url, down.cause(), down.reason()), Duration.ZERO);
            return true;
        }
        RobotRules rules = host.rules();
        if (url.errand() == null && rules != null && robots.forbid(rules, url)) {
            String at = url.redirected() ? " (redirected to " + url.target() + ")" : "";
            end(url, host, new Fetch.Disallowed(rules.reason() + at, clock.instant()), Duration.ZERO);
            return true;
        }
        return false;
    }

    private void turn(FrontierUrl url, Host host) throws InterruptedException {
        if (url.errand() != null) {
            doErrand(url, host);
            return;
        }
        RobotRules rules = host.rules();
        if (rules == null) {
            learnRobots(url, host);
            return;
        }
        if (host.errorPages().toBeAsked()) {
            learnErrorPage(url, host, rules);
            return;
        }
        Sitemaps sitemaps = url.sitemaps();
        URI sitemap = sitemaps == null ? null : sitemaps.next(host, rules);
        if (sitemaps != null && sitemap != null) {
            readSitemap(url, host, sitemaps, sitemap);
            return;
        }
        Answer answer = timed(host, () -> fetcher.fetch(url, room));
        if (fetcher.cancelled()) {
            return; // cut off by a stop: left for the next start
        }
        switch (answer) {
            case Answer.Moved(URI target)
            when url.getDepth() > 0 && host.errorPages().isErrorTarget(target) -> {
                host.succeed();
                end(url, host, softError(url, "redirects where nonsense is sent"), pause(url, host));
            }
            case Answer.Moved(URI target) -> {
                host.succeed();
                frontier.redirect(url, host, target, pause(url, host));
            }
            case Answer.Later later -> retry(url, host, later);
            case Answer.Ended(Fetch fetch) -> {
                host.succeed();
                boolean asked = !(fetch instanceof Fetch.Refused refused) || refused.status() > 0;
                end(url, host, fetch, asked ? pause(url, host) : Duration.ZERO);
            }
        }
    }

    /** Sitemaps come before the seed's page, which then hands over the links of all. */
    private void readSitemap(FrontierUrl url, Host host, Sitemaps sitemaps, URI sitemap) throws InterruptedException {
        TextOnlyFetcher.SitemapFile file = timed(host, () -> fetcher.sitemap(url, sitemap, room));
        if (fetcher.cancelled()) {
            return;
        }
        try {
            if (file.moved() != null) {
                sitemaps.moved(file.moved());
            }
            sitemaps.read(file.content());
        } catch (RuntimeException e) {
            LOG.warn("Reading sitemap {} failed; what it lists is left out", sitemap, e);
        }
        Answer.Later trouble = file.trouble();
        if (trouble == null) {
            host.succeed();
            frontier.again(url, host, pause(url, host));
        } else {
            retry(url, host, trouble);
        }
    }

    /** What a host says to nonsense is asked for in its turn, like everything else. */
    private void learnErrorPage(FrontierUrl url, Host host, RobotRules rules) throws InterruptedException {
        URI nonsense = ErrorPages.nonsense(host.key());
        if (!rules.allows(nonsense)) {
            host.errorPages().honest();
            frontier.again(url, host, Duration.ZERO);
            return;
        }
        FrontierUrl probe = new FrontierUrl(0, nonsense, host.key(), url.site(), 1, LinkPriority.ORDINARY);
        Answer answer = timed(host, () -> fetcher.probe(probe, room));
        if (fetcher.cancelled()) {
            return;
        }
        switch (answer) {
            case Answer.Moved(URI target) -> host.errorPages().sendsTo(target);
            case Answer.Ended(Fetch.Captured(Capture capture)) -> {
                try {
                    host.errorPages().saysInstead(reader.read(capture).likeness());
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.warn("Reading what {} says to nonsense failed; its pages are taken as they come", host, e);
                    host.errorPages().honest();
                }
            }
            case Answer.Ended ended -> host.errorPages().honest();
            case Answer.Later later -> {
                host.errorPages().honest();
                frontier.again(url, host, trouble(url, host, later));
                return;
            }
        }
        frontier.again(url, host, pause(url, host));
    }

    private void learnRobots(FrontierUrl url, Host host) throws InterruptedException {
        if (movedAway(url, host, host, Duration.ZERO)) {
            return;
        }
        HostRobots.Lesson lesson = timed(host, () -> robots.learn(host, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (lesson) {
            case HostRobots.Lesson.Refused(Fetch.Refused refused) -> end(url, host, refused, Duration.ZERO);
            case HostRobots.Lesson.NotYet(Answer.Later trouble) when trouble != null -> retry(url, host, trouble);
            case HostRobots.Lesson.NotYet notYet -> {
                if (!movedAway(url, host, host, pause(url, host))) {
                    frontier.again(url, host, pause(url, host));
                }
            }
            case HostRobots.Lesson.Learned learned -> frontier.again(url, host, pause(url, host));
        }
    }

    /** Asks a host for the robots.txt of another one, which has moved there. */
    private void doErrand(FrontierUrl url, Host host) {
        Host home = frontier.home(url);
        HostRobots.Lesson lesson = timed(host, () -> robots.learn(home, url));
        if (fetcher.cancelled()) {
            return;
        }
        switch (lesson) {
            case HostRobots.Lesson.NotYet(Answer.Later trouble)
            when trouble != null -> {
                Duration pause = trouble(url, host, trouble);
                if (host.isDeferred()) {
                    frontier.again(url, host, pause);
                } else {
                    frontier.backFromErrand(url, host, pause);
                }
            }
            case HostRobots.Lesson.NotYet notYet -> {
                if (!movedAway(url, home, host, pause(url, host))) {
                    frontier.again(url, host, pause(url, host));
                }
            }
            case HostRobots.Lesson.Learned learned -> frontier.backFromErrand(url, host, pause(url, host));
            case HostRobots.Lesson.Refused refused -> throw new IllegalStateException("moved, and refused: " + refused);
        }
    }

    /** Sends a visit on if the robots.txt of its host has moved to another host than the one that was just asked. */
    private boolean movedAway(FrontierUrl url, Host home, Host asked, Duration pause) {
        URI file = home.robotsTarget();
        if (CanonicalUrl.hostKey(file).equals(asked.key())) {
            return false;
        }
        frontier.sendForRobots(url, asked, file, pause);
        return true;
    }

    private void retry(FrontierUrl url, Host host, Answer.Later later) throws InterruptedException {
        Duration pause = trouble(url, host, later);
        if (host.isDeferred()) {
            frontier.again(url, host, pause); // it was told when to come, which is no failure
        } else if (url.failOnce() >= MAX_ATTEMPTS || host.down() != null) {
            end(url, host, later.otherwise(), host.down() != null ? Duration.ZERO : pause);
        } else {
            frontier.again(url, host, pause);
        }
    }

    /** Takes in that a host is in trouble, and says how long it is to be left alone. */
    private Duration trouble(FrontierUrl url, Host host, Answer.Later later) {
        Fetch.Failed otherwise = later.otherwise();
        Duration pause = pause(url, host);
        switch (later.trouble()) {
            case UNREACHABLE -> {
                int failures = host.failToConnectOnce();
                if (failures >= MAX_UNREACHABLE) {
                    host.down(otherwise.cause(), otherwise.reason());
                }
                pause = max(pause, backOff.pause(failures));
            }
            case BUSY -> {
                Duration asked = later.retryAfter();
                if (asked != null && asked.compareTo(HostFrontier.LONGEST_WAIT) > 0) {
                    String reason = "HTTP " + otherwise.status() + ", host asks to be left alone for "
                            + asked.toSeconds() + " s, longer than the run went on; first in line in the next one";
                    host.defer(new Host.Down(RETRY_AFTER, reason));
                    return max(pause, asked);
                }
                int failures = host.failOnce();
                if (failures >= MAX_BUSY) {
                    host.down(otherwise.cause(), otherwise.reason() + ", " + failures + " times in a row");
                }
                Duration back =
                        backOff.pause(failures); // a server in trouble may ask for the same second again and again
                pause = max(pause, asked == null ? back : max(asked, back));
            }
            case LOST -> {}
        }
        return pause;
    }

    private void end(FrontierUrl url, Host host, Fetch fetch, Duration pause) throws InterruptedException {
        long ended = nanos.getAsLong();
        Fetch disposition = fetch;
        Reading<R> reading = null;
        Verdict<R> verdict = null;
        Sitemaps sitemaps = url.sitemaps();
        Set<URI> links = new LinkedHashSet<>();
        try {
            if (fetch instanceof Fetch.Captured(Capture capture)) {
                reading = reader.read(capture);
                if (url.getDepth() > 0 && host.errorPages().isErrorPage(reading.likeness())) {
                    disposition = softError(url, "says what nonsense is answered with");
                    reading = null;
                } else {
                    host.errorPages().read(reading.likeness());
                    url.site().traps().read(url.url(), reading.likeness());
                    links.addAll(Outlinks.canonical(robots.followed(reading.links())));
                    if (robots.mayKeep(reading)) {
                        verdict = memory.verdict(url, capture, reading, Learned.lines(links));
                        disposition = new Fetch.Captured(capture.withoutText());
                    } else {
                        disposition =
                                new Fetch.Disallowed("the page asks robots not to keep it (noindex)", clock.instant());
                        reading = null;
                    }
                }
            } else if (fetch instanceof Fetch.NotModified same) {
                verdict = memory.verdict(url, same); // its links are looked up when it is committed
            }
            links.addAll(Outlinks.canonical(sitemaps == null ? List.of() : sitemaps.links()));
            Set<URI> vouched = sitemaps == null ? Set.of() : sitemaps.elsewhere();
            links.addAll(vouched);
            url.outlinks(Outlinks.of(url, links, vouched));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.warn("Reading {} failed; the page is recorded as failed and the crawl goes on", url, e);
            disposition = failed(url, "reading", e.getClass().getSimpleName() + " while reading the page");
            reading = null;
            verdict = null;
            url.learned(null);
        }
        room.clear(); // before the host is free again, and before waiting for those who commit
        frontier.finish(url, host, verdict != null, ended + pause.toNanos());
        outbox.put(new Visit<>(
                url.id(),
                url.url(),
                url.host(),
                url.getDepth(),
                disposition,
                reading == null ? null : reading.textSha256(),
                reading == null ? Map.of() : reading.references(),
                verdict));
    }

    private Fetch.Failed softError(FrontierUrl url, String why) {
        return new Fetch.Failed(
                200, "soft-404", "there is no such page: the host " + why, url.target(), clock.instant());
    }

    private Fetch.Failed failed(FrontierUrl url, String cause, String reason) {
        return new Fetch.Failed(0, cause, reason, url.target(), clock.instant());
    }

    private <T> T timed(Host host, Supplier<T> request) {
        long asked = nanos.getAsLong();
        T answer = request.get();
        host.answered(Duration.ofNanos(nanos.getAsLong() - asked));
        return answer;
    }

    /** A seed whose delay is 0 is the operator's own, and is not spared for being slow. */
    private static Duration pause(FrontierUrl url, Host host) {
        Duration delay = url.site().seed().delay();
        Duration pause = max(delay, host.crawlDelay());
        return delay.isZero() ? pause : max(pause, host.patience());
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
