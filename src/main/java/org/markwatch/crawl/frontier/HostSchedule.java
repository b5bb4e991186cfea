package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When hosts are due: active hosts wait in a {@link DelayQueue}, or for a refill of their URLs from the store. Inactive hosts
 * are known by name; they become active when no active host is due, so that the number of active hosts is that which keeps
 * the crawlers busy, however many hosts the run has. Thread-safe.
 */
public final class HostSchedule {
    /** Hosts that are refilled at the same time, up to which inactive hosts become active when no host is due. */
    private static final int MAX_PENDING_REFILLS = 500;

    private static final Duration ACTIVATION_INTERVAL = Duration.ofSeconds(1);

    private final ActiveHosts hosts;
    private final InactiveHosts inactive = new InactiveHosts();
    private final DelayQueue<HostQueue> schedule = new DelayQueue<>();
    private final BlockingQueue<HostQueue> refills = new LinkedBlockingQueue<>();
    /** Hosts in {@link #refills} or being refilled. */
    private final AtomicInteger pendingRefills = new AtomicInteger();

    private final HostQueue poisonPill;

    /** @param nanos monotonic clock in nanoseconds */
    HostSchedule(ActiveHosts hosts, LongSupplier nanos) {
        this.hosts = hosts;
        long longAgo = nanos.getAsLong() - Duration.ofDays(365).toNanos();
        this.poisonPill = new HostQueue("", () -> longAgo);
    }

    /** Puts an active host where it belongs after a change of its state. */
    void place(HostQueue host, HostQueue.Placement place) {
        switch (place) {
            case SCHEDULE -> schedule.add(host);
            case REFILL -> {
                pendingRefills.incrementAndGet();
                refills.add(host);
            }
            case UNCHANGED -> hosts.retire(host);
        }
    }

    /** Adds hosts that have open URLs in the store and none in memory. */
    void addInactive(Collection<String> hostKeys) {
        inactive.addAll(hostKeys);
    }

    int inactiveHosts() {
        return inactive.size();
    }

    /** Makes inactive hosts active, as many as are refilled at the same time. */
    void activate() {
        for (int n = MAX_PENDING_REFILLS - pendingRefills.get(); n > 0; n--) {
            String key = inactive.poll();
            if (key == null) {
                return;
            }
            hosts.change(key, HostQueue::markStoredRows, this::place);
        }
    }

    /** Makes inactive hosts active if no host is scheduled: all crawlers may wait for the schedule then. */
    void activateIfEmpty() {
        if (schedule.isEmpty()) {
            activate();
        }
    }

    /** Waits for a host that is due. Returns null after a while if there are inactive hosts, and after {@link #finish}. */
    @Nullable
    HostQueue awaitDue() throws InterruptedException {
        HostQueue due = schedule.poll();
        if (due == null) {
            activate();
            due = inactive.size() == 0
                    ? schedule.take()
                    : schedule.poll(ACTIVATION_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        }
        if (due == poisonPill) {
            schedule.add(poisonPill); // for the other crawlers
            return null;
        }
        return due;
    }

    /** Returns a host that is due now, or null. */
    @Nullable
    HostQueue poll() {
        return schedule.poll();
    }

    /** Removes a host that waits until it is due; returns false if it does not wait. */
    boolean remove(HostQueue host) {
        return schedule.remove(host);
    }

    /**
     * Releases a host that waits with no URL left: as long as it waits, the state that another process stores of it does not
     * apply when this one claims its partition again.
     */
    void release(HostQueue host) {
        if (schedule.remove(host)) {
            place(host, host.release());
        }
    }

    /** Waits for hosts whose window is empty; returns 1 to {@code max} of them. */
    List<HostQueue> awaitRefills(int max) throws InterruptedException {
        List<HostQueue> empty = new ArrayList<>();
        empty.add(refills.take());
        refills.drainTo(empty, max - 1);
        return empty;
    }

    /** Records that the refill of a host has ended; the caller places the host. */
    void endRefill() {
        pendingRefills.decrementAndGet();
    }

    /** Returns the hosts that wait for a refill or are being refilled. */
    public int refilling() {
        return pendingRefills.get();
    }

    /** Returns the number of hosts that are due and wait for a crawler. */
    public int due() {
        return (int) schedule.stream()
                .filter(host -> host != poisonPill && host.getDelay(TimeUnit.NANOSECONDS) <= 0)
                .count();
    }

    /** Returns the time until a host is due, zero or less if one is; null if none is scheduled. */
    @Nullable
    public Duration nextDue() {
        HostQueue next = schedule.peek();
        return next == null ? null : Duration.ofNanos(next.getDelay(TimeUnit.NANOSECONDS));
    }

    /** Ends every wait for a host that is due. */
    void finish() {
        schedule.add(poisonPill);
    }
}
