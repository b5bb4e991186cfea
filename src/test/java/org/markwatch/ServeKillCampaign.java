package org.markwatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.database.EmbeddedPostgres;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/kill-test serve}: two processes with {@code serve} share the schedule of one database. In each round a scheduled
 * run begins, and the process that leads it is killed or suspended at a random moment. The other one must resume the run, once, and
 * nothing may be lost or doubled; a suspended process wakes up after the end of the run. Servers measure the delay of each host.
 */
public final class ServeKillCampaign {
    private static final int HOSTS = 8;
    private static final Duration DELAY = Duration.ofMillis(300);
    private static final Duration LATENCY = Duration.ofMillis(50);
    /** Time from the start of the process that sets the schedule until the run, in times of the start before. */
    private static final int LEAD = 2;
    /** Time after the end of a run in which a second recovery would show: more than Quartz and a recovery wait. */
    private static final Duration AFTERMATH = Duration.ofSeconds(25);

    private static final Duration POLL = Duration.ofMillis(200);

    private enum Harm {
        KILLED,
        SUSPENDED
    }

    private final Path folder;
    private final int pagesOfHost;
    private final SplittableRandom random;
    private final ProgramProcesses processes;
    private final TraceServer web = new TraceServer(this::page);
    private final Map<Harm, List<Duration>> resumed = new EnumMap<>(Harm.class);
    private final List<String> faults = new ArrayList<>();
    private Duration lastStart = Duration.ZERO;

    private ServeKillCampaign(Path folder, int pages, long seed) {
        this.folder = folder;
        this.pagesOfHost = Math.max(2, pages / HOSTS);
        this.random = new SplittableRandom(seed);
        this.processes = new ProgramProcesses(folder);
    }

    /** Arguments: rounds, pages, random seed, an empty folder. Must run in the folder of the project, after a build. */
    public static void main(String[] args) throws Exception {
        ServeKillCampaign campaign =
                new ServeKillCampaign(Path.of(args[3]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(campaign::end)); // leaves no process behind
        System.exit(campaign.run(Integer.parseInt(args[0])) ? 0 : 1);
    }

    private void end() {
        try {
            processes.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        web.close();
    }

    private Reply page(String host, String path) {
        if (path.equals("/robots.txt")) {
            return Reply.missing();
        }
        int page = path.equals("/") ? 0 : Integer.parseInt(path.substring(2));
        String links = IntStream.of(2 * page + 1, 2 * page + 2)
                .filter(next -> next < pagesOfHost)
                .mapToObj("<a href=\"/p%d\">more</a> "::formatted)
                .collect(Collectors.joining());
        return Reply.page("<title>Page " + page + " of " + host + "</title>" + links, LATENCY);
    }

    private boolean run(int rounds) throws Exception {
        schedule("");
        Process first = serve();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(processes.data())) {
            JdbcTemplate jdbc = new JdbcTemplate(ProgramProcesses.source(postgres));
            for (int round = 0; round < rounds; round++) {
                first = round(jdbc, first, Harm.values()[round % 2]);
                System.err.println("round " + (round + 1) + ": " + resumed + ", faults " + faults);
            }
        }
        return report();
    }

    /** Lets one run be scheduled, harmed and resumed. Returns the process that has resumed it. */
    private Process round(JdbcTemplate jdbc, Process first, Harm harm) throws Exception {
        jdbc.execute("truncate frontier; delete from finding; delete from page"); // each page is new again
        Long before = jdbc.queryForObject("select coalesce(max(id), 0) from run", Long.class);
        ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC).plus(lastStart.multipliedBy(LEAD));
        schedule(begin.format(DateTimeFormatter.ofPattern("s m H d M '?' uuuu")));
        Process second = serve();
        Duration rest = Duration.between(ZonedDateTime.now(ZoneOffset.UTC), begin);
        TimeUnit.MILLISECONDS.sleep(Math.max(0, rest.toMillis()));
        long run = Objects.requireNonNullElse(before, 0L) + 1;
        processes.await(second, "run " + run + " has committed pages", () -> pause() && visited(jdbc, run) > HOSTS);
        TimeUnit.MILLISECONDS.sleep(
                random.nextLong(pagesOfHost / 2 * DELAY.plus(LATENCY).toMillis()));
        boolean firstLeads = leads(jdbc, first, run);
        Process victim = firstLeads ? first : second;
        Process survivor = firstLeads ? second : first;
        if (!firstLeads && !leads(jdbc, second, run)) {
            throw new IllegalStateException(
                    "nobody leads run " + run + "; see the output of the processes in " + folder);
        }
        long moment = System.nanoTime();
        if (harm == Harm.KILLED) {
            processes.kill(victim);
        } else {
            signal(victim, "STOP");
        }
        processes.await(survivor, "the other process leads run " + run, () -> pause() && leads(jdbc, survivor, run));
        resumed.computeIfAbsent(harm, each -> new ArrayList<>()).add(Duration.ofNanos(System.nanoTime() - moment));
        processes.await(
                survivor,
                "run " + run + " is complete",
                () -> pause() && status(jdbc, run).equals("complete"));
        if (harm == Harm.SUSPENDED) {
            signal(victim, "CONT");
        }
        TimeUnit.MILLISECONDS.sleep(AFTERMATH.toMillis());
        verify(jdbc, run);
        if (victim.isAlive()) {
            processes.kill(victim);
        } else if (harm == Harm.SUSPENDED) {
            faults.add("run " + run + ": the process that was suspended has ended");
        }
        return survivor;
    }

    private Process serve() throws Exception {
        long begun = System.nanoTime();
        Process serve =
                processes.start("serve", "--config", folder.resolve("config").toString());
        processes.await(
                serve, "serves", () -> pause() && processes.output(serve).contains("event=serve.start"));
        lastStart = Duration.ofNanos(System.nanoTime() - begun).plusSeconds(1);
        return serve;
    }

    private static boolean pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        return true;
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    // ---- results -------------------------------------------------------------------------------------------------

    private static long visited(JdbcTemplate jdbc, long run) {
        return count(jdbc, "select sum(visited) from crawl_partition where run_id = ?", run);
    }

    private static long count(JdbcTemplate jdbc, String query, long run) {
        return Objects.requireNonNullElse(jdbc.queryForObject(query, Long.class, run), 0L);
    }

    private static String status(JdbcTemplate jdbc, long run) {
        return String.valueOf(jdbc.queryForObject("select status from run where id = ?", String.class, run));
    }

    private static boolean leads(JdbcTemplate jdbc, Process process, long run) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select exists (select from worker where run_id = ? and leads and name like ? and lease_until > now())",
                Boolean.class,
                run,
                process.pid() + "@%"));
    }

    private void verify(JdbcTemplate jdbc, long run) {
        expect("starts of run " + run, 2, count(jdbc, "select count(*) from run_execution where run_id = ?", run));
        expect("runs after run " + run, 0, count(jdbc, "select count(*) from run where id > ?", run));
        expect("committed visits of run " + run, (long) HOSTS * pagesOfHost, visited(jdbc, run));
        List<String> visits = RunVisits.of(jdbc);
        expect("visits of run " + run, (long) HOSTS * pagesOfHost, visits.size());
        expect("pages of run " + run, (long) HOSTS * pagesOfHost, new HashSet<>(visits).size());
        expect("running fired triggers", 0, count(jdbc, "select count(*) from qrtz_fired_triggers where ? > 0", run));
    }

    private void expect(String what, long expected, long actual) {
        if (expected != actual) {
            faults.add("%s: %d instead of %d".formatted(what, actual, expected));
        }
    }

    private boolean report() {
        Duration shortest = Duration.ofDays(1);
        int requests = 0;
        for (int host = 0; host < HOSTS; host++) {
            expect("requests in flight to " + name(host), 1, web.mostInFlight(name(host)));
            for (Duration gap : web.gaps(name(host))) {
                shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
                requests++;
            }
        }
        if (shortest.compareTo(DELAY) < 0) {
            faults.add("a gap of " + shortest.toMillis() + " ms");
        }
        resumed.forEach((harm, times) -> System.out.printf(
                Locale.ROOT,
                "%s %d times: the other process leads the run after %s s%n",
                harm,
                times.size(),
                times.stream()
                        .sorted()
                        .map(time -> "%.1f".formatted(time.toMillis() / 1000.0))
                        .collect(Collectors.joining(", "))));
        System.out.printf(
                "%d requests to %d hosts, shortest gap %d ms of %d ms; faults: %s%n",
                requests, HOSTS, shortest.toMillis(), DELAY.toMillis(), faults.isEmpty() ? "none" : faults);
        return faults.isEmpty();
    }

    private static String name(int host) {
        return "site-%04d.example".formatted(host);
    }

    /** Writes the job-config with a cron expression. */
    private void schedule(String cron) throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                schedule:
                  cron: '%s'
                review:
                  port: 0
                management:
                  port: 0
                crawl:
                  delay: %dms
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        Path.of("job-config").toAbsolutePath(),
                        cron,
                        DELAY.toMillis(),
                        IntStream.range(0, HOSTS)
                                .mapToObj(host -> "    %s: %s".formatted(name(host), web.address()))
                                .collect(Collectors.joining("\n"))));
        Files.writeString(
                config.resolve("seeds.csv"),
                IntStream.range(0, HOSTS)
                        .mapToObj(host -> "http://" + name(host) + "/")
                        .collect(Collectors.joining("\n", "url\n", "\n")));
    }
}
