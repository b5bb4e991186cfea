package org.markwatch.crawl.engine;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.PublicOnlyDnsResolver;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.visit.RobotsPolicy;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;

/**
 * Fetches a single page under the rules of a crawl: robots.txt, address guard, redirects, text only, politeness delay.
 * Uses no database and makes no second attempt after a fault.
 */
public final class SinglePageFetcher {
    private final TextOnlyFetcher fetcher;
    private final RobotsPolicy robots;
    private final Clock clock;
    private final Map<String, HostQueue> hosts = new HashMap<>();

    private SinglePageFetcher(TextOnlyFetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.robots = new RobotsPolicy(fetcher, RobotsMetaPolicy.IGNORE, new CrawlCounters());
        this.clock = clock;
    }

    /**
     * Fetches a page. Follows redirects within the registered domain of the URL.
     *
     * @param url   URL of the page
     * @param proxy proxy for all requests, null for direct connections
     * @throws InterruptedException     if the thread is interrupted during a politeness delay
     */
    public static Disposition fetch(Settings.CrawlSettings settings, HttpUrl url, @Nullable Proxy proxy, Clock clock)
            throws InterruptedException {
        Seed seed = new Seed(url, "", "", Scope.DOMAIN, 0, 1, settings.delay(), proxy, "", Set.of());
        Site site = new Site(1, seed, 1, 0);
        TextOnlyFetcher fetcher = fetcher(settings, clock);
        try {
            return new SinglePageFetcher(fetcher, clock).visit(new FrontierUrl(1, url, url.origin(), site, 0, 0));
        } finally {
            fetcher.shutDown();
        }
    }

    private static TextOnlyFetcher fetcher(Settings.CrawlSettings settings, Clock clock) {
        try {
            return new TextOnlyFetcher(
                    settings,
                    new CrawlCounters(),
                    clock,
                    System::nanoTime,
                    PublicOnlyDnsResolver.ofSystem(settings),
                    () -> true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot create the fetcher: TLS is not available", e);
        }
    }

    private Disposition visit(FrontierUrl url) throws InterruptedException {
        while (true) {
            HostQueue host = hosts.computeIfAbsent(url.target().origin(), key -> new HostQueue(key, System::nanoTime));
            RobotRules rules = host.robots().rules();
            Disposition disposition;
            if (rules == null) {
                disposition = fetchRobots(host, url);
            } else if (!rules.allows(url.target())) {
                disposition = new Disposition.Disallowed(rules.reason() + " at " + url.target(), clock.instant());
            } else {
                disposition = request(url);
            }
            if (disposition != null) {
                return disposition;
            }
            Thread.sleep(delay(url, host));
        }
    }

    /** Makes one request for robots.txt. Returns null unless it ends the visit. */
    private @Nullable Disposition fetchRobots(HostQueue host, FrontierUrl url) {
        return switch (robots.fetch(host, url)) {
            case RobotsPolicy.RobotsOutcome.RulesKnown learned -> null;
            case RobotsPolicy.RobotsOutcome.HostRefused(Disposition.Refused refused) -> refused;
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable retryable)
            when retryable == null -> null; // redirected
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable retryable) ->
                retryable.fault() == ExchangeResult.HostFault.UNREACHABLE
                        ? retryable.failure()
                        : new Disposition.Disallowed(
                                new RobotRules.Unreachable(retryable.failure().reason()).reason(), clock.instant());
        };
    }

    /** Makes one request for the page. Returns null if the server redirects it. */
    private @Nullable Disposition request(FrontierUrl url) {
        return switch (fetcher.fetch(url, fetcher.newReservation())) {
            case ExchangeResult.Completed(Disposition disposition) -> disposition;
            case ExchangeResult.Retryable retryable -> retryable.failure();
            case ExchangeResult.Redirect(HttpUrl target) -> {
                url.addRedirect(target);
                yield null;
            }
        };
    }

    private static Duration delay(FrontierUrl url, HostQueue host) {
        Duration configured = url.site().seed().delay();
        return configured.compareTo(host.robots().crawlDelay()) >= 0
                ? configured
                : host.robots().crawlDelay();
    }
}
