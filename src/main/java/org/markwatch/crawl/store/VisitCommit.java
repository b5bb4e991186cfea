package org.markwatch.crawl.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.UrlHash;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostState;
import org.markwatch.crawl.partition.HeldPartitions;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.LinkAdmission;
import org.markwatch.crawl.scope.Outlinks;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Stores ended visits, the links that they found and the counts of the crawl in one transaction, and tells the frontier when
 * it is committed. For one thread at a time.
 *
 * @param <R> result of the page analysis
 */
public final class VisitCommit<R> {
    private final HeldPartitions partitions;
    private final FrontierStore store;
    private final SeedStore seedStore;
    private final VisitRecorder visitRecorder;
    private final PageHistoryStore histories;
    private final HostStore hostStore;
    private final HostFrontier frontier;
    private final Map<Integer, Site> sites;
    private final CrawlCounters counters;
    private final SeenUrls seen = new SeenUrls();
    private final Clock clock;

    /** @param sites sites by their number in the run */
    public VisitCommit(
            HeldPartitions partitions,
            FrontierStore store,
            SeedStore seedStore,
            VisitRecorder visitRecorder,
            PageHistoryStore histories,
            HostStore hostStore,
            HostFrontier frontier,
            Map<Integer, Site> sites,
            CrawlCounters counters,
            Clock clock) {
        this.partitions = partitions;
        this.store = store;
        this.seedStore = seedStore;
        this.visitRecorder = visitRecorder;
        this.histories = histories;
        this.hostStore = hostStore;
        this.frontier = frontier;
        this.sites = sites;
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Stores visits in the transaction of the caller; see {@link org.markwatch.crawl.Crawl#commit}.
     *
     * @param done called after the transaction has been committed
     */
    public void commit(List<Visit<R>> batch, Runnable done) {
        requireTransaction("commit", "pages, links and findings are stored together");
        Instant now = clock.instant();
        Map<CrawlCounters.CounterKey, Long> counted = counters.drain();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>(counted);
        List<FrontierUrl> ended = new ArrayList<>(batch.size());
        Map<HttpUrl, DiscoveredUrl> found = new LinkedHashMap<>();
        Map<Site, Integer> asked = new HashMap<>();
        Map<Long, FrontierUrl> notModified = new LinkedHashMap<>();
        for (Visit<R> visit : batch) {
            FrontierUrl url = frontier.endedVisits().get(visit.frontierId());
            if (url == null) {
                throw new IllegalStateException(
                        "visit of " + visit.url() + " is not open in this crawl; each visit must be committed once");
            }
            ended.add(url);
            if (visit.disposition().usesBudget()) {
                asked.merge(url.site(), 1, Integer::sum);
            }
            if (visit.outcome() != null) {
                savings(visit)
                        .forEach(name -> counts.merge(new CrawlCounters.CounterKey("economy", name), 1L, Long::sum));
            }
            if (visit.disposition() instanceof Disposition.NotModified) {
                notModified.put(url.id(), url);
            }
            if (visit.shell()) {
                counts.merge(CrawlCounters.SHELLS, 1L, Long::sum);
            }
            visit.references()
                    .forEach((kind, n) ->
                            counts.merge(new CrawlCounters.CounterKey("reference", kind.name()), (long) n, Long::sum));
            if (url.outlinks() != null) {
                collectLinks(url.outlinks(), found, counts);
            }
        }
        Map<Long, List<String>> links = histories.links(notModified.keySet());
        notModified.forEach((id, page) ->
                collectLinks(storedLinks(page, links.getOrDefault(id, List.of())), found, counts));
        LinkAdmission admission = LinkAdmission.of(found.values(), asked, counts);
        partitions.assertHeld(ended.stream().map(url -> url.site().partition()).collect(Collectors.toSet()));
        store.close(ended.stream().map(FrontierUrl::id).toList());
        visitRecorder.record(batch, ended, now, counts);
        Map<Integer, Integer> askedBySeed = new HashMap<>();
        asked.forEach((site, n) -> askedBySeed.put(site.number(), n));
        seedStore.addAsked(askedBySeed);
        List<FrontierUrl> added = store.add(admission.admitted(), sites);
        List<FrontierUrl> open = refuseNonPages(added, found, now, counts);
        Map<Site, Long> refusedRows = refuseBeyondBudget(asked, batch, now, counts);
        store.addCounts(counts);
        storeHosts();
        storeTraps(ended);

        List<Long> ids = batch.stream().map(Visit::frontierId).toList();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    counted.forEach(counters::add);
                    admission.withdrawAllBut(List.of());
                    return;
                }
                admission.withdrawAllBut(added.stream().map(FrontierUrl::url).toList());
                admission.admitted().forEach(link -> seen.add(link.hash()));
                done.run();
                asked.forEach(Site::committed);
                frontier.committed(ids, open, added.size() - open.size());
                refusedRows.forEach(frontier::closeSite);
            }
        });
    }

    /** Stores hosts in the transaction of the caller; see {@link org.markwatch.crawl.Crawl#saveHosts}. */
    public void saveHosts() {
        requireTransaction("saveHosts", "no other process has taken a host over meanwhile");
        if (!frontier.changes().isEmpty() && !partitions.isEmpty()) {
            partitions.assertAllHeld();
            storeHosts();
        }
    }

    private static void requireTransaction(String method, String purpose) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException(method + " must be called within a transaction, so that " + purpose);
        }
    }

    private void storeHosts() {
        List<HostState> hosts = frontier.changes().drain();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    frontier.changes().putBack(hosts);
                }
            }
        });
        hostStore.save(hosts);
    }

    private void storeTraps(List<FrontierUrl> ended) {
        Map<Site, List<UUID>> traps = new HashMap<>();
        ended.stream().map(FrontierUrl::site).distinct().forEach(site -> {
            List<UUID> unsaved = site.traps().takeUnsaved();
            if (!unsaved.isEmpty()) {
                traps.put(site, unsaved);
            }
        });
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    traps.forEach((site, unsaved) -> site.traps().putBack(unsaved));
                }
            }
        });
        traps.forEach(seedStore::addTraps);
    }

    private void collectLinks(
            Outlinks links, Map<HttpUrl, DiscoveredUrl> found, Map<CrawlCounters.CounterKey, Long> counts) {
        links.counts().forEach((key, n) -> counts.merge(key, n, Long::sum));
        links.found().stream()
                .filter(link -> !seen.contains(link.hash()))
                .forEach(link -> found.putIfAbsent(link.url(), link));
    }

    /** Returns the stored links of a page that was not fetched, without those known to be in the frontier. */
    private Outlinks storedLinks(FrontierUrl page, List<String> links) {
        return Outlinks.of(
                page.url(),
                page.depth(),
                page.site(),
                links.stream()
                        .filter(link -> !seen.contains(UrlHash.of(link)))
                        .map(HttpUrl::of)
                        .toList());
    }

    /** Returns the names under which the savings of a visit are counted in {@code run_count}. */
    private static List<String> savings(Visit<?> visit) {
        List<String> saved = new ArrayList<>(2);
        boolean reused = visit.outcome() instanceof PageOutcome.EarlierResult;
        if (visit.disposition() instanceof Disposition.NotModified same) {
            if (same.status() != 0) {
                saved.add("answered-304");
            }
            if (!reused) {
                saved.add("judged-again");
            }
        } else if (reused) {
            saved.add("same-text");
        }
        return saved;
    }

    /** Stores links to files other than pages as refused; returns the others, which are to be visited. */
    private List<FrontierUrl> refuseNonPages(
            List<FrontierUrl> added,
            Map<HttpUrl, DiscoveredUrl> found,
            Instant now,
            Map<CrawlCounters.CounterKey, Long> counts) {
        List<FrontierUrl> open = new ArrayList<>(added.size());
        Map<FrontierUrl, Disposition.RefusalKind> files = new LinkedHashMap<>();
        for (FrontierUrl url : added) {
            DiscoveredUrl origin = found.get(url.url());
            Disposition.RefusalKind kind = origin == null ? null : origin.nonPageKind();
            if (kind == null) {
                open.add(url);
            } else {
                files.put(url, kind);
            }
        }
        store.close(files.keySet().stream().map(FrontierUrl::id).toList());
        visitRecorder.refuseFiles(files, now, counts);
        return open;
    }

    private Map<Site, Long> refuseBeyondBudget(
            Map<Site, Integer> asked, List<Visit<R>> batch, Instant now, Map<CrawlCounters.CounterKey, Long> counts) {
        Map<Site, Long> rows = new HashMap<>();
        asked.forEach((site, visits) -> {
            if (!site.isClosed() && site.isBudgetUsedUpWith(visits)) {
                Set<Long> ended = new HashSet<>(frontier.endedVisits().of(site));
                batch.forEach(visit -> ended.remove(visit.frontierId()));
                FrontierStore.Remainder rest =
                        store.refuseRemaining(site.partition(), site.number(), ended, site.beyondBudget(), now);
                rows.put(site, rest.rows());
                VisitRecorder.countRefused(Disposition.RefusalKind.LIMIT, rest.refused(), 0, counts);
            }
        });
        return rows;
    }
}
