package org.markwatch.cli;

import java.io.BufferedReader;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.markwatch.database.EmbeddedPostgres;

/**
 * {@code scripts/bench hosts}: measures the verb {@code run} over many hosts of two pages each, with default crawl
 * settings. The web answers at once, from a process of its own.
 */
public final class HostsBench {
    private static final int PAGES_PER_HOST = 2;

    private HostsBench() {}

    /** Arguments: hosts, job-config folder with the rules, an empty folder. */
    public static void main(String[] args) throws Exception {
        int hosts = Integer.parseInt(args[0]);
        Path folder = Path.of(args[2]);
        Process web = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowWeb.class.getName(),
                        "0",
                        Integer.toString(PAGES_PER_HOST))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = web.inputReader(StandardCharsets.US_ASCII);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            String port = Objects.requireNonNull(output.readLine(), "the web did not start");
            Path config = writeConfig(folder, Path.of(args[1]).toAbsolutePath(), hosts, port);
            long start = System.nanoTime();
            int code = Markwatch.run(
                    "run",
                    "--config",
                    config.toString(),
                    "--db",
                    postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password());
            double seconds = (System.nanoTime() - start) / 1e9;
            if (code != ExitCode.COMPLETE) {
                throw new IllegalStateException("the run ended with " + code);
            }
            report(hosts, seconds);
        } finally {
            web.destroy();
            web.waitFor();
        }
    }

    private static Path writeConfig(Path folder, Path rules, int hosts, String port) throws Exception {
        List<String> names =
                IntStream.range(0, hosts).mapToObj("h%d.example"::formatted).toList();
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        rules,
                        names.stream()
                                .map(name -> "    " + name + ": 127.0.0.1:" + port)
                                .collect(Collectors.joining("\n"))));
        Files.writeString(
                config.resolve("seeds.csv"),
                names.stream().map(name -> "http://" + name + "/").collect(Collectors.joining("\n", "url\n", "\n")));
        return config;
    }

    private static void report(int hosts, double seconds) {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        long live = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                live += pool.getCollectionUsage().getUsed();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d hosts, %d pages each: %.0f s, %.0f pages/s; CPU %.2f s / 1,000 pages; collecting garbage %.1f %%;"
                        + " heap after the last collection %d of %d MiB%n",
                hosts,
                PAGES_PER_HOST,
                seconds,
                hosts * PAGES_PER_HOST / seconds,
                CrawlBench.cpu() * 1000 / (hosts * PAGES_PER_HOST),
                collecting / 10.0 / seconds,
                live >> 20,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
