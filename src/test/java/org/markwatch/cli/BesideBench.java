package org.markwatch.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.queue.SampleFindings;
import org.markwatch.review.Accounts;
import org.markwatch.review.Passwords;
import org.markwatch.review.Role;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/**
 * {@code scripts/bench beside}: response times of the console for reviewers who decide while the queue step of a run
 * admits findings, in one process with an embedded PostgreSQL, by HTTP. A reviewer claims an item, looks at it for some
 * seconds, decides and takes the next.
 */
public final class BesideBench {
    /** Findings that an earlier run has admitted, so that the queue is not empty. */
    private static final int WAITING = 20_000;

    private static final int BATCH = 500;
    private static final Duration ALONE = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(45);
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern EVIDENCE = Pattern.compile("name=\"evidence\"[^>]*value=\"([^\"]+)\"");
    private static final Pattern ITEM = Pattern.compile("/items/([0-9]+)");

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final String console;
    private final int lookMillis;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private volatile Map<String, ConcurrentLinkedQueue<Long>> times = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    /** Item and reviewer of each decision that the console accepted. */
    private final ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();

    private final AtomicInteger refused = new AtomicInteger();

    private BesideBench(String console, int lookMillis) {
        this.console = console;
        this.lookMillis = lookMillis;
    }

    /** Arguments: findings, reviewers, seconds that a reviewer looks at an item, job-config folder, an empty folder. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        int reviewers = Integer.parseInt(args[1]);
        Path folder = Path.of(args[4]);
        Watchlist watchlist =
                WatchlistReader.read(writeConfig(folder, Path.of(args[3]).toAbsolutePath()));
        Options.Data data = CommandLine.populateCommand(
                new Options.Data(), "--data", folder.resolve("data").toString());
        try (Application application = Application.console(data, watchlist, folder)) {
            JdbcClient database = JdbcClient.create(application.bean(DataSource.class));
            Runs runs = application.bean(Runs.class);
            FindingStore findings = application.bean(FindingStore.class);
            long first = runs.begin("0".repeat(64), Instant.now()).id();
            save(findings, first, "earlier", WAITING);
            admit(application, first, 0);
            long second = runs.begin("0".repeat(64), Instant.now()).id();
            save(findings, second, "new", count);
            Accounts accounts = application.bean(Accounts.class);
            String password = Passwords.generate();
            BesideBench bench =
                    new BesideBench("http://127.0.0.1:" + application.port(), 1000 * Integer.parseInt(args[2]));
            List<String> names = IntStream.range(0, reviewers)
                    .mapToObj("reviewer%d"::formatted)
                    .toList();
            names.forEach(name -> accounts.add(name, Set.of(Role.REVIEWER), password));
            try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> working = new ArrayList<>();
                for (String name : names) {
                    Reviewer reviewer = bench.new Reviewer(name);
                    reviewer.signIn(password);
                    working.add(people.submit(reviewer::work));
                }
                bench.measure("alone", () -> TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis()), false);
                bench.measure("alone", () -> TimeUnit.MILLISECONDS.sleep(ALONE.toMillis()), true);
                bench.measure(
                        "while " + count + " findings are admitted", () -> admit(application, second, first), true);
                bench.stopped.set(true);
                for (Future<?> work : working) {
                    work.get();
                }
            }
            if (!bench.compareWith(database)) {
                System.exit(1);
            }
        }
    }

    /** Prints how the decisions that the console accepted differ from those in the database, and returns whether nothing is wrong. */
    private boolean compareWith(JdbcClient database) {
        Map<String, Integer> missing = new HashMap<>();
        accepted.forEach(decision -> missing.merge(decision, 1, Integer::sum));
        database.sql("select item_id || ' ' || reviewer from decision")
                .query(String.class)
                .list()
                .forEach(decision -> missing.merge(decision, -1, Integer::sum));
        int lost = missing.values().stream().mapToInt(n -> Math.max(n, 0)).sum();
        int notSent = missing.values().stream().mapToInt(n -> Math.max(-n, 0)).sum();
        long twice = database.sql("""
                        select count(*) from (select from decision d
                                               where not exists (select from second_review s where s.item_id = d.item_id)
                                               group by d.item_id having count(*) > 1) m
                        """).query(Long.class).single();
        long claimedTwice = database.sql("""
                        select count(*) from (
                            select action, lag(action) over (partition by subject order by seq) as before
                              from audit where action in ('item.claim', 'item.release', 'item.decide')) e
                         where action = 'item.claim' and before = 'item.claim'
                        """).query(Long.class).single();
        System.out.printf(
                Locale.ROOT,
                "%,d decisions accepted, %,d refused; %,d lost, %,d that nobody sent; items decided twice: %,d, claimed twice: %,d%n",
                accepted.size(),
                refused.get(),
                lost,
                notSent,
                twice,
                claimedTwice);
        return lost + notSent + twice + claimedTwice + refused.get() + faults.size() == 0;
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Writes a job-config folder with the rules of another one, and returns it. */
    static Path writeConfig(Path folder, Path rules) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                review:
                  port: 0
                """.formatted(rules));
        Files.writeString(config.resolve("seeds.csv"), "url\nhttp://shop.example/\n");
        return config;
    }

    /** Stores findings of a run, on pages whose host begins with {@code name}. */
    static void save(FindingStore findings, long run, String name, int count) {
        for (int from = 0; from < count; from += BATCH) {
            findings.save(
                    run,
                    IntStream.range(from, Math.min(from + BATCH, count))
                            .mapToObj(n -> SampleFindings.withMatch(SampleFindings.flagged(
                                    "https://" + name + "-" + n % 2_000 + ".example/page/" + n, "x")))
                            .toList());
        }
    }

    /** Admits the new findings of a run as its queue step does. */
    static void admit(Application application, long run, long since) {
        ReviewQueue queue = application.bean(ReviewQueue.class);
        List<Finding> batch = new ArrayList<>(BATCH);
        new FindingChanges(application.bean(DataSource.class)).forEachNewFinding(run, since, finding -> {
            batch.add(finding);
            if (batch.size() == BATCH) {
                queue.admit(run, batch);
                batch.clear();
            }
        });
        queue.admit(run, batch);
    }

    private void measure(String what, Work work, boolean reported) throws InterruptedException {
        Map<String, ConcurrentLinkedQueue<Long>> measured = new ConcurrentHashMap<>();
        times = measured;
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!reported) {
            return;
        }
        System.out.printf(Locale.ROOT, "%s, %.0f s, %d faults%n", what, seconds, faults.size());
        faults.stream().distinct().limit(3).forEach(fault -> System.out.println("  " + fault));
        System.out.printf("  %-22s %8s %8s %8s %8s %8s%n", "request", "number", "p50 ms", "p95 ms", "p99 ms", "max ms");
        List<Long> all = new ArrayList<>();
        new TreeMap<>(measured).forEach((request, each) -> {
            all.addAll(each);
            print(request, List.copyOf(each));
        });
        print("all", all);
    }

    private static void print(String request, List<Long> nanos) {
        double[] millis =
                nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray();
        if (millis.length > 0) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-22s %8d %8.1f %8.1f %8.1f %8.1f%n",
                    request,
                    millis.length,
                    millis[millis.length / 2],
                    millis[(int) (millis.length * 0.95)],
                    millis[(int) (millis.length * 0.99)],
                    Arrays.stream(millis).max().orElse(0));
        }
    }

    /** A reviewer with a session of the console. */
    private final class Reviewer {
        private final String name;
        private final SplittableRandom random;
        private final Map<String, String> cookies = new LinkedHashMap<>();
        private String csrf = "";

        private Reviewer(String name) {
            this.name = name;
            this.random = new SplittableRandom(name.hashCode());
        }

        void signIn(String password) throws Exception {
            csrf = found(CSRF, get("sign-in page", "/sign-in"));
            HttpResponse<String> in = send("sign-in", "/sign-in", Map.of("name", name, "password", password));
            String location = in.headers().firstValue("Location").orElse("");
            if (location.contains("/sign-in")) {
                throw new IllegalStateException("sign-in: " + in.statusCode() + " " + location);
            }
        }

        Void work() throws Exception {
            TimeUnit.MILLISECONDS.sleep(random.nextLong(lookMillis));
            HttpResponse<String> taken = take();
            while (!stopped.get()) {
                String location = taken.headers().firstValue("Location").orElse("");
                Matcher item = ITEM.matcher(location);
                if (!item.find()) {
                    faults.add("no item: " + taken.statusCode() + " " + location);
                    TimeUnit.SECONDS.sleep(1);
                    taken = take();
                    continue;
                }
                String page = get("item page", "/items/" + item.group(1));
                csrf = found(CSRF, page);
                String evidence = found(EVIDENCE, page);
                TimeUnit.MILLISECONDS.sleep(lookMillis / 2 + random.nextLong(lookMillis));
                taken = send(
                        "decide and take",
                        "/items/" + item.group(1) + "/decide",
                        Map.of(
                                "evidence", evidence,
                                "verdict", "false_positive",
                                "confidence", "medium",
                                "severity", "medium",
                                "reason", "harmless context",
                                "note", "",
                                "validUntil", "",
                                "duplicateOf", "",
                                "then", "next"));
                // an accepted decision leads to another item or to the queue, a refused one back to its item
                if (taken.headers().firstValue("Location").orElse("").endsWith("/items/" + item.group(1))) {
                    refused.incrementAndGet();
                } else if (taken.statusCode() == 302) {
                    accepted.add(item.group(1) + " " + name);
                }
            }
            return null;
        }

        private HttpResponse<String> take() throws Exception {
            csrf = found(CSRF, get("queue page", "/queue"));
            return send("take", "/queue/next", Map.of());
        }

        private String found(Pattern pattern, String page) {
            Matcher matcher = pattern.matcher(page);
            if (matcher.find()) {
                return matcher.group(1);
            }
            faults.add("no " + pattern + " in a page of " + page.length() + " characters");
            return "";
        }

        private String get(String what, String path) throws Exception {
            return send(what, HttpRequest.newBuilder(URI.create(console + path)).GET())
                    .body();
        }

        private HttpResponse<String> send(String what, String path, Map<String, String> form) throws Exception {
            Map<String, String> values = new LinkedHashMap<>(form);
            values.put("_csrf", csrf);
            String body = values.entrySet().stream()
                    .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            return send(
                    what,
                    HttpRequest.newBuilder(URI.create(console + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(body)));
        }

        private HttpResponse<String> send(String what, HttpRequest.Builder request) throws Exception {
            if (!cookies.isEmpty()) {
                request.header(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                .collect(Collectors.joining("; ")));
            }
            Map<String, ConcurrentLinkedQueue<Long>> measured = times;
            long start = System.nanoTime();
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            measured.computeIfAbsent(what, key -> new ConcurrentLinkedQueue<>()).add(System.nanoTime() - start);
            if (response.statusCode() >= 400) {
                faults.add(what + ": " + response.statusCode());
            }
            for (String cookie : response.headers().allValues("Set-Cookie")) {
                String[] pair = cookie.split(";", 2)[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return response;
        }
    }
}
