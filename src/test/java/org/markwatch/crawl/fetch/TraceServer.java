package org.markwatch.crawl.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that plays many hosts, and records when it receives and answers each request. */
public final class TraceServer implements AutoCloseable {
    static {
        System.setProperty(
                "sun.net.httpserver.nodelay", "true"); // without it each response waits 40 ms for an acknowledgement
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<Exchange> trace = new ConcurrentLinkedQueue<>();

    /** The response to one request, sent after {@code latency}. */
    public record Reply(int status, Map<String, String> headers, String body, Duration latency) {
        /** Returns an HTML page. */
        public static Reply page(String html, Duration latency) {
            return new Reply(200, Map.of("Content-Type", "text/html; charset=utf-8"), html, latency);
        }

        public static Reply moved(String location) {
            return new Reply(302, Map.of("Location", location), "", Duration.ZERO);
        }

        /** Returns plain text, such as a robots.txt. */
        public static Reply text(String body) {
            return new Reply(200, Map.of("Content-Type", "text/plain"), body, Duration.ZERO);
        }

        /** Returns a 404 response. */
        public static Reply missing() {
            return new Reply(404, Map.of(), "", Duration.ZERO);
        }
    }

    /** Supplies responses by host and path. */
    public interface Web {
        Reply reply(String host, String path) throws InterruptedException;
    }

    /**
     * One exchange.
     *
     * @param came     {@link System#nanoTime} when the request arrived
     * @param answered {@link System#nanoTime} before the response was sent
     */
    public record Exchange(String host, String path, int status, long came, long answered) {}

    public TraceServer(Web web) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(web, exchange));
        server.start();
    }

    private void answer(Web web, HttpExchange exchange) throws IOException {
        long came = System.nanoTime();
        URI asked = exchange.getRequestURI();
        String host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":\\d+$", "");
        try (exchange) {
            Reply reply = web.reply(host, asked.toString());
            Thread.sleep(reply.latency); // simulates the work of the server
            byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
            reply.headers.forEach(exchange.getResponseHeaders()::set);
            trace.add(new Exchange(host, asked.toString(), reply.status, came, System.nanoTime()));
            exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the address of the server, as the setting {@code crawl.resolve} takes it. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the exchanges of a host in order. */
    public List<Exchange> of(String host) {
        return trace.stream()
                .filter(exchange -> exchange.host.equals(host))
                .sorted((a, b) -> Long.compare(a.came, b.came))
                .toList();
    }

    public List<String> paths(String host) {
        return of(host).stream().map(Exchange::path).toList();
    }

    /** Returns the time from each response of a host to the next request to it. */
    public List<Duration> gaps(String host) {
        List<Exchange> exchanges = of(host);
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < exchanges.size(); i++) {
            gaps.add(Duration.ofNanos(exchanges.get(i).came - exchanges.get(i - 1).answered));
        }
        return gaps;
    }

    /** Returns the largest number of concurrent requests. */
    public int mostInFlight() {
        return mostInFlight(List.copyOf(trace));
    }

    /**
     * Returns the largest number of concurrent requests, without those of processes that have died: a server answers them all
     * the same.
     *
     * @param deaths {@link System#nanoTime} before each death; the requests that are in flight then are left out
     * @param longest longest time from then until what was sent before has arrived
     */
    public int mostInFlightBeside(List<Long> deaths, Duration longest) {
        return mostInFlight(trace.stream()
                .filter(exchange -> deaths.stream()
                        .noneMatch(death -> exchange.came - death < longest.toNanos() && exchange.answered - death > 0))
                .toList());
    }

    /** Returns the largest number of concurrent requests to one host. */
    public int mostInFlight(String host) {
        return mostInFlight(of(host));
    }

    private static int mostInFlight(List<Exchange> exchanges) {
        int most = 0;
        for (Exchange one : exchanges) {
            int now = 0;
            for (Exchange other : exchanges) {
                if (other.came <= one.came && one.came < other.answered || other == one) {
                    now++;
                }
            }
            most = Math.max(most, now);
        }
        return most;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
