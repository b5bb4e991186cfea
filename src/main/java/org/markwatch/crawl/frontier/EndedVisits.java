package org.markwatch.crawl.frontier;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.scope.Site;

/** The URLs whose visits have ended and are not committed, by row. Thread-safe. */
public final class EndedVisits {
    private final Map<Long, FrontierUrl> urls = new ConcurrentHashMap<>();

    EndedVisits() {}

    void add(FrontierUrl url) {
        urls.put(url.id(), url);
    }

    void remove(Collection<Long> ids) {
        ids.forEach(urls::remove);
    }

    /** Returns the URL of a row; null if its visit is not among them. */
    @Nullable
    public FrontierUrl get(long id) {
        return urls.get(id);
    }

    /** Returns the rows of a site. */
    public Set<Long> of(Site site) {
        Set<Long> ids = new HashSet<>();
        urls.values().stream().filter(url -> url.site() == site).forEach(url -> ids.add(url.id()));
        return ids;
    }

    /** Whether there is one of a partition. */
    boolean hasAny(int partition) {
        return urls.values().stream().anyMatch(url -> url.site().partition() == partition);
    }

    /** Returns their number. */
    public int size() {
        return urls.size();
    }
}
