package org.markwatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.Request;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.queue.Audit;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/kill-test}: completes a reference run over a generated web. Then starts further runs, kills each of
 * them, its database server or both with SIGKILL at random moments, and resumes it until it completes. Compares every
 * completed run with the reference run.
 *
 * <p>One moment in four is uniformly distributed over the time to the first page; the others are distributed over a
 * quarter of the time between first page and end, counted from the first page, so that several kills can fall into one
 * run.
 */
public final class KillCampaign {
    private static final int HOSTS = 20;
    private static final int MEDIAN_BYTES = 4096;
    private static final long WEB_SEED = 20_260_101;
    private static final int PATIENCE_SECONDS = 300;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);

    private enum Victim {
        RUN,
        DATABASE,
        BOTH
    }

    /** Seconds from the start of the reference run to its first page, and to its end. */
    private record Course(double start, double end) {}

    /** One start of the program. */
    private record Start(Process process, long nanos, long pagesBefore) {}

    private final Path folder;
    private final SplittableRandom random;
    private final SyntheticWeb web;
    private final Set<String> pages;
    private final Set<String> marked;

    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private final Map<Victim, Integer> duringStart = new EnumMap<>(Victim.class);
    private final Map<Victim, List<Double>> resumeAfter = new EnumMap<>(Victim.class);
    private final List<Double> noticed = new ArrayList<>();
    private Map<String, String> reference = Map.of();
    private int completed;
    private long lost;
    private long doubled;
    private long differing;

    private KillCampaign(Path folder, int pages, long seed) throws IOException {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        this.web = SyntheticWeb.start(new SyntheticWeb.Plan(HOSTS, pages / HOSTS, MEDIAN_BYTES, WEB_SEED));
        this.pages = web.pages().collect(Collectors.toSet());
        this.marked = web.markedPages().collect(Collectors.toSet());
    }

    /** Arguments: kills, pages, random seed, an empty folder. Must run in the folder of the project, after a build. */
    public static void main(String[] args) throws Exception {
        KillCampaign campaign = new KillCampaign(Path.of(args[3]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
        boolean good;
        try {
            good = campaign.run(Integer.parseInt(args[0]));
        } finally {
            campaign.web.close();
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(int wanted) throws Exception {
        writeConfig(pages.size() / HOSTS);
        Course course = referenceRun();
        System.out.printf(
                Locale.ROOT,
                "reference run: first page after %.1f s, end after %.1f s; %d pages, %d with findings, %d items%n",
                course.start,
                course.end,
                pages.size(),
                reference.size(),
                marked.size());

        Path data = folder.resolve("killed");
        Victim last = null;
        boolean fresh = true;
        while (kills.values().stream().mapToInt(Integer::intValue).sum() < wanted) {
            Start start = start(data, fresh);
            fresh = false;
            boolean early = random.nextInt(4) == 0;
            double wait = random.nextDouble() * (early ? course.start : (course.end - course.start) / 4);
            boolean firstPage =
                    awaitFirstPage(start, early ? start.nanos + nanos(wait) : start.nanos + PATIENCE_NANOS, last);
            long moment = (early ? start.nanos : System.nanoTime()) + nanos(wait);
            while (start.process.isAlive() && System.nanoTime() < moment) {
                start.process.waitFor(moment - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
            boolean killed = start.process.isAlive() && kill(victim, start.process, data);
            long at = System.nanoTime();
            if (killed) {
                kills.merge(victim, 1, Integer::sum);
                duringStart.merge(victim, firstPage ? 0 : 1, Integer::sum);
                last = victim;
            }
            int code = end(start.process);
            if (killed && victim == Victim.DATABASE) {
                noticed.add((System.nanoTime() - at) / 1e9);
            }
            if (code == 0) {
                verify(data);
                fresh = true;
                last = null;
            } else if (!killed) {
                throw new IllegalStateException("the run failed without being killed; see " + log());
            }
            System.err.printf(
                    Locale.ROOT,
                    "%s kills, %d runs completed: %d lost, %d doubled, %d differing%n",
                    kills,
                    completed,
                    lost,
                    doubled,
                    differing);
        }
        if (!fresh) {
            Start start = start(data, false);
            awaitFirstPage(start, start.nanos + PATIENCE_NANOS, last);
            if (end(start.process) != 0) {
                throw new IllegalStateException("the last run failed without being killed; see " + log());
            }
            verify(data);
        }
        return report(data);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** Completes two runs and measures the second, since the first also creates the database. */
    private Course referenceRun() throws Exception {
        Path data = folder.resolve("reference");
        for (int run = 1; ; run++) {
            Start start = start(data, true);
            awaitFirstPage(start, start.nanos + PATIENCE_NANOS, null);
            double firstPage = (System.nanoTime() - start.nanos) / 1e9;
            if (end(start.process) != 0) {
                throw new IllegalStateException("the reference run failed; see " + log());
            }
            double seconds = (System.nanoTime() - start.nanos) / 1e9;
            if (run == 2) {
                reference = read(data, this::findings);
                return new Course(firstPage, seconds);
            }
        }
    }

    private Start start(Path data, boolean fresh) throws IOException {
        List<String> words = new ArrayList<>(List.of("scripts/markwatch", "run"));
        words.addAll(fresh ? List.of("--new") : List.of());
        words.addAll(List.of("--config", folder.resolve("config").toString(), "--data", data.toString()));
        long before = web.requests().count(Request.ResourceKind.PAGE);
        long nanos = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // leaves no process behind
        return new Start(process, nanos, before);
    }

    private Path log() {
        return folder.resolve("run.log");
    }

    /** Returns whether a page is requested before a moment; records the time to the first page after a kill. */
    private boolean awaitFirstPage(Start start, long moment, @Nullable Victim last) throws InterruptedException {
        while (start.process.isAlive() && System.nanoTime() < moment) {
            if (web.requests().count(Request.ResourceKind.PAGE) > start.pagesBefore) {
                double seconds = (System.nanoTime() - start.nanos) / 1e9;
                if (last != null) {
                    resumeAfter
                            .computeIfAbsent(last, victim -> new ArrayList<>())
                            .add(seconds);
                }
                return true;
            }
            start.process.waitFor(5, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    /** Kills processes; returns false if the database server has not started yet. */
    private static boolean kill(Victim victim, Process run, Path data) throws IOException {
        Path file = data.resolve("pgdata").resolve("postmaster.pid");
        Optional<ProcessHandle> server = !Files.exists(file)
                ? Optional.empty()
                : Files.readAllLines(file).stream().findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
        if (victim == Victim.RUN) {
            run.destroyForcibly();
            return true;
        }
        if (server.isEmpty()) {
            return false;
        }
        server.get().destroyForcibly();
        if (victim == Victim.BOTH) {
            run.destroyForcibly();
        }
        return true;
    }

    private int end(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a run did not end within " + PATIENCE_SECONDS + " s; see " + log());
        }
        return process.exitValue();
    }

    // ---- database contents ---------------------------------------------------------------------------------------

    private interface DatabaseQuery<T> {
        T read(JdbcTemplate jdbc);
    }

    private static <T> T read(Path data, DatabaseQuery<T> reading) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            return reading.read(new JdbcTemplate(database(postgres)));
        }
    }

    private static PGSimpleDataSource database(EmbeddedPostgres postgres) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(postgres.jdbcUrl());
        database.setUser(postgres.user());
        database.setPassword(postgres.password());
        return database;
    }

    /** Returns by URL a digest of each finding of the latest run with its matches. */
    private Map<String, String> findings(JdbcTemplate jdbc) {
        Map<String, String> findings = new HashMap<>();
        jdbc.query("""
                select f.url, md5(concat_ws('|', f.score, f.severity, f.lane, f.flagged, f.suppressed, f.evidence_sha256,
                    f.reasons, (
                        select string_agg(concat_ws(':', m.rule, m.kind, m.field, m.start_at, m.end_at, m.matched), ','
                            order by m.ordinal)
                        from page_match m where m.finding_id = f.id))) as digest
                from finding f where f.to_run is null""", row -> {
            findings.put(row.getString("url"), row.getString("digest"));
        });
        return findings;
    }

    /** Compares a completed run with the expected pages and items and with the findings of the reference run. */
    private void verify(Path data) {
        completed++;
        read(data, jdbc -> {
            tally(pages, urls(jdbc, """
                    select url from page where disposition in ('fetched', 'not-modified')
                    union all
                    select p.url from revisit v cross join unnest(v.pages) as id join page p using (id)
                    where v.run_id = (select max(id) from run) group by p.url having count(*) > 1"""));
            tally(marked, urls(jdbc, "select url from item"));
            Map<String, String> found = findings(jdbc);
            Set<String> urls = new HashSet<>(found.keySet());
            urls.addAll(reference.keySet());
            differing += urls.stream()
                    .filter(url -> !Objects.equals(found.get(url), reference.get(url)))
                    .count();
            return found.size();
        });
    }

    private static List<String> urls(JdbcTemplate jdbc, String query) {
        List<String> urls = new ArrayList<>();
        jdbc.query(query, row -> {
            urls.add(row.getString("url"));
        });
        return urls;
    }

    private void tally(Set<String> expected, Collection<String> actual) {
        Set<String> distinct = new HashSet<>(actual);
        doubled += actual.size() - distinct.size();
        lost += expected.stream().filter(url -> !distinct.contains(url)).count();
        differing += distinct.stream().filter(url -> !expected.contains(url)).count();
    }

    private boolean report(Path data) {
        System.out.printf("%-10s %7s %18s %30s%n", "killed", "kills", "before first page", "resumed after, median/max");
        for (Victim victim : Victim.values()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %7d %18d %30s%n",
                    victim.name().toLowerCase(Locale.ROOT),
                    kills.getOrDefault(victim, 0),
                    duringStart.getOrDefault(victim, 0),
                    spread(resumeAfter.getOrDefault(victim, List.of())));
        }
        System.out.println("time from the kill of the database to the end of the run: " + spread(noticed));
        String chain = read(
                data,
                jdbc -> new Audit(Objects.requireNonNull(jdbc.getDataSource()), Clock.systemUTC())
                        .verify()
                        .map(broken -> "broken at entry " + broken.seq() + ": " + broken.why())
                        .orElse("intact"));
        long pictures = web.requests().count(Request.ResourceKind.PICTURE);
        System.out.printf(
                Locale.ROOT,
                "%d runs completed: %d lost, %d doubled, %d differing; audit chain %s; pictures requested: %d%n",
                completed,
                lost,
                doubled,
                differing,
                chain,
                pictures);
        return lost + doubled + differing + pictures == 0 && chain.equals("intact");
    }

    private static String spread(List<Double> seconds) {
        if (seconds.isEmpty()) {
            return "-";
        }
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%.1f/%.1f s (%d times)", sorted.get(sorted.size() / 2), sorted.getLast(), sorted.size());
    }

    private void writeConfig(int pagesPerHost) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  max-depth: 20
                  max-pages: %d
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        Path.of("job-config").toAbsolutePath(),
                        pagesPerHost,
                        web.resolve().entrySet().stream()
                                .map(entry -> "    %s: %s".formatted(entry.getKey(), entry.getValue()))
                                .collect(Collectors.joining("\n"))));
        Files.writeString(config.resolve("seeds.csv"), "url\n" + String.join("\n", web.seeds()) + "\n");
    }
}
