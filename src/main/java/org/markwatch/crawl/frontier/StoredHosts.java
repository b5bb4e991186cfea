package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The states of hosts that are stored, and how they apply to hosts that come into memory.
 *
 * @param quietSince time of the monotonic clock up to which an earlier process may have sent requests that no stored state
 *                   tells of; null if there was none
 * @param nanos      monotonic clock in nanoseconds
 * @param load       returns the stored state of a host, or null if there is none
 */
public record StoredHosts(@Nullable Long quietSince, LongSupplier nanos, Function<String, @Nullable HostState> load) {
    /** Returns those of a run that no earlier process has worked on. */
    public static StoredHosts none(LongSupplier nanos) {
        return new StoredHosts(null, nanos, host -> null);
    }

    /** Whether an earlier process has sent requests for the run. */
    boolean isResumed() {
        return quietSince != null;
    }

    /** Returns the stored state of a host that comes into memory; null for a run that is not resumed. */
    @Nullable
    HostState of(String host) {
        return isResumed() ? load.apply(host) : null;
    }

    /**
     * Applies a stored state to a host that has had no request yet; returns the host.
     *
     * @param configured configured delay of the host
     */
    HostQueue apply(HostQueue host, @Nullable HostState stored, Duration configured) {
        if (quietSince != null) {
            host.restore(stored, quietSince, configured);
        } else if (stored != null) {
            host.restore(stored, stored.dueNanos(), configured);
        }
        return host;
    }
}
