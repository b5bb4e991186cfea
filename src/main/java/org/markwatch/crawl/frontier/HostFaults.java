package org.markwatch.crawl.frontier;

import org.jspecify.annotations.Nullable;

/** The failures of one host in a run, and whether it gets more requests. Thread-safe. */
public final class HostFaults {
    private int busyAnswers;
    private int connectFailures;
    private int robotsFailures;
    private @Nullable HostFailure failure;
    private @Nullable HostFailure deferred;

    /** Why a host gets no more requests in this run: cause of failure, and one line for people. */
    public record HostFailure(String cause, String reason) {}

    /**
     * The failures at a moment.
     *
     * @param busyAnswers     answers in a row that the host is busy
     * @param connectFailures failures to connect in a row
     * @param robotsFailures  failures to fetch robots.txt in this run
     * @param failure         why the host gets no more requests, null if it may get some
     * @param deferred        the failure to record if the run has no other work before the host is due, null unless the
     *                        host asked for a long delay (Retry-After)
     */
    public record Snapshot(
            int busyAnswers,
            int connectFailures,
            int robotsFailures,
            @Nullable HostFailure failure,
            @Nullable HostFailure deferred) {
        public static final Snapshot NONE = new Snapshot(0, 0, 0, null, null);
    }

    HostFaults() {}

    synchronized Snapshot snapshot() {
        return busyAnswers + connectFailures + robotsFailures == 0 && failure == null && deferred == null
                ? Snapshot.NONE
                : new Snapshot(busyAnswers, connectFailures, robotsFailures, failure, deferred);
    }

    synchronized void restore(Snapshot stored) {
        busyAnswers = stored.busyAnswers;
        connectFailures = stored.connectFailures;
        robotsFailures = stored.robotsFailures;
        failure = stored.failure;
        deferred = stored.deferred;
    }

    /** Returns why the host gets no more requests; null if it may get some. */
    public synchronized @Nullable HostFailure failure() {
        return failure;
    }

    /** Marks the host as failed: it gets no more requests in this run. */
    public synchronized void markFailed(String cause, String reason) {
        failure = new HostFailure(cause, reason);
    }

    /**
     * Defers the host, because it asked for a delay longer than {@link HostFrontier#MAX_WAIT}.
     *
     * @param otherwise the failure to record if the run has no other work before the host is due
     */
    public synchronized void defer(HostFailure otherwise) {
        deferred = otherwise;
    }

    public synchronized boolean isDeferred() {
        return deferred != null;
    }

    /** Ends the deferral, since the host is due. */
    synchronized void endDeferral() {
        deferred = null;
    }

    /** Marks a deferred host as failed. */
    synchronized void failDeferred() {
        failure = deferred;
        deferred = null;
    }

    /** Counts an answer that the host is busy; returns the number of them in a row. */
    public synchronized int countBusyAnswer() {
        return ++busyAnswers;
    }

    /** Counts a failure to connect; returns the number of them in a row. */
    public synchronized int countConnectFailure() {
        return ++connectFailures;
    }

    /** Counts a failure to fetch robots.txt; returns the number of them in this run. */
    public synchronized int countRobotsFailure() {
        return ++robotsFailures;
    }

    /** Sets the counts of failures in a row to zero. */
    public synchronized void reset() {
        busyAnswers = 0;
        connectFailures = 0;
    }
}
