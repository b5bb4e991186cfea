package org.markwatch.cli;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.markwatch.crawl.fetch.FetchBaseline;
import org.markwatch.database.EmbeddedPostgres;
import org.markwatch.demo.SyntheticWebMain;
import org.markwatch.schema.Schema;
import org.markwatch.url.HttpUrl;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code scripts/bench crawl}: compares the whole job with two limits, the same client that only downloads a given list
 * of the same URLs, and one that downloads and parses them. All three run in one warm process and in alternating
 * rounds, so that their ratios are valid on a busy machine too. The web and PostgreSQL are separate processes.
 */
public final class CrawlBench {
    private static final int MEDIAN_BYTES = 40_000;
    private static final int INDICATORS = 10_000;

    private final int hosts;
    private final int pagesPerHost;
    private final Path folder;

    private CrawlBench(int hosts, int pagesPerHost, Path folder) {
        this.hosts = hosts;
        this.pagesPerHost = pagesPerHost;
        this.folder = folder;
    }

    /** One measurement: wall seconds, CPU seconds of this process, CPU seconds of PostgreSQL. */
    private record Lap(double wall, double cpu, double databaseCpu) {}

    private interface Workload {
        void run() throws Exception;
    }

    /**
     * Arguments: hosts, pages a host, rounds, job-config folder with the rules, an empty folder to work in, crawl or
     * again.
     */
    public static void main(String[] args) throws Exception {
        CrawlBench bench = new CrawlBench(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Path.of(args[4]));
        int rounds = Integer.parseInt(args[2]);
        if (args[5].equals("again")) {
            bench.again(rounds, Path.of(args[3]));
        } else {
            bench.run(rounds, Path.of(args[3]));
        }
    }

    private void run(int rounds, Path rules) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        writeRules(rules, folder.resolve("rules"));
        Process web = startWeb(config);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            Watchlist watchlist = WatchlistReader.read(config);
            List<HttpUrl> urls = IntStream.range(0, pagesPerHost)
                    .boxed()
                    .flatMap(page -> IntStream.range(0, hosts).mapToObj(host -> url(host, page)))
                    .toList();
            List<Lap> download = new ArrayList<>();
            List<Lap> parse = new ArrayList<>();
            List<Lap> job = new ArrayList<>();
            try (FetchBaseline limits = new FetchBaseline(watchlist.settings().crawl())) {
                for (int round = 0; round <= rounds; round++) {
                    download.add(lap(() -> limits.download(urls)));
                    parse.add(lap(() -> limits.downloadAndParse(urls)));
                    renew(postgres); // otherwise the next run would find every page unchanged
                    job.add(job(config, postgres, "fetched"));
                    System.err.printf(
                            Locale.ROOT,
                            "round %d%s: download %.1f s, download + parse %.1f s, job %.1f s%n",
                            round,
                            round == 0 ? " (warm-up, not counted)" : "",
                            download.getLast().wall,
                            parse.getLast().wall,
                            job.getLast().wall);
                }
            }
            report(download.subList(1, rounds + 1), parse.subList(1, rounds + 1), job.subList(1, rounds + 1));
        } finally {
            web.destroy();
            web.waitFor();
        }
    }

    /** {@code scripts/bench again}: a run with an empty database, and the next run over the same web. */
    private void again(int rounds, Path rules) throws Exception {
        Path config = Files.createDirectories(folder.resolve("config"));
        writeRules(rules, folder.resolve("rules"));
        Process web = startWeb(config);
        List<Lap> first = new ArrayList<>();
        List<Lap> second = new ArrayList<>();
        List<Lap> start = new ArrayList<>();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            for (int round = 0; round <= rounds; round++) {
                renew(postgres);
                first.add(job(config, postgres, "fetched"));
                second.add(job(config, postgres, "notModified"));
                start.add(lap(() -> markwatch("status", config, postgres)));
                System.err.printf(
                        Locale.ROOT,
                        "round %d%s: first run %.1f CPU s, second %.1f%n",
                        round,
                        round == 0 ? " (warm-up, not counted)" : "",
                        first.getLast().cpu,
                        second.getLast().cpu);
            }
        } finally {
            web.destroy();
            web.waitFor();
        }
        System.out.printf(
                Locale.ROOT,
                "%d hosts x %d pages, entity tags; %d indicators; medians of %d rounds, including the start of"
                        + " the program%n",
                hosts,
                pagesPerHost,
                INDICATORS,
                rounds);
        System.out.printf("%-18s %9s %20s %26s%n", "", "pages/s", "CPU s / 1,000 pages", "PostgreSQL CPU s / 1,000");
        line("first run", first.subList(1, rounds + 1));
        line("second run", second.subList(1, rounds + 1));
        line("start only", start.subList(1, rounds + 1));
        ratio("second / first, JVM", first, second, Lap::cpu);
        ratio("second / first, with PostgreSQL", first, second, lap -> lap.cpu + lap.databaseCpu);
        double warm = median(first.subList(1, rounds + 1), Lap::cpu);
        System.out.printf(
                Locale.ROOT,
                "first run of the process: %.1f CPU s, %.2f times a later one%n",
                first.getFirst().cpu,
                first.getFirst().cpu / warm);
    }

    private static void ratio(String name, List<Lap> first, List<Lap> second, ToDoubleFunction<Lap> cpu) {
        double[] ratios = IntStream.range(1, first.size())
                .mapToDouble(i -> cpu.applyAsDouble(second.get(i)) / cpu.applyAsDouble(first.get(i)))
                .toArray();
        System.out.printf(Locale.ROOT, "%s: %.1f %%%n", name, 100 * median(ratios));
    }

    /** Makes an empty database with all tables, whose creation is no part of a night. */
    private static void renew(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade");
            statement.execute("create schema public");
        }
        new Schema(OpenDatabase.source(postgres.jdbcUrl(), postgres.user(), postgres.password())).migrate();
    }

    private static HttpUrl url(int host, int page) {
        String path = page == 0 ? "/" : "/articles/" + page + ".html";
        return HttpUrl.of("http://site-%04d.example%s".formatted(host, path));
    }

    private Process startWeb(Path config) throws IOException, InterruptedException {
        Process web = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SyntheticWebMain.class.getName(),
                        Integer.toString(hosts),
                        Integer.toString(pagesPerHost),
                        config.toString(),
                        folder.resolve("rules").toString(),
                        Integer.toString(MEDIAN_BYTES))
                .inheritIO()
                .start();
        for (int i = 0; i < 600 && web.isAlive() && !Files.exists(config.resolve("port")); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!web.isAlive()) {
            throw new IllegalStateException("the web did not start; see its output above");
        }
        return web;
    }

    /** Writes the built-in rules, and phrases of made-up words up to {@link #INDICATORS} indicators. */
    private static void writeRules(Path from, Path to) throws IOException {
        for (String folder : new String[] {"brands", "indicators"}) {
            Files.createDirectories(to.resolve(folder));
            try (Stream<Path> files = Files.list(from.resolve(folder))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, to.resolve(folder).resolve(file.getFileName()));
                }
            }
        }
        Files.copy(from.resolve("policies.yaml"), to.resolve("policies.yaml"));
        long builtIn = 0;
        try (Stream<Path> files = Files.list(to.resolve("indicators"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                boolean table = file.toString().endsWith(".csv");
                builtIn += Files.readAllLines(file).stream()
                        .filter(line ->
                                table ? !line.startsWith("id,") : line.strip().startsWith("- id:"))
                        .count();
            }
        }
        StringBuilder csv = new StringBuilder("id,type,pattern,group,weight,scope,source,match\n");
        String[] parts = "ba ce di fo gu ha je ki lo mu na pe ri so tu va wel xan yor zin".split(" ", -1);
        for (int i = 0; i < INDICATORS - builtIn; i++) {
            String phrase = parts[i % 20] + parts[i / 20 % 20] + " " + parts[i / 400 % 20] + parts[(i / 8000 + i) % 20];
            csv.append("bench.%d,phrase,%s,checkout,1,heading|text|link,made up,%2$s\n".formatted(i, phrase));
        }
        Files.writeString(to.resolve("indicators").resolve("bench.csv"), csv);
    }

    /**
     * The verb {@code run}; its wall seconds are those from the run's start to its end, without the start of Spring.
     */
    private Lap job(Path config, EmbeddedPostgres postgres, String disposition) throws Exception {
        Path summary = folder.resolve("summary.json");
        Lap lap = lap(() -> markwatch("run", config, postgres, "--new", "--json", summary.toString()));
        JsonNode json = JsonMapper.shared().readTree(Files.readString(summary));
        long pages = json.get("pages").get(disposition).asLong();
        if (pages != (long) hosts * pagesPerHost) {
            throw new IllegalStateException("the job ended with " + pages + " pages " + disposition);
        }
        Duration wall = Duration.between(
                Instant.parse(json.get("startedAt").asString()),
                Instant.parse(json.get("endedAt").asString()));
        return new Lap(wall.toMillis() / 1e3, lap.cpu, lap.databaseCpu);
    }

    private static void markwatch(String verb, Path config, EmbeddedPostgres postgres, String... options) {
        List<String> words = new ArrayList<>(List.of(
                verb,
                "--config",
                config.toString(),
                "--db",
                postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password()));
        words.addAll(List.of(options));
        int code = Markwatch.run(words.toArray(String[]::new));
        if (code != ExitCode.COMPLETE) {
            throw new IllegalStateException(verb + " ended with " + code);
        }
    }

    private Lap lap(Workload work) throws Exception {
        double cpu = cpu();
        double databaseCpu = databaseCpu();
        long start = System.nanoTime();
        work.run();
        return new Lap((System.nanoTime() - start) / 1e9, cpu() - cpu, databaseCpu() - databaseCpu);
    }

    /** Returns the CPU time of this process in seconds. */
    static double cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    /**
     * Returns the CPU time of PostgreSQL and its backends in seconds (proc(5), fields 14 to 17 of stat; 100 ticks a
     * second).
     */
    private double databaseCpu() throws IOException {
        String server =
                Files.readAllLines(folder.resolve("data/pgdata/postmaster.pid")).getFirst();
        long ticks = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String[] stat = stat(process);
                if (stat.length > 15 && (stat[1].equals(server) || process.endsWith(server))) {
                    ticks += Arrays.stream(stat, 11, 15)
                            .mapToLong(Long::parseLong)
                            .sum();
                }
            }
        }
        return ticks / 100.0;
    }

    /** Returns the fields of stat after the process name: state, parent and so on. */
    private static String[] stat(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        } catch (IOException e) {
            return new String[0]; // the process has ended
        }
    }

    private void report(List<Lap> download, List<Lap> parse, List<Lap> job) throws IOException {
        System.out.printf(
                Locale.ROOT,
                "%d hosts x %d pages, gzip, log-normal around %d bytes; %d indicators; medians of %d rounds%n",
                hosts,
                pagesPerHost,
                MEDIAN_BYTES,
                INDICATORS,
                job.size());
        System.out.printf("%-18s %9s %20s %26s%n", "", "pages/s", "CPU s / 1,000 pages", "PostgreSQL CPU s / 1,000");
        line("download", download);
        line("download + parse", parse);
        line("whole job", job);
        double[] ratios = IntStream.range(0, job.size())
                .mapToDouble(i -> parse.get(i).wall / job.get(i).wall)
                .toArray();
        System.out.printf(Locale.ROOT, "job / download + parse: %.0f %%%n", 100 * median(ratios));
        System.out.printf(
                Locale.ROOT,
                "job / download + parse, CPU time: %.1f times%n",
                median(job, Lap::cpu) / median(parse, Lap::cpu));
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(line -> System.out.println(
                        "peak memory of this process: " + line.substring(6).strip()));
    }

    private void line(String name, List<Lap> laps) {
        int pages = hosts * pagesPerHost;
        System.out.printf(
                Locale.ROOT,
                "%-18s %9.0f %20.2f %26.2f%n",
                name,
                pages / median(laps, Lap::wall),
                1000 * median(laps, Lap::cpu) / pages,
                1000 * median(laps, Lap::databaseCpu) / pages);
    }

    private static double median(List<Lap> laps, ToDoubleFunction<Lap> value) {
        return median(laps.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
