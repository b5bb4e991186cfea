package org.markwatch.crawl.frontier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hosts that asked for a delay longer than {@link HostFrontier#MAX_WAIT}; some may have been resumed. Thread-safe. */
final class DeferredHosts {
    private final Set<HostQueue> hosts = ConcurrentHashMap.newKeySet();

    /** Adds a host if it is deferred. */
    void addIfDeferred(HostQueue host) {
        if (host.faults().isDeferred()) {
            hosts.add(host);
        }
    }

    boolean isEmpty() {
        return hosts.isEmpty();
    }

    /** Removes the hosts; passes each one on once. */
    void removeAll(Consumer<HostQueue> each) {
        for (HostQueue host : hosts) {
            if (hosts.remove(host)) {
                each.accept(host);
            }
        }
    }
}
