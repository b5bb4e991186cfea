package org.markwatch.crawl.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.crawler4j.TextCrawlController;
import org.markwatch.crawl.crawler4j.TextCrawler;
import org.markwatch.crawl.fetch.PublicOnlyDnsResolver;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.partition.AddressLocks;
import org.markwatch.crawl.partition.HeldPartitions;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.politeness.AddressBudget;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.crawl.revisit.RevisitPolicy;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.HostStore;
import org.markwatch.crawl.store.PageHistoryStore;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.crawl.store.VisitCommit;
import org.markwatch.crawl.store.VisitRecorder;
import org.markwatch.crawl.store.VisitStore;
import org.markwatch.crawl.visit.RobotsPolicy;
import org.markwatch.crawl.visit.VisitEnding;
import org.markwatch.crawl.visit.VisitRequests;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A crawl on crawler4j's crawler loop, with the frontier, fetcher, robots.txt policy and store of this package.
 *
 * @param <R> result of the page analysis
 * @see #start
 */
public final class CrawlEngine<R> implements Crawl<R> {

    /** How long requests in flight may continue after {@link #stop}. */
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(3);
    /**
     * How long to wait for crawlers after their requests are cancelled: one may block in a connect or a name
     * resolution.
     */
    private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(2);

    private final Clock clock;
    private final LongSupplier nanos;
    private final WorkerLease lease;
    private final Map<HttpUrl, Seed> seeds;
    private final FrontierStore store;
    private final SeedStore seedStore;
    private final HostStore hostStore;
    private final HeldPartitions partitions;
    private final VisitCommit<R> commits;
    private final Map<Integer, Site> sites = new ConcurrentHashMap<>();
    private final CrawlCounters counters = new CrawlCounters();
    private final HostFrontier frontier;
    private final TextOnlyFetcher fetcher;
    private final TextCrawlController controller;
    private final Thread refiller;
    private final Thread monitor;
    private final VisitBuffer<R> visits;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean drainTimedOut;
    private volatile @Nullable Throwable failure;

    /**
     * Starts a crawl without partitions; {@link #open} adds them.
     *
     * @param run      the run, with status {@link Runs.Status#RUNNING}; {@link CrawlStart} has prepared it
     * @param settings crawl settings; their defaults have been merged into the seeds
     * @param seeds    the seeds of the run
     * @param analyser called by crawler threads, many at the same time
     * @param alwaysDue final URLs of pages that are requested in every nightly run, even if they seldom change
     * @param lease    lease of this process; it ends with the crawl
     * @param database the database of the run
     * @param clock    time of dispositions
     * @return the running crawl, to be closed by the caller
     */
    public static <R> CrawlEngine<R> start(
            Runs.RunRecord run,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            Set<HttpUrl> alwaysDue,
            WorkerLease lease,
            DataSource database,
            Clock clock) {
        return new CrawlEngine<>(
                run,
                settings,
                seeds,
                analyser,
                alwaysDue,
                lease,
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
            Set<HttpUrl> alwaysDue,
            WorkerLease lease,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this.clock = clock;
        this.nanos = nanos;
        this.lease = lease;
        this.seeds = CrawlStart.byUrl(seeds);
        this.store = new FrontierStore(database, run.id());
        this.seedStore = new SeedStore(database, run.id());
        this.hostStore = new HostStore(database, nanos);
        this.partitions = new HeldPartitions(new Partitions(database));
        this.frontier = new HostFrontier(nanos, hostStore::state);
        this.visits = new VisitBuffer<>(frontier.counts()::open, this::isDrained, this::checkFailure);
        PageHistoryStore histories = new PageHistoryStore(database, run.id());
        this.commits = new VisitCommit<>(
                partitions,
                store,
                seedStore,
                new VisitRecorder(new VisitStore(database, run.id()), histories),
                histories,
                hostStore,
                frontier,
                sites,
                counters,
                clock);
        Deque<Runnable> release = new ArrayDeque<>();
        try {
            PublicOnlyDnsResolver names = PublicOnlyDnsResolver.ofSystem(settings);
            this.fetcher = new TextOnlyFetcher(settings, counters, clock, nanos, names, lease::isValid);
            release.push(fetcher::shutDown);
            RobotsPolicy robots =
                    new RobotsPolicy(fetcher, settings.politeness().robotsMeta(), counters);
            AddressBudget addresses =
                    new AddressBudget(names, settings.politeness().requestsPerAddress());
            this.controller = TextCrawlController.over(frontier);
            this.refiller = Thread.ofVirtual()
                    .name("crawl-refills")
                    .start(() -> new WindowRefiller(frontier, store, hostStore, sites).run(closed, this::fail));
            release.push(refiller::interrupt);
            this.monitor = Thread.ofVirtual()
                    .name("crawl-monitor")
                    .start(new CrawlMonitor(this, this::stopRequested, this::activity, nanos, closed, this::fail));
            RevisitPolicy<R> revisitPolicy =
                    new RevisitPolicy<>(analyser, histories::packedContent, alwaysDue, settings.revisitNights(), clock);
            Politeness politeness = new Politeness(backOff);
            AddressLocks locks = new AddressLocks(lease);
            VisitEnding<R> ending =
                    new VisitEnding<>(frontier, robots, analyser, revisitPolicy, politeness, visits::put, clock, nanos);
            controller.startNonBlocking(
                    () -> new TextCrawler(new VisitRequests<>(
                            frontier,
                            robots,
                            fetcher,
                            addresses,
                            analyser,
                            revisitPolicy,
                            politeness,
                            ending,
                            store::isKnown,
                            locks,
                            clock)),
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

    // ---- methods for the caller ----------------------------------------------------------------------------------

    @Override
    public void open(PartitionClaim claim) {
        int number = claim.number();
        // a run before may have asked hosts just now
        boolean waits = claim.quietFor() == null && hostStore.isAnyWaiting();
        Duration quiet = waits ? PartitionClaim.GIVEN_BACK : claim.quietFor();
        partitions.add(claim);
        for (Site site : seedStore.sites(number, seeds)) {
            if (site.isBudgetUsedUpWith(0)) {
                store.refuseRemaining(number, site.number(), List.of(), site.beyondBudget(), clock.instant());
            }
            sites.put(site.number(), site);
        }
        frontier.open(
                number,
                seedStore.done(number),
                store.size(number),
                store.openHosts(number),
                quiet == null ? null : nanos.getAsLong() - quiet.toNanos());
    }

    @Override
    public void seal() {
        frontier.seal();
        if (frontier.isFinished()) {
            frontier.finish();
        }
    }

    @Override
    public Set<Integer> recordDone() {
        Set<Integer> done = frontier.counts().donePartitions();
        if (done.isEmpty()) {
            return done;
        }
        done.forEach(partitions::markDone);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                done.forEach(frontier.counts()::remove);
                sites.values().removeIf(site -> done.contains(site.partition()));
            }
        });
        return done;
    }

    @Override
    public boolean giveBack(int partition) {
        List<Site> left = sites.values().stream()
                .filter(site -> site.partition() == partition)
                .toList();
        left.forEach(Site::suspend);
        if (!left.stream().allMatch(Site::isIdle) || !frontier.remove(partition)) {
            return false;
        }
        sites.values().removeAll(left);
        commits.saveHosts();
        partitions.giveBack(partition);
        return true;
    }

    @Override
    public List<Visit<R>> take(int max, Duration wait) throws InterruptedException {
        while (true) {
            List<Visit<R>> batch = poll(max, wait);
            if (!batch.isEmpty() || ended()) {
                return batch;
            }
        }
    }

    @Override
    public boolean ended() {
        boolean exhausted = visits.isExhausted();
        checkFailure(); // a failure ends the crawlers too
        return exhausted;
    }

    @Override
    public List<Visit<R>> poll(int max, Duration wait) throws InterruptedException {
        return visits.poll(max, wait);
    }

    private boolean isDrained() {
        return drainTimedOut || !controller.isRunning();
    }

    private void checkFailure() {
        Throwable fault = failure == null ? controller.failure() : failure;
        if (fault != null) {
            throw new IllegalStateException("the crawl failed: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void commit(List<Visit<R>> batch) {
        commits.commit(batch, () -> visits.committed(batch));
    }

    @Override
    public void saveHosts() {
        commits.saveHosts();
    }

    @Override
    public CrawlProgress progress() {
        FrontierUrl current = frontier.current();
        return new CrawlProgress(
                frontier.counts().done(),
                frontier.counts().known(),
                frontier.hostsWithWork(),
                frontier.schedule().due(),
                current == null ? "" : current.defanged());
    }

    @Override
    public void stop() {
        if (stopped || frontier.isFinished()) {
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
            monitor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fetcher.shutDown();
        lease.close();
    }

    /** Whether the crawl is to stop. Fails it if the lease has ended, since others may work on its partitions. */
    private boolean stopRequested() {
        lease.assertValid();
        return store.stopRequested();
    }

    private StallWatch.CrawlState activity() {
        return new StallWatch.CrawlState(
                frontier.counts().done() + frontier.endedVisits().size(),
                frontier.endedVisits().size(),
                fetcher.inFlight(),
                fetcher.waitingForMemory(),
                frontier.schedule().refilling(),
                frontier.hostsWithWork(),
                frontier.schedule().nextDue(),
                StallWatch.Memory.current());
    }

    private void fail(RuntimeException fault) {
        if (closed.getCount() > 0) {
            failure = fault;
            controller.shutdown();
        }
    }
}
