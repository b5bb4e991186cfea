package org.markwatch.crawl.store;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.engine.Crawling;
import org.markwatch.crawl.engine.LinkAnalyser;
import org.markwatch.crawl.engine.WindowRefiller;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.DiscoveredUrl;
import org.markwatch.crawl.scope.Site;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.schema.Schema;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code scripts/bench frontier}: measures the time to open a run, to get the next URL, to refill and to commit, for
 * growing numbers of URLs in the frontier. Half of the URLs have a disposition. Nothing is fetched.
 */
public final class FrontierBench {
    private static final int HOSTS = 2_000;
    private static final int WARM_UP = 5_000;
    private static final int MEASURED = 50_000;
    /** Pages of one commit: about what a thousand hosts yield in the 200 ms for which a batch is collected. */
    private static final int PAGES_PER_COMMIT = 50;
    /** Links of each page, half of them known. */
    private static final int LINKS = 10;

    private static final int FIRST_DIGIT = "http://host-".length();

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final SplittableRandom random = new SplittableRandom(42);
    private long known;

    private FrontierBench(EmbeddedPostgres postgres) {
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
    }

    /** Arguments: an empty folder, and the numbers of known URLs in ascending order. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]))) {
            new FrontierBench(postgres)
                    .run(Arrays.stream(args).skip(1).mapToLong(Long::parseLong).toArray());
        }
    }

    private void run(long[] sizes) throws Exception {
        new Schema(database).migrate();
        Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.now());
        List<Seed> seeds = new ArrayList<>(HOSTS);
        for (int host = 0; host < HOSTS; host++) {
            seeds.add(new Seed(
                    HttpUrl.of(host(host) + "/"),
                    "",
                    "",
                    Scope.HOST,
                    20,
                    1_000_000,
                    Duration.ZERO,
                    java.util.Set.of()));
        }
        open(run, seeds, "warm-up").close();
        System.out.printf(
                Locale.ROOT,
                "%d hosts; heap at most %d MiB; next URL of %d, commits of %d pages with %d links each, half of them known%n",
                HOSTS,
                Runtime.getRuntime().maxMemory() >> 20,
                MEASURED,
                PAGES_PER_COMMIT,
                LINKS);
        System.out.printf(
                "%12s %9s %17s %17s %17s %9s%n",
                "known URLs", "open", "next URL p50/p99", "refill p50/p99", "commit p50/p99", "heap");
        for (long size : sizes) {
            fill(run, size);
            measure(run, seeds);
        }
    }

    private static String host(int number) {
        return "http://host-%05d.example".formatted(number);
    }

    /** Inserts in bulk, with the indexes dropped and created again, which does not change the measured costs. */
    private void fill(Runs.RunRecord run, long size) {
        long start = System.nanoTime();
        long from = known;
        jdbc.execute("drop index frontier_next");
        jdbc.execute("drop index frontier_seed");
        jdbc.execute("alter table page drop constraint page_url_hash_key");
        jdbc.update("""
                with url as (
                    select i, i %% %1$d as n, 'http://host-' || lpad((i %% %1$d)::text, 5, '0') || '.example' as host
                    from generate_series(?, ? - 1) i),
                new as (
                    insert into page (first_run, url_hash, url, host, seed, depth, priority, run_id, disposition, status, bytes,
                        truncated, text_sha256, fetched_at)
                    select ?, encode(substring(sha256((host || '/articles/' || i || '.html')::bytea) for 16), 'hex')::uuid,
                        host || '/articles/' || i || '.html', host, s.id, 3, (i %% 3) * 10,
                        case when done then ? end, case when done then 'fetched' end, 200, 40000, false, repeat('0', 64), now()
                    from url join seed s on s.url = host || '/'
                        cross join lateral (select i / %1$d %% 2 = 0 as done) d
                    order by i
                    returning id, host, seed, priority, disposition),
                opened as (
                    insert into frontier (page_id, host, priority, seed)
                    select id, host, priority, seed from new where disposition is null)
                insert into schedule (page_id, due_at, unchanged, nights)
                select id, case when disposition is null then 'epoch' else now() + '1 day' end, 0, 1 from new""".formatted(HOSTS), from, size, run.id(), run.id());
        jdbc.execute("alter table page add constraint page_url_hash_key unique (url_hash)");
        jdbc.execute("create index frontier_next on frontier (host, priority desc, page_id)");
        jdbc.execute("create index frontier_seed on frontier (seed)");
        jdbc.update("""
                update run_seed s set known = c.known, done = c.done, texts = c.done
                from (
                    select seed, count(*) as known, count(*) filter (where disposition is not null) as done from page group by seed) c
                where s.seed = c.seed""");
        jdbc.execute("vacuum (analyze) frontier");
        jdbc.execute("vacuum (analyze) page");
        jdbc.execute("vacuum (analyze) schedule");
        known = size;
        System.err.printf(Locale.ROOT, "filled to %d in %.0f s%n", size, (System.nanoTime() - start) / 1e9);
    }

    private Crawl<String> open(Runs.RunRecord run, List<Seed> seeds, String what) {
        // nothing listens there, so nothing is fetched
        Map<String, String> nowhere = new LinkedHashMap<>();
        for (Seed seed : seeds) {
            nowhere.put(seed.url().host(), "127.0.0.1:1");
        }
        long start = System.nanoTime();
        Crawl<String> engine = Crawling.whole(
                run,
                Crawling.settings(Duration.ofSeconds(5), nowhere),
                seeds,
                new LinkAnalyser(),
                Set.of(),
                database,
                Clock.systemUTC(),
                BackOff.withDefaults(RandomGenerator.getDefault()));
        System.err.printf(Locale.ROOT, "%s: opened in %.3f s%n", what, (System.nanoTime() - start) / 1e9);
        return engine;
    }

    private void measure(Runs.RunRecord run, List<Seed> seeds) throws Exception {
        long start = System.nanoTime();
        Crawl<String> engine = open(run, seeds, known + " URLs");
        double open = (System.nanoTime() - start) / 1e9;
        engine.close();

        FrontierStore store = new FrontierStore(database, run.id());
        Map<Integer, Site> sites = new LinkedHashMap<>();
        Map<HttpUrl, Integer> numbers = new SeedStore(database, run.id())
                .number(seeds.stream().map(Seed::url).toList());
        for (Seed seed : seeds) {
            int number = numbers.getOrDefault(seed.url(), 0);
            sites.put(number, new Site(number, seed, 0, 0));
        }
        HostFrontier frontier = new HostFrontier(System::nanoTime, host -> null);
        WindowRefiller windows = new WindowRefiller(frontier, store, new HostStore(database, System::nanoTime), sites);
        List<Long> refill = new ArrayList<>();
        Thread refiller = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    List<HostQueue> hosts = windows.awaitHosts();
                    long begin = System.nanoTime();
                    windows.refill(hosts);
                    refill.add(System.nanoTime() - begin);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        frontier.open(0, 0, known, store.openHosts(0), null);
        crawl(run, frontier, store, sites, WARM_UP, new ArrayList<>());
        List<Long> commit = new ArrayList<>();
        long[] next = crawl(run, frontier, store, sites, MEASURED, commit);
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        refiller.interrupt();
        refiller.join();
        System.out.printf(
                Locale.ROOT,
                "%,12d %7.2f s %6.1f/%6.1f us %6.1f/%6.1f ms %6.1f/%6.1f ms %4d MiB%n",
                known,
                open,
                percentile(next, 50) / 1e3,
                percentile(next, 99) / 1e3,
                percentile(refill, 50) / 1e6,
                percentile(refill, 99) / 1e6,
                percentile(commit, 50) / 1e6,
                percentile(commit, 99) / 1e6,
                heap >> 20);
    }

    /** Takes URLs, ends each at once and commits them in batches. Returns the wait for each URL in nanoseconds. */
    private long[] crawl(
            Runs.RunRecord run,
            HostFrontier frontier,
            FrontierStore store,
            Map<Integer, Site> sites,
            int urls,
            List<Long> commits) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        VisitStore visits = new VisitStore(database, run.id());
        long[] waited = new long[urls];
        List<FrontierUrl> batch = new ArrayList<>();
        for (int i = 0; i < urls; i++) {
            long begin = System.nanoTime();
            FrontierUrl url = Objects.requireNonNull(frontier.awaitNext(), "the frontier has ended");
            waited[i] = System.nanoTime() - begin;
            frontier.endVisit(url, frontier.nextHost(url), true, System.nanoTime());
            batch.add(url);
            if (batch.size() == PAGES_PER_COMMIT) {
                List<EndedVisit> done = batch.stream()
                        .map(u -> new EndedVisit(
                                u.id(),
                                u.url(),
                                new Disposition.Failed(404, "http-status", "HTTP 404", u.url(), Instant.now()),
                                null,
                                null,
                                null,
                                null,
                                RevisitSchedule.EVERY_NIGHT,
                                Instant.now()))
                        .toList();
                List<DiscoveredUrl> links =
                        batch.stream().flatMap(u -> links(u).stream()).toList();
                List<FrontierUrl> added = new ArrayList<>();
                long before = System.nanoTime();
                transaction.executeWithoutResult(status -> {
                    store.close(done.stream().map(EndedVisit::page).toList());
                    visits.record(done, Instant.now());
                    added.addAll(store.add(links, sites));
                    store.addCounts(Map.of(new CrawlCounters.CounterKey("request", "page"), (long) PAGES_PER_COMMIT));
                });
                commits.add(System.nanoTime() - before);
                frontier.committed(batch.stream().map(FrontierUrl::id).toList(), added, 0);
                batch.clear();
            }
        }
        return waited;
    }

    private List<DiscoveredUrl> links(FrontierUrl page) {
        List<DiscoveredUrl> links = new ArrayList<>(LINKS);
        int host = Integer.parseInt(page.host(), FIRST_DIGIT, FIRST_DIGIT + 5, 10);
        for (int i = 0; i < LINKS; i++) {
            String path = i % 2 == 0
                    ? "/articles/" + (random.nextLong(known / HOSTS) * HOSTS + host) + ".html"
                    : "/new/" + random.nextLong() + ".html";
            links.add(DiscoveredUrl.page(HttpUrl.of(page.host() + path), page.site(), 4));
        }
        return links;
    }

    private static long percentile(List<Long> values, int percent) {
        return percentile(values.stream().mapToLong(Long::longValue).toArray(), percent);
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
