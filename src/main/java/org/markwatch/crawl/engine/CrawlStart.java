package org.markwatch.crawl.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.SeedPartitions;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStart;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.HostStore;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.crawl.store.SeedStore.SeedCounts;
import org.markwatch.crawl.store.VisitStore;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;

/**
 * The start of a crawl, which one process does before others work on its partitions: fills the frontier with the seeds and
 * the known pages that are due, or adapts that of a resumed run to changed seeds.
 */
public final class CrawlStart {
    private final FrontierStart start;
    private final FrontierStore store;
    private final SeedStore seedStore;
    private final HostStore hosts;
    private final VisitStore visits;
    private final Partitions partitions;
    private final Runs.RunRecord run;
    private final Map<Integer, Site> sites = new LinkedHashMap<>();
    private final Clock clock;

    /** @param database the database of the run. The caller holds the {@link org.markwatch.crawl.run.RunLock} */
    public CrawlStart(DataSource database, Runs.RunRecord run, Clock clock) {
        this.start = new FrontierStart(database, run.id());
        this.store = new FrontierStore(database, run.id());
        this.seedStore = new SeedStore(database, run.id());
        this.hosts = new HostStore(database, System::nanoTime);
        this.visits = new VisitStore(database, run.id());
        this.partitions = new Partitions(database);
        this.run = run;
        this.clock = clock;
    }

    /**
     * Prepares the partitions of the run. Takes those of other runs and of earlier starts from their workers first.
     *
     * @param configured the seeds of the run
     * @param analyser   tells the versions of rules and extraction
     * @param alwaysDue  URLs of pages that are visited whenever they are due
     */
    public void prepare(Collection<Seed> configured, PageAnalyser<?> analyser, Set<HttpUrl> alwaysDue) {
        visits.createPartitions(clock.instant());
        partitions.fenceOthers(run.id());
        partitions.fenceEarlierStarts(run.id());
        Map<HttpUrl, Seed> byUrl = byUrl(configured);
        SeedPartitions divided = new SeedPartitions(byUrl.values());
        Map<HttpUrl, Integer> numbers = seedStore.number(byUrl.keySet());
        Map<Integer, SeedCounts> counts = seedStore.counts();
        Map<Integer, Seed> byNumber = new LinkedHashMap<>();
        List<DiscoveredUrl> roots = new ArrayList<>();
        byUrl.forEach((url, seed) -> {
            int number = Objects.requireNonNull(numbers.get(url), "each seed has a number");
            byNumber.put(number, seed);
            SeedCounts count = counts.get(number);
            Site site = count == null
                    ? new Site(number, divided.of(seed), seed, 0, 0)
                    : new Site(number, count.partition(), seed, count.known(), count.asked());
            sites.put(number, site);
            roots.add(DiscoveredUrl.page(url, site, 0));
        });
        if (start.isFilled()) {
            adaptFrontier(counts, roots);
        } else {
            start.clear();
            hosts.clear();
            start.fill(new FrontierStart.Due(
                    partitionsOf(sites.values()),
                    run.startedAt(),
                    analyser.rulesVersion(),
                    analyser.extractorVersion(),
                    alwaysDue,
                    seedStore.termsChanged(byNumber)));
            start.addRoots(roots, sites);
            seedStore.enter(partitionsOf(sites.values()));
            start.markFilled();
        }
        seedStore.saveTerms(byNumber);
        partitions.enter(run.id());
    }

    /** Returns seeds by their URLs; of several with the same one, the first. */
    static Map<HttpUrl, Seed> byUrl(Collection<Seed> seeds) {
        Map<HttpUrl, Seed> byUrl = new LinkedHashMap<>();
        seeds.forEach(seed -> byUrl.putIfAbsent(seed.url(), seed));
        return byUrl;
    }

    private static Map<Integer, Integer> partitionsOf(Collection<Site> sites) {
        Map<Integer, Integer> partitions = new LinkedHashMap<>();
        sites.forEach(site -> partitions.put(site.number(), site.partition()));
        return partitions;
    }

    /** Adapts the frontier of a resumed run to seeds that were added, removed or limited since its last start. */
    private void adaptFrontier(Map<Integer, SeedCounts> counts, List<DiscoveredUrl> roots) {
        List<DiscoveredUrl> added = roots.stream()
                .filter(root -> !counts.containsKey(root.site().number()))
                .toList();
        if (!added.isEmpty()) {
            start.addRoots(added, sites);
            seedStore.enter(partitionsOf(added.stream().map(DiscoveredUrl::site).toList()));
        }
        counts.forEach((number, count) -> {
            Site site = sites.get(number);
            if (site == null) {
                store.refuseRemaining(
                        count.partition(), number, List.of(), "the seed is no longer configured", clock.instant());
            } else if (site.isBudgetUsedUpWith(0)) { // max_pages has been lowered since the last start
                store.refuseRemaining(count.partition(), number, List.of(), site.beyondBudget(), clock.instant());
            }
        });
    }
}
