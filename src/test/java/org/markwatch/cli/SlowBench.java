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
 * {@code scripts/bench slow}: measures the verb {@code run} over many slow hosts. The server counts the pages, after
 * the start and before the end of the run. The rate is compared with what politeness allows: hosts / (latency + delay).
 */
public final class SlowBench {
    /**
     * Requests to each host before the measurement: robots.txt, the seed, and some more so that hosts are out of phase.
     */
    private static final int REQUESTS_BEFORE = 5;

    private static final int REQUESTS_AFTER = 2;

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

    /**
     * Arguments: hosts, latency and delay in ms, seconds to measure, job-config folder with the rules, an empty folder.
     */
    public static void main(String[] args) throws Exception {
        new SlowBench(
                        Integer.parseInt(args[0]),
                        Long.parseLong(args[1]),
                        Long.parseLong(args[2]),
                        Long.parseLong(args[3]),
                        Path.of(args[5]))
                .run(Path.of(args[4]));
    }

    /** Counts of the web at a moment. */
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
        try (BufferedReader output = web.inputReader(StandardCharsets.US_ASCII);
                Writer input = web.outputWriter(StandardCharsets.US_ASCII);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            Path config = writeConfig(rules.toAbsolutePath(), Integer.parseInt(output.readLine()));
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
            awaitPages((long) hosts * (REQUESTS_BEFORE - 1), output, input, run);
            Count before = count(output, input);
            int threads = 0;
            for (long second = 0; second < seconds; second++) {
                TimeUnit.SECONDS.sleep(1);
                threads = Math.max(threads, ManagementFactory.getThreadMXBean().getThreadCount());
            }
            Count after = count(output, input);
            boolean early = !run.isAlive();
            run.join();
            if (early || code[0] != ExitCode.COMPLETE) {
                throw new IllegalStateException(
                        "the run ended with " + code[0] + (early ? " before the end of the measurement" : ""));
            }
            report(before, after, threads);
        } finally {
            web.destroy();
            web.waitFor();
        }
    }

    private void awaitPages(long pages, BufferedReader output, Writer input, Thread run) throws Exception {
        while (count(output, input).pages < pages) {
            if (!run.isAlive()) {
                throw new IllegalStateException("the run ended before " + pages + " pages");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static Count count(BufferedReader output, Writer input) throws IOException {
        input.write("\n");
        input.flush();
        String[] numbers = output.readLine().split(" ", 2);
        return new Count(System.nanoTime(), CrawlBench.cpu(), Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }

    private Path writeConfig(Path rules, int port) throws IOException {
        List<String> names = IntStream.range(0, hosts)
                .mapToObj("slow-%05d.example"::formatted)
                .toList();
        Path config = Files.createDirectories(folder.resolve("config"));
        long requests = seconds * 1000 / (latencyMillis + delayMillis) + 1;
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
                        REQUESTS_BEFORE + requests + REQUESTS_AFTER,
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
                "%d hosts, latency %d ms, delay %d ms: %.1f pages/s over %d s, of %.1f that politeness allows:"
                        + " %.1f %%%n",
                hosts,
                latencyMillis,
                delayMillis,
                measured,
                seconds,
                ideal,
                100 * measured / ideal);
        System.out.printf(
                Locale.ROOT,
                "CPU %.2f s / 1,000 pages; %d requests for robots.txt; at most %d platform threads; heap peaks"
                        + " %d of %d MiB%n",
                1000 * (after.cpuSeconds - before.cpuSeconds) / (after.pages - before.pages),
                after.robots,
                threads,
                heap >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
