package org.markwatch.crawl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.markwatch.url.HttpUrl;

/**
 * The links of one page, divided into those to add to the frontier and those that are only counted.
 *
 * @param found  canonical URLs to add, each once
 * @param counts links to files other than pages that are not stored, by kind, and links that are not followed, by
 *               reason
 */
record Outlinks(List<DiscoveredUrl> found, Map<CrawlCounters.CounterKey, Long> counts) {
    /**
     * A URL to add to the frontier.
     *
     * @param hash     the first 128 bits of the SHA-256 of the URL
     * @param priority see {@link LinkPriority}; higher values are visited first
     * @param nonPageKind kind of content that the file extension indicates; such a URL is stored as refused and never
     *                    requested; null for a page
     */
    record DiscoveredUrl(
            HttpUrl url, UUID hash, Site site, int depth, int priority, Disposition.@Nullable RefusalKind nonPageKind) {

        static DiscoveredUrl page(HttpUrl url, Site site, int depth) {
            return new DiscoveredUrl(url, hashOf(url.toString()), site, depth, LinkPriority.of(url), null);
        }

        static DiscoveredUrl nonPage(HttpUrl url, Site site, int depth, Disposition.RefusalKind kind) {
            return new DiscoveredUrl(url, hashOf(url.toString()), site, depth, LinkPriority.ORDINARY, kind);
        }

        DiscoveredUrl withPriority(int otherPriority) {
            return new DiscoveredUrl(url, hash, site, depth, otherPriority, nonPageKind);
        }

        /** Returns the first 128 bits of the SHA-256 of a canonical URL. */
        static UUID hashOf(String url) {
            try {
                byte[] ascii = url.getBytes(StandardCharsets.US_ASCII);
                ByteBuffer digest =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(ascii));
                return new UUID(digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    /** Returns the URLs of links without tracking parameters, each once, in order. */
    static Set<HttpUrl> canonical(List<Link> links) {
        Set<HttpUrl> urls = new LinkedHashSet<>();
        for (Link link : links) {
            urls.add(TrackingParameters.removeFrom(link.url()));
        }
        return urls;
    }

    /** Divides links that {@link #canonical} returned. */
    static Outlinks of(FrontierUrl page, Collection<HttpUrl> links) {
        return of(page, links, Set.of());
    }

    /**
     * Divides links.
     *
     * @param links   as {@link #canonical} returns them
     * @param namedByRobots those that are followed even out of scope: sitemaps on another host that robots.txt names
     */
    static Outlinks of(FrontierUrl page, Collection<HttpUrl> links, Set<HttpUrl> namedByRobots) {
        List<DiscoveredUrl> found = new ArrayList<>();
        Map<CrawlCounters.CounterKey, Long> counts = new HashMap<>();
        int depth = page.getDepth() + 1;
        int nonPages = 0;
        int chars = 0;
        for (HttpUrl url : links) {
            String skip = found.size() == LinkRules.MAX_LINKS || chars > LinkRules.MAX_LINK_CHARS
                    ? "too-many-links"
                    : LinkRules.skipReason(page.url(), url, depth, page.site(), namedByRobots.contains(url));
            boolean sitemap = namedByRobots.contains(url) && MediaTypes.mayBeSitemap(url);
            Disposition.RefusalKind kind = sitemap ? null : MediaTypes.byExtension(url);
            if (kind != null && (skip != null || nonPages == LinkRules.MAX_NON_PAGES)) {
                counts.merge(new CrawlCounters.CounterKey("reference", kind.name()), 1L, Long::sum);
            } else if (skip != null) {
                counts.merge(new CrawlCounters.CounterKey("skipped", skip), 1L, Long::sum);
            } else if (kind != null) {
                nonPages++;
                chars += url.length();
                found.add(DiscoveredUrl.nonPage(url, page.site(), depth, kind));
            } else {
                chars += url.length();
                DiscoveredUrl link = DiscoveredUrl.page(url, page.site(), depth);
                found.add(sitemap ? link.withPriority(LinkPriority.SITEMAP) : link);
            }
        }
        return new Outlinks(found, counts);
    }
}
