package org.markwatch.crawl.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.PageOutcome;
import org.markwatch.crawl.Validators;
import org.markwatch.crawl.Visit;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.revisit.NextVisit;
import org.markwatch.crawl.revisit.PageHistory;
import org.markwatch.crawl.revisit.PageHistoryUpdate;
import org.markwatch.crawl.revisit.RevisitSchedule;
import org.markwatch.crawl.run.RunFence;
import org.markwatch.crawl.run.Runs;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStart;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.PageHistoryStore;
import org.markwatch.crawl.store.SeedStore;
import org.markwatch.crawl.store.VisitRecorder;
import org.markwatch.crawl.store.VisitStore;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.match.Match;
import org.markwatch.queue.Audit;
import org.markwatch.queue.HeldBackPages;
import org.markwatch.queue.QueuePolicy;
import org.markwatch.queue.ReviewQueue;
import org.markwatch.report.Reports;
import org.markwatch.schema.Schema;
import org.markwatch.score.Finding;
import org.markwatch.score.FindingChanges;
import org.markwatch.score.FindingStore;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Field;
import org.markwatch.watchlist.Seed;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code scripts/bench nights}: simulates nights over many known URLs with the stores of a run and without any request.
 * Reports what each night adds to the database, and how long it takes: the start (due pages into the frontier), the
 * commits of visits, and the end (queue and report).
 */
public final class NightsBench {
    private static final int HOSTS = 2_000;
    private static final int BATCH = 500;
    private static final int TEXT_BYTES = 1_024;
    /** One page in this many has a finding. */
    private static final int FINDING_SHARE = 5;
    /** One finding in this many is flagged. */
    private static final int FLAGGED_SHARE = 20;

    private static final int MATCHES = 5;
    private static final int DUE_NIGHTS = 20;
    /** One visit in this many finds a change: 1 % of the known URLs if 5 % are due. */
    private static final int CHANGED_SHARE = 5;

    private static final UUID RULES = new UUID(0, 1);
    private static final Instant START = Instant.parse("2027-03-01T01:00:00Z");

    private final PGSimpleDataSource database = new PGSimpleDataSource();
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    private final SplittableRandom random = new SplittableRandom(42);
    private final FindingStore findings = new FindingStore(database);
    private final Runs runs = new Runs(database);
    private final Map<Integer, Site> sites = new HashMap<>();
    private final int known;
    private long size;

    private NightsBench(EmbeddedPostgres postgres, int known) {
        this.known = known;
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
    }

    /** Arguments: an empty folder, the number of known URLs and the number of nights. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(args[0]))) {
            new NightsBench(postgres, Integer.parseInt(args[1])).run(Integer.parseInt(args[2]));
        }
    }

    private void run(int nights) throws InterruptedException {
        new Schema(database).migrate();
        long start = System.nanoTime();
        load();
        size = databaseSize();
        System.out.printf(
                Locale.ROOT,
                "%,d known URLs of %,d hosts, one in %d with %d matches: %,d MiB, loaded in %.0f s%n",
                known,
                HOSTS,
                FINDING_SHARE,
                MATCHES,
                size >> 20,
                (System.nanoTime() - start) / 1e9);
        System.out.printf(
                "%-26s %9s %9s %9s %9s %9s %9s %13s%n",
                "night", "asked", "changed", "start", "commits", "end", "MiB", "bytes per URL");
        night(1, "unchanged, all due", false);
        night(2, "unchanged, 5 % due", false);
        long before = size;
        for (int n = 1; n <= nights; n++) {
            night(2 + n, "1 % changed, 5 % due", true);
        }
        System.out.printf(
                Locale.ROOT,
                "%d nights: %,d MiB added, %.1f bytes per known URL and night%n",
                nights,
                (size - before) >> 20,
                (size - before) / (double) known / nights);
        jdbc.query("""
                select coalesce(i.inhparent::regclass, c.oid::regclass)::text as name, sum(pg_total_relation_size(c.oid)) as bytes
                from pg_class c left join pg_inherits i on i.inhrelid = c.oid
                where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                group by 1 having sum(pg_total_relation_size(c.oid)) > 1 << 20 order by 2 desc""", row -> {
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %,9d MiB %9.1f bytes per known URL%n",
                    row.getString("name"),
                    row.getLong("bytes") >> 20,
                    row.getLong("bytes") / (double) known);
        });
    }

    /** Writes the state after a first night with one statement for each table. */
    private void load() {
        Runs.RunRecord run = runs.begin("0".repeat(64), START.minus(Duration.ofDays(1)));
        new VisitStore(database, run.id()).createPartitions(START);
        List<HttpUrl> roots = new ArrayList<>();
        for (int host = 0; host < HOSTS; host++) {
            roots.add(HttpUrl.of("http://host-%05d.example/".formatted(host)));
        }
        SeedStore seeds = new SeedStore(database, run.id());
        Map<Integer, Seed> byNumber = new HashMap<>();
        seeds.number(roots).forEach((url, number) -> {
            Seed seed = Crawling.seed(url, 20, 1_000_000);
            byNumber.put(number, seed);
            sites.put(number, new Site(number, seed, 0, 0));
        });
        seeds.enter(inOnePartition(byNumber.keySet()));
        seeds.saveTerms(byNumber);
        jdbc.update("""
                insert into page (first_run, url_hash, url, host, seed, depth, priority, run_id, disposition, status,
                    content_type, charset, bytes, truncated, text_sha256, fetched_at)
                select %1$d, encode(substring(sha256(u.url::bytea) for 16), 'hex')::uuid, u.url, host, s.id, 3, 0, %1$d, 'fetched', 200,
                    'text/html', 'UTF-8', 40000, false, encode(sha256(u.url::bytea), 'hex'), now()
                from generate_series(0, %2$d - 1) i
                cross join lateral (select 'http://host-' || lpad((i %% %3$d)::text, 5, '0') || '.example' as host) h
                cross join lateral (select h.host || '/articles/of/some/length/' || i || '.html' as url) u
                join seed s on s.url = h.host || '/' order by i""".formatted(run.id(), known, HOSTS));
        jdbc.update(
                "insert into schedule (page_id, due_at, read_at, unchanged, nights) select id, ?, ?, 0, 1 from page",
                START.atOffset(ZoneOffset.UTC).minusHours(1),
                START.atOffset(ZoneOffset.UTC).minusHours(1));
        jdbc.update("""
                insert into page_text (page_id, etag, content_type, text_sha256, seen_sha256, shell, read_by, rules, run_id, links, seen)
                select id, '"' || id || '"', 'text/html', text_sha256, sha256(url::bytea), false, '%s', '%s', run_id, url,
                    decode(repeat(text_sha256, %d / 32), 'hex')
                from page""".formatted(RULES, RULES, TEXT_BYTES));
        jdbc.update("""
                insert into finding (url_sha256, from_run, url, title, language, score, severity, lane, flagged, suppressed, brand_uses,
                    reasons, ruleset_sha256, evidence_sha256, matches)
                select sha256(url::bytea), run_id, url, 'Title', 'en', 40, 'low', 'brand', id %% (%1$d * %2$d) = 0, '', '[]', '[]',
                    repeat('0', 64), text_sha256, %3$d
                from page where id %% %1$d = 0""".formatted(FINDING_SHARE, FLAGGED_SHARE, MATCHES));
        jdbc.update("""
                insert into page_match
                select id, n, 'voucher.gift-card@1', 'indicator', null, 30, 'TEXT', n * 10, n * 10 + 9, 'gift card'
                from finding cross join generate_series(0, %d - 1) n order by 1, 2""".formatted(MATCHES));
        jdbc.update(
                "update seed s set known = c.n, texts = c.n from (select seed, count(*) as n from page group by seed) c"
                        + " where s.id = c.seed");
        new FrontierStart(database, run.id()).markFilled();
        runs.markQueued(run.id());
        runs.end(run.id(), Runs.Status.COMPLETE, START);
        jdbc.execute("vacuum (analyze)");
        jdbc.execute("checkpoint");
    }

    private void night(int number, String what, boolean changing) throws InterruptedException {
        Instant at = START.plus(Duration.ofDays(number - 1));
        Clock clock = Clock.fixed(at, ZoneOffset.UTC);
        long begin = System.nanoTime();
        Runs.RunRecord run = runs.begin("0".repeat(64), at);
        RunFence fence = RunFence.take(database, run.id());
        FrontierStore frontier = new FrontierStore(database, run.id());
        FrontierStart start = new FrontierStart(database, run.id());
        SeedStore seeds = new SeedStore(database, run.id());
        VisitStore visits = new VisitStore(database, run.id());
        PageHistoryStore histories = new PageHistoryStore(database, run.id());
        VisitRecorder recorder = new VisitRecorder(visits, histories);
        visits.createPartitions(at);
        start.clear();
        start.fill(new FrontierStart.Due(inOnePartition(sites.keySet()), at, RULES, RULES, Set.of(), false));
        seeds.enter(inOnePartition(sites.keySet()));
        start.markFilled();
        List<String> hosts = frontier.openHosts(0);
        double opened = seconds(begin);
        begin = System.nanoTime();
        long asked = 0;
        long changed = 0;
        for (int from = 0; from < hosts.size(); ) {
            Map<String, Integer> limits = new HashMap<>();
            List<String> some = hosts.subList(from, Math.min(from + BATCH, hosts.size()));
            some.forEach(host -> limits.put(host, 32));
            List<FrontierUrl> open = frontier.openRows(limits, sites).values().stream()
                    .flatMap(List::stream)
                    .toList();
            if (open.isEmpty()) {
                from += BATCH;
            }
            for (int first = 0; first < open.size(); first += BATCH) {
                List<FrontierUrl> batch = open.subList(first, Math.min(first + BATCH, open.size()));
                changed += commit(run.id(), fence, frontier, recorder, batch, at, changing);
                asked += batch.size();
            }
        }
        double commits = seconds(begin);
        begin = System.nanoTime();
        Audit audit = new Audit(database, clock);
        ReviewQueue queue = new ReviewQueue(
                database, audit, new QueuePolicy(List.of("low", "high"), Duration.ofMinutes(15), 0), clock);
        FindingChanges changes = new FindingChanges(database);
        HeldBackPages heldBack = new HeldBackPages(database, clock);
        long since = runs.lastQueued(run.id());
        List<Finding> fresh = new ArrayList<>();
        changes.forEachNewFinding(run.id(), since, fresh::add);
        queue.admit(run.id(), fresh, fence::assertHeld);
        changes.forEachDropped(run.id(), since, page -> {});
        heldBack.store(run.id(), since, changes.heldBack(run.id(), since));
        runs.markQueued(run.id());
        runs.end(run.id(), Runs.Status.COMPLETE, at);
        new Reports(database, runs, findings, queue, heldBack, audit, clock).close(run.id(), HOSTS);
        double end = seconds(begin);
        long now = databaseSize();
        System.out.printf(
                Locale.ROOT,
                "%3d %-22s %,9d %,9d %7.1f s %7.1f s %7.1f s %,9d %13.1f%n",
                number,
                what,
                asked,
                changed,
                opened,
                commits,
                end,
                now >> 20,
                (now - size) / (double) known);
        size = now;
    }

    /** Commits visits as a crawl and the crawl step do; returns how many found a change. */
    private int commit(
            long run,
            RunFence fence,
            FrontierStore frontier,
            VisitRecorder recorder,
            List<FrontierUrl> urls,
            Instant at,
            boolean changing) {
        List<Visit<Finding>> visits = new ArrayList<>(urls.size());
        List<Finding> judged = new ArrayList<>();
        int changed = 0;
        for (FrontierUrl url : urls) {
            PageHistory history = url.history();
            if (history == null) {
                throw new IllegalStateException(url + " has no history");
            }
            // from the second night on, an even share of the pages is due each night
            int times = history.schedule().unchanged();
            RevisitSchedule schedule =
                    new RevisitSchedule(times + 1, times == 0 ? 1 + (int) (url.id() % DUE_NIGHTS) : DUE_NIGHTS);
            url.nextVisit(new NextVisit(schedule, schedule.due(at)));
            boolean change = changing && random.nextInt(CHANGED_SHARE) == 0;
            byte[] text = new byte[TEXT_BYTES];
            String sha256 = history.textSha256();
            if (change) {
                changed++;
                random.nextBytes(text);
                sha256 = HexFormat.of().formatHex(text, 0, 32);
            }
            PageHistory now = new PageHistory(
                    history.finalUrl(),
                    change ? new Validators("\"" + sha256.substring(0, 10) + "\"", null) : history.validators(),
                    history.contentType(),
                    sha256,
                    change ? sha256 : history.contentSha256(),
                    false,
                    RULES,
                    RULES,
                    change ? null : history.run(),
                    schedule.due(at),
                    schedule);
            url.historyUpdate(new PageHistoryUpdate(now, null, null, null));
            Disposition disposition = new Disposition.NotModified(url.url(), 304, history.validators(), at);
            PageOutcome<Finding> outcome = new PageOutcome.EarlierResult<>(url.url(), run);
            if (change) {
                url.historyUpdate(new PageHistoryUpdate(now, url.url().toString(), "image=24", text));
                disposition = new Disposition.Fetched(new Capture(
                        url.url(), url.url(), List.of(), 200, "text/html", "UTF-8", Map.of(), "", 40_000, false, at));
                Finding finding = finding(url, sha256);
                judged.add(finding);
                outcome = new PageOutcome.NewResult<>(finding, false);
            }
            visits.add(new Visit<>(
                    url.id(),
                    url.url(),
                    url.host(),
                    0,
                    3,
                    disposition,
                    change ? sha256 : null,
                    Map.of(),
                    false,
                    outcome));
        }
        transaction.executeWithoutResult(status -> {
            Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
            fence.assertHeld();
            frontier.close(urls.stream().map(FrontierUrl::id).toList());
            recorder.record(visits, urls, at, counts);
            frontier.addCounts(counts);
            findings.save(run, judged);
        });
        return changed;
    }

    private static Finding finding(FrontierUrl url, String evidence) {
        List<Match> matches = new ArrayList<>();
        if (url.id() % FINDING_SHARE == 0) {
            for (int i = 0; i < MATCHES; i++) {
                matches.add(new Match(
                        "voucher.gift-card@1",
                        Match.Kind.INDICATOR,
                        null,
                        "voucher",
                        30,
                        Field.TEXT,
                        10 * i,
                        10 * i + 9,
                        "gift card",
                        "gift card",
                        0));
            }
        }
        return new Finding(
                url.url(),
                "Title",
                "en",
                40,
                "low",
                "brand",
                url.id() % (FINDING_SHARE * FLAGGED_SHARE) == 0,
                "",
                List.of(),
                List.of(),
                matches,
                "0".repeat(64),
                evidence);
    }

    private long databaseSize() {
        Long bytes = jdbc.queryForObject("select pg_database_size(current_database())", Long.class);
        return bytes == null ? 0 : bytes;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Map<Integer, Integer> inOnePartition(Set<Integer> seeds) {
        return seeds.stream().collect(Collectors.toMap(seed -> seed, seed -> 0));
    }
}
