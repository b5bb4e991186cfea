package org.markwatch.crawl.frontier;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run keeps of a host, so that a resumed run is as polite as one that was not interrupted.
 *
 * @param host         scheme, host and port
 * @param dueNanos     when the host is due, in nanoseconds of the monotonic clock of this process
 * @param responseTime smoothed response time
 * @param faults       failures of the host in this run
 * @param robots       the robots.txt; null if it is not known, or is as stored already
 */
public record HostState(
        String host,
        long dueNanos,
        Duration responseTime,
        HostFaults.Snapshot faults,
        @Nullable RobotsSource robots) {

    /**
     * The robots.txt of a host as it is stored.
     *
     * @param content the file; empty if the host has none
     * @param fault   why everything is disallowed, one line for people; null if the content applies
     */
    public record RobotsSource(byte[] content, @Nullable String fault) {
        private static final byte[] NO_BYTES = {};

        /** A host without robots.txt. */
        public static final RobotsSource NONE = new RobotsSource(NO_BYTES, null);

        /** Returns a source by which everything is disallowed. */
        public static RobotsSource unusable(String fault) {
            return new RobotsSource(NO_BYTES, fault);
        }
    }

    /** Returns this state, with the robots.txt of an older one that is not stored yet if this one has none. */
    HostState after(@Nullable HostState older) {
        return robots != null || older == null || older.robots == null
                ? this
                : new HostState(host, dueNanos, responseTime, faults, older.robots);
    }
}
