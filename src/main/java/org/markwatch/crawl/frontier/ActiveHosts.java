package org.markwatch.crawl.frontier;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The hosts in memory: those with URLs in memory or a request in flight, and up to {@value #MAX_IDLE_HOSTS} that were
 * active last. A host that leaves memory is forgotten with its robots.txt, failures and response time; its delay is
 * over by then. Thread-safe.
 */
final class ActiveHosts {
    private static final int MAX_IDLE_HOSTS = 2_000;

    private final Map<String, HostQueue> hosts = new ConcurrentHashMap<>();
    /** Hosts without work, in the order in which they leave memory. */
    private final BlockingQueue<HostQueue> idle = new LinkedBlockingQueue<>();

    private final LongSupplier nanos;

    /** @param nanos monotonic clock in nanoseconds */
    ActiveHosts(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Returns the queue of a host; adds it if it is new. */
    HostQueue get(String key) {
        return hosts.computeIfAbsent(key, k -> new HostQueue(k, nanos));
    }

    boolean contains(String key) {
        return hosts.containsKey(key);
    }

    /** Whether the stored state of a host applies: it is not in memory, or has had no request since it came there. */
    boolean isFresh(String key) {
        HostQueue host = hosts.get(key);
        return host == null || host.isFresh();
    }

    int size() {
        return hosts.size();
    }

    Stream<HostQueue> stream() {
        return hosts.values().stream();
    }

    /**
     * Changes a host in one step with the look-up of its queue, so that the host does not leave memory in between.
     *
     * @param place puts the host where it belongs after the change
     */
    void change(
            String key,
            Function<HostQueue, HostQueue.Placement> change,
            BiConsumer<HostQueue, HostQueue.Placement> place) {
        HostQueue.Placement[] placement = new HostQueue.Placement[1];
        HostQueue host = hosts.compute(key, (k, known) -> {
            HostQueue changed = known == null ? new HostQueue(k, nanos) : known;
            placement[0] = change.apply(changed);
            return changed;
        });
        place.accept(host, placement[0]);
    }

    /** Removes a row from those that crawlers took from a host. */
    void forgetTaken(String key, long id) {
        HostQueue host = hosts.get(key);
        if (host != null) {
            host.forgetTaken(id);
            retire(host);
        }
    }

    /** Lets a host leave memory some time after its work has ended, unless it gets new work before. */
    void retire(HostQueue host) {
        if (!host.beginIdling()) {
            return;
        }
        idle.add(host);
        for (int n = idle.size() - MAX_IDLE_HOSTS; n > 0; n--) {
            HostQueue oldest = idle.poll();
            if (oldest == null) {
                return;
            }
            boolean[] left = new boolean[1];
            hosts.computeIfPresent(oldest.key(), (key, known) -> {
                left[0] = known == oldest && oldest.endIdling();
                return left[0] ? null : known;
            });
            if (!left[0] && oldest.beginIdling()) { // not due yet: its delay must outlive its work
                idle.add(oldest);
            }
        }
    }
}
