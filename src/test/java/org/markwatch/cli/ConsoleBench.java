package org.markwatch.cli;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.queue.ClusterLanes;
import org.markwatch.review.Accounts;
import org.markwatch.review.Passwords;
import org.markwatch.review.Role;
import org.markwatch.schema.Schema;
import org.markwatch.score.FindingStore;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine;

/**
 * {@code scripts/bench console}: times the console over HTTP with generated items: lists, filters, searches, items and taking
 * the next item, for one reviewer, for eight at once, and for eight at once while a run admits items. The console and its
 * embedded PostgreSQL are those of {@code serve}.
 *
 * <p>The items are on hosts of 1 to 250 pages; one in twenty is decided; words, groups, lanes and severities have uneven
 * frequencies.
 */
public final class ConsoleBench {
    private static final String PASSWORD = Passwords.generate();
    private static final int REVIEWERS = 8;
    /** Requests of each kind by each reviewer that do not count, so that the code of the console is compiled. */
    private static final int WARM_UP = 10;

    private ConsoleBench() {}

    /** Arguments: items, requests of each kind by each reviewer, job-config folder, an empty folder. */
    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        int requests = Integer.parseInt(args[1]);
        Path folder = Path.of(args[3]);
        Watchlist watchlist = WatchlistReader.read(
                BesideBench.writeConfig(folder, Path.of(args[2]).toAbsolutePath()));
        Options.Data data = CommandLine.populateCommand(
                new Options.Data(), "--data", folder.resolve("data").toString());
        fill(data.folder, count);
        try (Application application = Application.console(data, watchlist, folder)) {
            Accounts accounts = application.bean(Accounts.class);
            String address = "http://127.0.0.1:" + application.port();
            List<Session> reviewers = new ArrayList<>();
            for (int i = 0; i < REVIEWERS; i++) {
                accounts.add("reviewer" + i, Set.of(Role.REVIEWER), PASSWORD);
                reviewers.add(Session.signIn(address, "reviewer" + i));
            }
            Map<String, Request> measured = requests(count);
            AtomicLong warmingUp = new AtomicLong();
            AtomicLong alone = new AtomicLong();
            AtomicLong together = new AtomicLong();
            AtomicLong beside = new AtomicLong();
            for (Request request : measured.values()) {
                time(reviewers, request, WARM_UP, warmingUp);
            }
            Map<String, String> quiet = new LinkedHashMap<>();
            for (Map.Entry<String, Request> each : measured.entrySet()) {
                time(reviewers.subList(0, 1), each.getValue(), 3, warmingUp);
                quiet.put(
                        each.getKey(),
                        "alone %s    eight at once %s"
                                .formatted(
                                        time(reviewers.subList(0, 1), each.getValue(), requests, alone),
                                        time(reviewers, each.getValue(), requests, together)));
            }
            try (Admitting admitting = new Admitting(application)) {
                for (Map.Entry<String, Request> each : measured.entrySet()) {
                    System.out.printf(
                            Locale.ROOT,
                            "%-32s %s    while a run admits items %s%n",
                            each.getKey(),
                            quiet.get(each.getKey()),
                            time(reviewers, each.getValue(), requests, beside));
                }
                System.out.printf(Locale.ROOT, "%,d items admitted meanwhile%n", admitting.admitted());
                System.out.printf(
                        "largest p95 of a kind: alone %d ms, eight at once %d ms, while a run admits items %d ms%n",
                        alone.get(), together.get(), beside.get());
            }
        }
    }

    /** A request of a reviewer; returns how long its measured part took, in nanoseconds. */
    private interface Request {
        long send(Session reviewer) throws IOException, InterruptedException;
    }

    private static Map<String, Request> requests(int count) {
        Map<String, Request> requests = new LinkedHashMap<>();
        pages(count).forEach((name, path) -> requests.put(name, reviewer -> reviewer.timedGet(path)));
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("take the next", "/queue");
        filters.put("take the next: lane, severity", "/queue?lane=lane3&severity=low");
        filters.put("take the next: rare group", "/queue?group=rare");
        filters.put("take the next: brand", "/queue?brand=visa");
        filters.put("take the next: two words", "/queue?text=members+word7");
        filters.put("take the next: no hit", "/queue?text=absent");
        filters.forEach((name, filter) -> requests.put(name, reviewer -> reviewer.timedTake(filter)));
        requests.put("decide", Session::timedDecide);
        return requests;
    }

    private static Map<String, String> pages(int count) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("queue, one row a host", "/queue");
        pages.put("queue, every item", "/queue?list=item");
        pages.put("page far behind", "/queue?list=item&after=" + encoded("2~2026-05-01T00:00:00Z~1"));
        pages.put("hosts far behind", "/queue?after=" + encoded("2~2026-05-01T00:00:00Z~1"));
        pages.put("decided", "/queue?show=decided");
        pages.put("lane and severity", "/queue?lane=lane3&severity=low");
        pages.put("rare group", "/queue?group=rare");
        pages.put("rare group, every item", "/queue?list=item&group=rare");
        pages.put("frequent group", "/queue?group=membership");
        pages.put("frequent group, every item", "/queue?list=item&group=membership");
        pages.put("brand", "/queue?brand=visa");
        pages.put("host", "/queue?host=host1.example");
        pages.put("search: frequent word", "/queue?text=members");
        pages.put("search: rare word", "/queue?text=word77777");
        pages.put("search: two words", "/queue?text=members+word7");
        pages.put("search: no hit", "/queue?text=absent");
        pages.put("one row a template", "/queue?list=template");
        pages.put("late", "/queue?due=late");
        pages.put("waiting for 30 days", "/queue?days=30");
        pages.put("suffix", "/queue?suffix=example");
        pages.put("lane, severity and brand", "/queue?lane=lane2&severity=high&brand=visa");
        pages.put("lane, severity and word", "/queue?lane=lane3&severity=low&text=word7");
        pages.put("rare group, far behind", "/queue?group=rare&after=" + encoded("2~2026-04-01T00:00:00Z~1"));
        pages.put("decided, word", "/queue?show=decided&text=members");
        pages.put("decided, brand, templates", "/queue?show=decided&list=template&brand=visa");
        pages.put("any state, templates", "/queue?show=all&list=template");
        pages.put("clusters", "/clusters");
        pages.put("cluster", "/clusters/77");
        pages.put("item", "/items/" + count / 2);
        pages.put("trends", "/trends");
        pages.put("trends, a year", "/trends?days=365");
        return pages;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void fill(Path dataFolder, int count) {
        long start = System.nanoTime();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(dataFolder)) {
            PGSimpleDataSource owner = new PGSimpleDataSource();
            owner.setUrl(server.jdbcUrl());
            owner.setUser(server.user());
            owner.setPassword(server.password());
            new Schema(owner).migrate();
            fill(owner, count);
        }
        System.out.printf("%,d items written in %,d s%n", count, (System.nanoTime() - start) / 1_000_000_000);
    }

    private static void fill(DataSource database, int count) {
        JdbcClient jdbc = JdbcClient.create(database);
        int templates = Math.max(100, count / 50);
        List<String> indexes = jdbc.sql(
                        "select indexdef from pg_indexes where tablename = 'item' and indexdef like 'CREATE INDEX%'")
                .query((row, number) -> row.getString(1))
                .list();
        jdbc.sql(
                        "select 'drop index ' || indexname from pg_indexes where tablename = 'item' and indexdef like 'CREATE INDEX%'")
                .query((row, number) -> row.getString(1))
                .list()
                .forEach(drop -> jdbc.sql(drop).update());
        jdbc.sql("""
                        insert into cluster (kind, value, bits)
                        select 'structure', lpad(to_hex(n), 16, '0'), n from generate_series(1, :templates) n
                        """).param("templates", templates).update();
        jdbc.sql("""
                        insert into item (url, url_sha256, host, title, language, score, severity, precedence, lane, state,
                                          brands, evidence, ruleset_sha256, evidence_sha256, first_run, last_run,
                                          first_seen_at, last_seen_at, queued_at, template_id)
                        select 'https://' || host || '/page/' || n || '?q=word' || n % 100000, md5(n::text), host,
                               'Members area ' || n, 'en', 20 + n % 80,
                               (array['high', 'medium', 'low'])[1 + precedence], precedence, 'lane' || (n * 7) % 5, 'new',
                               case when n % 3 = 0 then array['visa', 'mastercard'] else array['paypal'] end,
                               jsonb_build_object('brandUses', '[]'::jsonb, 'reasons', jsonb_build_array(
                                   jsonb_build_object('rule', 'membership@1', 'group', 'membership', 'field', 'text',
                                       'start', 0, 'end', 10, 'weight', 20, 'points', 20, 'capped', false, 'without', 0,
                                       'snippet', 'Members pay monthly and word' || n % 1000 || ' at the checkout of the shop',
                                       'snippetStart', 0, 'snippetEnd', 7, 'count', 1, 'signs', '[]'::jsonb),
                                   jsonb_build_object('rule', 'second@1',
                                       'group', case when n % 50000 = 0 then 'rare' else 'voucher' end, 'field', 'text',
                                       'start', 0, 'end', 10, 'weight', 20, 'points', 20, 'capped', false, 'without', 0,
                                       'snippet', repeat('some words of the page ', 6), 'snippetStart', 0, 'snippetEnd', 4,
                                       'count', 1, 'signs', '[]'::jsonb))),
                               repeat('0', 64), md5(n::text) || md5(n::text), 1, 1, at, at, at, 1 + n % :templates
                          from (select n, case when n % 10 = 0 then 0 when n % 3 = 0 then 1 else 2 end as precedence,
                                       'host' || (case when n % 2 = 0 then n / 500 else n end) || '.example' as host,
                                       timestamptz '2026-01-01' + n * interval '10 seconds' as at
                                  from generate_series(1, :count) n) g
                        """).param("count", count).param("templates", templates).update();
        jdbc.sql("""
                        with made as (
                            insert into decision (item_id, verdict, severity, confidence, reason, note, reviewer,
                                                  decided_at, evidence_sha256)
                            select id, 'false_positive', severity, 'high', 'r', '', 'ben', now(), evidence_sha256
                              from item where id % 20 = 1 returning id, item_id)
                        update item i set state = 'decided', decision_id = made.id from made where made.item_id = i.id
                        """).update();
        indexes.forEach(create -> jdbc.sql(create).update());
        jdbc.sql("insert into cluster_item (cluster_id, item_id, open) select template_id, id, state = 'new' from item")
                .update();
        jdbc.sql("insert into cluster_stale (cluster_id) select id from cluster")
                .update();
        new ClusterLanes(database).refresh(Integer.MAX_VALUE);
        jdbc.sql("vacuum analyze item").update();
    }

    /** Returns median and 95th percentile in milliseconds of a request by each of these reviewers at once. */
    /** Sends a request of a kind; {@code slowest} is the largest 95th percentile of all kinds until now, in milliseconds. */
    private static String time(List<Session> reviewers, Request request, int times, AtomicLong slowest)
            throws Exception {
        List<Callable<long[]>> tasks = new ArrayList<>();
        reviewers.forEach(reviewer -> tasks.add(() -> {
            long[] nanos = new long[times];
            for (int i = 0; i < times; i++) {
                nanos[i] = request.send(reviewer);
            }
            return nanos;
        }));
        try (ExecutorService pool = Executors.newFixedThreadPool(reviewers.size())) {
            long[] all = pool.invokeAll(tasks).stream()
                    .flatMapToLong(each -> Arrays.stream(each.resultNow()))
                    .sorted()
                    .toArray();
            long p95 = all[all.length * 95 / 100] / 1_000_000;
            slowest.accumulateAndGet(p95, Math::max);
            return String.format(Locale.ROOT, "%5d ms, p95 %5d ms", all[all.length / 2] / 1_000_000, p95);
        }
    }

    /** Admits findings of one run after the other until it is closed. */
    private static final class Admitting implements AutoCloseable {
        private static final int FINDINGS = 2_000;

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final AtomicLong admitted = new AtomicLong();
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final Future<?> work;

        Admitting(Application application) {
            Runs runs = application.bean(Runs.class);
            FindingStore findings = application.bean(FindingStore.class);
            work = thread.submit(() -> {
                long earlier = 0;
                while (!stopped.get()) {
                    long run = runs.begin("0".repeat(64), Instant.now()).id();
                    BesideBench.save(findings, run, "run" + run, FINDINGS);
                    BesideBench.admit(application, run, earlier);
                    earlier = run;
                    admitted.addAndGet(FINDINGS);
                }
            });
        }

        long admitted() {
            return admitted.get();
        }

        /** Throws what went wrong while findings were admitted. */
        @Override
        public void close() throws ExecutionException, InterruptedException {
            stopped.set(true);
            thread.shutdown();
            work.get();
        }
    }

    /** A session of a reviewer. Responses other than the expected ones are errors, so that their time is not taken for another's. */
    private record Session(HttpClient client, String address, String csrf) {
        private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
        private static final Pattern EVIDENCE = Pattern.compile("name=\"evidence\" value=\"([^\"]+)\"");

        static Session signIn(String address, String name) throws IOException, InterruptedException {
            Session guest = new Session(
                    HttpClient.newBuilder().cookieHandler(new CookieManager()).build(), address, "");
            guest.withToken("/sign-in").post("/sign-in", "name=" + name + "&password=" + PASSWORD);
            return guest.withToken("/queue");
        }

        private Session withToken(String path) throws IOException, InterruptedException {
            Matcher token = CSRF.matcher(get(path));
            if (!token.find()) {
                throw new IllegalStateException(path + ": no form");
            }
            return new Session(client, address, token.group(1));
        }

        long timedGet(String path) throws IOException, InterruptedException {
            long start = System.nanoTime();
            get(path);
            return System.nanoTime() - start;
        }

        /** Takes the next item within the filter of a page of the queue; then releases it, so that the queue stays as it is. */
        long timedTake(String filter) throws IOException, InterruptedException {
            get(filter);
            long start = System.nanoTime();
            String taken = post("/queue/next", "");
            long nanos = System.nanoTime() - start;
            if (taken.startsWith("/items/")) {
                post(taken + "/release", "");
            }
            return nanos;
        }

        /** Takes the next item, reads it and decides; returns the time of the decision. */
        long timedDecide() throws IOException, InterruptedException {
            get("/queue");
            String taken = post("/queue/next", "");
            Matcher evidence = EVIDENCE.matcher(get(taken));
            if (!evidence.find()) {
                throw new IllegalStateException(taken + ": no form to decide");
            }
            String form = "evidence=" + evidence.group(1)
                    + "&verdict=false_positive&confidence=medium&severity=medium&reason=harmless&note=&validUntil=&duplicateOf=&then=";
            long start = System.nanoTime();
            post(taken + "/decide", form);
            return System.nanoTime() - start;
        }

        private String get(String path) throws IOException, InterruptedException {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.statusCode());
            }
            return response.body();
        }

        /** Sends a form and returns the path that it redirects to. */
        private String post(String path, String form) throws IOException, InterruptedException {
            HttpResponse<Void> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(form + "&_csrf=" + encoded(csrf)))
                            .build(),
                    BodyHandlers.discarding());
            if (response.statusCode() != 302) {
                throw new IllegalStateException(path + ": " + response.statusCode());
            }
            return response.headers()
                    .firstValue("Location")
                    .orElseThrow()
                    .replace(address, "")
                    .replaceAll("[?;].*", "");
        }
    }
}
