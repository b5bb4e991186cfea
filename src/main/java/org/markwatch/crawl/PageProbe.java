package org.markwatch.crawl;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.RobotsMeta;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;

/**
 * Fetches one page the way a crawl would - robots.txt, address guard, redirects, text rules, pauses - without a database, and
 * without a second attempt when there is trouble.
 */
public final class PageProbe {
    private final TextOnlyFetcher fetcher;
    private final HostRobots robots;
    private final Clock clock;
    private final Map<String, Host> hosts = new HashMap<>();

    private PageProbe(TextOnlyFetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.robots = new HostRobots(fetcher, new HostFrontier(0, 0, System::nanoTime), RobotsMeta.IGNORE, new Tally());
        this.clock = clock;
    }

    /**
     * Fetches a page; redirects are followed within the registered domain of the URL.
     *
     * @param url   as somebody wrote it, absolute, http or https
     * @param proxy what it is reached through, null for no proxy
     * @throws IllegalArgumentException if it is not
     */
    public static Fetch fetch(Settings.Crawl settings, URI url, @Nullable Proxy proxy, Clock clock)
            throws InterruptedException {
        URI canonical = CanonicalUrl.of(url.toString())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + OneLine.of(url.toString()) + "' is no absolute http or https URL with a valid host"));
        Seed seed = new Seed(canonical, "", "", Scope.DOMAIN, 0, 1, settings.delay(), proxy, "", Set.of());
        Site site = new Site(1, seed, canonical, 1, 0);
        TextOnlyFetcher fetcher = fetcher(settings, clock);
        try {
            return new PageProbe(fetcher, clock)
                    .visit(new FrontierUrl(1, canonical, CanonicalUrl.hostKey(canonical), site, 0, 0));
        } finally {
            fetcher.shutDown();
        }
    }

    private static TextOnlyFetcher fetcher(Settings.Crawl settings, Clock clock) {
        try {
            return new TextOnlyFetcher(CrawlEngine.config(settings), settings, new Tally(), clock, System::nanoTime);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the fetcher cannot be set up", e);
        }
    }

    private Fetch visit(FrontierUrl url) throws InterruptedException {
        while (true) {
            Host host =
                    hosts.computeIfAbsent(CanonicalUrl.hostKey(url.target()), key -> new Host(key, System::nanoTime));
            RobotRules rules = host.rules();
            Fetch end;
            if (rules == null) {
                end = learn(host, url);
            } else if (!rules.allows(url.target())) {
                end = new Fetch.Disallowed(rules.reason() + " at " + url.target(), clock.instant());
            } else {
                end = ask(url);
            }
            if (end != null) {
                return end;
            }
            Thread.sleep(pause(url, host));
        }
    }

    /** One request for robots.txt; null unless it ends the visit. */
    private @Nullable Fetch learn(Host host, FrontierUrl url) {
        return switch (robots.learn(host, url)) {
            case HostRobots.Lesson.Learned learned -> null;
            case HostRobots.Lesson.Refused(Fetch.Refused refused) -> refused;
            case HostRobots.Lesson.NotYet(Answer.Later trouble) when trouble == null -> null; // moved
            case HostRobots.Lesson.NotYet(Answer.Later trouble) ->
                trouble.trouble() == Answer.Trouble.UNREACHABLE
                        ? trouble.otherwise()
                        : new Fetch.Disallowed(
                                new RobotRules.Unreachable(trouble.otherwise().reason()).reason(), clock.instant());
        };
    }

    /** One request for the page; null if it moved. */
    private @Nullable Fetch ask(FrontierUrl url) {
        return switch (fetcher.fetch(url, fetcher.room())) {
            case Answer.Ended(Fetch fetch) -> fetch;
            case Answer.Later later -> later.otherwise();
            case Answer.Moved(URI target) -> {
                url.moveTo(target);
                yield null;
            }
        };
    }

    private static Duration pause(FrontierUrl url, Host host) {
        Duration delay = url.site().seed().delay();
        return delay.compareTo(host.crawlDelay()) >= 0 ? delay : host.crawlDelay();
    }
}
