package org.markwatch.crawl.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.markwatch.url.HttpUrl;

/** A web server on loopback with pages by path, which records its requests. */
public final class TestWeb implements AutoCloseable {
    static {
        System.setProperty(
                "sun.net.httpserver.nodelay", "true"); // else each response waits 40 ms for an acknowledgement
    }

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> unchanged = new CopyOnWriteArrayList<>();
    private final List<Long> started = new CopyOnWriteArrayList<>();
    private final List<Long> ended = new CopyOnWriteArrayList<>();

    record Page(int status, Map<String, String> headers, byte[] body) {}

    public TestWeb() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public HttpUrl url(String path) {
        return HttpUrl.of("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public TestWeb page(String path, String html) {
        return page(path, 200, Map.of("Content-Type", "text/html; charset=utf-8"), html);
    }

    public TestWeb page(String path, int status, Map<String, String> headers, String body) {
        return file(path, status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    public TestWeb file(String path, int status, Map<String, String> headers, byte[] body) {
        pages.put(path, new Page(status, headers, body));
        return this;
    }

    /** Returns the requested paths in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Returns the paths that were answered with 304, in order. */
    public List<String> unchanged() {
        return List.copyOf(unchanged);
    }

    /** Clears the recorded requests. */
    public void forget() {
        asked.clear();
        unchanged.clear();
    }

    /** Returns the nanoseconds between the end of each request and the start of the next, measured by the server. */
    public List<Long> pauses() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < started.size(); i++) {
            pauses.add(started.get(i) - ended.get(i - 1));
        }
        return pauses;
    }

    /** RFC 9110 section 13.1: the date counts only without an entity tag. */
    private static boolean isUnchanged(Page page, HttpExchange exchange) {
        String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
        String since = exchange.getRequestHeaders().getFirst("If-Modified-Since");
        return tag != null
                ? tag.equals(page.headers.get("ETag"))
                : since != null && since.equals(page.headers.get("Last-Modified"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        started.add(System.nanoTime());
        ended.add(System.nanoTime()); // pages are in memory, so the response takes no time
        Page page = pages.get(path);
        try (exchange) {
            if (page != null && isUnchanged(page, exchange)) {
                unchanged.add(path);
                exchange.sendResponseHeaders(304, -1);
                return;
            }
            if (page == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            page.headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(page.status, page.body.length == 0 ? -1 : page.body.length);
            exchange.getResponseBody().write(page.body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
