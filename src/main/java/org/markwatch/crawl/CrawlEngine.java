package org.markwatch.crawl;

import edu.uci.ics.crawler4j.crawler.CrawlConfig;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.FrontierStore.Deferred;
import org.markwatch.crawl.FrontierStore.Done;
import org.markwatch.crawl.FrontierStore.SeedCounts;
import org.markwatch.crawl.Outlinks.Found;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A crawl on crawler4j's loop with our frontier, fetcher, robots and store.
 *
 * @see #open
 */
public final class CrawlEngine<R> implements Crawl<R> {
    private static final Logger LOG = LoggerFactory.getLogger(CrawlEngine.class);

    /** Finished visits that may wait for the caller, before crawlers wait themselves. */
    private static final int WAITING_VISITS = 256;

    private static final long LOOK_AGAIN_MILLIS = 20;
    /** How long requests in flight may go on after {@link #stop}. */
    private static final Duration DRAIN = Duration.ofSeconds(3);
    /** How long crawlers that were cut off are waited for: one may hang in a connect or a look-up of a name. */
    private static final Duration CUT_OFF = Duration.ofSeconds(2);

    private static final Duration LOOK_FOR_STOP = Duration.ofSeconds(1);

    private final Clock clock;
    private final FrontierStore store;
    private final KnownPages pages;
    private final Map<Integer, Site> sites = new LinkedHashMap<>();
    private final Tally tally = new Tally();
    private final SeenUrls seen = new SeenUrls();
    private final HostFrontier frontier;
    private final TextOnlyFetcher fetcher;
    private final TextCrawlController controller;
    private final Thread refiller;
    private final Thread watch;
    private final BlockingQueue<Visit<R>> visits = new ArrayBlockingQueue<>(WAITING_VISITS);
    private final Set<Long> taken = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stopped;
    private volatile boolean drained;
    private volatile @Nullable Throwable failure;

    /**
     * Begins to crawl a run, or goes on with it where its last committed page left it.
     *
     * @param run      a run under way
     * @param settings crawl settings; their defaults have been merged into the seeds
     * @param seeds    sites to crawl; those that the run knows already keep what is known of them
     * @param reader   called by crawler threads
     * @param watched  whether a page, by its final URL, is to be asked for every night however seldom it changes
     * @param database where the run lives; the caller sees to it that nobody else works on it, by {@link RunLock}. A crawl that is
     *                 opened all the same takes the run over: the earlier one fails at its next commit
     */
    public static <R> Crawl<R> open(
            Runs.Run run,
            Settings.Crawl settings,
            List<Seed> seeds,
            PageReader<R> reader,
            Predicate<URI> watched,
            DataSource database,
            Clock clock) {
        return new CrawlEngine<>(
                run,
                settings,
                seeds,
                reader,
                watched,
                database,
                clock,
                System::nanoTime,
                BackOff.standard(RandomGenerator.getDefault()));
    }

    CrawlEngine(
            Runs.Run run,
            Settings.Crawl settings,
            List<Seed> seeds,
            PageReader<R> reader,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this(run, settings, seeds, reader, page -> false, database, clock, nanos, backOff);
    }

    CrawlEngine(
            Runs.Run run,
            Settings.Crawl settings,
            List<Seed> seeds,
            PageReader<R> reader,
            Predicate<URI> watched,
            DataSource database,
            Clock clock,
            LongSupplier nanos,
            BackOff backOff) {
        this.clock = clock;
        this.store = new FrontierStore(database, run.id());
        try {
            this.pages = new KnownPages(database, run.id());
            store.takeOver();
            plant(seeds);
            Collection<SeedCounts> counts = store.seedCounts().values();
            this.frontier = new HostFrontier(
                    counts.stream().mapToLong(SeedCounts::known).sum(),
                    counts.stream().mapToLong(SeedCounts::done).sum(),
                    nanos);
            CrawlConfig config = config(settings);
            this.fetcher = new TextOnlyFetcher(config, settings, tally, clock, nanos);
            HostRobots robots =
                    new HostRobots(fetcher, frontier, settings.manners().robotsMeta(), tally);
            this.controller = new TextCrawlController(config, fetcher, robots, new FrontierSetup(frontier));
            frontier.open(store.openHosts());
            if (frontier.isFinished()) {
                frontier.finish();
            }
            this.refiller = Thread.ofVirtual().name("crawl-refills").start(this::refill);
            this.watch = Thread.ofVirtual().name("crawl-watch").start(this::watch);
            Memory<R> memory = new Memory<>(reader, pages, watched, settings.revisitNights(), clock);
            controller.startNonBlocking(
                    () -> new TextCrawler<>(
                            frontier, robots, fetcher, reader, memory, visits::put, backOff, clock, nanos),
                    settings.threads());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the crawler cannot be set up", e);
        }
    }

    static CrawlConfig config(Settings.Crawl settings) {
        CrawlConfig config = new CrawlConfig();
        config.setCrawlStorageFolder(System.getProperty("java.io.tmpdir")); // must exist; nothing is written to it
        config.setUserAgentString(TextOnlyFetcher.userAgent(settings));
        config.setIncludeHttpsPages(false); // of the stock client, which is never used
        config.setBatchReadSize(1);
        config.setHaltOnError(false);
        config.setLanguageDetection(false);
        return config;
    }

    private void plant(List<Seed> seeds) {
        Map<String, Seed> byUrl = new LinkedHashMap<>();
        for (Seed seed : seeds) {
            URI url = CanonicalUrl.of(seed.url().toString())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "seed '" + seed.url() + "' is no absolute http or https URL with a valid host"));
            byUrl.putIfAbsent(url.toString(), seed);
        }
        Map<String, Integer> numbers = store.numberSeeds(List.copyOf(byUrl.keySet()));
        Map<Integer, SeedCounts> counts = store.seedCounts();
        List<Found> roots = new ArrayList<>();
        numbers.forEach((url, number) -> {
            SeedCounts count = counts.getOrDefault(number, SeedCounts.NONE);
            URI root = URI.create(url);
            Seed seed = byUrl.get(url);
            if (seed == null) {
                store.writeOff(number, List.of(), "the seed is no longer configured", clock.instant());
                return;
            }
            Site site = new Site(number, seed, root, count.known(), count.fetched());
            sites.put(number, site);
            roots.add(Found.page(root, site, 0));
            if (site.usedUpWith(0)) { // the budget was lowered since
                store.writeOff(number, List.of(), beyondBudget(site), clock.instant());
                site.close();
            }
        });
        for (Deferred left : store.deferred()) {
            Integer number = numbers.get(left.seed());
            Site site = number == null ? null : sites.get(number);
            if (site != null
                    && site.contains(left.url())
                    && left.depth() <= site.seed().maxDepth()) {
                roots.add(Found.page(left.url(), site, left.depth()).with(LinkPriority.FIRST));
            }
        }
        store.add(roots, sites);
    }

    // ---- the caller's side ---------------------------------------------------------------------------------------

    @Override
    public List<Visit<R>> take(int max, Duration wait) throws InterruptedException {
        List<Visit<R>> batch = new ArrayList<>();
        Visit<R> first = first();
        if (first == null) {
            return batch;
        }
        batch.add(first);
        long until = System.nanoTime() + wait.toNanos();
        while (batch.size() < max) {
            visits.drainTo(batch, max - batch.size());
            if (batch.size() == max || frontier.getQueueLength() == taken.size() + batch.size()) {
                break; // full, or nothing else can come before these are committed
            }
            Visit<R> next = visits.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        batch.forEach(visit -> taken.add(visit.frontierId()));
        return batch;
    }

    private @Nullable Visit<R> first() throws InterruptedException {
        while (true) {
            checkFailure();
            boolean ended = drained || !controller.running();
            Visit<R> visit = visits.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            if (visit != null) {
                return visit;
            }
            if (ended) {
                checkFailure();
                return null;
            }
            if (!taken.isEmpty() && frontier.getQueueLength() == taken.size() && visits.isEmpty()) {
                throw new IllegalStateException(
                        taken.size() + " visits were taken and not committed, and nothing else can"
                                + " come before they are: commit before taking again");
            }
        }
    }

    private void checkFailure() {
        Throwable fault = failure == null ? controller.failure() : failure;
        if (fault != null) {
            throw new IllegalStateException("the crawl broke off: " + fault.getMessage(), fault);
        }
    }

    @Override
    public void commit(List<Visit<R>> batch) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            throw new IllegalStateException(
                    "commit needs the caller's transaction, so that pages, links and findings are kept together");
        }
        Instant now = clock.instant();
        Map<Tally.Key, Long> drained = tally.drain();
        Map<Tally.Key, Long> counts = new HashMap<>(drained);
        List<Done> done = new ArrayList<>(batch.size());
        Map<URI, Found> found = new LinkedHashMap<>();
        Map<Site, Integer> captured = new HashMap<>();
        List<Learned> learned = new ArrayList<>(batch.size());
        Map<UUID, FrontierUrl> unread = new LinkedHashMap<>();
        for (Visit<R> visit : batch) {
            FrontierUrl url = frontier.handedOver(visit.frontierId());
            if (url == null) {
                throw new IllegalStateException(
                        "visit of " + visit.url() + " is not open in this crawl; commit each visit once");
            }
            Known known = url.known();
            if (visit.verdict() != null) {
                captured.merge(url.site(), 1, Integer::sum);
                economy(visit).forEach(name -> counts.merge(new Tally.Key("economy", name), 1L, Long::sum));
            }
            if (url.learned() != null) {
                learned.add(url.learned());
            }
            if (known != null && visit.fetch() instanceof Fetch.NotModified) {
                done.add(new Done(url, visit.fetch(), known.textSha256()));
                unread.put(known.hash(), url);
            } else {
                done.add(new Done(url, visit.fetch(), visit.textSha256()));
            }
            visit.references()
                    .forEach((kind, n) -> counts.merge(new Tally.Key("reference", kind.name()), (long) n, Long::sum));
            if (url.outlinks() != null) {
                takeIn(url.outlinks(), found, counts);
            }
        }
        Map<UUID, List<String>> kept = pages.links(unread.keySet());
        unread.forEach((hash, page) -> takeIn(kept(page, kept.getOrDefault(hash, List.of())), found, counts));
        Admission admission = Admission.of(found.values(), captured, counts);
        store.assertHeld();
        store.finish(done);
        pages.learn(learned);
        List<FrontierUrl> added = store.add(admission.admitted, sites);
        List<FrontierUrl> open = refuseMedia(added, found, now);
        Map<Site, Long> writtenOff = writeOff(captured, batch, now);
        store.count(counts);

        List<Long> ids = batch.stream().map(Visit::frontierId).toList();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status != STATUS_COMMITTED) {
                    drained.forEach(tally::add);
                    admission.settle(List.of());
                    return;
                }
                admission.settle(added);
                admission.admitted.forEach(link -> seen.add(link.hash()));
                ids.forEach(taken::remove);
                captured.forEach(Site::committed);
                frontier.committed(ids, open, added.size() - open.size());
                writtenOff.forEach(frontier::writtenOff);
            }
        });
    }

    private void takeIn(Outlinks links, Map<URI, Found> found, Map<Tally.Key, Long> counts) {
        links.counts().forEach((key, n) -> counts.merge(key, n, Long::sum));
        links.found().stream()
                .filter(link -> !seen.contains(link.hash()))
                .forEach(link -> found.putIfAbsent(link.url(), link));
    }

    /** Links of a page that was not read now; most are in the frontier already, and those need not be looked at. */
    private Outlinks kept(FrontierUrl page, List<String> links) {
        return Outlinks.of(
                page,
                links.stream()
                        .filter(link -> !seen.contains(Found.hashOf(link)))
                        .map(URI::create)
                        .toList());
    }

    /** What a visit saved, as counted. */
    private static List<String> economy(Visit<?> visit) {
        List<String> saved = new ArrayList<>(2);
        boolean standing = visit.verdict() instanceof Verdict.Standing;
        if (visit.fetch() instanceof Fetch.NotModified same) {
            saved.add(same.status() == 0 ? "not-due" : "answered-304");
            if (!standing) {
                saved.add("judged-again");
            }
        } else if (standing) {
            saved.add("same-text");
        }
        return saved;
    }

    /** Writes down links to media as refused; returns the others, which are to be visited. */
    private List<FrontierUrl> refuseMedia(List<FrontierUrl> added, Map<URI, Found> found, Instant now) {
        List<FrontierUrl> open = new ArrayList<>(added.size());
        List<Done> refused = new ArrayList<>();
        for (FrontierUrl url : added) {
            Found origin = found.get(url.url());
            Fetch.Kind kind = origin == null ? null : origin.refused();
            if (kind == null) {
                open.add(url);
            } else {
                refused.add(new Done(url, Fetch.Refused.unasked(kind, url.url(), now), null));
            }
        }
        store.finish(refused);
        return open;
    }

    private Map<Site, Long> writeOff(Map<Site, Integer> captured, List<Visit<R>> batch, Instant now) {
        Map<Site, Long> rows = new HashMap<>();
        captured.forEach((site, pages) -> {
            if (!site.closed() && site.usedUpWith(pages)) {
                Set<Long> ended = new HashSet<>(frontier.handedOver(site));
                batch.forEach(visit -> ended.remove(visit.frontierId()));
                rows.put(site, store.writeOff(site.number(), ended, beyondBudget(site), now));
            }
        });
        return rows;
    }

    private static String beyondBudget(Site site) {
        return "beyond max_pages = " + site.seed().maxPages() + " of " + site.url();
    }

    /** Links let into the account of their sites, until it is known which of them were new. */
    private record Admission(List<Found> admitted) {
        /** @param captured pages by site that are being committed with them */
        static Admission of(Collection<Found> found, Map<Site, Integer> captured, Map<Tally.Key, Long> counts) {
            List<Found> admitted = new ArrayList<>(found.size());
            for (Found link : found) {
                Site site = link.site();
                if (site.usedUpWith(captured.getOrDefault(site, 0))) {
                    counts.merge(new Tally.Key("skipped", "beyond-budget"), 1L, Long::sum);
                } else if (!site.admit(link.priority())) {
                    counts.merge(new Tally.Key("skipped", "too-many-known"), 1L, Long::sum);
                } else {
                    admitted.add(link.with(site.rank(link.url(), link.priority())));
                }
            }
            return new Admission(admitted);
        }

        /** Settles the account: of those admitted only these rows are new. */
        void settle(List<FrontierUrl> added) {
            Set<URI> fresh = new HashSet<>();
            added.forEach(url -> fresh.add(url.url()));
            admitted.stream()
                    .filter(link -> !fresh.contains(link.url()))
                    .forEach(link -> link.site().unadmit(link.url()));
        }
    }

    @Override
    public Progress progress() {
        return new Progress(frontier.done(), frontier.known(), frontier.hostsWithWork(), defanged(frontier.current()));
    }

    /** Not clickable, wherever it is shown. */
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
            if (!closed.await(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                fetcher.cancel();
                controller.join(CUT_OFF);
                drained = true;
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
            controller.join(CUT_OFF);
            refiller.join();
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fetcher.shutDown();
    }

    /**
     * Looks whether somebody has asked for an end in the database, since the console may run in another process, and whether there is
     * still a database: a crawl of slow hosts has nothing to commit for minutes.
     */
    private void watch() {
        try {
            while (!stopped && !closed.await(LOOK_FOR_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (store.stopRequested()) {
                        stop();
                    }
                } catch (CannotGetJdbcConnectionException e) { // its pool has waited for it
                    fail(e);
                    return;
                } catch (DataAccessException e) {
                    LOG.debug("The connection broke, and the next look says whether there is another", e);
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
        Refills refills = new Refills(frontier, store, sites);
        try {
            while (closed.getCount() > 0) {
                refills.serve(refills.await());
            }
        } catch (InterruptedException e) {
            LOG.debug("The crawl is closed");
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
