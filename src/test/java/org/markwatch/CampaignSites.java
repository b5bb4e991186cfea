package org.markwatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The sites that a campaign with several processes crawls: hosts on one address of loopback, each a seed, whose server measures
 * how they are asked. Each page leads to two further ones and to an earlier one; one in five sells for cards.
 */
final class CampaignSites implements AutoCloseable {
    /** Delay between two requests to a host, in the job-config. */
    static final Duration DELAY = Duration.ofMillis(300);

    /** Time that the server takes for each answer. */
    static final Duration LATENCY = Duration.ofMillis(50);

    private final int hosts;
    private final int pagesOfHost;
    private final TraceServer server = new TraceServer(this::page);

    /** @param pages pages of all hosts; each host has two or more */
    CampaignSites(int hosts, int pages) {
        this.hosts = hosts;
        this.pagesOfHost = Math.max(2, pages / hosts);
    }

    /**
     * How the hosts were asked.
     *
     * @param requests     requests to the hosts but for the first one to each
     * @param shortest     shortest time from an answer to the next request to the host
     * @param tooShort     times below {@link #DELAY}
     * @param mostInFlight largest number of concurrent requests to one host
     */
    record Spacing(int requests, Duration shortest, long tooShort, int mostInFlight) {}

    /** Returns the number of pages of each host. */
    int pagesOfHost() {
        return pagesOfHost;
    }

    /** Returns the number of pages of all hosts. */
    int pages() {
        return hosts * pagesOfHost;
    }

    /** Returns the server of all hosts. */
    TraceServer server() {
        return server;
    }

    /** Returns the URLs of all pages. */
    Set<String> urls() {
        return names().flatMap(name -> IntStream.range(0, pagesOfHost).mapToObj(page -> "http://" + name + path(page)))
                .collect(Collectors.toSet());
    }

    private Stream<String> names() {
        return IntStream.range(0, hosts).mapToObj("site-%04d.example"::formatted);
    }

    private static String path(int page) {
        return page == 0 ? "/" : "/p" + page;
    }

    private Reply page(String host, String path) {
        if (path.equals("/robots.txt")) {
            return Reply.missing();
        }
        int page = path.equals("/") ? 0 : Integer.parseInt(path.substring(2));
        String links = IntStream.of(2 * page + 1, 2 * page + 2, (page + 7) % pagesOfHost)
                .filter(next -> next < pagesOfHost)
                .mapToObj(next -> "<a href=\"%s\">more</a> ".formatted(path(next)))
                .collect(Collectors.joining());
        String offer = page % 5 == 3
                ? "<h2>Membership</h2><p>30-day membership for $29.95. Buy now.</p><p>We accept Visa and Mastercard.</p>"
                : "<p>Opening hours of " + host + " and the way to it, page " + page + ".</p>";
        return Reply.page("<title>Page " + page + " of " + host + "</title>" + offer + links, LATENCY);
    }

    /**
     * Writes a job-config with the shipped rules and these seeds.
     *
     * @param folder   folder of the job-config; created if it is missing
     * @param sections further sections of {@code markwatch.yaml}, or empty
     * @param crawl    further lines of the section {@code crawl}, indented, or empty
     */
    void writeConfig(Path folder, String sections, String crawl) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                %s
                crawl:
                  delay: %dms
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                %s
                  resolve:
                %s
                """.formatted(
                        Path.of("job-config").toAbsolutePath(),
                        sections,
                        DELAY.toMillis(),
                        crawl,
                        names().map(name -> "    %s: %s".formatted(name, server.address()))
                                .collect(Collectors.joining("\n"))));
        Files.writeString(
                folder.resolve("seeds.csv"),
                names().map(name -> "http://" + name + "/").collect(Collectors.joining("\n", "url\n", "\n")));
    }

    /** Makes each page of a database new again. */
    static void forget(JdbcTemplate jdbc) {
        jdbc.execute("truncate frontier; delete from finding; delete from page; update seed set known = 0, texts = 0");
    }

    /** Returns how the hosts have been asked so far. */
    Spacing spacing() {
        List<Duration> gaps =
                names().flatMap(name -> server.gaps(name).stream()).sorted().toList();
        return new Spacing(
                gaps.size(),
                gaps.isEmpty() ? Duration.ofDays(1) : gaps.getFirst(),
                gaps.stream().filter(gap -> gap.compareTo(DELAY) < 0).count(),
                names().mapToInt(server::mostInFlight).max().orElse(0));
    }

    @Override
    public void close() {
        server.close();
    }
}
