package org.markwatch.crawl.engine;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.Runs;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.TlsPolicy;

/** Creates settings, seeds and crawls for tests. */
public final class Crawling {
    private static final BackOff SHORT_BACK_OFF =
            new BackOff(Duration.ofMillis(5), Duration.ofMillis(20), RandomGenerator.getDefault());

    private Crawling() {}

    public static Settings.CrawlSettings settings(Duration timeout, Map<String, String> resolve) {
        return settings(timeout, resolve, Settings.PolitenessSettings.DEFAULTS);
    }

    private static Settings.CrawlSettings settings(
            Duration timeout, Map<String, String> resolve, Settings.PolitenessSettings politeness) {
        return new Settings.CrawlSettings(
                "markwatch/test",
                "abuse@shop.example",
                8,
                Duration.ZERO,
                10,
                1000,
                8,
                timeout,
                1 << 20,
                Set.of(),
                resolve,
                List.of("127.0.0.0/8"),
                politeness);
    }

    public static Seed seed(HttpUrl url, int maxDepth, int maxPages) {
        return new Seed(url, "", "", Scope.HOST, maxDepth, maxPages, Duration.ZERO, Set.of());
    }

    static Crawl<String> open(DataSource database, Runs.RunRecord run, PageAnalyser<String> analyser, Seed... seeds) {
        return open(database, run, analyser, Map.of(), seeds);
    }

    /** Starts a crawl with at most four requests in flight to one address. */
    static Crawl<String> openLimited(
            DataSource database, Runs.RunRecord run, PageAnalyser<String> analyser, Seed... seeds) {
        Settings.CrawlSettings limited = settings(
                Duration.ofSeconds(20),
                Map.of(),
                new Settings.PolitenessSettings(4, RobotsMetaPolicy.IGNORE, TlsPolicy.RECORD));
        return whole(run, limited, List.of(seeds), analyser, Set.of(), database, Clock.systemUTC(), SHORT_BACK_OFF);
    }

    static Crawl<String> open(
            DataSource database,
            Runs.RunRecord run,
            PageAnalyser<String> analyser,
            Map<String, String> resolve,
            Seed... seeds) {
        return open(database, run, analyser, Set.of(), resolve, Clock.systemUTC(), seeds);
    }

    static Crawl<String> open(
            DataSource database,
            Runs.RunRecord run,
            PageAnalyser<String> analyser,
            Set<HttpUrl> alwaysDue,
            Clock clock,
            Seed... seeds) {
        return open(database, run, analyser, alwaysDue, Map.of(), clock, seeds);
    }

    private static Crawl<String> open(
            DataSource database,
            Runs.RunRecord run,
            PageAnalyser<String> analyser,
            Set<HttpUrl> alwaysDue,
            Map<String, String> resolve,
            Clock clock,
            Seed... seeds) {
        return whole(
                run,
                settings(Duration.ofSeconds(20), resolve),
                List.of(seeds),
                analyser,
                alwaysDue,
                database,
                clock,
                SHORT_BACK_OFF);
    }

    /** Starts a crawl of all partitions of a run in this process. */
    public static <R> Crawl<R> whole(
            Runs.RunRecord run,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            Set<HttpUrl> alwaysDue,
            DataSource database,
            Clock clock,
            BackOff backOff) {
        new CrawlStart(database, run, clock).prepare(seeds, analyser, alwaysDue);
        WorkerLease lease;
        try {
            lease = WorkerLease.take(database, System::nanoTime);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        CrawlEngine<R> crawl = new CrawlEngine<>(
                run, settings, seeds, analyser, alwaysDue, lease, database, clock, System::nanoTime, backOff);
        Partitions partitions = new Partitions(database);
        for (int partition : partitions.open(run.id())) {
            crawl.open(partitions.claim(run.id(), partition, lease).orElseThrow());
        }
        crawl.seal();
        return crawl;
    }
}
