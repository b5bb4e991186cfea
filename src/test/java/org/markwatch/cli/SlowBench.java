package org.markwatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.database.EmbeddedPostgres;

/**
 * {@code scripts/bench slow}: the verb {@code run} over many hosts that are slow to answer. The rate is taken at the server, after
 * the start and before the end, and held against what politeness allows: hosts / (latency + delay).
 */
public final class SlowBench {
    /** Turns of a host before the measurement: robots.txt, the seed, and some to get out of step. */
    private static final int TURNS_BEFORE = 5;

    private static final int TURNS_AFTER = 2;

    private final int hosts;
    private final long latencyMillis;
    private final long delayMillis;
    private final long seconds;
    private final Path folder;

    private SlowBench(int hosts, long latencyMillis, long delayMillis, long seconds, Path folder) {
        this.hosts = hosts;
        this.latencyMillis = latencyMillis;
        this.delayMillis = delayMillis;
        this.seconds = seconds;
        this.folder = folder;
    }

    /** Arguments: hosts, latency and delay in ms, seconds to measure, job-config folder with the rules, an empty folder. */
    public static void main(String[] args) throws Exception {
        new SlowBench(
                        Integer.parseInt(args[0]),
                        Long.parseLong(args[1]),
                        Long.parseLong(args[2]),
                        Long.parseLong(args[3]),
                        Path.of(args[5]))
                .run(Path.of(args[4]));
    }

    /** What the web had answered at some moment. */
    private record Count(long nanos, double cpuSeconds, long pages, long robots) {}

    private void run(Path rules) throws Exception {
        Process web = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowWeb.class.getName(),
                        Long.toString(latencyMillis))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = web.inputReader(StandardCharsets.US_ASCII);
                Writer ask = web.outputWriter(StandardCharsets.US_ASCII);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            Path config = writeConfig(rules.toAbsolutePath(), Integer.parseInt(said.readLine()));
            int[] code = {-1};
            Thread run = Thread.ofPlatform()
                    .start(() -> code[0] = Markwatch.run(
                            "run",
                            "--config",
                            config.toString(),
                            "--db",
                            postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password(),
                            "--json",
                            folder.resolve("summary.json").toString()));
            awaitPages((long) hosts * (TURNS_BEFORE - 1), said, ask, run);
            Count before = count(said, ask);
            int threads = 0;
            for (long second = 0; second < seconds; second++) {
                TimeUnit.SECONDS.sleep(1);
                threads = Math.max(threads, ManagementFactory.getThreadMXBean().getThreadCount());
            }
            Count after = count(said, ask);
            boolean early = !run.isAlive();
            run.join();
            if (early || code[0] != ExitCode.COMPLETE) {
                throw new IllegalStateException("the run ended with " + code[0] + (early ? " too early" : ""));
            }
            report(before, after, threads);
        } finally {
            web.destroy();
            web.waitFor();
        }
    }

    private void awaitPages(long pages, BufferedReader said, Writer ask, Thread run) throws Exception {
        while (count(said, ask).pages < pages) {
            if (!run.isAlive()) {
                throw new IllegalStateException("the run ended before " + pages + " pages");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static Count count(BufferedReader said, Writer ask) throws IOException {
        ask.write("\n");
        ask.flush();
        String[] numbers = said.readLine().split(" ", 2);
        return new Count(System.nanoTime(), CrawlBench.cpu(), Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private Path writeConfig(Path rules, int port) throws IOException {
        List<String> names = IntStream.range(0, hosts)
                .mapToObj("slow-%05d.example"::formatted)
                .toList();
        Path config = Files.createDirectories(folder.resolve("config"));
        long turns = seconds * 1000 / (latencyMillis + delayMillis) + 1;
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: %dms
                  max-depth: 20
                  max-pages: %d
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        rules,
                        delayMillis,
                        TURNS_BEFORE + turns + TURNS_AFTER,
                        names.stream()
                                .map(name -> "    " + name + ": 127.0.0.1:" + port)
                                .collect(Collectors.joining("\n"))));
        Files.writeString(
                config.resolve("seeds.csv"),
                names.stream().map(name -> "http://" + name + "/").collect(Collectors.joining("\n", "url\n", "\n")));
        return config;
    }

    private void report(Count before, Count after, int threads) {
        double ideal = hosts * 1000.0 / (latencyMillis + delayMillis);
        double measured = (after.pages - before.pages) / ((after.nanos - before.nanos) / 1e9);
        List<MemoryPoolMXBean> pools = new ArrayList<>(ManagementFactory.getMemoryPoolMXBeans());
        pools.removeIf(pool -> pool.getType() != MemoryType.HEAP || pool.getCollectionUsage() == null);
        long heap =
                pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                Locale.ROOT,
                "%d hosts, latency %d ms, delay %d ms: %.1f pages/s over %d s, of %.1f that politeness allows: %.1f %%%n",
                hosts,
                latencyMillis,
                delayMillis,
                measured,
                seconds,
                ideal,
                100 * measured / ideal);
        System.out.printf(
                Locale.ROOT,
                "CPU %.2f s / 1,000 pages; robots.txt asked for %d times; at most %d platform threads; heap peaks %d of %d MiB%n",
                1000 * (after.cpuSeconds - before.cpuSeconds) / (after.pages - before.pages),
                after.robots,
                threads,
                heap >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
