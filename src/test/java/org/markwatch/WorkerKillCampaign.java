package org.markwatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.queue.Audit;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/kill-test workers}: runs with several workers, while the run, a worker or the database is killed at random
 * moments and started again. Compares each completed run with one that nobody disturbed; the servers measure the delay of each
 * host and the requests in flight to it and to the one address of all hosts.
 */
public final class WorkerKillCampaign {
    private static final int HOSTS = 40;
    private static final int PER_ADDRESS = 4;
    private static final int PATIENCE_SECONDS = 300;
    /** Mean pauses between kills in the time of an undisturbed run, however slow the machine is: most processes work when they are killed. */
    private static final int PAUSES_IN_RUN = 4;
    /** Longest wait until a worker that is to be killed holds partitions: it starts, joins, and others give it some. */
    private static final Duration BUSY_WAIT = Duration.ofSeconds(30);

    private static final Duration BUSY_POLL = Duration.ofMillis(200);
    /** Longest time from a signal until the process has ended and what it sent before has arrived. */
    private static final Duration DEATH = Duration.ofMillis(200);

    private enum Victim {
        RUN,
        WORKER,
        DATABASE
    }

    private final Path folder;
    private final Path data;
    private final SplittableRandom random;
    private final CampaignSites sites;
    private final Process[] workers;
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);
    private final List<Long> deaths = new ArrayList<>();
    private int idleDraws;
    private Map<String, String> reference = Map.of();
    private Set<String> marked = Set.of();
    private long meanPauseNanos;
    private int completed;
    private long lost;
    private long doubled;
    private long differing;

    private WorkerKillCampaign(Path folder, int pages, int workers, long seed) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.sites = new CampaignSites(HOSTS, pages);
        this.random = new SplittableRandom(seed);
        this.workers = new Process[workers];
    }

    /** Arguments: kills, pages, workers, random seed, an empty folder. Must run in the folder of the project, after a build. */
    public static void main(String[] args) throws Exception {
        WorkerKillCampaign campaign = new WorkerKillCampaign(
                Path.of(args[4]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]));
        boolean good;
        try {
            good = campaign.run(Integer.parseInt(args[0]));
        } finally {
            for (Process worker : campaign.workers) {
                if (worker != null) {
                    worker.destroyForcibly();
                }
            }
            campaign.sites.close();
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(int wanted) throws Exception {
        sites.writeConfig(folder.resolve("config"), "", "  per-address: %d\n  max-pages: 1000".formatted(PER_ADDRESS));
        long begun = System.nanoTime();
        if (end(start("run", "--new", "--config", config(), "--data", data.toString())) != 0) {
            throw new IllegalStateException("the reference run failed; see " + log());
        }
        meanPauseNanos = (System.nanoTime() - begun) / PAUSES_IN_RUN;
        reference = read(this::findings);
        marked = Set.copyOf(read(WorkerKillCampaign::items));
        System.out.printf(
                Locale.ROOT,
                "reference run: %d pages, %d findings, %d items, %.0f s%n",
                sites.pages(),
                reference.size(),
                marked.size(),
                meanPauseNanos * PAUSES_IN_RUN / 1e9);
        for (int worker = 0; worker < workers.length; worker++) {
            startWorker(worker);
        }
        while (kills() < wanted) {
            nightWithKills(wanted);
        }
        return report();
    }

    private int kills() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void nightWithKills(int wanted) throws Exception {
        read(jdbc -> {
            CampaignSites.forget(jdbc);
            jdbc.execute("delete from item");
            return null;
        });
        Process run = start("run", "--new", "--config", config(), "--data", data.toString());
        long next = System.nanoTime() + meanPauseNanos;
        while (true) {
            long pause = Math.max(0, next - System.nanoTime());
            if (run.waitFor(kills() < wanted ? pause : Long.MAX_VALUE / 2, TimeUnit.NANOSECONDS)) {
                if (run.exitValue() == 0) {
                    verify();
                    return;
                }
                run = start("run", "--config", config(), "--data", data.toString());
                continue;
            }
            kill(run);
            next = System.nanoTime() + (long) (2 * meanPauseNanos * random.nextDouble());
        }
    }

    private void kill(Process run) throws IOException, InterruptedException {
        for (int worker = 0; worker < workers.length; worker++) {
            if (!workers[worker].isAlive()) {
                startWorker(worker); // as a service manager does after the database was away
            }
        }
        Victim victim = random.nextInt(2) == 0 ? Victim.WORKER : Victim.values()[random.nextInt(3)];
        switch (victim) {
            case RUN -> {
                deaths.add(System.nanoTime());
                run.destroyForcibly();
            }
            case WORKER -> {
                List<Integer> busy = awaitBusy(run);
                if (busy.isEmpty()) {
                    idleDraws++;
                    return;
                }
                int worker = busy.get(random.nextInt(busy.size()));
                deaths.add(System.nanoTime());
                workers[worker].destroyForcibly();
                startWorker(worker);
            }
            case DATABASE -> {
                Optional<ProcessHandle> server = server();
                if (server.isEmpty()) {
                    return;
                }
                server.get().destroyForcibly();
            }
        }
        kills.merge(victim, 1, Integer::sum);
        System.err.println(kills + ", " + idleDraws + " idle draws: " + completed + " runs completed");
    }

    private Optional<ProcessHandle> server() throws IOException {
        Path file = data.resolve("pgdata").resolve("postmaster.pid");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                : Optional.empty();
    }

    /** Waits until workers hold partitions; returns them, or none if the run or the time ends before. */
    private List<Integer> awaitBusy(Process run) throws IOException, InterruptedException {
        long end = System.nanoTime() + BUSY_WAIT.toNanos();
        List<Integer> busy = busy();
        while (busy.isEmpty() && System.nanoTime() < end && !run.waitFor(BUSY_POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            busy = busy();
        }
        return busy;
    }

    /** Returns the workers that hold a partition: to kill another one would show nothing. */
    private List<Integer> busy() throws IOException {
        if (server().isEmpty()) {
            return List.of(); // the next start of the run starts it, and not this campaign
        }
        List<String> names = read(jdbc -> jdbc.queryForList("""
                select distinct w.name from worker w join crawl_partition p on p.worker = w.id
                where not p.done and w.lease_until > now()""", String.class));
        return IntStream.range(0, workers.length)
                .filter(worker -> names.stream().anyMatch(name -> name.startsWith(workers[worker].pid() + "@")))
                .boxed()
                .toList();
    }

    private void startWorker(int number) throws IOException {
        workers[number] = start("worker", "--data", data.toString());
    }

    private Process start(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of("scripts/markwatch"));
        words.addAll(Arrays.asList(verb));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // leaves no process behind
        return process;
    }

    private String config() {
        return folder.resolve("config").toString();
    }

    private Path log() {
        return folder.resolve("run.log");
    }

    private int end(Process process) throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("a run did not end within " + PATIENCE_SECONDS + " s; see " + log());
        }
        return process.exitValue();
    }

    // ---- results -------------------------------------------------------------------------------------------------

    private interface DatabaseQuery<T extends @Nullable Object> {
        T read(JdbcTemplate jdbc);
    }

    private <T extends @Nullable Object> T read(DatabaseQuery<T> reading) {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
            return reading.read(new JdbcTemplate(ProgramProcesses.source(postgres)));
        }
    }

    /** Returns by URL a digest of each finding that holds. */
    private Map<String, String> findings(JdbcTemplate jdbc) {
        Map<String, String> findings = new HashMap<>();
        jdbc.query("""
                select f.url, md5(concat_ws('|', f.score, f.severity, f.lane, f.flagged, f.suppressed, f.evidence_sha256,
                    f.reasons)) as digest from finding f where f.to_run is null""", row -> {
            findings.put(row.getString("url"), row.getString("digest"));
        });
        return findings;
    }

    private static List<String> items(JdbcTemplate jdbc) {
        return urls(jdbc, "select url from item");
    }

    private static List<String> urls(JdbcTemplate jdbc, String query) {
        return jdbc.query(query, (row, number) -> row.getString(1));
    }

    private void verify() {
        completed++;
        Set<String> pages = sites.urls();
        read(jdbc -> {
            tally(pages, RunVisits.of(jdbc));
            tally(marked, items(jdbc));
            for (String count : List.of(
                    "select sum(visited) from crawl_partition where run_id = (select max(id) from run)",
                    "select sum(done) from run_seed where run_id = (select max(id) from run)",
                    "select sum(n) from run_count where run_id = (select max(id) from run) and about = 'page'")) {
                Long counted = jdbc.queryForObject(count, Long.class);
                doubled += Math.max(0, Objects.requireNonNullElse(counted, 0L) - pages.size());
            }
            List<String> holding = urls(jdbc, "select url from finding where to_run is null");
            doubled += holding.size() - new HashSet<>(holding).size();
            Map<String, String> found = findings(jdbc);
            Set<String> urls = new HashSet<>(found.keySet());
            urls.addAll(reference.keySet());
            differing += urls.stream()
                    .filter(url -> !Objects.equals(found.get(url), reference.get(url)))
                    .count();
            return found.size();
        });
    }

    private void tally(Set<String> expected, List<String> actual) {
        Set<String> distinct = new HashSet<>(actual);
        doubled += actual.size() - distinct.size();
        lost += expected.stream().filter(url -> !distinct.contains(url)).count();
        differing += distinct.stream().filter(url -> !expected.contains(url)).count();
    }

    private boolean report() {
        CampaignSites.Spacing spacing = sites.spacing();
        int atAddress = sites.server().mostInFlightBeside(deaths, DEATH);
        String chain = read(jdbc -> new Audit(Objects.requireNonNull(jdbc.getDataSource()), Clock.systemUTC())
                .verify()
                .map(broken -> "broken at entry " + broken.seq() + ": " + broken.why())
                .orElse("intact"));
        System.out.printf(
                Locale.ROOT,
                "kills %s with %d workers (and %d draws of a worker while none had partitions); %d runs completed: %d lost,"
                        + " %d doubled, %d differing; audit chain %s%n",
                kills,
                workers.length,
                idleDraws,
                completed,
                lost,
                doubled,
                differing,
                chain);
        System.out.printf(
                Locale.ROOT,
                "%d requests to %d hosts: at most %d in flight to one and %d of %d to their address, shortest gap %d ms of %d ms,"
                        + " %d gaps too short%n",
                spacing.requests(),
                HOSTS,
                spacing.mostInFlight(),
                atAddress,
                PER_ADDRESS,
                spacing.shortest().toMillis(),
                CampaignSites.DELAY.toMillis(),
                spacing.tooShort());
        return lost + doubled + differing + spacing.tooShort() == 0
                && spacing.mostInFlight() <= 1
                && atAddress <= PER_ADDRESS
                && chain.equals("intact");
    }
}
