package org.markwatch.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP server on 127.0.0.1 that serves many hosts, selected by the Host header.
 *
 * <p>Every request is logged before its response is sent. Other methods than GET get status 405.
 */
final class LoopbackServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    static {
        // Without TCP_NODELAY every response waits 40 ms for a delayed acknowledgement. Read once per JVM.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // A crawler keeps one connection for each host; the default of 200 would close them after each response.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final RequestLog requests = new RequestLog();
    private final Function<Request, Response> handler;

    LoopbackServer(Function<Request, Response> sites) throws IOException {
        this.handler = sites;
        server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns {@code 127.0.0.1:PORT}. */
    String address() {
        return LOOPBACK.getHostAddress() + ":" + server.getAddress().getPort();
    }

    RequestLog requests() {
        return requests;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = read(exchange);
            requests.add(request);
            write(
                    exchange,
                    request.method().equals("GET")
                            ? handler.apply(request)
                            : Response.error(405, "Only GET is allowed.", Map.of("Allow", "GET")));
        }
    }

    private static Request read(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String path = exchange.getRequestURI().toString();
        return new Request(
                Instant.now(),
                exchange.getRequestMethod(),
                header(headers, "Host").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT),
                path,
                Request.ResourceKind.of(path),
                header(headers, "Accept"),
                header(headers, "Accept-Encoding"),
                header(headers, "User-Agent"),
                header(headers, "If-None-Match"));
    }

    private static String header(Headers headers, String name) {
        return Objects.requireNonNullElse(headers.getFirst(name), "");
    }

    private static void write(HttpExchange exchange, Response response) throws IOException {
        response.headers().forEach(exchange.getResponseHeaders()::set);
        // HttpExchange.sendResponseHeaders takes 0 for chunked and -1 for no body.
        long length = response.length() == Response.UNKNOWN ? 0 : response.length() == 0 ? -1 : response.length();
        exchange.sendResponseHeaders(response.status(), length);
        if (length != -1) {
            response.body().writeTo(exchange.getResponseBody());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
