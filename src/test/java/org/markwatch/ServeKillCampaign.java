package org.markwatch;

import java.io.IOException;
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
import org.markwatch.database.EmbeddedPostgres;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/kill-test serve}: two processes with {@code serve} share the schedule of one database. In each round a scheduled
 * run begins, and the process that leads it is killed or suspended at a random moment. The other one must resume the run, once, and
 * nothing may be lost or doubled; a suspended process wakes up after the end of the run. Servers measure the delay of each host.
 */
public final class ServeKillCampaign {
    private static final int HOSTS = 8;
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
    private final SplittableRandom random;
    private final ProgramProcesses processes;
    private final CampaignSites sites;
    private final Map<Harm, List<Duration>> resumed = new EnumMap<>(Harm.class);
    private final List<String> faults = new ArrayList<>();
    private Duration lastStart = Duration.ZERO;

    private ServeKillCampaign(Path folder, int pages, long seed) {
        this.folder = folder;
        this.sites = new CampaignSites(HOSTS, pages);
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
        sites.close();
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
        CampaignSites.forget(jdbc);
        Long before = jdbc.queryForObject("select coalesce(max(id), 0) from run", Long.class);
        ZonedDateTime begin = ZonedDateTime.now(ZoneOffset.UTC).plus(lastStart.multipliedBy(LEAD));
        schedule(begin.format(DateTimeFormatter.ofPattern("s m H d M '?' uuuu")));
        Process second = serve();
        Duration rest = Duration.between(ZonedDateTime.now(ZoneOffset.UTC), begin);
        TimeUnit.MILLISECONDS.sleep(Math.max(0, rest.toMillis()));
        long run = Objects.requireNonNullElse(before, 0L) + 1;
        processes.await(second, "run " + run + " has committed pages", () -> pause() && visited(jdbc, run) > HOSTS);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(sites.pagesOfHost()
                / 2
                * CampaignSites.DELAY.plus(CampaignSites.LATENCY).toMillis()));
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
        expect("logged ends of run " + run, 1, ends(first, run) + ends(second, run));
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

    private long ends(Process process, long run) throws IOException {
        return processes
                .output(process)
                .lines()
                .filter(line -> line.contains("event=run.end run=" + run + " "))
                .count();
    }

    private void verify(JdbcTemplate jdbc, long run) {
        expect("starts of run " + run, 2, count(jdbc, "select count(*) from run_execution where run_id = ?", run));
        expect("runs after run " + run, 0, count(jdbc, "select count(*) from run where id > ?", run));
        expect("committed visits of run " + run, sites.pages(), visited(jdbc, run));
        List<String> visits = RunVisits.of(jdbc);
        expect("visits of run " + run, sites.pages(), visits.size());
        expect("pages of run " + run, sites.pages(), new HashSet<>(visits).size());
        expect(
                "counted pages of run " + run,
                sites.pages(),
                count(jdbc, "select sum(texts) from run_seed where run_id = ?", run));
        expect("running fired triggers", 0, count(jdbc, "select count(*) from qrtz_fired_triggers where ? > 0", run));
    }

    private void expect(String what, long expected, long actual) {
        if (expected != actual) {
            faults.add("%s: %d instead of %d".formatted(what, actual, expected));
        }
    }

    private boolean report() {
        CampaignSites.Spacing spacing = sites.spacing();
        expect("requests in flight to a host", 1, spacing.mostInFlight());
        expect("gaps that are too short", 0, spacing.tooShort());
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
                spacing.requests(),
                HOSTS,
                spacing.shortest().toMillis(),
                CampaignSites.DELAY.toMillis(),
                faults.isEmpty() ? "none" : faults);
        return faults.isEmpty();
    }

    /** Writes the job-config with a cron expression. */
    private void schedule(String cron) throws IOException {
        sites.writeConfig(folder.resolve("config"), """
                schedule:
                  cron: '%s'
                review:
                  port: 0
                management:
                  port: 0""".formatted(cron), "");
    }
}
