package org.markwatch.crawl.scope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.UrlHash;
import org.markwatch.url.HttpUrl;

/**
 * A URL to add to the frontier.
 *
 * @param hash     see {@link UrlHash}
 * @param priority see {@link LinkPriority}; higher values are visited first
 * @param nonPageKind kind of content that the file extension indicates; such a URL is stored as refused and never
 *                    requested; null for a page
 */
public record DiscoveredUrl(
        HttpUrl url, UUID hash, Site site, int depth, int priority, Disposition.@Nullable RefusalKind nonPageKind) {

    public static DiscoveredUrl page(HttpUrl url, Site site, int depth) {
        return new DiscoveredUrl(url, UrlHash.of(url.toString()), site, depth, LinkPriority.of(url), null);
    }

    static DiscoveredUrl nonPage(HttpUrl url, Site site, int depth, Disposition.RefusalKind kind) {
        return new DiscoveredUrl(url, UrlHash.of(url.toString()), site, depth, LinkPriority.ORDINARY, kind);
    }

    public DiscoveredUrl withPriority(int otherPriority) {
        return new DiscoveredUrl(url, hash, site, depth, otherPriority, nonPageKind);
    }
}
