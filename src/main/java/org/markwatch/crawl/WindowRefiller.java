package org.markwatch.crawl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings open rows of the store to hosts whose window has run empty, many hosts a query. For one thread. */
final class WindowRefiller {
    private static final int MAX_HOSTS = 500;

    private final HostFrontier frontier;
    private final FrontierStore store;
    private final Map<Integer, Site> sites;

    /** @param sites sites by their number in the run */
    WindowRefiller(HostFrontier frontier, FrontierStore store, Map<Integer, Site> sites) {
        this.frontier = frontier;
        this.store = store;
        this.sites = sites;
    }

    /** Waits for hosts that want more. */
    List<HostQueue> awaitHosts() throws InterruptedException {
        return frontier.awaitRefills(MAX_HOSTS);
    }

    /** Gives them what the store has. */
    void refill(List<HostQueue> hosts) {
        Map<String, Set<Long>> passOver = new HashMap<>();
        Map<String, Integer> limits = new HashMap<>();
        for (HostQueue host : hosts) {
            Set<Long> onTheirWay = host.beginRefill();
            passOver.put(host.key(), onTheirWay);
            limits.put(host.key(), frontier.window() + onTheirWay.size());
        }
        Map<String, List<FrontierUrl>> rows = store.openRows(limits, sites);
        for (HostQueue host : hosts) {
            frontier.refill(
                    host,
                    rows.getOrDefault(host.key(), List.of()),
                    limits.getOrDefault(host.key(), 0),
                    passOver.getOrDefault(host.key(), Set.of()));
        }
    }
}
