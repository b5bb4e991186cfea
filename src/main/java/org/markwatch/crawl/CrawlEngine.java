package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Outlinks.DiscoveredUrl;
import org.markwatch.crawl.SeedStore.SeedCounts;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A crawl on crawler4j's crawler loop, with the frontier, fetcher, robots.txt policy and store of this package.
 *
 * @param <R> result of the page analysis
 * @see #open
 */
public final class CrawlEngine<R> implements Crawl<R> {
    private static final Logger LOG = LoggerFactory.getLogger(CrawlEngine.class);

    /** Ended visits that may wait for the caller; crawlers block when there are more. */
    private static final int VISIT_QUEUE_CAPACITY = 256;

    private static final long POLL_MILLIS = 20;
    /** How long requests in flight may continue after {@link #stop}. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(3);
    /**
     * How long to wait for crawlers after their requests are cancelled: one may block in a connect or a name
     * resolution.
     */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration STOP_POLL_INTERVAL = Duration.ofSeconds(1);

    private final Clock clock;
    private final RunFence fence;
    private final FrontierStore store;
    private final SeedStore seedStore;
    private final VisitRecorder visitRecorder;
    private final PageHistoryStore histories;
    private final Map<Integer, Site> sites = new LinkedHashMap<>();
    private final CrawlCounters counters = new CrawlCounters();
    private final SeenUrls seen = new SeenUrls();
    private final HostFrontier frontier;
    private final TextOnlyFetcher fetcher;
    private final TextCrawlController controller;
    private final Thread refiller;
    private final Thread stopPoller;
    private final BlockingQueue<Visit<R>> visits = new ArrayBlockingQueue<>(VISIT_QUEUE_CAPACITY);
    private final Set<Long> visitsWithCaller = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean drainTimedOut;
    private volatile @Nullable Throwable failure;

    /**
     * Starts to crawl a run, or continues it after its last committed page.
     *
     * @param run      the run, with status {@link Runs.Status#RUNNING}
     * @param fence    the fencing token of the calling process
     * @param settings crawl settings; their defaults have been merged into the seeds
     * @param seeds    sites to crawl; a seed that the run has already continues with its stored frontier
     * @param analyser called by crawler threads, many at the same time
     * @param alwaysDue final URLs of pages that are requested in every nightly run, even if they seldom change
     * @param database the database of the run. The caller holds the {@link RunLock}
     * @param clock    time of dispositions
     * @return the running crawl, to be closed by the caller
     * @throws IllegalArgumentException if the URL of a seed is invalid
     */
    public static <R> Crawl<R> open(
            Runs.RunRecord run,
            RunFence fence,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            Set<URI> alwaysDue,
            DataSource database,
            Clock clock) {
        return new CrawlEngine<>(
                run,
                fence,
                settings,
                seeds,
                analyser,
                alwaysDue,
                database,
                clock,
                System::nanoTime,
                BackOff.withDefaults(RandomGenerator.getDefault()));
    }

    CrawlEngine(
            Runs.RunRecord run,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this(
                run,
                RunFence.take(database, run.id()),
                settings,
                seeds,
                analyser,
                Set.of(),
                database,
                clock,
                nanos,
                backOff);
    }

    CrawlEngine(
            Runs.RunRecord run,
            RunFence fence,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            Set<URI> alwaysDue,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this.clock = clock;
        this.fence = fence;
        this.store = new FrontierStore(database, run.id());
        this.seedStore = new SeedStore(database, run.id());
        VisitStore visitStore = new VisitStore(database, run.id());
        Deque<Runnable> release = new ArrayDeque<>();
        try {
            this.histories = new PageHistoryStore(database, run.id());
            this.visitRecorder = new VisitRecorder(visitStore, histories);
            visitStore.createPartitions(clock.instant());
            fillFrontier(run, seeds, analyser, alwaysDue);
            long done = seedStore.counts().values().stream()
                    .mapToLong(SeedCounts::done)
                    .sum();
            this.frontier = new HostFrontier(done + store.size(), done, nanos);
            CrawlConfig config = config(settings);
            this.fetcher = new TextOnlyFetcher(config, settings, counters, clock, nanos);
            release.push(fetcher::shutDown);
            RobotsPolicy robots =
                    new RobotsPolicy(fetcher, frontier, settings.politeness().robotsMeta(), counters);
            this.controller = new TextCrawlController(config, fetcher, robots, new FrontierSetup(frontier));
            frontier.open(store.openHosts());
            if (frontier.isFinished()) {
                frontier.finish();
            }
            this.refiller = Thread.ofVirtual().name("crawl-refills").start(this::refill);
            release.push(refiller::interrupt);
            this.stopPoller = Thread.ofVirtual().name("crawl-stop-poll").start(this::pollStopRequests);
            RevisitPolicy<R> revisitPolicy =
                    new RevisitPolicy<>(analyser, histories, alwaysDue, settings.revisitNights(), clock);
            controller.startNonBlocking(
                    () -> new TextCrawler<>(
                            frontier,
                            robots,
                            fetcher,
                            analyser,
                            revisitPolicy,
                            store::isKnown,
                            visits::put,
                            backOff,
                            clock,
                            nanos),
                    settings.threads());
        } catch (RuntimeException e) {
            release(release);
            throw e;
        } catch (Exception e) {
            release(release);
            throw new IllegalStateException("the crawl could not be started: " + e.getMessage(), e);
        }
    }

    /** Releases what a constructor that throws has taken; nobody else can. */
    private void release(Deque<Runnable> taken) {
        closed.countDown(); // ends the threads
        taken.forEach(Runnable::run);
    }

    static CrawlConfig config(Settings.CrawlSettings settings) {
        CrawlConfig config = new CrawlConfig();
        config.setCrawlStorageFolder(System.getProperty(
                "java.io.tmpdir")); // crawler4j requires a folder that exists; nothing is written to it
        config.setUserAgentString(TextOnlyFetcher.userAgent(settings));
        config.setIncludeHttpsPages(false); // for crawler4j's own HTTP client, which is not used
        config.setBatchReadSize(1);
        config.setHaltOnError(false);
        config.setLanguageDetection(false);
        return config;
    }

    private void fillFrontier(Runs.RunRecord run, List<Seed> configured, PageAnalyser<R> analyser, Set<URI> alwaysDue) {
        Map<URI, Seed> byUrl = new LinkedHashMap<>();
        for (Seed seed : configured) {
            URI url = CanonicalUrl.of(seed.url().toString())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "seed url '" + seed.url() + "' must be an absolute http or https URL with a valid host"));
            byUrl.putIfAbsent(url, seed);
        }
        Map<URI, Integer> numbers = seedStore.number(byUrl.keySet());
        Map<Integer, SeedCounts> counts = seedStore.counts();
        Map<Integer, Seed> byNumber = new LinkedHashMap<>();
        List<DiscoveredUrl> roots = new ArrayList<>();
        byUrl.forEach((url, seed) -> {
            int number = Objects.requireNonNull(numbers.get(url), "each seed has a number");
            byNumber.put(number, seed);
            SeedCounts count = counts.getOrDefault(number, SeedCounts.NONE);
            Site site = new Site(number, seed, url, count.known(), count.asked());
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
                store.refuseRemaining(number, List.of(), beyondBudget(site), clock.instant());
                site.close();
            }
        }
    }

    // ---- methods for the caller ----------------------------------------------------------------------------------

    @Override
    public List<Visit<R>> take(int max, Duration wait) throws InterruptedException {
        List<Visit<R>> batch = new ArrayList<>();
        Visit<R> first = awaitFirst();
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long until = System.nanoTime() + wait.toNanos();
        while (batch.size() < max) {
            visits.drainTo(batch, max - batch.size());
            if (batch.size() == max || frontier.getQueueLength() == visitsWithCaller.size() + batch.size()) {
                break; // full, or nothing else can come before these are committed
            }
            Visit<R> next = visits.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        batch.forEach(visit -> visitsWithCaller.add(visit.frontierId()));
        return batch;
    }

    private @Nullable Visit<R> awaitFirst() throws InterruptedException {
        while (true) {
            checkFailure();
            boolean ended = drainTimedOut || !controller.isRunning();
            Visit<R> visit = visits.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (visit != null) {
                return visit;
            }
            if (ended) {
                checkFailure();
                return null;
            }
            if (!visitsWithCaller.isEmpty()
                    && frontier.getQueueLength() == visitsWithCaller.size()
                    && visits.isEmpty()) {
                throw new IllegalStateException(visitsWithCaller.size()
                        + " visits were taken and not committed, and no others are left;" + " call commit before take");
            }
        }
    }

    private void checkFailure() {
        Throwable fault = failure == null ? controller.failure() : failure;
        if (fault != null) {
            throw new IllegalStateException("the crawl failed: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void commit(List<Visit<R>> batch) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException(
                    "commit must be called within a transaction, so that pages, links and findings are stored together");
        }
        Instant now = clock.instant();
        Map<CrawlCounters.CounterKey, Long> counted = counters.drain();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>(counted);
        List<FrontierUrl> ended = new ArrayList<>(batch.size());
        Map<URI, DiscoveredUrl> found = new LinkedHashMap<>();
        Map<Site, Integer> asked = new HashMap<>();
        Map<Long, FrontierUrl> notModified = new LinkedHashMap<>();
        for (Visit<R> visit : batch) {
            FrontierUrl url = frontier.endedVisit(visit.frontierId());
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
        fence.assertHeld();
        store.close(ended.stream().map(FrontierUrl::id).toList());
        visitRecorder.record(batch, ended, now, counts);
        Map<Integer, Integer> askedBySeed = new HashMap<>();
        asked.forEach((site, n) -> askedBySeed.put(site.number(), n));
        seedStore.addAsked(askedBySeed);
        List<FrontierUrl> added = store.add(admission.admitted, sites);
        List<FrontierUrl> open = refuseNonPages(added, found, now, counts);
        Map<Site, Long> refusedRows = refuseBeyondBudget(asked, batch, now, counts);
        store.addCounts(counts);

        List<Long> ids = batch.stream().map(Visit::frontierId).toList();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    counted.forEach(counters::add);
                    admission.withdrawAllBut(List.of());
                    return;
                }
                admission.withdrawAllBut(added);
                admission.admitted.forEach(link -> seen.add(link.hash()));
                ids.forEach(visitsWithCaller::remove);
                asked.forEach(Site::committed);
                frontier.committed(ids, open, added.size() - open.size());
                refusedRows.forEach(frontier::closeSite);
            }
        });
    }

    private void collectLinks(
            Outlinks links, Map<URI, DiscoveredUrl> found, Map<CrawlCounters.CounterKey, Long> counts) {
        links.counts().forEach((key, n) -> counts.merge(key, n, Long::sum));
        links.found().stream()
                .filter(link -> !seen.contains(link.hash()))
                .forEach(link -> found.putIfAbsent(link.url(), link));
    }

    /** Returns the stored links of a page that was not fetched, without those known to be in the frontier. */
    private Outlinks storedLinks(FrontierUrl page, List<String> links) {
        return Outlinks.of(
                page,
                links.stream()
                        .filter(link -> !seen.contains(DiscoveredUrl.hashOf(link)))
                        .map(URI::create)
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
            Map<URI, DiscoveredUrl> found,
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
                Set<Long> ended = new HashSet<>(frontier.endedVisits(site));
                batch.forEach(visit -> ended.remove(visit.frontierId()));
                FrontierStore.Remainder rest = store.refuseRemaining(site.number(), ended, beyondBudget(site), now);
                rows.put(site, rest.rows());
                VisitRecorder.countRefused(Disposition.RefusalKind.LIMIT, rest.refused(), 0, counts);
            }
        });
        return rows;
    }

    private static String beyondBudget(Site site) {
        return "beyond max_pages = " + site.seed().maxPages() + " of " + site.url();
    }

    /** Links that their sites have admitted; those that turn out not to be new are withdrawn after the commit. */
    private record LinkAdmission(List<DiscoveredUrl> admitted) {
        /**
         * Admits links, and counts those that a limit excludes.
         *
         * @param asked visits in the same transaction that count for the page budget, by site
         */
        static LinkAdmission of(
                Collection<DiscoveredUrl> found, Map<Site, Integer> asked, Map<CrawlCounters.CounterKey, Long> counts) {
            List<DiscoveredUrl> admitted = new ArrayList<>(found.size());
            for (DiscoveredUrl link : found) {
                Site site = link.site();
                if (site.isBudgetUsedUpWith(asked.getOrDefault(site, 0))) {
                    counts.merge(new CrawlCounters.CounterKey("skipped", "beyond-budget"), 1L, Long::sum);
                } else if (!site.admit(link.priority())) {
                    counts.merge(new CrawlCounters.CounterKey("skipped", "too-many-known"), 1L, Long::sum);
                } else {
                    admitted.add(link.withPriority(site.rank(link.url(), link.priority())));
                }
            }
            return new LinkAdmission(admitted);
        }

        /** Withdraws the admitted links that are not among the new rows. */
        void withdrawAllBut(List<FrontierUrl> added) {
            Set<URI> fresh = new HashSet<>();
            added.forEach(url -> fresh.add(url.url()));
            admitted.stream()
                    .filter(link -> !fresh.contains(link.url()))
                    .forEach(link -> link.site().withdraw(link.url()));
        }
    }

    @Override
    public CrawlProgress progress() {
        return new CrawlProgress(
                frontier.done(), frontier.known(), frontier.hostsWithWork(), defanged(frontier.current()));
    }

    /** Defangs a URL, so that no terminal or screen makes it a link. */
    private static String defanged(String url) {
        int host = url.indexOf("://") + 3;
        int end = url.indexOf('/', host);
        if (host < 3 || end < 0) {
            return url;
        }
        return "hxx" + url.substring(3, host) + url.substring(host, end).replace(".", "[.]") + url.substring(end);
    }

    @Override
    public void stop() {
        if (stopped || frontier.getQueueLength() == 0) {
            return;
        }
        stopped = true;
        controller.shutdown();
        Thread.ofVirtual().name("crawl-drain").start(this::drain);
    }

    private void drain() {
        try {
            if (!closed.await(DRAIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                fetcher.cancel();
                controller.join(CANCEL_TIMEOUT);
                drainTimedOut = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean stopped() {
        return stopped;
    }

    @Override
    public void close() {
        if (closed.getCount() == 0) {
            return;
        }
        closed.countDown();
        controller.shutdown();
        fetcher.cancel();
        refiller.interrupt();
        try {
            controller.join(CANCEL_TIMEOUT);
            refiller.join();
            stopPoller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fetcher.shutDown();
    }

    /**
     * Polls the database for a stop request, since the console may run in another process. It also detects the loss of
     * the database, since a crawl of slow hosts may commit nothing for minutes.
     */
    private void pollStopRequests() {
        try {
            while (!stopped && !closed.await(STOP_POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (store.stopRequested()) {
                        stop();
                    }
                } catch (CannotGetJdbcConnectionException e) { // the pool has waited for its connection time-out
                    fail(e);
                    return;
                } catch (DataAccessException e) {
                    LOG.debug("Polling for a stop request failed; the next poll uses a new connection", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(RuntimeException fault) {
        if (closed.getCount() > 0) {
            failure = fault;
            controller.shutdown();
        }
    }

    // ---- refills -------------------------------------------------------------------------------------------------

    private void refill() {
        WindowRefiller refills = new WindowRefiller(frontier, store, sites);
        try {
            while (closed.getCount() > 0) {
                refills.refill(refills.awaitHosts());
            }
        } catch (InterruptedException e) {
            LOG.debug("Refilling ends because the crawl is closed");
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
