package org.markwatch.crawl;

import edu.uci.ics.crawler4j.frontier.Frontier;
import edu.uci.ics.crawler4j.url.WebURL;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands out one URL at a time, each host in its turn.
 *
 * <p>Hosts wait in a {@link DelayQueue} by the time at which they may be asked again; a host that is out of the queue is in the
 * hands of one crawler. A host keeps a bounded window of URLs; {@link #awaitRefills} and {@link #refill} bring in more
 * from the store in batches. Every request takes a turn: robots.txt, each redirect hop and each new attempt too.
 */
final class HostFrontier implements Frontier {
    /** How long a host is left alone when its site's budget is reserved by pages still in flight. */
    private static final long BUDGET_RETRY_NANOS = Duration.ofMillis(50).toNanos();

    /** URLs held in memory for all hosts together, about: some 30 MB. */
    private static final int MAX_LOADED_URLS = 50_000;

    /** How long a run waits for a host that asks to be left alone, if there is nothing else to do. */
    static final Duration MAX_WAIT = Duration.ofMinutes(15);

    private static final int MAX_WINDOW = 32;
    /** Enough for a polite host to find its next URL in memory while more are on their way. */
    private static final int MIN_WINDOW = 4;

    private final LongSupplier nanos;
    private final HostQueue poisonPill;
    private final Map<String, HostQueue> hosts = new ConcurrentHashMap<>();
    private final DelayQueue<HostQueue> schedule = new DelayQueue<>();
    private final BlockingQueue<HostQueue> refills = new LinkedBlockingQueue<>();
    /** Hosts that asked for a longer pause than a run waits; some may be back at work already. */
    private final Set<HostQueue> deferred = ConcurrentHashMap.newKeySet();
    /** Visits that ended and are not committed. */
    private final Map<Long, FrontierUrl> uncommitted = new ConcurrentHashMap<>();

    private final AtomicLong known = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong handedOut = new AtomicLong();
    private volatile boolean finished;
    private volatile String current = "";

    /**
     * @param known URLs of the run
     * @param done  those with a committed disposition
     * @param nanos monotonic time in nanoseconds
     */
    HostFrontier(long known, long done, LongSupplier nanos) {
        this.nanos = nanos;
        long longAgo = nanos.getAsLong() - Duration.ofDays(365).toNanos();
        this.poisonPill = new HostQueue("", () -> longAgo);
        this.known.set(known);
        this.done.set(done);
    }

    /** Says that the store has open URLs of these hosts. */
    void open(Collection<String> hostKeys) {
        hostKeys.forEach(this::host); // all before the first window is filled, since they share what memory holds
        hostKeys.forEach(key -> place(host(key), host(key).markStoredRows()));
    }

    HostQueue host(String key) {
        return hosts.computeIfAbsent(key, k -> new HostQueue(k, nanos));
    }

    // ---- crawlers ------------------------------------------------------------------------------------------------

    /** Waits for a URL whose host is due; adds none when the frontier {@link #finish}ed. */
    @Override
    public void getNextURLs(int max, List<WebURL> result) {
        while (!finished) {
            HostQueue host;
            try {
                host = schedule.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (host == poisonPill) {
                schedule.add(poisonPill); // the others go home as well
                return;
            }
            FrontierUrl url = next(host);
            if (url != null) {
                result.add(url);
                return;
            }
        }
    }

    /** The next URL that is due now, or null; for tests that hold the clock. */
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
        return null;
    }

    private @Nullable FrontierUrl next(HostQueue host) {
        while (true) {
            FrontierUrl url = host.take();
            if (url == null) {
                place(host, host.release());
                return null;
            }
            if (url.site().isClosed()) {
                host.committed(url.id()); // written off with its site, while a refill brought it in
                if (url.robotsRedirect() != null) {
                    HostQueue home = ownHost(url);
                    place(home, home.resumeAfterRobots(nanos.getAsLong()));
                }
                continue;
            }
            if (!url.site().reserve()) {
                host.putBack(url);
                host.committed(url.id());
                place(host, host.release(nanos.getAsLong() + BUDGET_RETRY_NANOS));
                return null;
            }
            handedOut.incrementAndGet();
            current = url.getURL();
            return url;
        }
    }

    /** The host whose turn a URL takes: that of its redirect target, or of its errand. */
    HostQueue nextHost(FrontierUrl url) {
        URI errand = url.robotsRedirect();
        return errand == null ? ownHost(url) : host(CanonicalUrl.hostKey(errand));
    }

    /** The host that the URL, as far as its redirects have led, is on. */
    HostQueue ownHost(FrontierUrl url) {
        return host(CanonicalUrl.hostKey(url.target()));
    }

    /** The visit is over; the host may be asked again from {@code due} on. */
    void finish(FrontierUrl url, HostQueue host, boolean withText, long due) {
        uncommitted.put(url.id(), url);
        url.site().release(withText);
        place(host, host.release(due));
    }

    /** The visit goes on in another turn of the same host. */
    void requeue(FrontierUrl url, HostQueue host, Duration pause) {
        url.site().release(false);
        host.putBack(url);
        if (host.isDeferred()) {
            deferred.add(host);
        }
        place(host, host.release(nanos.getAsLong() + pause.toNanos()));
    }

    /** The visit goes on where the redirect leads. */
    void followRedirect(FrontierUrl url, HostQueue host, URI target, Duration pause) {
        url.addRedirect(target);
        moveToNextHost(url, host, pause);
    }

    /** The visit goes for its host's robots.txt where that has been moved to, in the turn of the host there. */
    void beginRobotsRedirectFetch(FrontierUrl url, HostQueue host, URI file, Duration pause) {
        ownHost(url).suspendForRobots();
        if (url.robotsRedirect() != null) {
            host.committed(url.id()); // no row of its own
        }
        url.robotsRedirect(file);
        moveToNextHost(url, host, pause);
    }

    /** The visit is back from its errand at {@code host}, which may be asked again after a pause, and its own host as well. */
    void endRobotsRedirectFetch(FrontierUrl url, HostQueue host, Duration pause) {
        host.committed(url.id());
        url.robotsRedirect(null);
        url.site().release(false);
        HostQueue home = ownHost(url);
        long due = nanos.getAsLong() + pause.toNanos();
        place(home, home.addFirst(url));
        place(home, home.resumeAfterRobots(due));
        place(host, host.release(due));
    }

    private void moveToNextHost(FrontierUrl url, HostQueue host, Duration pause) {
        HostQueue next = nextHost(url);
        if (next == host) {
            requeue(url, host, pause);
            return;
        }
        url.site().release(false);
        place(next, next.addFirst(url));
        place(host, host.release(nanos.getAsLong() + pause.toNanos()));
    }

    private void place(HostQueue host, HostQueue.Placement place) {
        switch (place) {
            case SCHEDULE -> schedule.add(host);
            case REFILL -> refills.add(host);
            case UNCHANGED -> {}
        }
        failDeferredHosts();
    }

    /** Once nothing else is left to do, what waits for hosts that asked for a long pause is ended without asking them. */
    private void failDeferredHosts() {
        if (deferred.isEmpty() || !uncommitted.isEmpty()) {
            return;
        }
        long horizon = nanos.getAsLong() + MAX_WAIT.toNanos();
        if (hosts.values().stream().anyMatch(host -> host.hasWorkBefore(horizon))) {
            return;
        }
        for (HostQueue host : deferred) {
            if (deferred.remove(host) && schedule.remove(host)) {
                place(host, host.failDeferred());
            }
        }
    }

    // ---- store ---------------------------------------------------------------------------------------------------

    /** URLs that a host holds in memory; the rest stays in the store. The more hosts, the fewer each. */
    int window() {
        return Math.clamp(MAX_LOADED_URLS / Math.max(1, hosts.size()), MIN_WINDOW, MAX_WINDOW);
    }

    /** Waits for hosts whose window has run empty; empty when the thread was interrupted or nothing came in time. */
    List<HostQueue> awaitRefills(int max) throws InterruptedException {
        List<HostQueue> wanting = new ArrayList<>();
        wanting.add(refills.take());
        refills.drainTo(wanting, max - 1);
        return wanting;
    }

    /** Brings rows from the store into a host's window. */
    void refill(HostQueue host, List<FrontierUrl> rows, int limit, Set<Long> passOver) {
        List<FrontierUrl> fresh = new ArrayList<>(rows.size());
        long last = 0;
        for (FrontierUrl row : rows) {
            last = Math.max(last, row.id());
            if (!passOver.contains(row.id())) {
                fresh.add(row);
            }
        }
        place(host, host.refill(fresh, rows.size() < limit, last));
    }

    /** Takes in what a committed transaction has changed. */
    void committed(Collection<Long> visited, Collection<FrontierUrl> added, long addedDone) {
        for (long id : visited) {
            FrontierUrl url = uncommitted.get(id);
            if (url != null) {
                host(url.host()).committed(id);
                url.chain().forEach(hop -> host(CanonicalUrl.hostKey(hop)).committed(id));
            }
        }
        Map<String, List<FrontierUrl>> byHost = new HashMap<>();
        for (FrontierUrl url : added) {
            byHost.computeIfAbsent(url.host(), host -> new ArrayList<>()).add(url);
        }
        known.addAndGet(added.size() + addedDone);
        byHost.forEach((key, urls) -> {
            HostQueue host = host(key);
            place(host, host.add(urls, 2 * window()));
        });
        done.addAndGet(visited.size() + addedDone);
        visited.forEach(
                uncommitted::remove); // last, so that there is something to do at any moment until new URLs have their
        // place
        failDeferredHosts();
        if (isFinished()) {
            finish();
        }
    }

    /** The visit that ended and is to be committed, or null if it is not one of this crawl. */
    @Nullable
    FrontierUrl uncommitted(long id) {
        return uncommitted.get(id);
    }

    /** Rows of a site whose visits ended and are not committed. */
    Set<Long> uncommitted(Site site) {
        Set<Long> ids = new HashSet<>();
        uncommitted.values().stream().filter(url -> url.site() == site).forEach(url -> ids.add(url.id()));
        return ids;
    }

    /** The site's open rows have been written off. */
    void closeSite(Site site, long rows) {
        site.close();
        hosts.values().forEach(host -> host.removeUrlsOf(site));
        done.addAndGet(rows);
        if (isFinished()) {
            finish();
        }
    }

    // ---- counts --------------------------------------------------------------------------------------------------

    long known() {
        return known.get();
    }

    long done() {
        return done.get();
    }

    int hostsWithWork() {
        return (int) hosts.values().stream().filter(HostQueue::hasWork).count();
    }

    String current() {
        return current;
    }

    @Override
    public long getQueueLength() {
        return known.get() - done.get();
    }

    @Override
    public long getNumberOfAssignedPages() {
        return handedOut.get();
    }

    @Override
    public long getNumberOfProcessedPages() {
        return done.get();
    }

    @Override
    public long getNumberOfScheduledPages() {
        return known.get();
    }

    /** Whether every known URL has its disposition, or {@link #finish} was called. */
    @Override
    public boolean isFinished() {
        return finished || done.get() >= known.get();
    }

    /** Sends every waiting crawler home. */
    @Override
    public void finish() {
        if (!finished) {
            finished = true;
            schedule.add(poisonPill);
        }
    }

    @Override
    public void close() {
        finish();
    }

    // ---- crawler4j's ways in and out that are not used -----------------------------------------------------------

    /** New URLs come in by {@link #committed}, in the transaction that stores the page they stand on. */
    @Override
    public void schedule(WebURL url) {
        throw new UnsupportedOperationException("URLs enter the frontier with the transaction that found them");
    }

    @Override
    public void scheduleAll(List<WebURL> urls) {
        throw new UnsupportedOperationException("URLs enter the frontier with the transaction that found them");
    }

    @Override
    public void setProcessed(WebURL url) {
        throw new UnsupportedOperationException("a visit ends with finish, again or redirect");
    }
}
