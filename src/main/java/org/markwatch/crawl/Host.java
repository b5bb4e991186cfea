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
final class Host implements Delayed {
    private enum State {
        RESTING,
        WAITING,
        IN_FLIGHT,
        REFILLING
    }

    /** Where a host belongs after a change. */
    enum Place {
        SCHEDULE,
        REFILLS,
        /** Nowhere, or where it is already. */
        STAY
    }

    /** Of the time that a host takes to answer, so much is waited before the next request. */
    private static final double PATIENCE = 0.5;
    /** But no longer than this. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(30);
    /** Weight of the latest answer in the smoothed response time. */
    private static final double LATEST = 0.5;

    private final String key;
    private final LongSupplier nanos;
    private final Deque<FrontierUrl> window = new ArrayDeque<>();
    /** Visits of other hosts that come for a robots.txt which was moved here. */
    private final Deque<FrontierUrl> errands = new ArrayDeque<>();
    /** Rows handed to crawlers and not committed yet; the store still shows them as open. */
    private final Set<Long> uncommitted = new HashSet<>();

    private State state = State.RESTING;
    private boolean moreInStore;
    private long seenUpTo;
    private long dueNanos;
    private boolean awaitsRobots;
    private int failures;
    private int connectFailures;
    private int robotsFailures;
    private @Nullable Down down;
    /** What becomes of the host if the run has nothing else to do before it is due; null unless it asked for a long pause. */
    private @Nullable Down deferred;

    private final ErrorPages errorPages = new ErrorPages();

    // touched only by the crawler that holds the host
    private @Nullable RobotRules rules;
    private Duration crawlDelay = Duration.ZERO;
    private final List<URI> robotsChain = new ArrayList<>();
    private Duration responseTime = Duration.ZERO;
    private AddressBudget.@Nullable Slots slots;

    /** Why nothing more is asked of a host in this run. */
    record Down(String cause, String reason) {}

    Host(String key, LongSupplier nanos) {
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
    ErrorPages errorPages() {
        return errorPages;
    }

    /** Where to ask for robots.txt next: its usual place, or where redirects have led. */
    URI robotsTarget() {
        return robotsChain.isEmpty() ? URI.create(key + "/robots.txt") : robotsChain.getLast();
    }

    /** Whether robots.txt redirects to somewhere else. */
    boolean robotsMoved() {
        return !robotsChain.isEmpty();
    }

    /** Follows a redirect of robots.txt; false if there have been too many, or it goes in circles. */
    boolean moveRobots(URI target) {
        if (robotsChain.contains(target) || robotsChain.size() >= TextOnlyFetcher.MAX_REDIRECTS) {
            return false;
        }
        robotsChain.add(target);
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
    void answered(Duration took) {
        responseTime = responseTime.isZero()
                ? took
                : responseTime.plusNanos(
                        (long) (LATEST * took.minus(responseTime).toNanos()));
    }

    /** The pause that its response time asks for: a host that is slow, or grows slow, is asked less often. */
    Duration patience() {
        long half = (long) (PATIENCE * responseTime.toNanos());
        return half > LONGEST_PATIENCE.toNanos() ? LONGEST_PATIENCE : Duration.ofNanos(half);
    }

    /** What its address has to give; null until it is known. */
    AddressBudget.@Nullable Slots slots() {
        return slots;
    }

    void slots(AddressBudget.Slots of) {
        slots = of;
    }

    synchronized @Nullable Down down() {
        return down;
    }

    /** Takes in that the host asks for a pause for which a run does not wait. */
    synchronized void defer(Down otherwise) {
        deferred = otherwise;
    }

    synchronized boolean isDeferred() {
        return deferred != null;
    }

    /** Whether something comes of the host by itself, without a pause for which a run does not wait. */
    synchronized boolean comesBefore(long time) {
        return state != State.RESTING && (state != State.WAITING || deferred == null || dueNanos - time < 0);
    }

    /** Asks nothing more of a host that is deferred; the caller has taken it out of the schedule. */
    synchronized Place giveUp() {
        down = deferred;
        deferred = null;
        dueNanos = nanos.getAsLong();
        return settle();
    }

    synchronized void down(String cause, String reason) {
        down = new Down(cause, reason);
    }

    /** Counts one more failure in a row and says how many there have been. */
    synchronized int failOnce() {
        return ++failures;
    }

    /** Counts one more failure to reach the host at all. */
    synchronized int failToConnectOnce() {
        return ++connectFailures;
    }

    /** Counts one more failure to get robots.txt. */
    synchronized int failRobotsOnce() {
        return ++robotsFailures;
    }

    synchronized void succeed() {
        failures = 0;
        connectFailures = 0;
    }

    /** Takes the next URL in the name of one crawler; null means that the host is to be refilled, or rests. */
    synchronized @Nullable FrontierUrl take() {
        FrontierUrl url = errands.pollFirst();
        if (url == null && !awaitsRobots) {
            url = window.pollFirst();
        }
        if (url != null) {
            state = State.IN_FLIGHT;
            deferred = null;
            uncommitted.add(url.id());
        }
        return url;
    }

    /** Puts a URL back at the head, to be asked for when the host is due again. */
    synchronized void putBack(FrontierUrl url) {
        (url.errand() == null ? window : errands).addFirst(url);
    }

    /** Gives the host back; it may be asked again from {@code due} on. */
    synchronized Place release(long due) {
        dueNanos = due;
        return settle();
    }

    /** Gives the host back as it was found. */
    synchronized Place release() {
        return settle();
    }

    private Place settle() {
        if (!errands.isEmpty() || (!awaitsRobots && !window.isEmpty())) {
            state = State.WAITING;
            return Place.SCHEDULE;
        }
        if (awaitsRobots) {
            state = State.RESTING;
            return Place.STAY;
        }
        state = moreInStore ? State.REFILLING : State.RESTING;
        return moreInStore ? Place.REFILLS : Place.STAY;
    }

    /** Takes in another host's URL, to be asked for in this host's turn: a redirect hop, or an errand. */
    synchronized Place visitFirst(FrontierUrl url) {
        putBack(url);
        return state == State.RESTING ? settle() : Place.STAY;
    }

    /** Keeps the host's own URLs back while one of them is away for its robots.txt; errands of others are served. */
    synchronized void awaitRobots() {
        awaitsRobots = true;
    }

    /** The errand is over, whatever came of it; the host's own URLs may be asked for from {@code due} on. */
    synchronized Place awaitRobotsNoMore(long due) {
        awaitsRobots = false;
        if (state != State.RESTING) {
            return Place.STAY;
        }
        dueNanos = Math.max(dueNanos, due);
        return settle();
    }

    /**
     * Takes in rows that have just been committed.
     *
     * @param room the most URLs to hold; what is beyond stays in the store
     */
    synchronized Place add(List<FrontierUrl> urls, int room) {
        if (moreInStore || state == State.REFILLING || window.size() + urls.size() > room) {
            moreInStore = true;
        } else {
            for (FrontierUrl url : urls) {
                if (url.id() > seenUpTo) {
                    insert(url);
                    seenUpTo = url.id();
                }
            }
        }
        return state == State.RESTING ? settle() : Place.STAY;
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
    synchronized Place open() {
        moreInStore = true;
        return settle();
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
    synchronized Place refill(Collection<FrontierUrl> urls, boolean complete, long lastId) {
        window.addAll(urls);
        if (complete) {
            seenUpTo = Math.max(seenUpTo, lastId);
        } else {
            moreInStore = true;
        }
        return settle();
    }

    synchronized void committed(long id) {
        uncommitted.remove(id);
    }

    /** Forgets the waiting URLs of a site that has been written off. */
    synchronized void forget(Site site) {
        window.removeIf(url -> url.site() == site);
    }

    synchronized boolean hasWork() {
        return state != State.RESTING || awaitsRobots;
    }

    @Override
    public synchronized long getDelay(TimeUnit unit) {
        return unit.convert(dueNanos - nanos.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        // due times only change while a host is outside the schedule
        return Long.signum(dueNanos - ((Host) other).dueNanos);
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
