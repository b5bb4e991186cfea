package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.DelayQueue;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.scope.Site;
import org.markwatch.url.HttpUrl;

/**
 * The frontier: gives crawlers one URL at a time and keeps the politeness delay of every host.
 *
 * <p>Active hosts wait in a {@link DelayQueue} until they are due; a host that is out of the queue is held by one crawler.
 * The other hosts are inactive, as in Heritrix: they are known by name, and become active when no active host is due. A
 * host whose work has ended leaves memory later. Each active host holds a bounded window of URLs in memory;
 * {@link #awaitRefills} and {@link #refill} load more from the store in batches. Every request waits until its host is due: pages, robots.txt, each redirect and each retry.
 * Thread-safe.
 */
public final class HostFrontier {
    /** Time after which a host is due again when pages in flight have reserved the whole page budget of its site. */
    private static final long BUDGET_RETRY_NANOS = Duration.ofMillis(50).toNanos();

    /** The longest delay (Retry-After) for which a run waits when it has no other work. */
    public static final Duration MAX_WAIT = Duration.ofMinutes(15);

    private final LongSupplier nanos;
    private final ActiveHosts hosts;
    private final HostSchedule schedule;
    private final DeferredHosts deferred = new DeferredHosts();
    private final EndedVisits endedVisits = new EndedVisits();
    private final HostChanges changes = new HostChanges();
    private final StoredHosts stored;
    private final FrontierCounts counts = new FrontierCounts();
    private volatile boolean sealed;
    private volatile boolean finished;
    private volatile @Nullable FrontierUrl current;

    /**
     * Creates a frontier without partitions.
     *
     * @param nanos       monotonic clock in nanoseconds
     * @param storedState returns the stored state of a host, or null if there is none
     */
    public HostFrontier(LongSupplier nanos, Function<String, @Nullable HostState> storedState) {
        this.stored = new StoredHosts(storedState);
        this.nanos = nanos;
        this.hosts = new ActiveHosts(nanos);
        this.schedule = new HostSchedule(hosts, nanos);
    }

    /**
     * Adds a partition.
     *
     * @param visited    URLs of its seeds that have a committed disposition
     * @param open       URLs without one
     * @param hostKeys   hosts that have open URLs in the store; they are inactive at first
     * @param quietSince time of the monotonic clock up to which an earlier process may have sent requests that no stored
     *                   state tells of; null if none has worked on the partition
     */
    public void open(int partition, long visited, long open, Collection<String> hostKeys, @Nullable Long quietSince) {
        if (quietSince != null) {
            stored.resume(partition, quietSince);
            hosts.stream().forEach(HostQueue::refresh);
        }
        counts.add(partition, visited, open);
        schedule.addInactive(hostKeys);
        schedule.activate();
    }

    /**
     * Removes a partition whose sites are suspended, and of whose URLs none is with a crawler or waits to be committed.
     *
     * @return false if that is not so yet
     */
    public boolean remove(int partition) {
        if (endedVisits.hasAny(partition)) {
            return false;
        }
        hosts.stream().filter(host -> host.dropWindow(partition)).forEach(schedule::release);
        counts.remove(partition);
        return true;
    }

    /** Records that no more partitions are added: the crawl ends when each URL has its disposition. */
    public void seal() {
        sealed = true;
    }

    /** Returns the queue of a host; adds it if it is new. */
    HostQueue host(String key) {
        return hosts.get(key);
    }

    /** Waits for a URL whose host is due; returns null after {@link #finish}, or if the thread is interrupted. */
    @Nullable
    public FrontierUrl awaitNext() {
        while (!finished) {
            HostQueue host;
            try {
                host = schedule.awaitDue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            }
            FrontierUrl url = host == null ? null : next(host);
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    /** Returns the next URL that is due now, or null; for tests with a fixed clock. */
    @Nullable
    FrontierUrl poll() {
        HostQueue host = schedule.poll();
        while (host != null) {
            FrontierUrl url = next(host);
            if (url != null) {
                return url;
            }
            host = schedule.poll();
        }
        schedule.activate();
        return null;
    }

    private @Nullable FrontierUrl next(HostQueue host) {
        while (true) {
            FrontierUrl url = host.take();
            if (url == null) {
                place(host, host.release());
                return null;
            }
            if (url.site().reserve()) {
                counts.countRequest();
                current = url;
                return url;
            }
            if (url.site().isPassedOver()) {
                host.forgetTaken(url.id()); // refused or given back in the store while a refill loaded it
                if (url.robotsRedirect() != null) {
                    HostQueue ownHost = ownHost(url);
                    place(ownHost, ownHost.resumeAfterRobots(nanos.getAsLong()));
                }
                continue;
            }
            host.putBack(url);
            host.forgetTaken(url.id());
            place(host, host.release(nanos.getAsLong() + BUDGET_RETRY_NANOS));
            return null;
        }
    }

    /**
     * Returns the host that gets the next request for a URL: of its redirected robots.txt if that is fetched, else of
     * its target.
     */
    public HostQueue nextHost(FrontierUrl url) {
        HttpUrl robots = url.robotsRedirect();
        return robots == null ? ownHost(url) : host(robots.origin());
    }

    /** Returns the host of the target of a URL. */
    public HostQueue ownHost(FrontierUrl url) {
        return host(url.target().origin());
    }

    /**
     * Ends a visit and releases the host, which is due again at {@code due} (nanoseconds).
     *
     * @param counts whether the visit counts for the page budget, by {@link org.markwatch.crawl.Disposition#usesBudget}
     */
    public void endVisit(FrontierUrl url, HostQueue host, boolean counts, long due) {
        endedVisits.add(url);
        url.site().release(counts);
        release(host, due);
    }

    /** Puts a URL back for another request to the same host after a delay. */
    public void requeue(FrontierUrl url, HostQueue host, Duration delay) {
        url.site().release(false);
        host.putBack(url);
        deferred.addIfDeferred(host);
        release(host, nanos.getAsLong() + delay.toNanos());
    }

    /** Moves a URL to the host that its redirect leads to; {@code host} is due again after a delay. */
    public void followRedirect(FrontierUrl url, HostQueue host, HttpUrl target, Duration delay) {
        url.addRedirect(target);
        moveToNextHost(url, host, delay);
    }

    /** Begins a robots.txt redirect fetch: moves a URL to the host that serves the robots.txt of its own host. */
    public void beginRobotsRedirectFetch(FrontierUrl url, HostQueue host, HttpUrl file, Duration delay) {
        ownHost(url).suspendForRobots();
        if (url.robotsRedirect() != null) {
            // this host only served a robots.txt redirect; the commit of the visit does not reach it
            host.forgetTaken(url.id());
        }
        url.robotsRedirect(file);
        moveToNextHost(url, host, delay);
    }

    /**
     * Ends a robots.txt redirect fetch from {@code host}: moves the URL back to its own host; both are due again after
     * a delay.
     */
    public void endRobotsRedirectFetch(FrontierUrl url, HostQueue host, Duration delay) {
        host.forgetTaken(url.id());
        url.robotsRedirect(null);
        url.site().release(false);
        HostQueue ownHost = ownHost(url);
        long due = nanos.getAsLong() + delay.toNanos();
        place(ownHost, ownHost.addFirst(url));
        ownHost.changedState(due, changes);
        place(ownHost, ownHost.resumeAfterRobots(due));
        release(host, due);
    }

    private void moveToNextHost(FrontierUrl url, HostQueue host, Duration delay) {
        HttpUrl robots = url.robotsRedirect();
        String next = (robots == null ? url.target() : robots).origin();
        if (next.equals(host.key())) {
            requeue(url, host, delay);
            return;
        }
        url.site().release(false);
        HostState state = hosts.isFresh(next) ? stored.of(next, url.site()) : null;
        hosts.change(next, queue -> stored.apply(queue, state, url.site()).addFirst(url), this::place);
        release(host, nanos.getAsLong() + delay.toNanos());
    }

    /** Releases a host after a request; it is due again at {@code due} (nanoseconds). */
    private void release(HostQueue host, long due) {
        host.changedState(due, changes); // before another crawler may take the host
        place(host, host.release(due));
    }

    private void place(HostQueue host, HostQueue.Placement place) {
        schedule.place(host, place);
        failDeferredHosts();
    }

    /** Marks the deferred hosts as failed once the run has no other work within {@link #MAX_WAIT}. */
    private void failDeferredHosts() {
        if (deferred.isEmpty() || endedVisits.size() > 0 || schedule.inactiveHosts() > 0) {
            return;
        }
        long horizon = nanos.getAsLong() + MAX_WAIT.toNanos();
        if (hosts.stream().anyMatch(host -> host.hasWorkBefore(horizon))) {
            return;
        }
        deferred.removeAll(host -> {
            if (schedule.remove(host)) {
                place(host, host.failDeferred());
            }
        });
    }

    /** Returns the number of URLs that each active host holds in memory, from 4 to 32: the more hosts, the fewer. */
    public int window() {
        return WindowSize.of(hosts.size());
    }

    /** Waits for hosts whose window is empty; returns 1 to {@code max} of them. */
    public List<HostQueue> awaitRefills(int max) throws InterruptedException {
        return schedule.awaitRefills(max);
    }

    /**
     * Adds rows from the store to the window of a host.
     *
     * @param rows  open rows of the host, highest priority first
     * @param limit number of rows requested from the store; fewer mean that the store has no more
     * @param skip  ids of rows that crawlers have taken already
     * @param state stored state of the host, which applies if the host has just come into memory; null if there is none
     */
    public void refill(HostQueue host, List<FrontierUrl> rows, int limit, Set<Long> skip, @Nullable HostState state) {
        rows.stream().findFirst().ifPresent(row -> stored.apply(host, state, row.site()));
        List<FrontierUrl> fresh = new ArrayList<>(rows.size());
        long last = 0;
        for (FrontierUrl row : rows) {
            last = Math.max(last, row.id());
            if (!skip.contains(row.id())) {
                fresh.add(row);
            }
        }
        schedule.endRefill();
        place(host, host.refill(fresh, rows.size() < limit, last));
    }

    /**
     * Applies a committed transaction.
     *
     * @param visited   rows of the committed visits
     * @param added     new open rows
     * @param addedDone number of new rows that have their disposition already
     */
    public void committed(Collection<Long> visited, Collection<FrontierUrl> added, long addedDone) {
        List<FrontierUrl> closed = new ArrayList<>(visited.size());
        for (long id : visited) {
            FrontierUrl url = endedVisits.get(id);
            if (url != null) {
                closed.add(url);
                hosts.forgetTaken(url.host(), id);
                url.chain().forEach(hop -> hosts.forgetTaken(hop.origin(), id));
            }
        }
        Map<String, List<FrontierUrl>> byHost = new HashMap<>();
        for (FrontierUrl url : added) {
            byHost.computeIfAbsent(url.host(), host -> new ArrayList<>()).add(url);
        }
        counts.added(added, addedDone);
        byHost.forEach((key, urls) -> {
            if (hosts.contains(key)
                    || !stored.isResumed(urls.getFirst().site())
                            && hosts.size() < WindowSize.MAX_HOSTS_WITHOUT_REFILL) {
                hosts.change(key, host -> host.add(urls, 2 * window()), this::place);
            } else {
                schedule.addInactive(List.of(key));
            }
        });
        schedule.activateIfEmpty();
        counts.closed(closed, addedDone);
        // last, so that the frontier never looks empty before the new URLs are in it
        endedVisits.remove(visited);
        failDeferredHosts();
        if (isFinished()) {
            finish();
        }
    }

    public EndedVisits endedVisits() {
        return endedVisits;
    }

    /**
     * Closes a site whose page budget is used up.
     *
     * @param rows number of its open rows that were refused in the store
     */
    public void closeSite(Site site, long rows) {
        site.close(); // its URLs in memory are skipped when their hosts are due
        counts.refused(site.partition(), rows);
        if (isFinished()) {
            finish();
        }
    }

    public FrontierCounts counts() {
        return counts;
    }

    public int hostsWithWork() {
        return schedule.inactiveHosts()
                + (int) hosts.stream().filter(HostQueue::hasWork).count();
    }

    int hostsInMemory() {
        return hosts.size();
    }

    public HostChanges changes() {
        return changes;
    }

    public HostSchedule schedule() {
        return schedule;
    }

    /** Returns the URL taken last; null before the first. */
    @Nullable
    public FrontierUrl current() {
        return current;
    }

    /** Whether the frontier is sealed and every URL has its disposition, or {@link #finish} was called. */
    public boolean isFinished() {
        return finished || sealed && counts.open() <= 0;
    }

    /** Ends the crawl: every waiting crawler receives the poison pill and ends. */
    public void finish() {
        if (!finished) {
            finished = true;
            schedule.finish();
        }
    }
}
