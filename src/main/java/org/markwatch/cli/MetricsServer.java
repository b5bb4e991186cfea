package org.markwatch.cli;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers Prometheus on loopback while a verb without console works, at the path that {@code serve} has. */
final class MetricsServer implements AutoCloseable {
    static final String PATH = "/actuator/prometheus";

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param port port on 127.0.0.1, 0 for any free one
     * @throws BadInputException if the port is in use
     */
    static MetricsServer start(int port, PrometheusMeterRegistry registry) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
            server.createContext(PATH, exchange -> {
                byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TEXT);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return new MetricsServer(server);
        } catch (IOException e) {
            throw new BadInputException(
                    "--metrics-port " + port + ": " + e.getMessage() + "; choose another port, or 0 for any free one");
        }
    }

    /** Returns the address of the metrics. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + PATH;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
