package org.markwatch.watchlist;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * A site to crawl.
 *
 * @param url             absolute http or https URL in normal form, without fragment
 * @param label           name of the site for people; empty for none
 * @param owner           who requested the crawl; empty for none
 * @param scope           which URLs the crawl may fetch from this seed
 * @param maxDepth        maximum number of links between the seed and a page, 0 to 100; 0 for the seed only
 * @param maxPages        maximum number of URLs that a run requests, whatever they answer, 1 to 10,000,000
 * @param delay           politeness delay from the end of a request to a host to the start of the next, 0 to 24 hours
 * @param proxy           proxy for all requests of the seed; null for a direct connection
 * @param robotsAuthority who authorises the crawl to ignore robots.txt, and why; empty if it obeys robots.txt
 * @param tags            labels; they select a proxy of {@code crawl.proxies}
 */
public record Seed(
        HttpUrl url,
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

    /** Creates a seed with a direct connection that obeys robots.txt. */
    public Seed(
            HttpUrl url,
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
