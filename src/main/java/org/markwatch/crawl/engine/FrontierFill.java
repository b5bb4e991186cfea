package org.markwatch.crawl.engine;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.crawl.store.SeedStore.SeedCounts;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;

/** Fills the frontier at the start of a run: the seeds, and the known pages that are due. */
final class FrontierFill {
    private final FrontierStore store;
    private final SeedStore seedStore;
    private final Map<Integer, Site> sites;
    private final Clock clock;

    /** @param sites receives the sites by their number in the run */
    FrontierFill(FrontierStore store, SeedStore seedStore, Map<Integer, Site> sites, Clock clock) {
        this.store = store;
        this.seedStore = seedStore;
        this.sites = sites;
        this.clock = clock;
    }

    /** Fills the frontier of a new run, or adapts that of a resumed one to changed seeds. */
    void fill(Runs.RunRecord run, List<Seed> configured, PageAnalyser<?> analyser, Set<HttpUrl> alwaysDue) {
        Map<HttpUrl, Seed> byUrl = new LinkedHashMap<>();
        for (Seed seed : configured) {
            byUrl.putIfAbsent(seed.url(), seed);
        }
        Map<HttpUrl, Integer> numbers = seedStore.number(byUrl.keySet());
        Map<Integer, SeedCounts> counts = seedStore.counts();
        Map<Integer, Seed> byNumber = new LinkedHashMap<>();
        List<DiscoveredUrl> roots = new ArrayList<>();
        byUrl.forEach((url, seed) -> {
            int number = Objects.requireNonNull(numbers.get(url), "each seed has a number");
            byNumber.put(number, seed);
            SeedCounts count = counts.getOrDefault(number, SeedCounts.NONE);
            Site site = new Site(number, seed, count.known(), count.asked());
            sites.put(number, site);
            roots.add(DiscoveredUrl.page(url, site, 0));
        });
        if (store.isFilled()) {
            adaptFrontier(counts, roots);
        } else {
            store.clear();
            store.fill(new FrontierStore.Due(
                    sites.keySet(),
                    run.startedAt(),
                    analyser.rulesVersion(),
                    analyser.extractorVersion(),
                    alwaysDue,
                    seedStore.termsChanged(byNumber)));
            store.addRoots(roots, sites);
            seedStore.enter(sites.keySet());
            store.markFilled();
        }
        seedStore.saveTerms(byNumber);
    }

    /** Adapts the frontier of a resumed run to seeds that were added, removed or limited since its last start. */
    private void adaptFrontier(Map<Integer, SeedCounts> counts, List<DiscoveredUrl> roots) {
        List<DiscoveredUrl> added = roots.stream()
                .filter(root -> !counts.containsKey(root.site().number()))
                .toList();
        if (!added.isEmpty()) {
            store.addRoots(added, sites);
            seedStore.enter(added.stream().map(root -> root.site().number()).toList());
        }
        for (int number : counts.keySet()) {
            Site site = sites.get(number);
            if (site == null) {
                store.refuseRemaining(number, List.of(), "the seed is no longer configured", clock.instant());
            } else if (site.isBudgetUsedUpWith(0)) { // max_pages has been lowered since the last start
                store.refuseRemaining(number, List.of(), site.beyondBudget(), clock.instant());
                site.close();
            }
        }
    }
}
