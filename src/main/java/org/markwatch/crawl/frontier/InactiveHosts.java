package org.markwatch.crawl.frontier;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The names of hosts that have open URLs in the store and none in memory, each once, first in first out. Thread-safe. */
final class InactiveHosts {
    private final SequencedSet<String> keys = new LinkedHashSet<>();
    private volatile int size;

    synchronized void addAll(Collection<String> hostKeys) {
        keys.addAll(hostKeys);
        size = keys.size();
    }

    /** Removes the host that waits longest; returns null if there is none. */
    @Nullable
    String poll() {
        if (size == 0) {
            return null;
        }
        synchronized (this) {
            String first = keys.isEmpty() ? null : keys.removeFirst();
            size = keys.size();
            return first;
        }
    }

    int size() {
        return size;
    }
}
