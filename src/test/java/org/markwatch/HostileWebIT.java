package org.markwatch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.markwatch.crawl.fetch.RawServer;
import org.markwatch.crawl.run.Runs;
import org.markwatch.database.TestDatabase;
import org.markwatch.job.NightlyJob;
import org.markwatch.job.RunOutcome;
import org.markwatch.queue.Audit;
import org.markwatch.report.AttestationFile;
import org.markwatch.report.Export;
import org.markwatch.report.Exports;
import org.markwatch.report.Format;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistReader;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** One run over a web in which every host but one is hostile, each in a different way. */
class HostileWebIT {
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };
    private static final int GOOD_PAGES = 40;
    /** Bytes of a body that determine its media type (WHATWG MIME Sniffing section 5.2). */
    private static final int PREFIX = 1445;

    @TempDir
    private static Path folder;

    private static final CountDownLatch OVER = new CountDownLatch(1);
    private static final Map<String, RawServer> SERVERS = new LinkedHashMap<>();
    private static final Map<String, String> ENDS = new TreeMap<>();
    private static final PGSimpleDataSource DATABASE = TestDatabase.fresh();
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);
    private static ConfigurableApplicationContext context;
    private static RunOutcome night;

    @BeforeAll
    static void crawl() throws Exception {
        pictures();
        floods();
        brokenHttp();
        redirects();
        traps();
        host("good", "fetched", (path, out) -> {
            int page = path.equals("/") ? 0 : Integer.parseInt(path.substring(1));
            html(
                    out,
                    page < GOOD_PAGES
                            ? "Page " + inLetters(page) + " <a href='/" + (page + 1) + "'>next</a>"
                            : "the end");
        });
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 0ms
                  max-depth: 100
                  max-pages: 5000
                  timeout: 5s
                  max-body: 1 MiB
                  allowed-private-ranges: [127.0.0.0/8]
                """.formatted(
                        Path.of("job-config").toAbsolutePath()));
        List<String> seeds = SERVERS.values().stream()
                .map(server -> server.url("/").toString())
                .toList();
        Files.writeString(folder.resolve("seeds.csv"), "url\n" + String.join("\n", seeds) + "\n");
        Watchlist watchlist = WatchlistReader.read(folder);
        context = NightContext.start(watchlist, DATABASE);
        night = context.getBean(NightlyJob.class).run(watchlist, false);
    }

    @AfterAll
    static void close() {
        OVER.countDown();
        if (context != null) {
            context.close();
        }
        SERVERS.values().forEach(RawServer::close);
    }

    @Test
    void everyUrlHasOneDisposition() {
        assertThat(night.failure()).isNull();
        assertThat(night.status()).isEqualTo(Runs.Status.COMPLETE);
        assertThat(count("select count(*) from frontier")).isZero();
        assertThat(count("select count(*) from page"))
                .isEqualTo(count("select count(disposition) from page"))
                .isEqualTo(count("select count(distinct url) from page"));
    }

    @Test
    void everySeedHasExpectedDisposition() {
        Map<String, String> ended = new TreeMap<>();
        SERVERS.forEach((name, server) -> ended.put(
                name,
                JDBC.queryForObject(
                        "select disposition || coalesce(' ' || lower(kind), '') || coalesce(' ' || cause, '') from page where url = ?",
                        String.class,
                        server.url("/").toString())));

        assertThat(ended).isEqualTo(ENDS);
    }

    @Test
    void requestsNoPicture() {
        SERVERS.forEach((name, server) -> assertThat(server.requests())
                .as(name)
                .allSatisfy(request ->
                        assertThat(request).doesNotContainPattern("(?i)\\.(png|jpe?g|gif|svg|webp|mp4|mp3|ico)")));
    }

    @Test
    void attestsThatNoPictureWasRequestedOrAccepted() throws IOException {
        StringBuilder out = new StringBuilder();
        context.getBean(Exports.class).write(Export.ATTESTATION, night.run(), Format.TSV, out);
        AttestationFile attestation = AttestationFile.of(out.toString());
        attestation.compare(context.getBean(Audit.class));

        assertThat(attestation.discrepancies()).isEmpty();
        assertThat(out.toString().lines())
                .contains("picturesRequested\t\t0", "pictureBytesAccepted\t\t0")
                .filteredOn(line -> line.startsWith("bytesAccepted\t"))
                .allMatch(line -> line.startsWith("bytesAccepted\ttext/html\t"));
        assertThat(count("select coalesce(max(bytes), 0) from page where kind in ('IMAGE', 'VIDEO', 'AUDIO')"))
                .isLessThanOrEqualTo(PREFIX);
        assertThat(count("select count(*) from page where kind = 'IMAGE' and status > 0"))
                .isPositive();
    }

    @Test
    void leavesTrapsBeforeTheirPageBudgetIsUsed() {
        assertThat(JDBC.queryForList(
                        "select distinct reason from page where reason like 'beyond max_pages%'", String.class))
                .isEmpty();
        for (String trap : List.of("calendar", "growing path", "filter combinations", "soft 404")) {
            assertThat(server(trap).requests()).as(trap).hasSizeLessThan(250);
        }
    }

    @Test
    void hostileHostsDoNotDelayOtherHosts() {
        String last = server("good").url("/" + GOOD_PAGES).toString();
        String slow = server("no response").url("/").toString();
        assertThat(count("select count(*) from page where url = ? and disposition = 'fetched'", last))
                .isOne();
        assertThat(JDBC.queryForObject(
                        "select (select fetched_at from page where url = ?) < (select fetched_at from page where url = ?)",
                        Boolean.class,
                        last,
                        slow))
                .isTrue();
    }

    // ---- hosts ---------------------------------------------------------------------------------------------------

    private static void pictures() throws IOException {
        host("typed picture", "refused image", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: image/png");
            out.endless(new byte[8192]);
        });
        host("picture typed as html", "refused image", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes(PNG);
            out.endless(new byte[8192]);
        });
        host("picture without a type", "refused image", (path, out) -> {
            out.head("HTTP/1.1 200 OK");
            out.bytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16});
        });
        byte[] packed = gzip(Arrays.copyOf(PNG, 100_000));
        host("compressed picture", "refused image", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip");
            out.bytes(packed);
        });
        host("svg typed as html", "refused image", (path, out) -> html(out, "<?xml version='1.0'?><svg></svg>"));
        byte[] noise = new byte[60_000];
        new Random(7).nextBytes(noise);
        host("binary data after text", "refused other_type", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes("<p>prices and plans".repeat(500).getBytes(UTF_8));
            out.bytes(noise);
        });
        host("stray zero bytes in text", "fetched", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes("<p>Pri\0ces and plans\0\0</p>".getBytes(UTF_8));
            out.bytes(new byte[64]);
        });
        host("picture after zero bytes", "refused image", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.bytes(new byte[64]);
            out.bytes(PNG);
            out.bytes(noise);
        });
        host(
                "media references only",
                "fetched",
                (path, out) -> html(
                        out,
                        "<link rel=icon href=i.ico><img src=a.png srcset='b.png 2x'><video src=c.mp4 poster=d.jpg></video>"
                                + "<a href=e.jpg>x</a><a href=f.mp4>x</a><object data=g.svg></object><embed src=h.gif>"
                                + "<meta property=og:image content=/i.png><img src='data:image/png;base64,iVBORw0KGgo='>"
                                + "<meta http-equiv=refresh content='0;url=/j.webp'><iframe src=k.png></iframe>"));
    }

    private static void floods() throws IOException {
        host("endless page", "fetched", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            out.endless("<p>We take cards. ".repeat(500).getBytes(UTF_8));
        });
        byte[] bomb = gzip(new byte[0], 16 << 20);
        host("gzip bomb", "refused limit", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip");
            out.bytes(bomb);
        });
        host("endless headers", "failed protocol", (path, out) -> {
            out.bytes("HTTP/1.1 200 OK\r\n".getBytes(UTF_8));
            out.endless("X-Flood: flood\r\n".repeat(100).getBytes(UTF_8));
        });
        byte[] drop =
                "drip ".repeat(20).getBytes(UTF_8); // large enough that the time-out ends it, not the minimum rate
        host("slow body", "failed timeout", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html");
            while (!OVER.await(50, TimeUnit.MILLISECONDS)) {
                out.bytes(drop);
            }
        });
        host("no response", "failed timeout", (path, out) -> OVER.await());
        host("deep page", "fetched", (path, out) -> html(out, "<div>".repeat(100_000)));
    }

    private static void brokenHttp() {
        raw("broken chunks", "failed protocol", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello");
        raw("short body", "failed protocol", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort");
        raw("status 000", "failed protocol", "HTTP/1.1 000 None\r\nContent-Length: 1\r\n\r\na");
        raw("no headers", "failed protocol", "<p>HTTP/0.9 had none</p>");
        raw("unknown encoding", "failed encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nhello");
        host("wrong charset", "fetched", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", "Connection: close");
            out.bytes("<p>Оплата и доставка по всей стране".getBytes(Charset.forName("KOI8-R")));
        });
        host("empty gzip members", "refused limit", (path, out) -> {
            out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Encoding: gzip", "Connection: close");
            ByteArrayOutputStream member = new ByteArrayOutputStream();
            new GZIPOutputStream(member).close();
            for (int i = 0; i < 20_000; i++) {
                out.bytes(member.toByteArray());
            }
        });
    }

    private static void redirects() {
        host("redirect loop", "failed redirect", (path, out) -> moved(out, path.equals("/") ? "/a" : "/"));
        host("redirect chain", "failed redirect", (path, out) -> moved(out, path + "x"));
        host("redirect to picture", "refused image", (path, out) -> moved(out, "/logo.PNG"));
        host(
                "redirect to private address",
                "refused scope",
                (path, out) -> moved(out, "http://169.254.169.254/latest/"));
        host("redirect to other site", "refused scope", (path, out) -> moved(out, "http://elsewhere.example/"));
        host("redirect to other port", "refused scope", (path, out) -> moved(out, "http://127.0.0.1:22/"));
    }

    private static void traps() {
        String[] months =
                "January February March April May June July August September October November December".split(" ");
        host("calendar", "fetched", (path, out) -> {
            String[] at = path.equals("/") ? new String[] {"", "2026", "0"} : path.split("/");
            int year = Integer.parseInt(at[1]);
            int month = Integer.parseInt(at[2]);
            html(
                    out,
                    "Nothing in " + months[month] + " " + year
                            + link("/" + (year + month / 11) + "/" + (month + 1) % 12)
                            + link("/" + (year + 1) + "/" + month) + link("/" + (year + 2) + "/" + month));
        });
        host("growing path", "fetched", (path, out) -> html(out, "x".repeat(path.length()) + link("shop/cart/")));
        host("filter combinations", "fetched", (path, out) -> {
            StringBuilder page = new StringBuilder("chosen ");
            for (String filter : "amber black coral dusk ebony flax grey honey ivory jade".split(" ")) {
                page.append(
                        path.contains(filter)
                                ? " not " + filter.repeat(2)
                                : link(path + (path.contains("?") ? "&" : "?") + filter + "=1"));
            }
            html(out, page.toString());
        });
        host("soft 404", "fetched", (path, out) -> {
            StringBuilder page = new StringBuilder(path.equals("/") ? "Welcome" : "Sorry, there is no such page");
            for (int i = 0; i < 4; i++) {
                page.append(link(path + (path.endsWith("/") ? "" : "/") + (char) ('a' + i)));
            }
            html(out, page.toString());
        });
    }

    // ---- responses -----------------------------------------------------------------------------------------------

    private interface HostileHandler {
        void answer(String path, RawServer.Out out) throws IOException, InterruptedException;
    }

    private static void host(String name, String end, HostileHandler handler) {
        ENDS.put(name, end);
        SERVERS.put(name, new RawServer((request, out) -> {
            String path = request.split(" ")[1];
            if (path.equals("/robots.txt") || path.matches("/[^/aeiou]{20}") && !name.equals("soft 404")) {
                out.head("HTTP/1.1 404 Not Found", "Connection: close", "Content-Length: 0");
            } else {
                handler.answer(path, out);
            }
        }));
    }

    private static RawServer server(String name) {
        return Objects.requireNonNull(SERVERS.get(name), name);
    }

    private static void raw(String name, String end, String answer) {
        host(name, end, (path, out) -> out.bytes(answer.getBytes(ISO_8859_1)));
    }

    private static void html(RawServer.Out out, String page) throws IOException {
        out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close");
        out.bytes(page.getBytes(UTF_8));
    }

    private static void moved(RawServer.Out out, String to) throws IOException {
        out.head("HTTP/1.1 302 Found", "Location: " + to, "Connection: close", "Content-Length: 0");
    }

    /** Returns a number in words, since pages that differ in digits only count as the same page. */
    private static String inLetters(int number) {
        return Integer.toString(number)
                .chars()
                .mapToObj(digit -> "zero one two three four five six seven eight nine".split(" ")[digit - '0'])
                .collect(Collectors.joining("-"));
    }

    private static String link(String to) {
        return " <a href='" + to + "'></a>";
    }

    private static byte[] gzip(byte[] head) throws IOException {
        return gzip(head, 0);
    }

    private static byte[] gzip(byte[] head, int spacesAfter) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(head);
            byte[] spaces = new byte[1 << 16];
            Arrays.fill(spaces, (byte) ' ');
            for (int i = 0; i < spacesAfter; i += spaces.length) {
                out.write(spaces);
            }
        }
        return bytes.toByteArray();
    }

    private static int count(String sql, Object... values) {
        List<Integer> rows = new ArrayList<>(JDBC.queryForList(sql, Integer.class, values));
        return rows.getFirst();
    }
}
