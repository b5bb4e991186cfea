package org.markwatch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.markwatch.crawl.fetch.TraceServer;
import org.markwatch.crawl.fetch.TraceServer.Exchange;
import org.markwatch.crawl.fetch.TraceServer.Reply;
import org.markwatch.demo.SyntheticWeb;

/**
 * Serves the pages of a {@link SyntheticWeb} through a gate that blocks requests after a given number of pages, so that
 * a test controls the progress of a run independently of the speed of the machine.
 */
public final class GatedWeb implements AutoCloseable {
    private final SyntheticWeb web;
    private final TraceServer server = new TraceServer(this::answer);
    private volatile PageGate gate = new PageGate(PageGate.ALL);

    /** @param pages pages that are served before the gate blocks */
    private record PageGate(Semaphore pages, CountDownLatch shut) {
        static final int ALL = 1 << 29;

        PageGate(int pages) {
            this(new Semaphore(pages, true), new CountDownLatch(1));
        }

        void pass() throws InterruptedException {
            if (!pages.tryAcquire()) {
                shut.countDown();
                pages.acquire();
            }
        }
    }

    public GatedWeb(SyntheticWeb.Plan plan) throws IOException {
        web = SyntheticWeb.start(plan);
    }

    /** Returns the web whose pages are served. */
    public SyntheticWeb web() {
        return web;
    }

    /** Returns the address of this server by host name, for {@code crawl.resolve}. */
    public Map<String, String> resolve() {
        Map<String, String> resolve = new LinkedHashMap<>(web.resolve());
        resolve.replaceAll((host, address) -> server.address());
        return resolve;
    }

    /**
     * Writes a job-config with the shipped rules, a short delay and the addresses of this web.
     *
     * @param settings further sections of {@code markwatch.yaml}, or empty
     * @param seeds    start URLs
     */
    public void writeConfig(Path folder, String settings, List<String> seeds) throws IOException {
        Files.writeString(folder.resolve("markwatch.yaml"), """
                demo: true
                rules-from: '%s'
                crawl:
                  delay: 5ms
                  timeout: 10m # a request may be blocked for long
                  max-depth: 20
                  allowed-private-ranges: [127.0.0.0/8]
                  resolve:
                %s
                %s
                """.formatted(
                        Path.of("job-config").toAbsolutePath(),
                        resolve().entrySet().stream()
                                .map(host -> "    %s: %s".formatted(host.getKey(), host.getValue()))
                                .collect(Collectors.joining("\n")),
                        settings));
        Files.writeString(folder.resolve("seeds.csv"), "url\n" + String.join("\n", seeds) + "\n");
    }

    /**
     * Writes a job-config with one brand and few indicators instead of the shipped rules.
     *
     * @param indicators rows of a file of indicators, with header
     */
    public void writeConfigWithIndicators(Path folder, String indicators) throws IOException {
        writeConfig(folder, "", web.seeds());
        Path settings = folder.resolve("markwatch.yaml");
        Files.writeString(settings, Files.readString(settings).replaceFirst("rules-from: .*\n", ""));
        Files.copy(Path.of("job-config", "policies.yaml"), folder.resolve("policies.yaml"));
        Path brands = Files.createDirectories(folder.resolve("brands"));
        Files.copy(Path.of("job-config", "brands", "visa.yaml"), brands.resolve("visa.yaml"));
        Files.writeString(Files.createDirectories(folder.resolve("indicators")).resolve("trial.csv"), indicators);
    }

    /** Returns the exchanges with a host that have a response. */
    public List<Exchange> of(String host) {
        return server.of(host);
    }

    /** Serves this number of pages; further requests block until {@link #open}. */
    public void openForPages(int pages) {
        gate = new PageGate(pages);
    }

    /** Opens the gate: serves blocked requests and all further ones. */
    public void open() {
        PageGate before = gate;
        gate = new PageGate(PageGate.ALL);
        before.pages.release(PageGate.ALL);
    }

    /** Serves one more page: that whose request has been blocked for the longest time, or else the next one. */
    public void admit() {
        gate.pages.release();
    }

    /** Waits until a request is blocked by the gate; returns false on time-out. */
    public boolean awaitBlockedRequest(long millis) throws InterruptedException {
        return gate.shut.await(millis, TimeUnit.MILLISECONDS);
    }

    private Reply answer(String host, String path) {
        if (path.equals("/robots.txt") || web.pages().noneMatch(("http://" + host + path)::equals)) {
            return Reply.missing();
        }
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        }
        String page = new String(web.page(URI.create("http://" + host + path)), StandardCharsets.UTF_8);
        return Reply.page(page, Duration.ZERO);
    }

    @Override
    public void close() {
        open();
        server.close();
        web.close();
    }
}
