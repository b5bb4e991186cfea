package org.markwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.SyntheticWeb;
import org.markwatch.schema.Schema;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/bench rescan}: rate of a rescan with one and with two processes that have one processor each, over the kept text
 * of a generated web, while all of them work. The rounds alternate, so that their ratio is valid on a busy machine too.
 */
public final class RescanBench {
    private static final int HOSTS = 100;
    private static final int MEDIAN_BYTES = 40_000;
    private static final int PATIENCE_SECONDS = 600;
    private static final long POLL_MILLIS = 100;

    private static final String OF_RUN =
            " from crawl_partition where run_id = (select max(id) from run where kind = 'rescan' and status = 'running')";
    private static final String WORKING = "select count(distinct worker)" + OF_RUN + " and not done and visited > 0";
    private static final String VISITED = "select sum(visited)" + OF_RUN;
    private static final String FREE = "select count(*)" + OF_RUN + " and not done and worker is null";

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    private RescanBench(Path folder) {
        this.folder = folder;
    }

    /** Arguments: pages, rounds, job-config folder with the rules, an empty folder. */
    public static void main(String[] args) throws Exception {
        new RescanBench(Path.of(args[3])).run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[2]));
    }

    private void run(int pages, int rounds, Path rules) throws Exception {
        copy(rules, folder.resolve("rules"));
        Path config = Files.createDirectories(folder.resolve("config"));
        try (SyntheticWeb web = SyntheticWeb.start(new SyntheticWeb.Plan(HOSTS, pages / HOSTS, MEDIAN_BYTES, 7));
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            writeConfig(config, web);
            new Schema(OpenDatabase.source(postgres.jdbcUrl(), postgres.user(), postgres.password())).migrate();
            String url = postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
            JdbcTemplate jdbc = new JdbcTemplate(OpenDatabase.source(url, null, null));
            end(start("run", "--config", config.toString(), "--db", url));
            double[][] rates = new double[2][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int processes = 1; processes <= 2; processes++) {
                    double rate = rate(config, url, jdbc, processes, round);
                    rates[processes - 1][round] = rate;
                    System.out.printf(Locale.ROOT, "round %d, processes %d: %.0f pages/s%n", round, processes, rate);
                }
            }
            double one = median(rates[0]);
            double two = median(rates[1]);
            System.out.printf(
                    Locale.ROOT,
                    "medians: one process %.0f pages/s, two %.0f pages/s, %.2f times one%n",
                    one,
                    two,
                    two / one);
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }

    /** Rescans by rules that no earlier rescan had; returns the pages per second while all processes have a partition. */
    private double rate(Path config, String url, JdbcTemplate jdbc, int processes, int round) throws Exception {
        String phrase = "word %d %d".formatted(round, processes);
        Files.writeString(
                folder.resolve("rules/indicators/bench.csv"),
                "id,type,pattern,group,weight,scope,state,source,match\nbench.word,phrase,%1$s,voucher,35,heading,live,made up,%1$s\n"
                        .formatted(phrase));
        List<Process> workers = new ArrayList<>();
        for (int worker = 1; worker < processes; worker++) {
            workers.add(start("worker", "--db", url));
        }
        while (count(jdbc, "select count(*) from worker where lease_until > now()") < workers.size()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        Process rescan = start("rescan", "--config", config.toString(), "--db", url);
        while (rescan.isAlive() && count(jdbc, WORKING) < processes) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        long pages = count(jdbc, VISITED);
        long start = System.nanoTime();
        while (rescan.isAlive() && count(jdbc, FREE) > 0) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        double rate = (count(jdbc, VISITED) - pages) / ((System.nanoTime() - start) / 1e9);
        end(rescan);
        workers.forEach(Process::destroy);
        for (Process worker : workers) {
            worker.waitFor();
        }
        return rate;
    }

    private static long count(JdbcTemplate jdbc, String query) {
        Long count = jdbc.queryForObject(query, Long.class);
        return count == null ? 0 : count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private Process start(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=1",
                "-cp",
                System.getProperty("java.class.path"),
                Markwatch.class.getName()));
        words.addAll(List.of(verb));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("processes.log").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private void end(Process process) throws Exception {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("a verb failed: " + Files.readString(folder.resolve("processes.log")));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private void writeConfig(Path config, SyntheticWeb web) throws IOException {
        StringBuilder addresses = new StringBuilder();
        web.resolve()
                .forEach((host, address) -> addresses
                        .append("    ")
                        .append(host)
                        .append(": ")
                        .append(address)
                        .append('\n'));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  max-depth: 50
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        folder.resolve("rules").toAbsolutePath(), addresses));
        Files.writeString(config.resolve("seeds.csv"), "url\n" + String.join("\n", web.seeds()) + "\n");
    }
}
