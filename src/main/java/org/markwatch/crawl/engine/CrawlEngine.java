package org.markwatch.crawl.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.PageAnalyser;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.crawler4j.TextCrawlController;
import org.markwatch.crawl.crawler4j.TextCrawler;
import org.markwatch.crawl.fetch.PublicOnlyDnsResolver;
import org.markwatch.crawl.fetch.TextOnlyFetcher;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.StoredHosts;
import org.markwatch.crawl.politeness.AddressBudget;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.politeness.Politeness;
import org.markwatch.crawl.revisit.RevisitPolicy;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.HostStore;
import org.markwatch.crawl.store.PageHistoryStore;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.crawl.store.SeedStore.SeedCounts;
import org.markwatch.crawl.store.VisitCommit;
import org.markwatch.crawl.store.VisitRecorder;
import org.markwatch.crawl.store.VisitStore;
import org.markwatch.crawl.visit.RobotsPolicy;
import org.markwatch.crawl.visit.VisitEnding;
import org.markwatch.crawl.visit.VisitRequests;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private final Clock clock;
    private final LongSupplier nanos;
    private final FrontierStore store;
    private final HostStore hostStore;
    private final VisitCommit<R> commits;
    private final Map<Integer, Site> sites = new LinkedHashMap<>();
    private final CrawlCounters counters = new CrawlCounters();
    private final HostFrontier frontier;
    private final TextOnlyFetcher fetcher;
    private final TextCrawlController controller;
    private final Thread refiller;
    private final Thread monitor;
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
     * @param database the database of the run. The caller holds the {@link org.markwatch.crawl.run.RunLock}
     * @param clock    time of dispositions
     * @return the running crawl, to be closed by the caller
     */
    public static <R> Crawl<R> open(
            Runs.RunRecord run,
            RunFence fence,
            Settings.CrawlSettings settings,
            List<Seed> seeds,
            PageAnalyser<R> analyser,
            Set<HttpUrl> alwaysDue,
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

    public CrawlEngine(
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
            Set<HttpUrl> alwaysDue,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this.clock = clock;
        this.nanos = nanos;
        this.store = new FrontierStore(database, run.id());
        SeedStore seedStore = new SeedStore(database, run.id());
        VisitStore visitStore = new VisitStore(database, run.id());
        Deque<Runnable> release = new ArrayDeque<>();
        try {
            PageHistoryStore histories = new PageHistoryStore(database, run.id());
            VisitRecorder visitRecorder = new VisitRecorder(visitStore, histories);
            visitStore.createPartitions(clock.instant());
            this.hostStore = new HostStore(database, clock, nanos);
            boolean resumed = store.isFilled();
            if (!resumed) {
                hostStore.clear();
            }
            new FrontierFill(store, seedStore, sites, clock).fill(run, seeds, analyser, alwaysDue);
            long done = seedStore.counts().values().stream()
                    .mapToLong(SeedCounts::done)
                    .sum();
            this.frontier = new HostFrontier(
                    done + store.size(),
                    done,
                    nanos,
                    new StoredHosts(resumed ? nanos.getAsLong() : null, nanos, hostStore::state));
            this.commits = new VisitCommit<>(
                    fence, store, seedStore, visitRecorder, histories, hostStore, frontier, sites, counters, clock);
            PublicOnlyDnsResolver names = PublicOnlyDnsResolver.ofSystem(settings);
            this.fetcher = new TextOnlyFetcher(settings, counters, clock, nanos, names);
            release.push(fetcher::shutDown);
            RobotsPolicy robots =
                    new RobotsPolicy(fetcher, settings.politeness().robotsMeta(), counters);
            AddressBudget addresses =
                    new AddressBudget(names, settings.politeness().requestsPerAddress());
            this.controller = TextCrawlController.over(frontier);
            frontier.open(store.openHosts());
            if (frontier.isFinished()) {
                frontier.finish();
            }
            this.refiller = Thread.ofVirtual().name("crawl-refills").start(this::refill);
            release.push(refiller::interrupt);
            this.monitor = Thread.ofVirtual()
                    .name("crawl-monitor")
                    .start(new CrawlMonitor(this, store::stopRequested, this::activity, nanos, closed, this::fail));
            RevisitPolicy<R> revisitPolicy =
                    new RevisitPolicy<>(analyser, histories::packedContent, alwaysDue, settings.revisitNights(), clock);
            Politeness politeness = new Politeness(backOff);
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
            if (batch.size() == max || frontier.open() == visitsWithCaller.size() + batch.size()) {
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
            if (!visitsWithCaller.isEmpty() && frontier.open() == visitsWithCaller.size() && visits.isEmpty()) {
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
        commits.commit(batch, () -> batch.forEach(visit -> visitsWithCaller.remove(visit.frontierId())));
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
        if (stopped || frontier.open() == 0) {
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
    }

    private StallWatch.CrawlState activity() {
        return new StallWatch.CrawlState(
                frontier.done() + frontier.endedVisits().size(),
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

    // ---- refills -------------------------------------------------------------------------------------------------

    private void refill() {
        WindowRefiller refills = new WindowRefiller(frontier, store, hostStore, sites);
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
