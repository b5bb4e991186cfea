package org.markwatch.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a job-config for a {@link SyntheticWeb} and serves the web until the process ends. Used by benchmarks. */
public final class SyntheticWebMain {
    private static final String USAGE = """
            usage: SyntheticWebMain HOSTS PAGES_PER_HOST FOLDER RULES_FROM [MEDIAN_BYTES]
            writes to FOLDER: markwatch.yaml, seeds.csv, marked.txt (pages that a run should queue) and, once it serves, port
            RULES_FROM: folder with brands, indicators and policies, absolute or relative to FOLDER""";

    private static final int DEFAULT_MEDIAN_BYTES = 4096;
    private static final long SEED = 20_260_101;

    private SyntheticWebMain() {}

    /**
     * Starts the web and writes the job-config.
     *
     * @throws IllegalArgumentException if the number of arguments is wrong; contains the usage
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 4 || args.length > 5) {
            throw new IllegalArgumentException(USAGE);
        }
        int medianBytes = args.length == 5 ? Integer.parseInt(args[4]) : DEFAULT_MEDIAN_BYTES;
        SyntheticWeb.Plan plan =
                new SyntheticWeb.Plan(Integer.parseInt(args[0]), Integer.parseInt(args[1]), medianBytes, SEED);
        // The thread of the server keeps the process alive.
        SyntheticWeb web = SyntheticWeb.start(plan);
        writeConfig(web, plan, Path.of(args[2]), args[3]);
    }

    /**
     * Writes a job-config folder that crawls the web without politeness delay.
     *
     * @param rulesFrom folder with brands, indicators and policies, absolute or relative to {@code folder}
     */
    static void writeConfig(SyntheticWeb web, SyntheticWeb.Plan plan, Path folder, String rulesFrom)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0s
                  max-depth: 20
                  max-pages: %d
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                """.formatted(
                        rulesFrom.replace("'", "''"),
                        plan.pagesPerHost(),
                        lines(web.resolve().entrySet().stream()
                                .map(entry -> "    %s: %s".formatted(entry.getKey(), entry.getValue())))));
        Files.writeString(folder.resolve("seeds.csv"), "url\n" + lines(web.seeds().stream()) + "\n");
        Files.writeString(folder.resolve("marked.txt"), lines(web.markedPages()) + "\n");
        String address = web.resolve().values().iterator().next();
        // Written last and renamed, so that all files are complete when a script finds this one.
        Path unfinished =
                Files.writeString(folder.resolve("port.unfinished"), address.substring(address.indexOf(':') + 1));
        Files.move(unfinished, folder.resolve("port"), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"));
    }
}
