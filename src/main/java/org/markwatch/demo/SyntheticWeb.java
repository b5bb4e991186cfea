package org.markwatch.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Serves a generated web of any size on loopback, for tests and measurements.
 *
 * <p>The same plan gives the same bytes on every machine. The pages of a host form a tree below its seed {@code /}:
 * page <i>n</i> links to its eight children, numbered as in a heap, and to a few random pages. Safe for use by many
 * threads.
 */
public final class SyntheticWeb implements AutoCloseable {
    private static final Pattern HOST = Pattern.compile("site-(\\d{1,9})\\.example");
    private static final Pattern PATH = Pattern.compile("/articles/(\\d{1,9})\\.html");
    private static final int CHILDREN = 8;
    private static final int RANDOM_LINKS = 4;
    /** One page in this number has payment marks and an offer. */
    private static final int PAGES_PER_MARKED_PAGE = 20;
    /**
     * Standard deviation of the logarithm of page sizes, similar to that of real crawls, whose sizes are about
     * log-normal.
     */
    private static final double SIZE_SIGMA = 0.7;

    /** Proportion of a page of median size that all pages of its site share, such as navigation, styles and footer. */
    private static final double SHARED_PROPORTION = 0.3;

    private static final int MAX_BYTES = 1 << 20;
    private static final int BLOCKS = 2048;
    private static final String HTML = "text/html; charset=UTF-8";
    /**
     * Size of the cache of compressed pages. Compression costs more than crawling, so pages are compressed once if they
     * fit.
     */
    private static final long MAX_CACHED_BYTES = 512L << 20;

    private final Plan plan;
    private final List<byte[]> blocks;
    private final Map<Long, byte[]> gzipCache = new ConcurrentHashMap<>();
    private final AtomicLong cachedBytes = new AtomicLong();
    private final LoopbackServer server;

    /**
     * Size and random seed of a web.
     *
     * @param hosts        number of hosts, at least 1
     * @param pagesPerHost pages of each host, at least 1
     * @param medianBytes  median size of the page content in bytes, at least 0; sizes are log-normal and at most 1 MiB.
     *     Each page has about 1 KiB of markup in addition
     * @param seed         seed of the random numbers
     */
    public record Plan(int hosts, int pagesPerHost, int medianBytes, long seed) {
        public Plan {
            if (hosts < 1 || pagesPerHost < 1 || medianBytes < 0) {
                throw new IllegalArgumentException(
                        "hosts=%d, pagesPerHost=%d, medianBytes=%d; must be at least 1, 1 and 0"
                                .formatted(hosts, pagesPerHost, medianBytes));
            }
        }
    }

    private SyntheticWeb(Plan plan) throws IOException {
        this.plan = plan;
        List<String> paths = IntStream.range(0, plan.pagesPerHost())
                .mapToObj(SyntheticWeb::path)
                .toList();
        blocks = SyntheticText.blocks(new SplittableRandom(plan.seed()), BLOCKS, paths);
        server = new LoopbackServer(this::respond);
    }

    /** Starts the web on a free port. */
    public static SyntheticWeb start(Plan plan) throws IOException {
        return new SyntheticWeb(plan);
    }

    /** Returns the seed URL of each host, in order. */
    public List<String> seeds() {
        return hosts().mapToObj(host -> url(host, 0)).toList();
    }

    /** Returns the URLs of all pages, in order. */
    public Stream<String> pages() {
        return hosts().boxed()
                .flatMap(host -> IntStream.range(0, plan.pagesPerHost()).mapToObj(page -> url(host, page)));
    }

    /**
     * Returns the uncompressed content of a page without a request.
     *
     * @param url one of {@link #pages}
     * @throws IllegalArgumentException if the URL is not a page of this web
     */
    public byte[] page(URI url) {
        Matcher host = HOST.matcher(url.getHost());
        Matcher path = PATH.matcher(url.getPath());
        if (!host.matches() || !(url.getPath().equals("/") || path.matches())) {
            throw new IllegalArgumentException(url + " is not a page of this web");
        }
        return page(Integer.parseInt(host.group(1)), path.matches() ? Integer.parseInt(path.group(1)) : 0);
    }

    /** Returns the URLs of the pages that have payment marks and an offer; a run is expected to queue these. */
    public Stream<String> markedPages() {
        return hosts().boxed()
                .flatMap(host -> IntStream.range(0, plan.pagesPerHost())
                        .filter(page -> isMarked(host, page))
                        .mapToObj(page -> url(host, page)));
    }

    /** Returns {@code 127.0.0.1:PORT} by host name, for {@code crawl.resolve}. */
    public Map<String, String> resolve() {
        Map<String, String> resolve = new LinkedHashMap<>();
        hosts().forEach(host -> resolve.put(name(host), server.address()));
        return resolve;
    }

    /** Returns the log of all requests since the start. */
    public RequestLog requests() {
        return server.requests();
    }

    private IntStream hosts() {
        return IntStream.range(0, plan.hosts());
    }

    private static String name(int host) {
        return "site-%04d.example".formatted(host);
    }

    private static String path(int page) {
        return page == 0 ? "/" : "/articles/" + page + ".html";
    }

    private static String url(int host, int page) {
        return "http://" + name(host) + path(page);
    }

    private SplittableRandom random(int host, int page) {
        return new SplittableRandom(plan.seed() + (((long) host << 32) | page) * 0x9E3779B97F4A7C15L);
    }

    private boolean isMarked(int host, int page) {
        return random(host, page).nextInt(PAGES_PER_MARKED_PAGE) == 0;
    }

    private Response respond(Request request) {
        Matcher host = HOST.matcher(request.host());
        Matcher path = PATH.matcher(request.path());
        boolean isSeed = request.path().equals("/");
        if (!host.matches() || !(isSeed || path.matches())) {
            return Response.notFound();
        }
        int hostNumber = Integer.parseInt(host.group(1));
        int page = isSeed ? 0 : Integer.parseInt(path.group(1));
        if (hostNumber >= plan.hosts() || page >= plan.pagesPerHost()) {
            return Response.notFound();
        }
        String tag = "\"%x-%x-%x\"".formatted(plan.hashCode(), hostNumber, page);
        if (request.ifNoneMatch().equals(tag)) {
            return Response.notModified(tag);
        }
        Response response = request.acceptEncoding().contains("gzip")
                ? Response.gzipped(HTML, gzippedPage(hostNumber, page))
                : Response.ok(HTML, page(hostNumber, page));
        return response.withEntityTag(tag);
    }

    private byte[] gzippedPage(int host, int page) {
        long key = (long) host << 32 | page;
        byte[] cached = gzipCache.get(key);
        if (cached != null) {
            return cached;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(page(host, page));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        byte[] bytes = out.toByteArray();
        if (cachedBytes.addAndGet(bytes.length) <= MAX_CACHED_BYTES) {
            gzipCache.put(key, bytes);
        }
        return bytes;
    }

    private byte[] page(int host, int page) {
        SplittableRandom random = random(host, page);
        boolean marked = random.nextInt(PAGES_PER_MARKED_PAGE) == 0;
        List<byte[]> parts = new ArrayList<>();
        parts.add(head(host, page));
        double size = plan.medianBytes() * Math.exp(SIZE_SIGMA * random.nextGaussian());
        SplittableRandom shared = new SplittableRandom(plan.seed() + host);
        for (long bytes = 0; bytes < Math.min(size, MAX_BYTES); ) {
            boolean isShared = bytes < plan.medianBytes() * SHARED_PROPORTION;
            byte[] block = blocks.get((isShared ? shared : random).nextInt(blocks.size()));
            parts.add(block);
            bytes += block.length;
        }
        if (marked) {
            parts.add(offer(host, page));
        }
        parts.add(footer(page, random));
        // One buffer, since a system call for each block would cost more than generating it.
        ByteBuffer body =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(body::put);
        return body.array();
    }

    private static byte[] head(int host, int page) {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Article %2$d of site %1$d</title>
        <meta name="description" content="Article %2$d of a made-up site.">
        <meta property="og:image" content="/img/%2$d.jpg">
        <link rel="icon" href="/favicon.ico">
        <link rel="stylesheet" href="/css/site.css">
        <script src="/js/site.js" defer></script>
        </head>
        <body class="theme-%1$d">
        <header><a href="/"><img src="/img/banner.png" alt="Site %1$d"></a></header>
        <main>
        <h1>Article %2$d</h1>
        """.formatted(host, page).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] offer(int host, int page) {
        return """
        <section class="offer">
        <h2>Membership</h2>
        <p>30-day membership number %1$d-%2$d for $29.95. Buy now.</p>
        <p>We accept Visa and Mastercard.</p>
        <p><img src="/img/pay/visa.png" alt="Visa"><img src="/img/pay/mastercard.svg" alt="Mastercard"><i class="fa fa-cc-amex"></i></p>
        </section>
        """.formatted(host, page).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] footer(int page, SplittableRandom random) {
        StringBuilder footer = new StringBuilder("</main>\n<nav><ul>\n");
        IntStream children = IntStream.rangeClosed(1, CHILDREN)
                .mapToLong(child -> (long) page * CHILDREN + child)
                .filter(child -> child < plan.pagesPerHost())
                .mapToInt(child -> (int) child);
        IntStream randomPages = random.ints(RANDOM_LINKS, 0, plan.pagesPerHost());
        IntStream.concat(children, randomPages)
                .forEach(link -> footer.append("<li><a href=\"%s\">Article %d</a></li>\n".formatted(path(link), link)));
        return footer.append("</ul></nav>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
