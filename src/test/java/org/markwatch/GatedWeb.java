package org.markwatch;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.markwatch.crawl.TraceServer;
import org.markwatch.crawl.TraceServer.Exchange;
import org.markwatch.crawl.TraceServer.Reply;
import org.markwatch.demo.SyntheticWeb;

/**
 * The pages of a {@link SyntheticWeb} behind a gate, so that a test and not the speed of the machine decides how far a run has come
 * when something happens to it.
 */
public final class GatedWeb implements AutoCloseable {
    private final SyntheticWeb web;
    private final TraceServer server = new TraceServer(this::answer);
    private volatile PageGate gate = new PageGate(Integer.MAX_VALUE);

    /** @param pages that get through */
    private record PageGate(AtomicInteger pages, CountDownLatch shut, CountDownLatch opened) {
        PageGate(int pages) {
            this(new AtomicInteger(pages), new CountDownLatch(1), new CountDownLatch(1));
        }

        void pass() throws InterruptedException {
            if (pages.getAndDecrement() <= 0) {
                shut.countDown();
                opened.await();
            }
        }
    }

    public GatedWeb(SyntheticWeb.Plan plan) throws IOException {
        web = SyntheticWeb.start(plan);
    }

    /** What is served, and where it begins. */
    public SyntheticWeb web() {
        return web;
    }

    /** For {@code crawl.resolve}. */
    public Map<String, String> resolve() {
        Map<String, String> resolve = new LinkedHashMap<>(web.resolve());
        resolve.replaceAll((host, address) -> server.address());
        return resolve;
    }

    /** Everything that was asked of a host and answered. */
    public List<Exchange> of(String host) {
        return server.of(host);
    }

    /** Lets so many more pages out; who asks for another one waits for {@link #open}. */
    public void openForPages(int pages) {
        gate = new PageGate(pages);
    }

    /** Lets everybody have everything. */
    public void open() {
        PageGate before = gate;
        gate = new PageGate(Integer.MAX_VALUE);
        before.opened.countDown();
    }

    /** Waits for somebody who stands before the shut gate; false if nobody came in time. */
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
