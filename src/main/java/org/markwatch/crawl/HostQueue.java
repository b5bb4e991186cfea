package org.markwatch.crawl;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One host's queue and manners. At any moment it waits in the schedule, is in the hands of one crawler, is being refilled
 * from the store, or rests without work; so there is never more than one request to it in flight.
 */
final class HostQueue implements Delayed {
    private enum Activity {
        IDLE,
        SCHEDULED,
        IN_FLIGHT,
        REFILLING
    }

    /** Where a host belongs after a change. */
    enum Placement {
        SCHEDULE,
        REFILL,
        /** Nowhere, or where it is already. */
        UNCHANGED
    }

    /** Of the time that a host takes to answer, so much is waited before the next request. */
    private static final double RESPONSE_TIME_SHARE = 0.5;
    /** But no longer than this. */
    private static final Duration MAX_RESPONSE_TIME_DELAY = Duration.ofSeconds(30);
    /** Weight of the latest answer in the smoothed response time. */
    private static final double LATEST_WEIGHT = 0.5;

    private final String key;
    private final LongSupplier nanos;
    private final Deque<FrontierUrl> window = new ArrayDeque<>();
    /** Visits of other hosts that come for a robots.txt which was moved here. */
    private final Deque<FrontierUrl> robotsRedirectFetches = new ArrayDeque<>();
    /** Rows handed to crawlers and not committed yet; the store still shows them as open. */
    private final Set<Long> uncommitted = new HashSet<>();

    private Activity activity = Activity.IDLE;
    private boolean moreInStore;
    private long highestAddedId;
    private long dueNanos;
    private boolean awaitingRobots;
    private int failures;
    private int connectFailures;
    private int robotsFailures;
    private @Nullable HostFailure failure;
    /** What becomes of the host if the run has nothing else to do before it is due; null unless it asked for a long pause. */
    private @Nullable HostFailure deferred;

    private final SoftNotFoundDetector softNotFoundDetector = new SoftNotFoundDetector();

    // touched only by the crawler that holds the host
    private @Nullable RobotRules rules;
    private Duration crawlDelay = Duration.ZERO;
    private final List<URI> robotsRedirects = new ArrayList<>();
    private Duration responseTime = Duration.ZERO;
    private AddressBudget.@Nullable Slots addressSlots;

    /** Why nothing more is asked of a host in this run. */
    record HostFailure(String cause, String reason) {}

    HostQueue(String key, LongSupplier nanos) {
        this.key = key;
        this.nanos = nanos;
        this.dueNanos = nanos.getAsLong();
    }

    String key() {
        return key;
    }

    @Nullable
    RobotRules rules() {
        return rules;
    }

    /** How the host answers for what is not there; touched only by the crawler that holds the host. */
    SoftNotFoundDetector softNotFoundDetector() {
        return softNotFoundDetector;
    }

    /** Where to ask for robots.txt next: its usual place, or where redirects have led. */
    URI robotsTarget() {
        return robotsRedirects.isEmpty() ? URI.create(key + "/robots.txt") : robotsRedirects.getLast();
    }

    /** Whether robots.txt redirects to somewhere else. */
    boolean isRobotsRedirected() {
        return !robotsRedirects.isEmpty();
    }

    /** Follows a redirect of robots.txt; false if there have been too many, or it goes in circles. */
    boolean followRobotsRedirect(URI target) {
        if (robotsRedirects.contains(target) || robotsRedirects.size() >= TextOnlyFetcher.MAX_REDIRECTS) {
            return false;
        }
        robotsRedirects.add(target);
        return true;
    }

    void rules(RobotRules rules) {
        this.rules = rules;
        this.crawlDelay = rules.crawlDelay();
    }

    Duration crawlDelay() {
        return crawlDelay;
    }

    /** Takes in how long an answer took, from asking to its last byte. */
    void recordResponseTime(Duration took) {
        responseTime = responseTime.isZero()
                ? took
                : responseTime.plusNanos(
                        (long) (LATEST_WEIGHT * took.minus(responseTime).toNanos()));
    }

    /** The pause that its response time asks for: a host that is slow, or grows slow, is asked less often. */
    Duration responseTimeDelay() {
        long half = (long) (RESPONSE_TIME_SHARE * responseTime.toNanos());
        return half > MAX_RESPONSE_TIME_DELAY.toNanos() ? MAX_RESPONSE_TIME_DELAY : Duration.ofNanos(half);
    }

    /** What its address has to give; null until it is known. */
    AddressBudget.@Nullable Slots addressSlots() {
        return addressSlots;
    }

    void addressSlots(AddressBudget.Slots of) {
        addressSlots = of;
    }

    synchronized @Nullable HostFailure failure() {
        return failure;
    }

    /** Takes in that the host asks for a pause for which a run does not wait. */
    synchronized void defer(HostFailure otherwise) {
        deferred = otherwise;
    }

    synchronized boolean isDeferred() {
        return deferred != null;
    }

    /** Whether something comes of the host by itself, without a pause for which a run does not wait. */
    synchronized boolean hasWorkBefore(long time) {
        return activity != Activity.IDLE && (activity != Activity.SCHEDULED || deferred == null || dueNanos - time < 0);
    }

    /** Asks nothing more of a host that is deferred; the caller has taken it out of the schedule. */
    synchronized Placement failDeferred() {
        failure = deferred;
        deferred = null;
        dueNanos = nanos.getAsLong();
        return updatePlacement();
    }

    synchronized void failure(String cause, String reason) {
        failure = new HostFailure(cause, reason);
    }

    /** Counts one more failure in a row and says how many there have been. */
    synchronized int countFailure() {
        return ++failures;
    }

    /** Counts one more failure to reach the host at all. */
    synchronized int countConnectFailure() {
        return ++connectFailures;
    }

    /** Counts one more failure to get robots.txt. */
    synchronized int countRobotsFailure() {
        return ++robotsFailures;
    }

    synchronized void resetFailures() {
        failures = 0;
        connectFailures = 0;
    }

    /** Takes the next URL in the name of one crawler; null means that the host is to be refilled, or rests. */
    synchronized @Nullable FrontierUrl take() {
        FrontierUrl url = robotsRedirectFetches.pollFirst();
        if (url == null && !awaitingRobots) {
            url = window.pollFirst();
        }
        if (url != null) {
            activity = Activity.IN_FLIGHT;
            deferred = null;
            uncommitted.add(url.id());
        }
        return url;
    }

    /** Puts a URL back at the head, to be asked for when the host is due again. */
    synchronized void putBack(FrontierUrl url) {
        (url.robotsRedirect() == null ? window : robotsRedirectFetches).addFirst(url);
    }

    /** Gives the host back; it may be asked again from {@code due} on. */
    synchronized Placement release(long due) {
        dueNanos = due;
        return updatePlacement();
    }

    /** Gives the host back as it was found. */
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

    /** Takes in another host's URL, to be asked for in this host's turn: a redirect hop, or an errand. */
    synchronized Placement addFirst(FrontierUrl url) {
        putBack(url);
        return activity == Activity.IDLE ? updatePlacement() : Placement.UNCHANGED;
    }

    /** Keeps the host's own URLs back while one of them is away for its robots.txt; errands of others are served. */
    synchronized void suspendForRobots() {
        awaitingRobots = true;
    }

    /** The errand is over, whatever came of it; the host's own URLs may be asked for from {@code due} on. */
    synchronized Placement resumeAfterRobots(long due) {
        awaitingRobots = false;
        if (activity != Activity.IDLE) {
            return Placement.UNCHANGED;
        }
        dueNanos = Math.max(dueNanos, due);
        return updatePlacement();
    }

    /**
     * Takes in rows that have just been committed.
     *
     * @param room the most URLs to hold; what is beyond stays in the store
     */
    synchronized Placement add(List<FrontierUrl> urls, int room) {
        if (moreInStore || activity == Activity.REFILLING || window.size() + urls.size() > room) {
            moreInStore = true;
        } else {
            for (FrontierUrl url : urls) {
                if (url.id() > highestAddedId) {
                    insert(url);
                    highestAddedId = url.id();
                }
            }
        }
        return activity == Activity.IDLE ? updatePlacement() : Placement.UNCHANGED;
    }

    /** Behind everything of its priority and above. */
    private void insert(FrontierUrl url) {
        Deque<FrontierUrl> lower = new ArrayDeque<>();
        while (!window.isEmpty() && window.getLast().getPriority() < url.getPriority()) {
            lower.addFirst(window.removeLast());
        }
        window.addLast(url);
        window.addAll(lower);
    }

    /** Says, before the crawl starts, that the store has open rows of the host. */
    synchronized Placement markStoredRows() {
        moreInStore = true;
        return updatePlacement();
    }

    /** The rows to pass over in the coming refill: they are open in the store, but on their way. */
    synchronized Set<Long> beginRefill() {
        moreInStore = false; // rows committed from now on set it again; those committed before are in the snapshot
        return Set.copyOf(uncommitted);
    }

    /**
     * @param urls     open rows of the store, without those that were passed over
     * @param complete whether these are all of them
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

    synchronized void committed(long id) {
        uncommitted.remove(id);
    }

    /** Forgets the waiting URLs of a site that has been written off. */
    synchronized void removeUrlsOf(Site site) {
        window.removeIf(url -> url.site() == site);
    }

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
