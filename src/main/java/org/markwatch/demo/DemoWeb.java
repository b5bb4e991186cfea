package org.markwatch.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Serves the sites of the demo on loopback under their own host names.
 *
 * <p>Pages are files below {@code demo/HOST/} on the classpath. The files are in UTF-8; each page is served in the
 * character set that its meta element declares. Responses that are not files are in {@link SpecialResponses}. Safe for
 * use by many threads.
 */
public final class DemoWeb implements AutoCloseable {
    private static final String RESOURCE_FOLDER = "/demo/";
    /**
     * A host name with an address of a private network (RFC 1918), as the name server of a hostile site could return
     * it.
     */
    private static final Map.Entry<String, String> PRIVATE_HOST = Map.entry("office-printer.example", "10.0.0.1");

    private static final Pattern FILE_PATH = Pattern.compile("(/[A-Za-z0-9_-]+)*/?([A-Za-z0-9_-]+\\.(html|txt|xml))?");
    private static final Pattern META_CHARSET = Pattern.compile("(?i)<meta\\b[^>]*\\bcharset\\s*=\\s*[\"']?([\\w-]+)");

    private final List<String> hosts =
            Expectation.readAll().stream().map(Expectation::host).distinct().toList();
    private final SpecialResponses specialResponses;
    private final LoopbackServer server;

    private DemoWeb(Duration slowness) throws IOException {
        specialResponses = new SpecialResponses(slowness);
        server = new LoopbackServer(this::respond);
    }

    /** Starts the web on a free port; the slow host responds after one second. */
    public static DemoWeb start() throws IOException {
        return start(Duration.ofSeconds(1));
    }

    /**
     * Starts the web on a free port.
     *
     * @param slowness response time of the slow host, and in whole seconds the {@code Retry-After} of the busy host;
     *     zero in tests
     */
    public static DemoWeb start(Duration slowness) throws IOException {
        return new DemoWeb(slowness);
    }

    /**
     * Returns addresses by host name, for {@code crawl.resolve}: {@code 127.0.0.1:PORT} for every host of the demo, and
     * for one more host a private address that a crawl must refuse.
     */
    public Map<String, String> resolve() {
        Map<String, String> resolve = new LinkedHashMap<>();
        hosts.forEach(host -> resolve.put(host, server.address()));
        resolve.put(PRIVATE_HOST.getKey(), PRIVATE_HOST.getValue());
        return resolve;
    }

    /** Returns the log of all requests since the start. */
    public RequestLog requests() {
        return server.requests();
    }

    private Response respond(Request request) {
        if (!hosts.contains(request.host())) {
            return Response.error(421, "No such site: " + request.host(), Map.of("Content-Type", "text/plain"));
        }
        Response special = specialResponses.respond(request);
        return special != null
                ? special
                : switch (request.kind()) {
                    case PAGE, ROBOTS -> file(request);
                    case PICTURE -> Response.ok("image/png", FakePicture.png());
                    case VIDEO -> Response.ok("video/mp4", new byte[1024]);
                    case AUDIO -> Response.ok("audio/mpeg", new byte[1024]);
                    case FONT -> Response.ok("font/woff2", new byte[1024]);
                    case STYLE -> Response.ok("text/css", new byte[0]);
                    case SCRIPT -> Response.ok("text/javascript", new byte[0]);
                    case ARCHIVE -> Response.ok("application/zip", new byte[1024]);
                    case DOCUMENT -> Response.ok("application/pdf", new byte[1024]);
                };
    }

    private static Response file(Request request) {
        String path = request.path().replaceFirst("\\?.*", "");
        byte[] content = FILE_PATH.matcher(path).matches() ? read(request.host() + fileName(path)) : null;
        if (content == null) {
            return Response.notFound();
        }
        CRC32 checksum = new CRC32();
        checksum.update(content);
        String tag = "\"%08x\"".formatted(checksum.getValue());
        return request.ifNoneMatch().equals(tag)
                ? Response.notModified(tag)
                : page(path, content).withEntityTag(tag);
    }

    private static Response page(String path, byte[] content) {
        if (path.endsWith(".txt")) {
            return Response.ok("text/plain; charset=UTF-8", content);
        }
        if (path.endsWith(".xml")) {
            return Response.ok("application/rss+xml", content);
        }
        String page = new String(content, StandardCharsets.UTF_8);
        Matcher meta = META_CHARSET.matcher(page);
        return meta.find()
                ? Response.ok("text/html", page.getBytes(Charset.forName(meta.group(1))))
                : Response.ok("text/html; charset=UTF-8", content);
    }

    /** Maps a folder to its index.html and a name without extension to an HTML file. */
    private static String fileName(String path) {
        return path.endsWith("/") ? path + "index.html" : path.contains(".") ? path : path + ".html";
    }

    private static byte @Nullable [] read(String file) {
        try (InputStream in = DemoWeb.class.getResourceAsStream(RESOURCE_FOLDER + file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE_FOLDER + file + " from the classpath", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
