package org.markwatch.crawl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refills the windows of hosts from the store, many hosts in one query. For one thread. */
final class WindowRefiller {
    private static final int MAX_HOSTS = 500;

    private final HostFrontier frontier;
    private final FrontierStore store;
    private final Map<Integer, Site> sites;

    /**
     * Creates a refiller.
     *
     * @param sites sites by their number in the run
     */
    WindowRefiller(HostFrontier frontier, FrontierStore store, Map<Integer, Site> sites) {
        this.frontier = frontier;
        this.store = store;
        this.sites = sites;
    }

    /** Waits for hosts whose window is empty. */
    List<HostQueue> awaitHosts() throws InterruptedException {
        return frontier.awaitRefills(MAX_HOSTS);
    }

    /** Loads the next open rows of the hosts. */
    void refill(List<HostQueue> hosts) {
        Map<String, Set<Long>> skip = new HashMap<>();
        Map<String, Integer> limits = new HashMap<>();
        for (HostQueue host : hosts) {
            Set<Long> taken = host.beginRefill();
            skip.put(host.key(), taken);
            limits.put(host.key(), frontier.window() + taken.size());
        }
        Map<String, List<FrontierUrl>> rows = store.openRows(limits, sites);
        for (HostQueue host : hosts) {
            frontier.refill(
                    host,
                    rows.getOrDefault(host.key(), List.of()),
                    limits.getOrDefault(host.key(), 0),
                    skip.getOrDefault(host.key(), Set.of()));
        }
    }
}
