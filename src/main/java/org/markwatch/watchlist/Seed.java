package org.markwatch.watchlist;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A site to crawl.
 *
 * @param url             absolute http or https URL, without fragment
 * @param label           what people call the site; empty if nothing was given
 * @param owner           who asked for it; empty if nothing was given
 * @param scope           how far from the seed links are followed
 * @param maxDepth        links away from the seed that are still followed, 0 or more
 * @param maxPages        pages of this seed's hosts that are fetched in one run, at least 1
 * @param delay           time between the end of one request to a host and the start of the next, 0 or more
 * @param proxy           what everything that is asked for on behalf of the seed goes through; null for no proxy
 * @param robotsAuthority who allows robots.txt to be disregarded, and on what ground; empty if it is obeyed
 * @param tags            free labels
 */
public record Seed(
        URI url,
        String label,
        String owner,
        Scope scope,
        int maxDepth,
        int maxPages,
        Duration delay,
        @Nullable Proxy proxy,
        String robotsAuthority,
        Set<String> tags) {
    public Seed {
        tags = Set.copyOf(tags);
    }

    /** A seed that needs no proxy and whose robots.txt is obeyed. */
    public Seed(
            URI url,
            String label,
            String owner,
            Scope scope,
            int maxDepth,
            int maxPages,
            Duration delay,
            Set<String> tags) {
        this(url, label, owner, scope, maxDepth, maxPages, delay, null, "", tags);
    }
}
