package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.robots.RobotRules;
import org.markwatch.crawl.robots.Sitemaps;
import org.markwatch.url.HttpUrl;

/**
 * The URLs of one host that wait to be fetched, and the politeness state of the host.
 *
 * <p>At any moment the host is in the schedule, is held by one crawler, is being refilled from the store, or is idle
 * without work. So at most one request to a host is in flight. Methods are thread-safe unless noted.
 */
public final class HostQueue implements Delayed {
    private enum Activity {
        IDLE,
        SCHEDULED,
        IN_FLIGHT,
        REFILLING
    }

    /** Where the frontier has to put a host after a change of its state. */
    enum Placement {
        SCHEDULE,
        REFILL,
        /** Nowhere: the host is idle, or is where it belongs already. */
        UNCHANGED
    }

    private final String key;
    private final LongSupplier nanos;
    private final Deque<FrontierUrl> window = new ArrayDeque<>();
    /** URLs of other hosts whose robots.txt redirects to this host. */
    private final Deque<FrontierUrl> robotsRedirectFetches = new ArrayDeque<>();
    /** Ids of rows that crawlers took and that are not committed; the store still lists them as open. */
    private final Set<Long> takenRows = new HashSet<>();

    private Activity activity = Activity.IDLE;
    private boolean moreInStore;
    private long highestAddedId;
    private long dueNanos;
    private boolean awaitingRobots;
    /** Whether the host is among those that leave memory. */
    private boolean idling;

    private final HostFaults faults = new HostFaults();
    private HostFaults.Snapshot keptFaults = HostFaults.Snapshot.NONE;
    /** Whether the host has had no request since it came into memory, so that its stored state applies. */
    private boolean fresh = true;

    private final SoftNotFoundDetector softNotFoundDetector = new SoftNotFoundDetector();

    // touched only by the crawler that holds the host
    private final HostRobots robots;
    private final ResponseTime responseTime;
    private @Nullable AddressSlots addressSlots;
    /** What sitemap files say that another waiting seed of the host reads too. */
    private final Map<HttpUrl, Sitemaps.Listed> sitemapFiles = new HashMap<>();

    public HostQueue(String key, LongSupplier nanos) {
        this.key = key;
        this.nanos = nanos;
        this.robots = new HostRobots(key);
        this.responseTime = new ResponseTime(nanos);
        this.dueNanos = nanos.getAsLong();
    }

    public String key() {
        return key;
    }

    /** Returns the robots.txt of the host; only the crawler that holds the host uses it. */
    public HostRobots robots() {
        return robots;
    }

    /** Returns what the soft-404 probe found; only the crawler that holds the host uses it. */
    public SoftNotFoundDetector softNotFoundDetector() {
        return softNotFoundDetector;
    }

    /**
     * Returns the next sitemap file to request, or null; adds what files say that have been read. Only the crawler that holds
     * the host uses it.
     */
    public @Nullable HttpUrl nextSitemap(Sitemaps sitemaps, RobotRules rules) {
        HttpUrl file = sitemaps.next(key, rules);
        while (file != null && sitemapFiles.containsKey(file)) {
            sitemaps.add(sitemapFiles.get(file));
            file = sitemaps.next(key, rules);
        }
        return file;
    }

    /** Keeps what a sitemap file says as long as another seed of the host waits. Only the crawler that holds the host uses it. */
    public void keepSitemap(HttpUrl file, Sitemaps.Listed listed) {
        sitemapFiles.put(file, listed);
        if (noneReadsSitemaps()) {
            sitemapFiles.clear();
        }
    }

    private synchronized boolean noneReadsSitemaps() {
        return window.stream().allMatch(url -> url.sitemaps() == null);
    }

    /** Returns the response time of the host; only the crawler that holds the host uses it. */
    public ResponseTime responseTime() {
        return responseTime;
    }

    /** Returns the slots of the address of the host; null until the address is known. */
    @Nullable
    public AddressSlots addressSlots() {
        return addressSlots;
    }

    public void addressSlots(AddressSlots slots) {
        addressSlots = slots;
    }

    /** Whether a stored state applies: the host has had no request since it came into memory. */
    public synchronized boolean isFresh() {
        return fresh;
    }

    /** Lets the stored state apply again if the host has no work, since another process may have had its partition. */
    synchronized void refresh() {
        fresh |= isIdle();
    }

    /** Returns the failures of the host in this run. */
    public HostFaults faults() {
        return faults;
    }

    /** Returns the delay before the next request: the longest of the configured one, crawl-delay and response time. */
    public Duration politenessDelay(Duration configured) {
        Duration delay = configured.compareTo(robots.crawlDelay()) >= 0 ? configured : robots.crawlDelay();
        Duration slow = responseTime.delay();
        // a seed with delay 0 belongs to the operator, so its response time adds no delay
        return configured.isZero() || delay.compareTo(slow) >= 0 ? delay : slow;
    }

    /** Adds what has to be stored of the host, which is due again at {@code due}; nothing if it has not changed. */
    void changedState(long due, HostChanges changes) {
        HostFaults.Snapshot now = faults.snapshot();
        if (due - nanos.getAsLong() > 0 || robots.isUnsaved() || !now.equals(keptFaults)) {
            keptFaults = now;
            changes.add(new HostState(key, due, responseTime.smoothed(), now, robots.takeUnsaved()));
        }
    }

    /**
     * Applies the stored state unless the host has had a request since it came into memory.
     *
     * @param stored     the stored state, null if there is none
     * @param quietSince when the latest request to the host may have been sent that no state tells of
     * @param configured configured delay of the host
     */
    synchronized void restore(@Nullable HostState stored, long quietSince, Duration configured) {
        if (!fresh) {
            return;
        }
        fresh = false;
        long due = quietSince;
        if (stored != null) {
            if (stored.robots() != null) {
                robots.restore(stored.robots());
            }
            responseTime.restore(stored.responseTime());
            faults.restore(stored.faults());
            keptFaults = stored.faults();
            due = stored.dueNanos();
        }
        // a request after that moment is stored with a later one
        long next = due - quietSince > 0
                ? due
                : quietSince + politenessDelay(configured).toNanos();
        dueNanos = next - dueNanos > 0 ? next : dueNanos;
    }

    /**
     * Whether the host has work that a run waits for: it is not idle, and not deferred beyond {@code time}
     * (nanoseconds).
     */
    synchronized boolean hasWorkBefore(long time) {
        return activity != Activity.IDLE
                && (activity != Activity.SCHEDULED || !faults.isDeferred() || dueNanos - time < 0);
    }

    /** Marks a deferred host as failed; the caller has removed it from the schedule. */
    synchronized Placement failDeferred() {
        faults.failDeferred();
        dueNanos = nanos.getAsLong();
        return updatePlacement();
    }

    /** Takes the next URL for one crawler; returns null if there is none: the host then needs a refill, or is idle. */
    synchronized @Nullable FrontierUrl take() {
        FrontierUrl url = robotsRedirectFetches.pollFirst();
        if (url == null && !awaitingRobots) {
            url = window.pollFirst();
        }
        if (url != null) {
            activity = Activity.IN_FLIGHT;
            fresh = false;
            faults.endDeferral();
            takenRows.add(url.id());
        }
        return url;
    }

    /** Puts a URL back at the head of the queue, to be fetched when the host is due again. */
    synchronized void putBack(FrontierUrl url) {
        (url.robotsRedirect() == null ? window : robotsRedirectFetches).addFirst(url);
    }

    /** Releases the host, which is due again at {@code due} (nanoseconds of the monotonic clock). */
    synchronized Placement release(long due) {
        dueNanos = due;
        return updatePlacement();
    }

    /** Releases the host and leaves its due time as it is. */
    synchronized Placement release() {
        return updatePlacement();
    }

    private Placement updatePlacement() {
        if (!robotsRedirectFetches.isEmpty() || (!awaitingRobots && !window.isEmpty())) {
            activity = Activity.SCHEDULED;
            return Placement.SCHEDULE;
        }
        if (awaitingRobots) {
            activity = Activity.IDLE;
            return Placement.UNCHANGED;
        }
        activity = moreInStore ? Activity.REFILLING : Activity.IDLE;
        return moreInStore ? Placement.REFILL : Placement.UNCHANGED;
    }

    /**
     * Adds a URL of another host at the head of the queue: a redirect that leads here, or a robots.txt redirect fetch.
     */
    synchronized Placement addFirst(FrontierUrl url) {
        putBack(url);
        return activity == Activity.IDLE ? updatePlacement() : Placement.UNCHANGED;
    }

    /**
     * Suspends the URLs of the host while its robots.txt is fetched from another host; robots.txt redirect fetches go
     * on.
     */
    synchronized void suspendForRobots() {
        awaitingRobots = true;
    }

    /** Resumes the URLs of the host from {@code due} on, after its robots.txt redirect fetch has ended. */
    synchronized Placement resumeAfterRobots(long due) {
        awaitingRobots = false;
        if (activity != Activity.IDLE) {
            return Placement.UNCHANGED;
        }
        dueNanos = Math.max(dueNanos, due);
        return updatePlacement();
    }

    /**
     * Adds rows that have just been committed.
     *
     * @param capacity the most URLs to hold in memory; the others stay in the store
     */
    synchronized Placement add(List<FrontierUrl> urls, int capacity) {
        if (moreInStore || activity == Activity.REFILLING || window.size() + urls.size() > capacity) {
            moreInStore = true;
        } else {
            for (FrontierUrl url : urls) {
                if (url.id() > highestAddedId) {
                    insert(url);
                    highestAddedId = url.id();
                } else {
                    moreInStore = true; // a refill may have read it, or it is an old page of a seed that was removed
                }
            }
        }
        return activity == Activity.IDLE ? updatePlacement() : Placement.UNCHANGED;
    }

    /** Inserts a URL behind all of its own and of higher priority. */
    private void insert(FrontierUrl url) {
        Deque<FrontierUrl> lower = new ArrayDeque<>();
        while (!window.isEmpty() && window.getLast().priority() < url.priority()) {
            lower.addFirst(window.removeLast());
        }
        window.addLast(url);
        window.addAll(lower);
    }

    /** Records that the store has open rows of the host. */
    synchronized Placement markStoredRows() {
        moreInStore = true;
        return activity == Activity.IDLE ? updatePlacement() : Placement.UNCHANGED;
    }

    /** Begins a refill; returns the rows to skip in it, which are open in the store but taken by crawlers. */
    public synchronized Set<Long> beginRefill() {
        moreInStore = false; // rows committed from now on set it again; earlier ones are in the snapshot of the refill
        return Set.copyOf(takenRows);
    }

    /**
     * Ends a refill.
     *
     * @param urls     open rows of the store, without the skipped ones
     * @param complete whether the store has no more open rows of the host
     * @param lastId   the highest row number that was read
     */
    synchronized Placement refill(Collection<FrontierUrl> urls, boolean complete, long lastId) {
        window.addAll(urls);
        if (complete) {
            highestAddedId = Math.max(highestAddedId, lastId);
        } else {
            moreInStore = true;
        }
        return updatePlacement();
    }

    /**
     * Removes the URLs of a partition from the window; the store has them.
     *
     * @return whether the host waits in the schedule with no URL left
     */
    synchronized boolean dropWindow(int partition) {
        window.removeIf(url -> {
            boolean dropped = url.site().partition() == partition && url.site().isPassedOver();
            if (dropped) {
                takenRows.remove(url.id());
            }
            return dropped;
        });
        return activity == Activity.SCHEDULED && window.isEmpty() && robotsRedirectFetches.isEmpty();
    }

    /** Removes a row from those that crawlers took: it has been committed, put back, or moved to another host. */
    synchronized void forgetTaken(long id) {
        takenRows.remove(id);
    }

    /** Begins to idle if the host has no work and no uncommitted visit; returns false if not, or if it idles already. */
    synchronized boolean beginIdling() {
        boolean begins = !idling && isIdle();
        idling |= begins;
        return begins;
    }

    /** Ends to idle; returns whether the host may leave memory: it has got no work since, and its delay is over. */
    synchronized boolean endIdling() {
        idling = false;
        return isIdle() && dueNanos - nanos.getAsLong() <= 0;
    }

    private boolean isIdle() {
        return activity == Activity.IDLE && !awaitingRobots && takenRows.isEmpty();
    }

    /** Whether the host has URLs to fetch, or waits for its robots.txt. */
    synchronized boolean hasWork() {
        return activity != Activity.IDLE || awaitingRobots;
    }

    @Override
    public synchronized long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - nanos.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        // due times only change while a host is outside the schedule
        return Long.signum(dueNanos - ((HostQueue) other).dueNanos);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return key;
    }
}
