package org.markwatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** Answers health checks and Prometheus on loopback while a verb without console works, at the paths that {@code serve} has. */
final class MetricsServer implements AutoCloseable {
    private static final String METRICS = "/actuator/prometheus";
    private static final String HEALTH = "/actuator/health";

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final HttpServer server;
    /** A check waits for a database that does not answer; meanwhile others are answered. */
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final ProcessState state;

    private MetricsServer(HttpServer server, ProcessState state) {
        this.server = server;
        this.state = state;
    }

    /**
     * Starts the server.
     *
     * @param port port on 127.0.0.1, 0 for any free one
     * @throws BadInputException if the port is in use
     */
    static MetricsServer start(int port, ProcessState state) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            MetricsServer started = new MetricsServer(server, state);
            server.setExecutor(started.threads);
            server.createContext(METRICS, exchange -> answer(exchange, 200, TEXT, state.metrics()));
            server.createContext(HEALTH, started::answerHealth);
            server.start();
            return started;
        } catch (IOException e) {
            throw new BadInputException(
                    "--metrics-port " + port + ": " + e.getMessage() + "; choose another port, or 0 for any free one");
        }
    }

    private void answerHealth(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath().substring(HEALTH.length())) {
            case "/liveness" -> answerHealth(exchange, Map.of());
            case "/readiness", "" -> answerHealth(exchange, state.health());
            default -> answer(exchange, 404, JSON, "{}");
        }
    }

    private static void answerHealth(HttpExchange exchange, Map<String, Boolean> parts) throws IOException {
        boolean up = !parts.containsValue(false);
        Map<String, Object> body = new TreeMap<>(status(up));
        Map<String, Object> components = new TreeMap<>();
        parts.forEach((part, good) -> components.put(part, status(good)));
        if (!components.isEmpty()) {
            body.put("components", components);
        }
        answer(exchange, up ? 200 : 503, JSON, JsonMapper.shared().writeValueAsString(body));
    }

    private static Map<String, String> status(boolean up) {
        return Map.of("status", up ? "UP" : "DOWN");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns the address of the metrics. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + METRICS;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
