package org.markwatch.crawl.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.partition.PartitionClaim;
import org.markwatch.crawl.partition.Partitions;
import org.markwatch.crawl.partition.WorkerLease;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.SeedPartitions;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Two workers on the partitions of one run. */
@Timeout(60)
class PartitionsIT {
    private static final Duration DELAY = Duration.ofMillis(100);
    private static final int HOSTS = 8;
    private static final int PAGES = 6;

    private final DataSource database = TestDatabase.fresh();
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final Partitions partitions = new Partitions(database);
    private final TraceServer server = new TraceServer(PartitionsIT::web);
    private final List<Seed> seeds = new ArrayList<>();
    private final Map<String, String> resolve = new LinkedHashMap<>();
    private final Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.now());
    private final List<String> committed = new ArrayList<>();

    PartitionsIT() {
        for (int i = 0; i < HOSTS; i++) {
            addSeed("host" + i + ".example");
        }
        new CrawlStart(database, run, Clock.systemUTC()).prepare(seeds, new LinkAnalyser(), Set.of());
    }

    private void addSeed(String host) {
        resolve.put(host, server.address());
        seeds.add(seed(host));
    }

    private static Seed seed(String host) {
        return new Seed(HttpUrl.of("http://" + host + "/"), "", "", Scope.HOST, 5, 100, DELAY, Set.of());
    }

    /** Returns a host whose seed belongs to none of the partitions of the run. */
    private String hostOfOtherPartition() {
        List<Integer> taken = partitions.open(run.id());
        return IntStream.range(0, 100)
                .mapToObj("added%d.example"::formatted)
                .filter(host -> !taken.contains(new SeedPartitions(List.of()).of(seed(host))))
                .findFirst()
                .orElseThrow();
    }

    private static Reply web(String host, String path) {
        if (path.equals("/robots.txt")) {
            return Reply.missing();
        }
        String links = IntStream.range(1, PAGES)
                .mapToObj("<a href=\"/p%d\">"::formatted)
                .reduce("", String::concat);
        return Reply.page(path.equals("/") ? links : "end", Duration.ofMillis(5));
    }

    /** A worker of this test. */
    private record Worker(WorkerLease lease, Crawl<String> crawl) {}

    private Worker worker() throws Exception {
        return worker(Clock.systemUTC());
    }

    private Worker worker(Clock clock) throws Exception {
        return worker(clock, WorkerLease.take(database, System::nanoTime));
    }

    private Worker worker(Clock clock, WorkerLease lease) {
        Settings.CrawlSettings settings = Crawling.settings(Duration.ofSeconds(10), resolve);
        return new Worker(
                lease,
                new CrawlEngine<>(
                        run,
                        settings,
                        seeds,
                        new LinkAnalyser(),
                        Set.of(),
                        lease,
                        database,
                        clock,
                        System::nanoTime,
                        BackOff.withDefaults(RandomGenerator.getDefault())));
    }

    private void commit(Worker worker, List<Visit<String>> batch) {
        transaction.executeWithoutResult(status -> worker.crawl.commit(batch));
        batch.forEach(visit -> committed.add(visit.url().toString()));
    }

    private void finish(Worker worker) throws Exception {
        worker.crawl.seal();
        for (List<Visit<String>> batch = worker.crawl.take(50, Duration.ofMillis(20));
                !batch.isEmpty();
                batch = worker.crawl.take(50, Duration.ofMillis(20))) {
            commit(worker, batch);
        }
        transaction.executeWithoutResult(status -> worker.crawl.recordDone());
        worker.crawl.close();
    }

    private void assertEachPageOnceWithDelay() {
        assertThat(committed).hasSize(seeds.size() * PAGES).doesNotHaveDuplicates();
        assertThat(partitions.open(run.id())).isEmpty();
        for (String host : resolve.keySet()) {
            assertThat(server.mostInFlight(host)).as(host).isEqualTo(1);
            assertThat(server.gaps(host)).as(host).allMatch(gap -> gap.compareTo(DELAY) >= 0);
        }
    }

    @Test
    void givesPartitionToOneWorkerOnly() throws Exception {
        try (server) {
            Worker first = worker();
            Worker second = worker();
            List<Integer> open = partitions.open(run.id());
            for (int i = 0; i < open.size(); i++) {
                Worker owner = i % 2 == 0 ? first : second;
                Worker other = i % 2 == 0 ? second : first;
                owner.crawl.open(
                        partitions.claim(run.id(), open.get(i), owner.lease).orElseThrow());
                assertThat(partitions.claim(run.id(), open.get(i), other.lease)).isEmpty();
            }
            assertThat(partitions.offer(run.id()).held().values()).containsExactly(HOSTS / 2, HOSTS / 2);
            finish(first);
            finish(second);
            assertEachPageOnceWithDelay();
            assertThat(server.paths("host0.example")).hasSize(PAGES + 1);
        }
    }

    @Test
    void continuesPartitionOfDeadWorkerAndFencesIt() throws Exception {
        try (server) {
            KilledProcess process = new KilledProcess(database);
            Worker first = worker(Clock.systemUTC(), WorkerLease.take(process, System::nanoTime));
            List<Integer> open = partitions.open(run.id());
            for (int number : open) {
                first.crawl.open(partitions.claim(run.id(), number, first.lease).orElseThrow());
            }
            commit(first, first.crawl.take(5, Duration.ofMillis(50)));
            List<Visit<String>> uncommitted = first.crawl.take(5, Duration.ofMillis(50));
            process.kill(first.lease);
            first.crawl.close(); // it sends no more requests

            Worker second = worker();
            for (int number : open) {
                PartitionClaim claim =
                        partitions.claim(run.id(), number, second.lease).orElseThrow();
                assertThat(claim.epoch()).isEqualTo(2);
                second.crawl.open(claim);
            }
            assertThatThrownBy(() -> commit(first, uncommitted))
                    .hasMessageContaining("has been taken over by another process");
            finish(second);
            assertEachPageOnceWithDelay();
        }
    }

    /** The database as a process sees it whose session ends without a word: its lease goes on in the table. */
    private static final class KilledProcess extends DelegatingDataSource {
        private volatile boolean killed;

        private KilledProcess(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (killed) {
                throw new SQLException("the process has been killed", "08006");
            }
            return super.getConnection();
        }

        private void kill(WorkerLease lease) {
            killed = true;
            JdbcTemplate jdbc = new JdbcTemplate(Objects.requireNonNull(getTargetDataSource()));
            jdbc.queryForList("""
                    select pg_terminate_backend(pid, 60000) from pg_locks where locktype = 'advisory' and objsubid = 2 and objid = ?
                        and database = (select oid from pg_database where datname = current_database())""", lease.id());
            assertThat(jdbc.queryForObject(
                            "select lease_until > now() from worker where id = ?", Boolean.class, lease.id()))
                    .isTrue();
        }
    }

    @Test
    void fencesWorkersOfEarlierStartWhenRunIsResumedWithOtherSeeds() throws Exception {
        try (server) {
            Worker first = worker();
            for (int number : partitions.open(run.id())) {
                first.crawl.open(partitions.claim(run.id(), number, first.lease).orElseThrow());
            }
            List<Visit<String>> uncommitted = first.crawl.take(5, Duration.ofMillis(50));

            addSeed(hostOfOtherPartition());
            new CrawlStart(database, run, Clock.systemUTC()).prepare(seeds, new LinkAnalyser(), Set.of());

            assertThat(partitions.offer(run.id()).numbers())
                    .as("only that of the added seed, since the first worker still sends requests")
                    .hasSize(1);
            assertThatThrownBy(() -> commit(first, uncommitted))
                    .hasMessageContaining("has been taken over by another process");
            first.crawl.close();
            Worker second = worker();
            for (int number : partitions.open(run.id())) {
                PartitionClaim claim =
                        partitions.claim(run.id(), number, second.lease).orElseThrow();
                assertThat(claim.quietFor()).isIn(null, Duration.ZERO);
                second.crawl.open(claim);
            }
            finish(second);
            assertEachPageOnceWithDelay();
        }
    }

    @Test
    void givesPartitionBackWithoutLosingPagesWhateverTheClocksShow() throws Exception {
        try (server) {
            Worker first = worker(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)));
            List<Integer> open = partitions.open(run.id());
            for (int number : open) {
                first.crawl.open(partitions.claim(run.id(), number, first.lease).orElseThrow());
            }
            commit(first, first.crawl.take(HOSTS, Duration.ofMillis(200)));
            int moved = open.getFirst();
            while (!Boolean.TRUE.equals(transaction.execute(status -> first.crawl.giveBack(moved)))) {
                List<Visit<String>> batch = first.crawl.poll(50, Duration.ofMillis(20));
                if (!batch.isEmpty()) {
                    commit(first, batch);
                }
            }
            Worker second = worker();
            second.crawl.open(partitions.claim(run.id(), moved, second.lease).orElseThrow());
            finish(second);
            finish(first);
            assertEachPageOnceWithDelay();
            assertThat(server.paths("host0.example"))
                    .as("nothing is asked twice")
                    .hasSize(PAGES + 1);
        }
    }

    @Test
    void loadsUrlsOfPartitionThatIsGivenBackMeanwhile() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        String host = Objects.requireNonNull(jdbc.queryForObject("select min(host) from frontier", String.class));
        Site site = Objects.requireNonNull(jdbc.queryForObject(
                "select seed, partition from frontier where host = ?",
                (row, number) -> new Site(row.getInt("seed"), row.getInt("partition"), seeds.getFirst(), 0, 0),
                host));
        Map<Integer, Site> sites = new ConcurrentHashMap<>(Map.of(site.number(), site));
        CompletableFuture<Map<String, List<FrontierUrl>>> loaded;
        try (server;
                Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table frontier");
            loaded = CompletableFuture.supplyAsync(
                    () -> new FrontierStore(database, run.id()).openRows(Map.of(host, 1), sites));
            while (!Boolean.TRUE.equals(
                    jdbc.queryForObject("select exists (select from pg_locks where not granted)", Boolean.class))) {
                assertThat(loaded).isNotDone();
            }
            sites.clear();
            other.commit();
            assertThat(loaded.get()).containsOnlyKeys(host);
        }
    }

    @Test
    void failsInsteadOfEndingWhenLeaseHasEnded() throws Exception {
        try (server) {
            Worker worker = worker();
            worker.lease.close();

            assertThatThrownBy(() -> {
                        while (!worker.crawl.ended()) {
                            Thread.onSpinWait();
                        }
                    })
                    .hasMessageContaining("the lease of this process has ended");
            worker.crawl.close();
        }
    }

    @Test
    void keepsQueueStepWaitingWhileWorkerAdmits() {
        RunFence fence = RunFence.take(database, run.id());
        TransactionTemplate step = new TransactionTemplate(new JdbcTransactionManager(database));
        step.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        assertThatThrownBy(() -> transaction.executeWithoutResult(admitting -> {
                    partitions.assertRunning(run.id());
                    step.executeWithoutResult(status -> {
                        new JdbcTemplate(database).execute("set local lock_timeout = '50ms'");
                        fence.assertHeld();
                    });
                }))
                .hasMessageContaining("lock timeout");
    }
}
