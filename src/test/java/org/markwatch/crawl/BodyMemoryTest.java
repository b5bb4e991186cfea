package org.markwatch.crawl;

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

@Timeout(60)
class BodyMemoryTest {
    private static final int LARGEST = 1 << 20;
    private static final Duration LONG = Duration.ofSeconds(50);

    @Test
    void letsBodiesThatHoldPartsAndWantMoreAllComeToTheirEnd() throws Exception {
        BodyMemory memory = new BodyMemory(4 * LARGEST, LARGEST, LONG);
        int bodies = 100;
        CyclicBarrier allHoldApart = new CyclicBarrier(8);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < bodies; i++) {
            boolean together = i < 8;
            work.add(() -> {
                BodyMemory.Room room = memory.room();
                room.take(128 << 10);
                if (together) {
                    allHoldApart.await();
                }
                for (int size = 256 << 10; size <= LARGEST; size *= 2) {
                    room.take(size);
                    room.give(size / 2);
                }
                room.clear();
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> body : threads.invokeAll(work)) {
                body.get();
            }
        }
        assertThat(memory.peak()).isLessThanOrEqualTo(4 * LARGEST);
        assertThat(memory.room().tryTake(2 * LARGEST)).as("all was given back").isTrue();
    }

    @Test
    void givesTheReserveToOneAtATime() throws IOException {
        BodyMemory memory = new BodyMemory(3 * LARGEST, LARGEST, Duration.ZERO);
        BodyMemory.Room large = memory.room();
        BodyMemory.Room first = memory.room();
        BodyMemory.Room second = memory.room();
        large.take(LARGEST);
        assertThat(first.tryTake(LARGEST)).isFalse();
        first.take(LARGEST);
        first.take(LARGEST);
        assertThatThrownBy(() -> second.take(LARGEST))
                .isInstanceOf(BodyMemory.FullException.class)
                .hasMessageContaining("no memory for a body");
        first.clear();
        second.take(LARGEST);
        assertThat(memory.peak()).isEqualTo(3 * LARGEST);
    }

    @Test
    void sendsThoseWhoWaitAwayWhenTheCrawlStops() throws Exception {
        BodyMemory memory = new BodyMemory(2 * LARGEST, LARGEST, LONG);
        memory.room().take(LARGEST); // first in line, and stays
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Void> waiting = threads.submit(() -> {
                memory.room().take(LARGEST);
                return null;
            });
            memory.close();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedIOException.class);
        }
    }

    @Test
    void refusesBudgetThatHoldsNoBody() {
        assertThatThrownBy(() -> new BodyMemory(LARGEST, LARGEST, LONG)).hasMessageContaining("at least twice");
    }

    /** Each server stops in its body until so many hold a part that nobody else gets one, and each of these wants more. */
    @Test
    void readsLargeBodiesOfManyHostsAtOnceWithinTheBudget() throws Exception {
        int hosts = 40;
        BodyMemory memory = new BodyMemory(4 * LARGEST, LARGEST, LONG);
        byte[] half = new byte[LARGEST / 2 - 1000];
        Arrays.fill(half, (byte) 'a');
        CountDownLatch full = new CountDownLatch(1);
        AtomicInteger captured = new AtomicInteger();
        List<RawServer> servers = new ArrayList<>();
        try (Fetching fetching = Fetching.within(memory, Duration.ofSeconds(30));
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
                    BodyMemory.Room room = fetching.room();
                    Answer answer = fetching.fetch(server.url("/"), room);
                    room.clear();
                    assertThat(answer).isInstanceOf(Answer.Ended.class);
                    if (((Answer.Ended) answer).fetch() instanceof Fetch.Captured(Capture capture)
                            && capture.bytes() == 2 * half.length) {
                        captured.incrementAndGet();
                    }
                    return null;
                });
            }
            while (memory.peak() < 2L * LARGEST) { // all but the reserve
                Thread.yield();
            }
            full.countDown();
        } finally {
            servers.forEach(RawServer::close);
        }
        assertThat(captured).hasValue(hosts);
        assertThat(memory.peak()).isBetween(3L * LARGEST, 4L * LARGEST);
    }
}
