package org.markwatch.crawl.scope;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.markwatch.crawl.CrawlCounters;
import org.markwatch.crawl.Disposition;
import org.markwatch.crawl.Link;
import org.markwatch.crawl.content.MediaTypes;
import org.markwatch.url.HttpUrl;

/**
 * The links of one page, divided into those to add to the frontier and those that are only counted.
 *
 * @param found  canonical URLs to add, each once
 * @param counts links to files other than pages that are not stored, by kind, and links that are not followed, by
 *               reason
 */
public record Outlinks(List<DiscoveredUrl> found, Map<CrawlCounters.CounterKey, Long> counts) {
    /** Returns the URLs of links without tracking parameters, each once, in order. */
    public static Set<HttpUrl> canonical(List<Link> links) {
        Set<HttpUrl> urls = new LinkedHashSet<>();
        for (Link link : links) {
            urls.add(TrackingParameters.removeFrom(link.url()));
        }
        return urls;
    }

    /** Divides links that {@link #canonical} returned. */
    public static Outlinks of(HttpUrl page, int depth, Site site, Collection<HttpUrl> links) {
        return of(page, depth, site, links, Set.of());
    }

    /**
     * Divides links.
     *
     * @param page    URL of the page
     * @param depth   depth of the page
     * @param site    site that the page belongs to
     * @param links   as {@link #canonical} returns them
     * @param namedByRobots those that are followed even out of scope: sitemaps on another host that robots.txt names
     */
    public static Outlinks of(
            HttpUrl page, int depth, Site site, Collection<HttpUrl> links, Set<HttpUrl> namedByRobots) {
        List<DiscoveredUrl> found = new ArrayList<>();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
        int linkDepth = depth + 1;
        int nonPages = 0;
        int chars = 0;
        for (HttpUrl url : links) {
            String skip = found.size() == LinkRules.MAX_LINKS || chars > LinkRules.MAX_LINK_CHARS
                    ? "too-many-links"
                    : LinkRules.skipReason(page, url, linkDepth, site, namedByRobots.contains(url));
            boolean sitemap = namedByRobots.contains(url) && MediaTypes.mayBeSitemap(url);
            Disposition.RefusalKind kind = sitemap ? null : MediaTypes.byExtension(url);
            if (kind != null && (skip != null || nonPages == LinkRules.MAX_NON_PAGES)) {
                counts.merge(new CrawlCounters.CounterKey("reference", kind.name()), 1L, Long::sum);
            } else if (skip != null) {
                counts.merge(new CrawlCounters.CounterKey("skipped", skip), 1L, Long::sum);
            } else if (kind != null) {
                nonPages++;
                chars += url.length();
                found.add(DiscoveredUrl.nonPage(url, site, linkDepth, kind));
            } else {
                chars += url.length();
                DiscoveredUrl link = DiscoveredUrl.page(url, site, linkDepth);
                found.add(sitemap ? link.withPriority(LinkPriority.SITEMAP) : link);
            }
        }
        return new Outlinks(found, counts);
    }
}
