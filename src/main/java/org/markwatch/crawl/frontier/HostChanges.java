package org.markwatch.crawl.frontier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The states of hosts that have changed since the latest commit. Thread-safe. */
public final class HostChanges {
    private final Map<String, HostState> changed = new ConcurrentHashMap<>();

    HostChanges() {}

    void add(HostState state) {
        changed.merge(state.host(), state, (older, newer) -> newer.after(older));
    }

    /** Whether no host has changed. */
    public boolean isEmpty() {
        return changed.isEmpty();
    }

    /** Removes and returns the states, one for each host; if their transaction fails, the caller puts them back. */
    public List<HostState> drain() {
        List<HostState> drained = new ArrayList<>();
        for (String host : changed.keySet()) {
            HostState state = changed.remove(host);
            if (state != null) {
                drained.add(state);
            }
        }
        return drained;
    }

    /** Puts states back that {@link #drain} returned; newer ones take precedence. */
    public void putBack(Collection<HostState> states) {
        states.forEach(state -> changed.merge(state.host(), state, (newer, older) -> newer.after(older)));
    }
}
