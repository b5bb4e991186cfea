package org.markwatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.schema.Schema;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code scripts/bench workers}: rate of one run with one, two and four processes that work on it, over hosts that answer in a
 * second. Exits with 1 if two or four processes miss the aim. Each process has few crawler threads, so that it waits for hosts and not for the processor. The server counts the
 * answers.
 */
public final class WorkersBench {
    private static final long LATENCY_MILLIS = 1000;
    /** Least rate of a number of processes, in times the rate of one. */
    private static final SortedMap<Integer, Double> AIMS = new TreeMap<>(Map.of(1, 1.0, 2, 1.9, 4, 3.6));

    private static final int PATIENCE_SECONDS = 300;

    private final int hosts;
    private final int threads;
    private final long seconds;
    private final Path folder;

    private WorkersBench(int hosts, int threads, long seconds, Path folder) {
        this.hosts = hosts;
        this.threads = threads;
        this.seconds = seconds;
        this.folder = folder;
    }

    /** Arguments: hosts, crawler threads of each process, seconds to measure, job-config folder with the rules, an empty folder. */
    public static void main(String[] args) throws Exception {
        boolean met = new WorkersBench(
                        Integer.parseInt(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]), Path.of(args[4]))
                .run(Path.of(args[3]));
        System.exit(met ? 0 : 1);
    }

    /** Returns whether the aims are met. */
    private boolean run(Path rules) throws Exception {
        Process web = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowWeb.class.getName(),
                        Long.toString(LATENCY_MILLIS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = web.inputReader(StandardCharsets.US_ASCII);
                Writer input = web.outputWriter(StandardCharsets.US_ASCII);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            Path config = writeConfig(rules.toAbsolutePath(), Integer.parseInt(output.readLine()));
            new Schema(OpenDatabase.source(postgres.jdbcUrl(), postgres.user(), postgres.password())).migrate();
            double one = 0;
            boolean met = true;
            for (Map.Entry<Integer, Double> aimed : AIMS.entrySet()) {
                int processes = aimed.getKey();
                double aim = aimed.getValue();
                double rate = rate(processes, config, postgres, output, input);
                one = processes == 1 ? rate : one;
                met &= rate >= aim * one;
                System.out.printf(
                        Locale.ROOT,
                        "%d process%s of %d threads, %d hosts that answer in %d ms: %.1f answers/s, %.2f times one (aim %.1f)%n",
                        processes,
                        processes == 1 ? "" : "es",
                        threads,
                        hosts,
                        LATENCY_MILLIS,
                        rate,
                        rate / one,
                        aim);
            }
            return met;
        } finally {
            web.destroy();
            web.waitFor();
        }
    }

    private double rate(int processes, Path config, EmbeddedPostgres postgres, BufferedReader output, Writer input)
            throws Exception {
        String url = postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
        JdbcTemplate jdbc = new JdbcTemplate(OpenDatabase.source(url, null, null));
        List<Process> started = new ArrayList<>();
        try {
            started.add(start("run", "--new", "--config", config.toString(), "--db", url));
            for (int worker = 1; worker < processes; worker++) {
                started.add(start("worker", "--db", url));
            }
            awaitWorkers(processes, jdbc);
            long before = answers(output, input);
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            long after = answers(output, input);
            return (after - before) / ((System.nanoTime() - start) / 1e9);
        } finally {
            started.forEach(Process::destroy);
            for (Process process : started) {
                process.waitFor();
            }
        }
    }

    private Process start(String... verb) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Markwatch.class.getName()));
        words.addAll(List.of(verb));
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("processes.log").toFile()))
                .start();
    }

    /** Waits until each process has its share of the partitions, and some seconds more. */
    private static void awaitWorkers(int processes, JdbcTemplate jdbc) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Integer sharing = jdbc.queryForObject("""
                    select count(*) from (
                        select worker from crawl_partition
                        where run_id = (select max(id) from run) and not done and worker is not null
                        group by worker having count(*) >= 48 / ?) w""", Integer.class, processes);
            if (sharing != null && sharing == processes) {
                TimeUnit.SECONDS.sleep(5);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("the processes did not share the run within " + PATIENCE_SECONDS + " s");
    }

    private static long answers(BufferedReader output, Writer input) throws IOException {
        input.write("\n");
        input.flush();
        String[] numbers = output.readLine().split(" ", 2);
        return Long.parseLong(numbers[0]) + Long.parseLong(numbers[1]);
    }

    private Path writeConfig(Path rules, int port) throws IOException {
        List<String> names = IntStream.range(0, hosts)
                .mapToObj("slow-%05d.example"::formatted)
                .toList();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  threads: %d
                  max-depth: 20
                  max-pages: 1000
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        rules,
                        threads,
                        names.stream()
                                .map(name -> "    " + name + ": 127.0.0.1:" + port)
                                .collect(Collectors.joining("\n"))));
        Files.writeString(
                config.resolve("seeds.csv"),
                names.stream().map(name -> "http://" + name + "/").collect(Collectors.joining("\n", "url\n", "\n")));
        return config;
    }
}
