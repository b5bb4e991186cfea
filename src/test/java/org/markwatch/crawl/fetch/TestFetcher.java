package org.markwatch.crawl.fetch;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.content.BodyMemory;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.visit.RobotsPolicy;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;

/** A {@link TextOnlyFetcher} without a crawl around it. */
public final class TestFetcher implements AutoCloseable {
    private final TextOnlyFetcher fetcher;
    private final CrawlCounters counters = new CrawlCounters();
    private final AtomicBoolean mayRequest = new AtomicBoolean(true);

    public TestFetcher(Duration timeout) throws GeneralSecurityException {
        this(timeout, List.of("127.0.0.0/8"), Map.of());
    }

    TestFetcher(Duration timeout, List<String> opened, Map<String, String> resolve) throws GeneralSecurityException {
        this(timeout, opened, resolve, SystemDefaultDnsResolver.INSTANCE);
    }

    TestFetcher(Duration timeout, List<String> opened, Map<String, String> resolve, DnsResolver names)
            throws GeneralSecurityException {
        this(timeout, opened, resolve, names, Settings.PolitenessSettings.DEFAULTS);
    }

    TestFetcher(
            Duration timeout,
            List<String> opened,
            Map<String, String> resolve,
            DnsResolver names,
            Settings.PolitenessSettings politeness)
            throws GeneralSecurityException {
        this(timeout, opened, resolve, names, politeness, BodyMemory.ofHeap(SiteFileFetcher.MAX_SITEMAP_BYTES));
    }

    private TestFetcher(
            Duration timeout,
            List<String> opened,
            Map<String, String> resolve,
            DnsResolver names,
            Settings.PolitenessSettings politeness,
            BodyMemory memory)
            throws GeneralSecurityException {
        Settings.CrawlSettings settings = new Settings.CrawlSettings(
                "markwatch/test",
                "abuse@shop.example",
                64,
                Duration.ZERO,
                10,
                1000,
                8,
                timeout,
                1 << 20,
                Set.of(),
                resolve,
                opened,
                politeness);
        fetcher = new TextOnlyFetcher(
                settings,
                counters,
                Clock.systemUTC(),
                System::nanoTime,
                PublicOnlyDnsResolver.of(settings, names),
                mayRequest::get,
                memory);
    }

    /** Returns a fetcher whose bodies share a memory budget. */
    public static TestFetcher within(BodyMemory memory, Duration timeout) throws GeneralSecurityException {
        return new TestFetcher(
                timeout,
                List.of("127.0.0.0/8"),
                Map.of(),
                SystemDefaultDnsResolver.INSTANCE,
                Settings.PolitenessSettings.DEFAULTS,
                memory);
    }

    public BodyMemory.Reservation newReservation() {
        return fetcher.newReservation();
    }

    void cancel() {
        fetcher.cancel();
    }

    /** Forbids all further requests. */
    void forbid() {
        mayRequest.set(false);
    }

    boolean cancelled() {
        return fetcher.cancelled();
    }

    public ExchangeResult fetch(HttpUrl url, BodyMemory.Reservation reservation) {
        return fetcher.fetch(visit(url), reservation);
    }

    ExchangeResult fetch(HttpUrl url) {
        return fetch(visit(url));
    }

    ExchangeResult fetch(FrontierUrl visit) {
        return fetcher.fetch(visit, fetcher.newReservation());
    }

    RobotsFile fetchRobots(FrontierUrl visit, HttpUrl file) {
        return fetcher.siteFiles().fetchRobots(visit, file);
    }

    RobotsFile fetchRobots(HttpUrl url) {
        return fetcher.siteFiles().fetchRobots(visit(url), url);
    }

    /** Makes one request for the robots.txt of a host. */
    public RobotsPolicy.RobotsOutcome learnRobots(HostQueue host) {
        return new RobotsPolicy(fetcher, RobotsMetaPolicy.IGNORE, counters)
                .fetch(host, visit(HttpUrl.of(host.key() + "/")));
    }

    Map<CrawlCounters.CounterKey, Long> drainCounters() {
        return counters.drain();
    }

    public static FrontierUrl visit(HttpUrl url) {
        return visit(url, null);
    }

    public static FrontierUrl visit(HttpUrl url, @Nullable Proxy proxy) {
        Seed seed = new Seed(url, "", "", Scope.HOST, 10, 100, Duration.ZERO, proxy, "", Set.of());
        Site site = new Site(1, seed, 1, 0);
        return new FrontierUrl(1, url, url.origin(), site, 0, 0);
    }

    @Override
    public void close() {
        fetcher.shutDown();
    }
}
