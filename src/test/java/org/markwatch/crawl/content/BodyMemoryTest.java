package org.markwatch.crawl.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.markwatch.crawl.Capture;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.fetch.ExchangeResult;
import org.markwatch.crawl.fetch.RawServer;
import org.markwatch.crawl.fetch.TestFetcher;

@Timeout(60)
class BodyMemoryTest {
    private static final int LARGEST = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(50);

    @Test
    void completesAllBodiesThatGrowConcurrently() throws Exception {
        BodyMemory memory = new BodyMemory(4 * LARGEST, LARGEST, LONG);
        int bodies = 100;
        CyclicBarrier allHoldMemory = new CyclicBarrier(8);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            boolean together = i < 8;
            work.add(() -> {
                BodyMemory.Reservation reservation = memory.newReservation();
                reservation.reserve(128 << 10);
                if (together) {
                    allHoldMemory.await();
                }
                for (int size = 256 << 10; size <= LARGEST; size *= 2) {
                    reservation.reserve(size);
                    reservation.release(size / 2);
                }
                reservation.releaseAll();
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> body : threads.invokeAll(work)) {
                body.get();
            }
        }
        assertThat(memory.peakBytes()).isLessThanOrEqualTo(4 * LARGEST);
        assertThat(memory.newReservation().tryReserve(2 * LARGEST))
                .as("everything was released")
                .isTrue();
    }

    @Test
    void grantsReserveToOneBodyAtATime() throws IOException {
        BodyMemory memory = new BodyMemory(3 * LARGEST, LARGEST, Duration.ZERO);
        BodyMemory.Reservation large = memory.newReservation();
        BodyMemory.Reservation first = memory.newReservation();
        BodyMemory.Reservation second = memory.newReservation();
        large.reserve(LARGEST);
        assertThat(first.tryReserve(LARGEST)).isFalse();
        first.reserve(LARGEST);
        first.reserve(LARGEST);
        assertThatThrownBy(() -> second.reserve(LARGEST))
                .isInstanceOf(BodyMemory.MemoryTimeoutException.class)
                .hasMessageContaining("no memory for a body");
        first.releaseAll();
        second.reserve(LARGEST);
        assertThat(memory.peakBytes()).isEqualTo(3 * LARGEST);
    }

    @Test
    void failsWaitingReservationsOnClose() throws Exception {
        BodyMemory memory = new BodyMemory(2 * LARGEST, LARGEST, LONG);
        memory.newReservation().reserve(LARGEST); // holds all that is available
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> waiting = threads.submit(() -> {
                memory.newReservation().reserve(LARGEST);
                return null;
            });
            memory.close();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void rejectsBudgetBelowTwiceTheLargestBody() {
        assertThatThrownBy(() -> new BodyMemory(LARGEST, LARGEST, LONG)).hasMessageContaining("at least twice");
    }

    /** Each server pauses within its body until all memory but the reserve is taken, and every body needs more. */
    @Test
    void readsLargeBodiesOfManyHostsWithinBudget() throws Exception {
        int hosts = 40;
        BodyMemory memory = new BodyMemory(4 * LARGEST, LARGEST, LONG);
        byte[] half = new byte[LARGEST / 2 - 1000];
        Arrays.fill(half, (byte) 'a');
        CountDownLatch full = new CountDownLatch(1);
        AtomicInteger fetched = new AtomicInteger();
        List<RawServer> servers = new ArrayList<>();
        try (TestFetcher fetcher = TestFetcher.within(memory, Duration.ofSeconds(30));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < hosts; i++) {
                RawServer server = new RawServer((request, out) -> {
                    out.head("HTTP/1.1 200 OK", "Content-Type: text/html", "Connection: close");
                    out.bytes(Arrays.copyOf(half, 100_000));
                    full.await();
                    out.bytes(half);
                    out.bytes(Arrays.copyOf(half, half.length - 100_000));
                });
                servers.add(server);
                threads.submit(() -> {
                    BodyMemory.Reservation reservation = fetcher.newReservation();
                    ExchangeResult result = fetcher.fetch(server.url("/"), reservation);
                    reservation.releaseAll();
                    assertThat(result).isInstanceOf(ExchangeResult.Completed.class);
                    if (((ExchangeResult.Completed) result).disposition()
                                    instanceof Disposition.Fetched(Capture capture)
                            && capture.bytes() == 2 * half.length) {
                        fetched.incrementAndGet();
                    }
                    return null;
                });
            }
            while (memory.peakBytes() < 2L * LARGEST) { // all but the reserve
                Thread.yield();
            }
            full.countDown();
        } finally {
            servers.forEach(RawServer::close);
        }
        assertThat(fetched).hasValue(hosts);
        assertThat(memory.peakBytes()).isBetween(3L * LARGEST, 4L * LARGEST);
    }
}
