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
 * {@code scripts/bench rescan}: time of the rescan step with one and with two processes that have one processor each, over the
 * kept text of a generated web. The rounds alternate, so that their ratio is valid on a busy machine too.
 */
public final class RescanBench {
    private static final int HOSTS = 100;
    private static final int MEDIAN_BYTES = 40_000;
    private static final int PATIENCE_SECONDS = 600;

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
            Long kept = jdbc.queryForObject("select count(*) from page_text", Long.class);
            System.out.printf(Locale.ROOT, "%d kept texts%n", kept);
            double[][] seconds = new double[2][rounds];
            for (int round = 0; round < rounds; round++) {
                for (int processes = 1; processes <= 2; processes++) {
                    double taken = rescan(config, url, jdbc, processes, round);
                    seconds[processes - 1][round] = taken;
                    System.out.printf(Locale.ROOT, "round %d, processes %d: %.1f s%n", round, processes, taken);
                }
            }
            double one = median(seconds[0]);
            double two = median(seconds[1]);
            System.out.printf(
                    Locale.ROOT,
                    "medians: one process %.0f pages/s, two %.0f pages/s, %.2f times one%n",
                    (kept == null ? 0 : kept) / one,
                    (kept == null ? 0 : kept) / two,
                    one / two);
        } finally {
            started.forEach(Process::destroyForcibly);
        }
    }

    /** Rescans by rules that no earlier rescan had; returns the seconds that the step took. */
    private double rescan(Path config, String url, JdbcTemplate jdbc, int processes, int round) throws Exception {
        Files.writeString(
                folder.resolve("rules/indicators/bench.csv"),
                "id,type,pattern,group,weight,scope,state,source,match\nbench.word,phrase,word %d %d,voucher,35,heading,live,made up,x\n"
                        .formatted(round, processes)
                        .replace(",x\n", ",word %d %d\n".formatted(round, processes)));
        List<Process> workers = new ArrayList<>();
        for (int worker = 1; worker < processes; worker++) {
            workers.add(start("worker", "--db", url));
        }
        TimeUnit.SECONDS.sleep(8); // the worker waits for runs
        end(start("rescan", "--config", config.toString(), "--db", url));
        workers.forEach(Process::destroy);
        for (Process worker : workers) {
            worker.waitFor();
        }
        Double seconds = jdbc.queryForObject("""
                select extract(epoch from end_time - start_time) from batch_step_execution
                where step_name = 'rescan' order by step_execution_id desc limit 1""", Double.class);
        return seconds == null ? Double.NaN : seconds;
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
