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
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;

/**
 * Fetches one page the way a crawl would - robots.txt, address guard, redirects, text rules, pauses - without a database, and
 * without a second attempt when there is trouble.
 */
public final class SinglePageFetcher {
    private final TextOnlyFetcher fetcher;
    private final RobotsPolicy robots;
    private final Clock clock;
    private final Map<String, HostQueue> hosts = new HashMap<>();

    private SinglePageFetcher(TextOnlyFetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.robots = new RobotsPolicy(
                fetcher, new HostFrontier(0, 0, System::nanoTime), RobotsMetaPolicy.IGNORE, new CrawlCounters());
        this.clock = clock;
    }

    /**
     * Fetches a page; redirects are followed within the registered domain of the URL.
     *
     * @param url   as somebody wrote it, absolute, http or https
     * @param proxy what it is reached through, null for no proxy
     * @throws IllegalArgumentException if it is not
     */
    public static Disposition fetch(Settings.CrawlSettings settings, URI url, @Nullable Proxy proxy, Clock clock)
            throws InterruptedException {
        URI canonical = CanonicalUrl.of(url.toString())
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + OneLine.of(url.toString()) + "' is no absolute http or https URL with a valid host"));
        Seed seed = new Seed(canonical, "", "", Scope.DOMAIN, 0, 1, settings.delay(), proxy, "", Set.of());
        Site site = new Site(1, seed, canonical, 1, 0);
        TextOnlyFetcher fetcher = fetcher(settings, clock);
        try {
            return new SinglePageFetcher(fetcher, clock)
                    .visit(new FrontierUrl(1, canonical, CanonicalUrl.hostKey(canonical), site, 0, 0));
        } finally {
            fetcher.shutDown();
        }
    }

    private static TextOnlyFetcher fetcher(Settings.CrawlSettings settings, Clock clock) {
        try {
            return new TextOnlyFetcher(
                    CrawlEngine.config(settings), settings, new CrawlCounters(), clock, System::nanoTime);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the fetcher cannot be set up", e);
        }
    }

    private Disposition visit(FrontierUrl url) throws InterruptedException {
        while (true) {
            HostQueue host = hosts.computeIfAbsent(
                    CanonicalUrl.hostKey(url.target()), key -> new HostQueue(key, System::nanoTime));
            RobotRules rules = host.rules();
            Disposition end;
            if (rules == null) {
                end = learn(host, url);
            } else if (!rules.allows(url.target())) {
                end = new Disposition.Disallowed(rules.reason() + " at " + url.target(), clock.instant());
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
    private @Nullable Disposition learn(HostQueue host, FrontierUrl url) {
        return switch (robots.fetch(host, url)) {
            case RobotsPolicy.RobotsOutcome.RulesKnown learned -> null;
            case RobotsPolicy.RobotsOutcome.HostRefused(Disposition.Refused refused) -> refused;
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable trouble)
            when trouble == null -> null; // moved
            case RobotsPolicy.RobotsOutcome.FurtherRequest(ExchangeResult.Retryable trouble) ->
                trouble.fault() == ExchangeResult.HostFault.UNREACHABLE
                        ? trouble.failure()
                        : new Disposition.Disallowed(
                                new RobotRules.Unreachable(trouble.failure().reason()).reason(), clock.instant());
        };
    }

    /** One request for the page; null if it moved. */
    private @Nullable Disposition ask(FrontierUrl url) {
        return switch (fetcher.fetch(url, fetcher.newReservation())) {
            case ExchangeResult.Completed(Disposition fetch) -> fetch;
            case ExchangeResult.Retryable later -> later.failure();
            case ExchangeResult.Redirect(URI target) -> {
                url.addRedirect(target);
                yield null;
            }
        };
    }

    private static Duration pause(FrontierUrl url, HostQueue host) {
        Duration delay = url.site().seed().delay();
        return delay.compareTo(host.crawlDelay()) >= 0 ? delay : host.crawlDelay();
    }
}
