package org.markwatch.crawl.frontier;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.scope.Site;

/** The states of hosts that are stored, and how they apply to hosts that come into memory. Thread-safe. */
final class StoredHosts {
    private final Function<String, @Nullable HostState> load;
    /** By partition, the time up to which an earlier process may have sent requests that no stored state tells of. */
    private final Map<Integer, Long> quietSince = new ConcurrentHashMap<>();

    /** @param load returns the stored state of a host, or null if there is none */
    StoredHosts(Function<String, @Nullable HostState> load) {
        this.load = load;
    }

    /** Records that another process has worked on a partition, up to a time of the monotonic clock. */
    void resume(int partition, long quietSinceNanos) {
        quietSince.put(partition, quietSinceNanos);
    }

    /** Whether an earlier process has worked on the partition of a site. */
    boolean isResumed(Site site) {
        return quietSince.containsKey(site.partition());
    }

    /** Returns the stored state of a host that comes into memory; null for a partition that is not resumed. */
    @Nullable
    HostState of(String host, Site site) {
        return isResumed(site) ? load.apply(host) : null;
    }

    /** Applies a stored state to a host of a site if the host has had no request yet; returns the host. */
    HostQueue apply(HostQueue host, @Nullable HostState stored, Site site) {
        Duration configured = site.seed().delay();
        Long quiet = quietSince.get(site.partition());
        if (quiet != null) {
            host.restore(stored, quiet, configured);
        } else if (stored != null) {
            host.restore(stored, stored.dueNanos(), configured);
        }
        return host;
    }
}
