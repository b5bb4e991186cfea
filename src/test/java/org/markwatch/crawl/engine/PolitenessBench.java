package org.markwatch.crawl.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.markwatch.crawl.Crawl;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Exchange;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.crawl.politeness.AddressBudget;
import org.markwatch.crawl.politeness.BackOff;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.RobotsMetaPolicy;
import org.markwatch.watchlist.Scope;
import org.markwatch.watchlist.Seed;
import org.markwatch.watchlist.Settings;
import org.markwatch.watchlist.TlsPolicy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code scripts/bench polite}: measures the politeness of a crawl at the servers. Groups of hosts on one address ask
 * for a delay in different ways. A gap lasts from the time before the last byte of a response to the arrival of the
 * next request.
 */
public final class PolitenessBench {
    private static final int PAGES = 10;
    private static final Duration DELAY = Duration.ofMillis(100);

    private final int hosts;
    private final DataSource database = TestDatabase.fresh();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private PolitenessBench(int hosts) {
        this.hosts = hosts;
    }

    /** How the hosts of a group ask for a delay. */
    private enum Group {
        PLAIN("delay of the seed, 100 ms", 100),
        CRAWL_DELAY("Crawl-delay: 0.3", 300),
        SLOW("responses take 600 ms", 300),
        BUSY("503 with Retry-After: 1, every fourth time", 100),
        HOPS("robots.txt and pages redirect to www.", 100);

        private final String about;
        private final int delayMillis;

        Group(String about, int delayMillis) {
            this.about = about;
            this.delayMillis = delayMillis;
        }

        String host(int number) {
            return name().toLowerCase(Locale.ROOT).replace('_', '-') + number + ".example";
        }

        static Group of(String host) {
            String name = host.replaceFirst("^www\\.", "").replaceFirst("\\d+\\.example$", "");
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** Argument: number of hosts in each group. */
    public static void main(String[] args) throws InterruptedException {
        PolitenessBench bench = new PolitenessBench(Integer.parseInt(args[0]));
        System.out.println(
                "| delay asked for by | hosts | requests | least gap required, ms | least gap measured, ms | median, ms"
                        + " | most in flight per host |");
        System.out.println("|---|---|---|---|---|---|---|");
        try (TraceServer server = new TraceServer(bench::reply)) {
            double seconds = bench.crawl(server, 10_000);
            for (Group group : Group.values()) {
                bench.report(server, group);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nNo limit by address: %d in flight at most, %.1f s%n",
                    server.mostInFlight(),
                    seconds);
        }
        bench.asked.clear();
        try (TraceServer server = new TraceServer(bench::reply)) {
            double seconds = bench.crawl(server, AddressBudget.DEFAULT_PUBLIC_LIMIT);
            System.out.printf(
                    Locale.ROOT,
                    "%d per address: %d in flight at most, %.1f s%n",
                    AddressBudget.DEFAULT_PUBLIC_LIMIT,
                    server.mostInFlight(),
                    seconds);
        }
        System.exit(0); // the database of the tests ends with the process
    }

    private void report(TraceServer server, Group group) {
        List<Duration> gaps = new ArrayList<>();
        int requests = 0;
        int most = 0;
        int seen = 0;
        for (int i = 0; i < hosts; i++) {
            for (String host : List.of(group.host(i), "www." + group.host(i))) {
                List<Exchange> exchanges = server.of(host);
                requests += exchanges.size();
                seen += exchanges.isEmpty() ? 0 : 1;
                most = Math.max(most, server.mostInFlight(host));
                List<Duration> ofHost = server.gaps(host);
                // without the gaps around robots.txt: its crawl-delay is not known yet, and its response time differs
                // from that of pages
                gaps.addAll(ofHost.subList(Math.min(2, ofHost.size()), ofHost.size()));
            }
        }
        gaps.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.1f | %.1f | %d |%n",
                group.about,
                seen,
                requests,
                group.delayMillis,
                gaps.getFirst().toNanos() / 1e6,
                gaps.get(gaps.size() / 2).toNanos() / 1e6,
                most);
    }

    private Reply reply(String host, String path) {
        Group group = Group.of(host);
        boolean away = group == Group.HOPS && !host.startsWith("www.");
        Duration latency = Duration.ofMillis(group == Group.SLOW ? 600 : 20);
        if (away) {
            return new Reply(302, Map.of("Location", "http://www." + host + path), "", latency);
        }
        if (path.equals("/robots.txt")) {
            String delay = group == Group.CRAWL_DELAY ? "User-agent: *\nCrawl-delay: 0.3\n" : "";
            return new Reply(200, Map.of("Content-Type", "text/plain"), delay, latency);
        }
        if (group == Group.BUSY && asked.merge(host, 1, Integer::sum) % 4 == 2) {
            return new Reply(503, Map.of("Retry-After", "1"), "", latency);
        }
        // the pages differ, so that they do not look like soft 404s
        StringBuilder links = new StringBuilder("page " + path.substring(1).repeat(5));
        for (int page = 1; page < PAGES; page++) {
            links.append("<a href=\"/").append((char) ('a' + page)).append("\"> ");
        }
        return Reply.page(links.toString(), latency);
    }

    private double crawl(TraceServer server, int perAddress) throws InterruptedException {
        Map<String, String> resolve = new LinkedHashMap<>();
        List<Seed> seeds = new ArrayList<>();
        for (Group group : Group.values()) {
            for (int i = 0; i < hosts; i++) {
                resolve.put(group.host(i), server.address());
                resolve.put("www." + group.host(i), server.address());
                HttpUrl seed = HttpUrl.of("http://" + group.host(i) + "/");
                seeds.add(new Seed(seed, "", "", Scope.DOMAIN, 5, PAGES, DELAY, Set.of()));
            }
        }
        Settings.CrawlSettings settings = new Settings.CrawlSettings(
                "markwatch/bench",
                "abuse@shop.example",
                200,
                DELAY,
                5,
                PAGES,
                1,
                Duration.ofSeconds(30),
                1 << 20,
                Set.of(),
                resolve,
                List.of("127.0.0.0/8"),
                new Settings.PolitenessSettings(perAddress, RobotsMetaPolicy.IGNORE, TlsPolicy.RECORD));
        Runs.RunRecord run = new Runs(database).begin("0".repeat(64), Instant.now());
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        long start = System.nanoTime();
        try (Crawl<String> crawl = Crawling.whole(
                run,
                settings,
                seeds,
                new LinkAnalyser(),
                Set.of(),
                database,
                Clock.systemUTC(),
                BackOff.withDefaults(RandomGenerator.getDefault()))) {
            for (List<Visit<String>> batch = take(crawl); !batch.isEmpty(); batch = take(crawl)) {
                List<Visit<String>> visits = batch;
                transaction.executeWithoutResult(status -> crawl.commit(visits));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<Visit<String>> take(Crawl<String> crawl) throws InterruptedException {
        return crawl.take(500, Duration.ofMillis(20));
    }
}
