package org.markwatch.crawl;

import java.net.URI;
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

/**
 * The links of one page, sorted into those to take in and those to count.
 *
 * @param found  canonical URLs, each once
 * @param counts references never asked for, and links that are not followed
 */
record Outlinks(List<Found> found, Map<Tally.Key, Long> counts) {
    /**
     * A URL that was found.
     *
     * @param hash     the first 128 bits of the SHA-256 of the URL
     * @param priority higher first
     * @param refused  what it is if it will never be asked for, else null
     */
    record Found(URI url, UUID hash, Site site, int depth, int priority, Fetch.@Nullable Kind refused) {

        static Found page(URI url, Site site, int depth) {
            return new Found(url, hashOf(url.toString()), site, depth, LinkPriority.of(url), null);
        }

        static Found media(URI url, Site site, int depth, Fetch.Kind kind) {
            return new Found(url, hashOf(url.toString()), site, depth, LinkPriority.ORDINARY, kind);
        }

        Found with(int otherPriority) {
            return new Found(url, hash, site, depth, otherPriority, refused);
        }

        /** The first 128 bits of the SHA-256 of a canonical URL. */
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

    /** Links as they are followed: canonical, without tracking parameters, each once. */
    static Set<URI> canonical(List<Link> links) {
        Set<URI> urls = new LinkedHashSet<>();
        for (Link link : links) {
            CanonicalUrl.of(link.url()).map(Tracking::without).ifPresent(urls::add);
        }
        return urls;
    }

    /** @param links as {@link #canonical} gives them */
    static Outlinks of(FrontierUrl page, Collection<URI> links) {
        return of(page, links, Set.of());
    }

    /**
     * @param links   as {@link #canonical} gives them
     * @param vouched those that are followed out of scope too
     */
    static Outlinks of(FrontierUrl page, Collection<URI> links, Set<URI> vouched) {
        List<Found> found = new ArrayList<>();
        Map<Tally.Key, Long> counts = new HashMap<>();
        int depth = page.getDepth() + 1;
        int media = 0;
        int chars = 0;
        for (URI url : links) {
            String skip = found.size() == LinkRules.MAX_LINKS || chars > LinkRules.MAX_LINK_CHARS
                    ? "too-many-links"
                    : LinkRules.skip(page.url(), url, depth, page.site(), vouched.contains(url));
            Fetch.Kind kind = MediaTypes.byExtension(url);
            if (kind != null && (skip != null || media == LinkRules.MAX_MEDIA)) {
                counts.merge(new Tally.Key("reference", kind.name()), 1L, Long::sum);
            } else if (skip != null) {
                counts.merge(new Tally.Key("skipped", skip), 1L, Long::sum);
            } else if (kind != null) {
                media++;
                chars += url.toString().length();
                found.add(Found.media(url, page.site(), depth, kind));
            } else {
                chars += url.toString().length();
                found.add(Found.page(url, page.site(), depth));
            }
        }
        return new Outlinks(found, counts);
    }
}
