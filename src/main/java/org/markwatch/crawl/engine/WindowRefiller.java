package org.markwatch.crawl.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.markwatch.crawl.frontier.FrontierUrl;
import org.markwatch.crawl.frontier.HostFrontier;
import org.markwatch.crawl.frontier.HostQueue;
import org.markwatch.crawl.frontier.HostState;
import org.markwatch.crawl.scope.Site;
import org.markwatch.crawl.store.FrontierStore;
import org.markwatch.crawl.store.HostStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refills the windows of hosts from the store, many hosts in one query. For one thread. */
public final class WindowRefiller {
    private static final Logger LOG = LoggerFactory.getLogger(WindowRefiller.class);

    private static final int MAX_HOSTS = 500;

    private final HostFrontier frontier;
    private final FrontierStore store;
    private final HostStore hostStore;
    private final Map<Integer, Site> sites;

    /**
     * Creates a refiller.
     *
     * @param sites sites by their number in the run
     */
    public WindowRefiller(HostFrontier frontier, FrontierStore store, HostStore hostStore, Map<Integer, Site> sites) {
        this.frontier = frontier;
        this.store = store;
        this.hostStore = hostStore;
        this.sites = sites;
    }

    /**
     * Refills windows until the crawl is closed and the thread interrupted.
     *
     * @param closed reaches zero when the crawl is closed
     * @param fail   called with the fault that ends the refills
     */
    void run(CountDownLatch closed, Consumer<RuntimeException> fail) {
        try {
            while (closed.getCount() > 0) {
                refill(awaitHosts());
            }
        } catch (InterruptedException e) {
            LOG.debug("Refilling ends because the crawl is closed");
        } catch (RuntimeException e) {
            fail.accept(e);
        }
    }

    /** Waits for hosts whose window is empty. */
    public List<HostQueue> awaitHosts() throws InterruptedException {
        return frontier.awaitRefills(MAX_HOSTS);
    }

    /** Loads the next open rows of the hosts. */
    public void refill(List<HostQueue> hosts) {
        Map<String, Set<Long>> skip = new HashMap<>();
        Map<String, Integer> limits = new HashMap<>();
        for (HostQueue host : hosts) {
            Set<Long> taken = host.beginRefill();
            skip.put(host.key(), taken);
            limits.put(host.key(), frontier.window() + taken.size());
        }
        Map<String, List<FrontierUrl>> rows = store.openRows(limits, sites);
        Map<String, HostState> states = hostStore.states(
                hosts.stream().filter(HostQueue::isFresh).map(HostQueue::key).toList());
        for (HostQueue host : hosts) {
            frontier.refill(
                    host,
                    rows.getOrDefault(host.key(), List.of()),
                    limits.getOrDefault(host.key(), 0),
                    skip.getOrDefault(host.key(), Set.of()),
                    states.get(host.key()));
        }
    }
}
