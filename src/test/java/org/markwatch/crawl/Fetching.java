package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.markwatch.watchlist.Proxy;
import org.markwatch.watchlist.RobotsMeta;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;

/** A fetcher by itself. */
final class Fetching implements AutoCloseable {
    private final TextOnlyFetcher fetcher;
    private final Tally tally = new Tally();

    Fetching(Duration timeout) throws GeneralSecurityException {
        this(timeout, List.of("127.0.0.0/8"), Map.of());
    }

    Fetching(Duration timeout, List<String> opened, Map<String, String> resolve) throws GeneralSecurityException {
        this(timeout, opened, resolve, SystemDefaultDnsResolver.INSTANCE);
    }

    Fetching(Duration timeout, List<String> opened, Map<String, String> resolve, DnsResolver names)
            throws GeneralSecurityException {
        this(timeout, opened, resolve, names, Settings.Manners.STANDARD);
    }

    Fetching(
            Duration timeout,
            List<String> opened,
            Map<String, String> resolve,
            DnsResolver names,
            Settings.Manners manners)
            throws GeneralSecurityException {
        this(timeout, opened, resolve, names, manners, BodyMemory.ofHeap(TextOnlyFetcher.MAX_SITEMAP_BYTES));
    }

    private Fetching(
            Duration timeout,
            List<String> opened,
            Map<String, String> resolve,
            DnsResolver names,
            Settings.Manners manners,
            BodyMemory memory)
            throws GeneralSecurityException {
        Settings.Crawl settings = new Settings.Crawl(
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
                manners);
        CrawlConfig config = new CrawlConfig();
        config.setIncludeHttpsPages(false);
        fetcher = new TextOnlyFetcher(config, settings, tally, Clock.systemUTC(), System::nanoTime, names, memory);
    }

    /** A fetcher whose bodies share what is given. */
    static Fetching within(BodyMemory memory, Duration timeout) throws GeneralSecurityException {
        return new Fetching(
                timeout,
                List.of("127.0.0.0/8"),
                Map.of(),
                SystemDefaultDnsResolver.INSTANCE,
                Settings.Manners.STANDARD,
                memory);
    }

    BodyMemory.Room room() {
        return fetcher.room();
    }

    void cancel() {
        fetcher.cancel();
    }

    Answer fetch(URI url, BodyMemory.Room room) {
        return fetcher.fetch(visit(url), room);
    }

    Answer fetch(URI url) {
        return fetch(visit(url));
    }

    Answer fetch(FrontierUrl visit) {
        return fetcher.fetch(visit, fetcher.room());
    }

    TextOnlyFetcher.RobotsFile robots(FrontierUrl visit, URI file) {
        return fetcher.robots(visit, file);
    }

    TextOnlyFetcher.RobotsFile robots(URI url) {
        return fetcher.robots(visit(url), url);
    }

    /** One turn spent on a host's robots.txt. */
    HostRobots.Lesson learnRobots(Host host) {
        return new HostRobots(fetcher, new HostFrontier(0, 0, System::nanoTime), RobotsMeta.IGNORE, tally)
                .learn(host, visit(URI.create(host.key() + "/")));
    }

    Map<Tally.Key, Long> counts() {
        return tally.drain();
    }

    static FrontierUrl visit(URI url) {
        return visit(url, null);
    }

    static FrontierUrl visit(URI url, @Nullable Proxy proxy) {
        Seed seed = new Seed(url, "", "", Scope.HOST, 10, 100, Duration.ZERO, proxy, "", Set.of());
        Site site = new Site(1, seed, url, 1, 0);
        return new FrontierUrl(1, url, CanonicalUrl.hostKey(url), site, 0, 0);
    }

    @Override
    public void close() {
        fetcher.shutDown();
    }
}
